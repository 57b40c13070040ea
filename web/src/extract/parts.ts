import { peopleNounAt } from '../words-to-figures/people-nouns.js';
import type { EventName } from '../words-to-figures/events.js';
import type { Scheme } from '../words-to-figures/scheme.js';
import type { Token } from '../words-to-figures/tokens.js';
import { type EventFound } from './find-event.js';
import { listOf } from './mention-lists.js';
import type { Mention } from './mention-shape.js';
import { type NounPhrase, readNounPhrase } from './noun-phrase.js';
import { adverbs, beForms } from './word-lists.js';

const partLeads = new Set([
  'including',
  'includes',
  'included',
  'include',
  'comprising',
  'comprised',
  'comprises',
  'namely',
  'incl',
]);

/** "including", "among them", "of whom" before it. */
export function leadsPart(tokens: readonly Token[], mention: Mention): boolean {
  let at = mention.start - 1;
  while (at >= 0 && adverbs.has(tokens[at]?.lower ?? '')) at -= 1;
  const [word, before] = [tokens[at]?.lower ?? '', tokens[at - 1]?.lower ?? ''];
  if (word === '.' && before === 'incl') return true;
  // "47 people were on the island: 24 Australians, nine Americans".
  if (word === ':' && at > 3 && mention.phrase?.nationality != null) return true;
  if (partLeads.has(word)) return !/^(?:not|n't|never)$/u.test(before);
  if (/^(?:them|whom|these|those|which)$/u.test(word) && /^(?:of|among|amongst)$/u.test(before)) return true;
  if (/^(?:were|are|was|is)$/u.test(word) && /^(?:them|whom|these|those)$/u.test(before)) return true;
  // "Of the 45 dead, 12 were children"; "among whom 21 were".
  return (
    word === ',' &&
    /^(?:of|among)$/u.test(tokens[0]?.lower ?? '') &&
    !tokens.slice(1, at).some(({ text }) => text === ',') &&
    at < 14
  );
}

/** "were Algerian", "were children", "are from Japan": what the verb says that they are. */
export function describedBy(tokens: readonly Token[], mention: Mention, scheme: Scheme): NounPhrase | null {
  let at = mention.end;
  while (adverbs.has(tokens[at]?.lower ?? '')) at += 1;
  if (!beForms.has(tokens[at]?.lower ?? '')) return null;
  at += 1;
  // "Were all villagers" sets nobody apart.
  if (tokens[at]?.lower === 'all') return null;
  while (adverbs.has(tokens[at]?.lower ?? '') || tokens[at]?.lower === 'been') at += 1;
  if (tokens[at]?.lower === 'a' || tokens[at]?.lower === 'an') at += 1;
  if (tokens[at]?.lower === 'members' && tokens[at + 1]?.lower === 'of') at += tokens[at + 2]?.lower === 'the' ? 3 : 2;
  const phrase = readNounPhrase(tokens, at, scheme);
  return phrase === null || phrase === 'bare' ? null : phrase;
}

/** "Of the injured, 146 …": the event that the sentence sets out from. */
export function partEvent(tokens: readonly Token[]): EventName | null {
  if (tokens[0]?.lower !== 'of' || !/^(?:the|those|these)$/u.test(tokens[1]?.lower ?? '')) return null;
  const word = tokens[2]?.lower ?? '';
  const events: Readonly<Record<string, EventName>> = {
    dead: 'killed',
    deaths: 'killed',
    killed: 'killed',
    injured: 'injured',
    wounded: 'injured',
    hurt: 'injured',
    missing: 'missing',
    hostages: 'held',
    captives: 'held',
    rescued: 'rescued',
    fatalities: 'killed',
    arrested: 'arrested',
    displaced: 'displaced',
    freed: 'freed',
  };
  const named = peopleNounAt(tokens, 2);
  return (
    events[word] ??
    (named !== null && named.read.noun === 'population' && tokens[2 + named.length]?.text === ',' ? 'present' : null)
  );
}

/** "A Malian" counts in a list of counted people, or where it is said right away what happened to that one. */
export function articleCounts(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  mention: Mention,
  found: EventFound,
): boolean {
  const list = listOf(tokens, mentions, mention);
  const before = tokens[mention.start - 1]?.lower ?? '';
  if (beForms.has(before) && list.length === 1 && found.rule !== 'among') return false;
  const apart = found.rule === 'predicate' && tokens.slice(mention.end, found.at).some(({ text }) => text === ',');
  if (apart && list.length === 1) return false;
  if (list.some((other) => !other.article)) return true;
  if (mention.quantity.kind === 'unspecified') return list.length > 1;
  if (list.length > 1) return mention.phrase !== null;
  // "A baby has been found alive" tells of one of those who are counted.
  const described =
    mention.phrase?.noun?.noun === 'age' ||
    mention.phrase?.noun?.noun === 'sex' ||
    mention.phrase?.noun?.noun === 'generic';
  if (described && found.event !== 'killed' && found.event !== 'injured') return false;
  // "A woman, 34, was killed" is one of those counted elsewhere.
  const personal = tokens[mention.end]?.text === ',' && tokens[mention.end + 1]?.kind === 'number';
  return (
    !personal &&
    (found.rule === 'predicate' || found.rule === 'beside' || found.rule === 'object' || found.rule === 'among')
  );
}
