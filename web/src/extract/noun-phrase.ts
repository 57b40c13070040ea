import { demonymAt } from '../words-to-figures/demonyms.js';
import { eventAt, measureOf, type EventName } from '../words-to-figures/events.js';
import { peopleNounAt, type PeopleNoun } from '../words-to-figures/people-nouns.js';
import { idWords, singular } from '../words-to-figures/singular.js';
import type { Scheme } from '../words-to-figures/scheme.js';
import type { Token } from '../words-to-figures/tokens.js';
import { adverbs, otherUnits, phraseStops } from './word-lists.js';

/** The people that a phrase names, without their number. */
export interface NounPhrase {
  /** Index after its last token. */
  readonly end: number;
  /** Its words in lower case, without what says a nationality or what happened. */
  readonly words: readonly string[];
  readonly noun: PeopleNoun | null;
  readonly nationality: string | null;
  /** What happened to them, where the phrase itself says it: "dead militants", "12 deaths". */
  readonly event: EventName | null;
  /** "bodies": a count that grows as more are found. */
  readonly bodies: boolean;
  readonly plural: boolean;
}

/** Between a number and the noun it counts, in tokens. */
const phraseTokensMax = 7;

const bodyNouns = new Set(['body', 'corpse', 'remains']);
/** Nouns that are counted themselves and say what happened. */
const countedEvents: Readonly<Record<string, EventName>> = {
  death: 'killed',
  fatality: 'killed',
  injury: 'injured',
  arrest: 'arrested',
  survivor: 'survived',
  detainee: 'arrested',
  evacuee: 'evacuated',
  kidnapping: 'held',
  abduction: 'held',
  casualty: 'casualties',
};
/** Plurals that look like what people do, where no list knows them: "dockers", "violinists". */
const likelyPeople = /(?:ers|ors|ists|ians|ants|ees|men|women)$/u;

const isGroupWord = (scheme: Scheme, word: string): boolean =>
  scheme.groups.some(({ id }) => {
    const words = idWords(id);
    return words.at(-1) === singular(word);
  });

interface Draft {
  words: string[];
  noun: PeopleNoun | null;
  headEnd: number | null;
  nationality: string | null;
  nationalityEnd: number | null;
  event: EventName | null;
  bodies: boolean;
  plural: boolean;
  unknown: string[];
}

/** An adjective of what happened, where people follow it: "dead militants", "kidnapped seafarers". */
function eventBefore(
  tokens: readonly Token[],
  at: number,
  scheme: Scheme,
): { event: EventName; length: number } | null {
  const read = eventAt(tokens, at);
  if (read === null || read.length > 2) return null;
  if (!read.forms.some((form) => form === 'adjective' || form === 'participle')) return null;
  for (let next = at + read.length; next < at + read.length + 3; next += 1) {
    const word = tokens[next]?.lower ?? '';
    if (word === '' || phraseStops.has(word) || tokens[next]?.kind !== 'word') return null;
    const demonym = demonymAt(tokens, next);
    if (
      peopleNounAt(tokens, next) !== null ||
      isGroupWord(scheme, word) ||
      (demonym !== null && !demonym.uses.has('place'))
    )
      return { event: read.event, length: read.length };
  }
  return null;
}

/** Whether people are named within the next two words, with nothing but plain words before them. */
function headFollows(tokens: readonly Token[], from: number): boolean {
  for (let at = from; at < from + 2; at += 1) {
    const token = tokens[at];
    if (token?.kind !== 'word' || phraseStops.has(token.lower) || eventAt(tokens, at) !== null) return false;
    if (peopleNounAt(tokens, at) !== null) return true;
  }
  return false;
}

/** Reads one more piece of the phrase; the index after it, or `null` where the phrase has ended. */
function readPiece(tokens: readonly Token[], at: number, scheme: Scheme, draft: Draft): number | null {
  const token = tokens[at];
  if (token === undefined || token.kind === 'punctuation' || token.kind === 'number') return null;
  const word = token.lower;
  const demonym = demonymAt(tokens, at);
  if (demonym !== null && (demonym.uses.size > 1 || !demonym.uses.has('place'))) {
    if (draft.headEnd !== null) return null;
    if (tokens[at - 1]?.lower !== 'and') draft.nationality = demonym.nationality;
    const isNoun = demonym.uses.has('plural') || demonym.uses.has('singular');
    if (isNoun && draft.nationality !== null) draft.nationalityEnd = at + demonym.length;
    draft.plural ||= demonym.uses.has('plural');
    return at + demonym.length;
  }
  // "Western and local captives": of more than one kind, so that none of them is all.
  if (
    word === 'and' &&
    draft.headEnd === null &&
    draft.words.length + (draft.nationality === null ? 0 : 1) > 0 &&
    headFollows(tokens, at + 1)
  ) {
    draft.nationality = null;
    draft.nationalityEnd = null;
    return at + 1;
  }
  if (phraseStops.has(word)) return null;
  const counted = countedEvents[singular(word)];
  if (counted !== undefined) {
    draft.event = measureOf(scheme, counted) === null && counted === 'survived' ? null : counted;
    draft.headEnd = at + 1;
    draft.plural = true;
    if (counted === 'survived') draft.noun ??= { noun: 'generic', cluster: 'survivor', breakdown: {} };
    return null;
  }
  if (draft.headEnd === null) {
    const event = eventBefore(tokens, at, scheme);
    if (event !== null) {
      draft.event = event.event;
      return at + event.length;
    }
  }
  if (adverbs.has(word) && draft.words.length === 0) return null;
  const noun = peopleNounAt(tokens, at);
  // "Took hundreds hostage": what they were taken.
  const one =
    /^(?:a|an|one|the|1)$/u.test(tokens[at - 1]?.lower ?? '') || draft.words.length > 0 || draft.nationality !== null;
  if (draft.headEnd === null && !one && /^(?:hostage|captive|prisoner)$/u.test(word)) return null;
  // "170 people hostage".
  if (draft.headEnd !== null && draft.plural && /^(?:hostage|captive|prisoner)$/u.test(word)) return null;
  if (noun !== null || isGroupWord(scheme, word)) {
    const length = noun?.length ?? 1;
    const words = tokens.slice(at, at + length).map(({ lower }) => lower);
    const last = words.at(-1) ?? '';
    draft.words.push(...words);
    if (noun === null || noun.read.noun !== 'generic' || draft.noun === null) draft.noun = noun?.read ?? null;
    if (bodyNouns.has(singular(last))) {
      draft.bodies = true;
      draft.event ??= 'killed';
    }
    draft.headEnd = at + length;
    draft.plural =
      singular(last) !== last || last === 'police' || last === 'crew' || last === 'staff' || last === 'personnel';
    // "The soldiers' families": the noun to come is the head.
    return at + length;
  }
  if (eventAt(tokens, at) !== null) return null;
  // "Seventeen police special forces officers": the head comes later.
  if (draft.headEnd !== null) return headFollows(tokens, at + 1) ? at + 1 : null;
  draft.words.push(word);
  draft.unknown.push(word);
  return at + 1;
}

/**
 * The people named from a token on. `bare` where nothing names them ("12 were injured"); `null` where it counts
 * something else ("12 houses").
 */
export function readNounPhrase(tokens: readonly Token[], from: number, scheme: Scheme): NounPhrase | 'bare' | null {
  const draft: Draft = {
    words: [],
    noun: null,
    headEnd: null,
    nationality: null,
    nationalityEnd: null,
    event: null,
    bodies: false,
    plural: false,
    unknown: [],
  };
  let at: number | null = from;
  while (at !== null && at < from + phraseTokensMax) {
    const next = readPiece(tokens, at, scheme, draft);
    if (next === null) break;
    at = next;
  }
  const first = tokens[from];
  if (first !== undefined && otherUnits.has(first.lower) && draft.headEnd === null) return null;
  const done = (end: number, noun: PeopleNoun | null): NounPhrase => ({
    end,
    words: draft.words,
    noun,
    nationality: draft.nationality,
    event: draft.event,
    bodies: draft.bodies,
    plural: draft.plural,
  });
  if (draft.headEnd !== null)
    return draft.unknown.some((word) => otherUnits.has(word)) ? null : done(draft.headEnd, draft.noun);
  // "12 Algerian helicopters" are none; "12 Algerians" are people whatever follows.
  const adjective = draft.unknown.length > 0 && !draft.plural;
  if (draft.nationalityEnd !== null && !adjective) return done(draft.nationalityEnd, null);
  if (draft.nationality !== null && draft.unknown.length === 0) return done(from + 1, null);
  const [only] = draft.unknown;
  if (only === undefined) return 'bare';
  const last = draft.unknown.at(-1) ?? '';
  if (likelyPeople.test(last) && !otherUnits.has(last) && !draft.unknown.some((word) => otherUnits.has(word))) {
    const read: PeopleNoun = { noun: 'role', cluster: singular(last), breakdown: { role: last } };
    const end = from + draft.unknown.length + (draft.nationality === null ? 0 : 1);
    draft.plural = true;
    return done(end, read);
  }
  return null;
}
