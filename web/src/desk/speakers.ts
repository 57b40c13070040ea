import type { AttributionLink, Figure } from '../api/shapes.js';
import type { LinkDraft } from './draft.js';

/** A speaker as earlier figures of the incident name it. */
export interface EarlierSpeaker {
  readonly link: AttributionLink;
  readonly origin: string;
  readonly figures: number;
}

/** Everybody who spoke first in a chain, the most often heard first; `figures` newest first. */
export function earlierSpeakers(figures: readonly Figure[]): readonly EarlierSpeaker[] {
  const found = new Map<string, EarlierSpeaker>();
  for (const { attribution, origin } of figures) {
    const [link] = attribution;
    if (link === undefined) continue;
    const name = `${origin}\n${link.name}`;
    const known = found.get(name);
    found.set(name, { link: known?.link ?? link, origin, figures: (known?.figures ?? 0) + 1 });
  }
  return [...found.values()].toSorted((a, b) => b.figures - a.figures);
}

/** Names of outlets and relays, for completion. */
export const earlierNames = (figures: readonly Figure[], of: (figure: Figure) => readonly string[]) =>
  [...new Set(figures.flatMap(of))].toSorted((a, b) => a.localeCompare(b));

const folded = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Words that tell no speaker from another. */
const commonWords = new Set(
  'a an and at by for from in of on the to source sources official officials spokesman spokeswoman spokesperson'.split(
    ' ',
  ),
);

const wordsOf = (name: string): ReadonlySet<string> =>
  new Set(
    folded(name)
      .split(' ')
      .filter((word) => word.length > 1 && !commonWords.has(word)),
  );

/** The part of the shorter name that the longer one shares, from which it is worth asking. */
const alikeShare = 0.5;

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  const shorter = Math.min(a.size, b.size);
  return shorter === 0 ? 0 : shared / shorter;
}

/** The speaker of this very name, where there was one. */
export const sameName = (name: string, speakers: readonly EarlierSpeaker[]): EarlierSpeaker | null =>
  speakers.find(({ link }) => folded(link.name) === folded(name) && name.trim() !== '') ?? null;

/** The origin that a chain will have, as the service names it. */
export function originOf(speaker: LinkDraft, relay: string): string {
  if (speaker.id.trim() !== '') return speaker.id.trim();
  const name = canonical(speaker.name);
  return speaker.named ? name : `${name} @ ${canonical(relay)}`;
}

const canonical = (name: string): string =>
  name
    .replaceAll(/[\u2018\u2019\u201b\u02bc\u02b9\u2032\u0060\u00b4]/gu, "'")
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .trim();

/**
 * Earlier speakers who may be this one under another name, most alike first: the desk is asked about them.
 * @param relay who relays it, or the outlet: an unnamed source is told apart by that
 */
export function maybeSame(
  speaker: LinkDraft,
  relay: string,
  speakers: readonly EarlierSpeaker[],
): readonly EarlierSpeaker[] {
  if (speaker.name.trim() === '' || speaker.id.trim() !== '') return [];
  const own = originOf(speaker, relay);
  if (speakers.some(({ origin }) => origin === own)) return [];
  const words = wordsOf(speaker.name);
  const alike = speakers
    .map((earlier) => ({
      earlier,
      like: folded(earlier.link.name) === folded(speaker.name) ? 2 : likeness(words, wordsOf(earlier.link.name)),
    }))
    .filter(({ like }) => like >= alikeShare)
    .toSorted((a, b) => b.like - a.like);
  const origins = new Set<string>();
  return alike.flatMap(({ earlier }) => {
    if (origins.has(earlier.origin)) return [];
    origins.add(earlier.origin);
    return [earlier];
  });
}
