import type { AttributionLink } from './schema/report.js';

const curlyApostrophes = /[\u2018\u2019\u201b\u02bc\u02b9\u2032\u0060\u00b4]/gu;
/** Printable ASCII without the accents that stand for apostrophes: its canonical form is its lower case. */
const plainAscii = /^[ -_a-~]*$/u;
const straight = (text: string): string => text.replace(curlyApostrophes, "'");

/**
 * A name in canonical form: NFKC, lower case, spaces collapsed and trimmed, straight apostrophes. Two names with the
 * same form are one name. Applied twice it gives the same as once.
 */
export const canonicalName = (text: string): string =>
  // Most names are plain letters already; those need neither NFKC nor a look at apostrophes.
  plainAscii.test(text) ? text.toLowerCase().replace(/ {2,}/gu, ' ').trim() : canonicalForm(text);

const canonicalForm = (text: string): string =>
  // Straight before NFKC too, which would take U+00B4 apart into a space and a combining accent; and NFKC once more,
  // since lower case can leave a sequence that it composes.
  straight(straight(text).normalize('NFKC').toLowerCase().normalize('NFKC')).replace(/\s+/gu, ' ').trim();

/**
 * The origin behind a chain of attribution: the speaker's `id` where the desk gave one; else the name in canonical
 * form; where the speaker is unnamed `name @ relay`, the relay being the second link, or the outlet where the chain has
 * one link: "a security source" of two agencies may be two people.
 */
export const originNameOf = (attribution: readonly AttributionLink[], outlet: string): string => {
  const [speaker, relay] = attribution;
  // A schema-valid chain has a first link; a recorded one is never refused.
  if (speaker === undefined) return canonicalName(outlet);
  if (speaker.id !== undefined) return speaker.id;
  const name = canonicalName(speaker.name);
  return speaker.named === false ? `${name} @ ${canonicalName(relay?.name ?? outlet)}` : name;
};
