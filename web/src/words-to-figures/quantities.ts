import { readNumber } from './number-words.js';
import { wordsAt, type Token } from './tokens.js';

/** As the vocabulary has it; see `docs/methods.md` for the interval that each means. */
export type Quantity =
  | { readonly kind: 'exactly' | 'atLeast' | 'moreThan' | 'atMost' | 'fewerThan' | 'about'; readonly value: number }
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  | { readonly kind: 'vague'; readonly word: string }
  | { readonly kind: 'unspecified' };

export interface QuantityRead {
  readonly quantity: Quantity;
  /** Index of the first token and of the one after the last. */
  readonly start: number;
  readonly end: number;
  /** "perhaps", "possibly" stood before it. */
  readonly hedged: boolean;
  /** "another", "further", "more" stood before or after the number. */
  readonly more: boolean;
  /** It stood after: "seven more", which adds; "another seven" may only go on to other people. */
  readonly moreAfter: boolean;
  /** "the 11", "all 85", "both": a number that is taken up again. */
  readonly definite: boolean;
}

type Qualifier = 'atLeast' | 'moreThan' | 'atMost' | 'fewerThan' | 'about' | 'exactly';

/** Longest first, so that "no fewer than" is not read as "fewer than". */
const qualifiers: readonly (readonly [string, Qualifier])[] = (
  [
    ['no fewer than', 'atLeast'],
    ['no less than', 'atLeast'],
    ['not fewer than', 'atLeast'],
    ['not less than', 'atLeast'],
    ['at the very least', 'atLeast'],
    ['at least', 'atLeast'],
    ['a minimum of', 'atLeast'],
    ['minimum', 'atLeast'],
    ['in excess of', 'moreThan'],
    ['upwards of', 'moreThan'],
    ['upward of', 'moreThan'],
    ['more than', 'moreThan'],
    ['over', 'moreThan'],
    ['well over', 'moreThan'],
    ['above', 'moreThan'],
    ['greater than', 'moreThan'],
    ['exceeding', 'moreThan'],
    ['just over', 'moreThan'],
    ['a little over', 'moreThan'],
    ['well more than', 'moreThan'],
    ['no more than', 'atMost'],
    ['not more than', 'atMost'],
    ['a maximum of', 'atMost'],
    ['at most', 'atMost'],
    ['as many as', 'atMost'],
    ['up to', 'atMost'],
    ['anything up to', 'atMost'],
    ['fewer than', 'fewerThan'],
    ['less than', 'fewerThan'],
    ['under', 'fewerThan'],
    ['below', 'fewerThan'],
    ['just under', 'about'],
    ['in the region of', 'about'],
    ['close to', 'about'],
    ['an estimated', 'about'],
    ['estimated', 'about'],
    ['approximately', 'about'],
    ['around', 'about'],
    ['roughly', 'about'],
    ['nearly', 'about'],
    ['almost', 'about'],
    ['about', 'about'],
    ['some', 'about'],
    ['circa', 'about'],
    ['near', 'about'],
    ['only', 'exactly'],
    ['just', 'exactly'],
    ['exactly', 'exactly'],
    ['precisely', 'exactly'],
    ['a total of', 'exactly'],
    ['in total', 'exactly'],
    ['altogether', 'exactly'],
    ['fully', 'exactly'],
    ['a further total of', 'exactly'],
  ] as const
)
  .map(([words, kind]) => [words, kind] as const)
  .toSorted(([a], [b]) => b.split(' ').length - a.split(' ').length);

const hedgeWords = new Set([
  'perhaps',
  'possibly',
  'maybe',
  'probably',
  'likely',
  'apparently',
  'potentially',
  'allegedly',
  'reportedly',
  'supposedly',
]);

const moreBefore: readonly string[] = ['another', 'a further', 'further', 'an additional', 'additional', 'yet another'];

/** Words without a number, as the lexicon `plain/1` has them; first those of several words. */
const vagueWords: readonly (readonly [string, string])[] = [
  ['many dozens', 'many dozens'],
  ['dozens and dozens', 'dozens'],
  ['several dozen', 'dozens'],
  ['a few dozen', 'dozens'],
  ['many hundreds', 'hundreds'],
  ['tens of thousands', 'thousands'],
  ['hundreds of thousands', 'thousands'],
  ['many thousands', 'thousands'],
  ['several thousand', 'thousands'],
  ['a few thousand', 'thousands'],
  ['several hundred', 'hundreds'],
  ['a few hundred', 'hundreds'],
  ['many scores', 'scores'],
  ['a couple', 'a couple'],
  ['a few', 'a few'],
  ['a dozen', 'a dozen'],
  ['dozens', 'dozens'],
  ['scores', 'scores'],
  ['hundreds', 'hundreds'],
  ['thousands', 'thousands'],
  ['several', 'several'],
];
/** Words that no lexicon has: people there were, but how many is not said. */
const unspecifiedWords: readonly string[] = [
  'an unspecified number',
  'an unknown number',
  'an undisclosed number',
  'an undetermined number',
  'an unconfirmed number',
  'an as yet unknown number',
  'an as-yet unknown number',
  'an unstated number',
  'a number',
];

const nobody: readonly string[] = ['nobody', 'no-one', 'no one', 'none', 'not a single', 'not one'];

const phraseAt = (tokens: readonly Token[], at: number, phrase: string): number | null => {
  const words = phrase.split(' ');
  return wordsAt(tokens, at, words) ? at + words.length : null;
};

function firstOf<T>(
  tokens: readonly Token[],
  at: number,
  table: readonly (readonly [string, T])[],
): [number, T] | null {
  for (const [phrase, value] of table) {
    const end = phraseAt(tokens, at, phrase);
    if (end !== null) return [end, value];
  }
  return null;
}

const dashes = new Set(['-', '–', '—']);

interface Core {
  readonly quantity: Quantity;
  readonly end: number;
}

/** "12 to 30", "between 12 and 30", "12-30", "two or three". */
function readRange(tokens: readonly Token[], at: number): Core | null {
  const led = tokens[at]?.lower === 'between';
  const first = readNumber(tokens, led ? at + 1 : at);
  if (first === null) return null;
  const joint = tokens[first.end]?.lower ?? '';
  const joins = led ? joint === 'and' || joint === 'to' : joint === 'to' || joint === 'or' || dashes.has(joint);
  if (!joins) return null;
  const second = readNumber(tokens, first.end + 1);
  if (second === null || second.value <= first.value) return null;
  // "Two or 30" is no range that anybody says.
  if (joint === 'or' && second.value > first.value * 2) return null;
  if (dashes.has(joint) && tokens[first.end]?.start !== tokens[first.end - 1]?.end) return null;
  return { quantity: { kind: 'between', low: first.value, high: second.value }, end: second.end };
}

function readCore(tokens: readonly Token[], at: number): Core | null {
  const range = readRange(tokens, at);
  if (range !== null) return range;
  const vague = firstOf(tokens, at, vagueWords);
  if (vague !== null) return { quantity: { kind: 'vague', word: vague[1] }, end: vague[0] };
  const number = readNumber(tokens, at);
  if (number !== null) return { quantity: { kind: 'exactly', value: number.value }, end: number.end };
  for (const phrase of unspecifiedWords) {
    const end = phraseAt(tokens, at, phrase);
    if (end !== null) return { quantity: { kind: 'unspecified' }, end };
  }
  return null;
}

/** "50 or more", "50-plus", "50 or so", "at least": what stands after the number. */
function readSuffix(tokens: readonly Token[], core: Core, kind: Qualifier): [Qualifier, number] {
  const { end } = core;
  const suffixes: readonly (readonly [string, Qualifier])[] = [
    ['or more', 'atLeast'],
    ['or so', 'about'],
    ['or fewer', 'atMost'],
    ['or less', 'atMost'],
    ['plus', 'atLeast'],
    ['at least', 'atLeast'],
    ['at most', 'atMost'],
    ['odd', 'about'],
  ];
  const found = firstOf(tokens, end, suffixes);
  // "Killed 12, at least 3 of them": that "at least" belongs to the next number.
  if (found !== null && readCore(tokens, found[0]) === null) return [found[1], found[0]];
  if (tokens[end]?.text === '+' && tokens[end]?.start === tokens[end - 1]?.end) return ['atLeast', end + 1];
  return [kind, end];
}

const qualified = (quantity: Quantity, kind: Qualifier): Quantity => {
  if (kind === 'exactly') return quantity;
  if (quantity.kind === 'vague' && quantity.word === 'a dozen') return { kind, value: 12 };
  return quantity.kind === 'exactly' && !(kind === 'fewerThan' && quantity.value === 0)
    ? { kind, value: quantity.value }
    : quantity;
};

/** What may stand before the number, in any order: hedges, "another", "the", qualifiers. */
function readBefore(tokens: readonly Token[], start: number) {
  let at = start;
  let kind: Qualifier = 'exactly';
  let [hedged, more, definite] = [false, false, false];
  for (;;) {
    const word = tokens[at]?.lower ?? '';
    const qualifier = firstOf(tokens, at, qualifiers);
    const another = moreBefore.find((phrase) => phraseAt(tokens, at, phrase) !== null);
    if (hedgeWords.has(word)) hedged = true;
    else if (qualifier !== null) {
      if (kind === 'exactly' || kind === 'about') kind = qualifier[1];
      at = qualifier[0];
      continue;
    } else if (another !== undefined) {
      more = true;
      at += another.split(' ').length;
      continue;
    } else if (['the', 'these', 'those', 'all', 'their', 'its', 'his'].includes(word)) definite = true;
    else break;
    at += 1;
  }
  return { at, kind, hedged, more, definite };
}

/**
 * A quantity phrase that begins at a token: "at least 7", "perhaps dozens", "another two or three", "nobody". A number
 * with "the" before it is `definite`. `null` where none begins there.
 */
export function readQuantity(tokens: readonly Token[], start: number): QuantityRead | null {
  const plain = { start, hedged: false, more: false, moreAfter: false, definite: false };
  for (const phrase of nobody) {
    const end = phraseAt(tokens, start, phrase);
    if (end !== null) return { ...plain, quantity: { kind: 'exactly', value: 0 }, end };
  }
  if (tokens[start]?.lower === 'both')
    return { ...plain, quantity: { kind: 'exactly', value: 2 }, end: start + 1, definite: true };
  const { at, kind, hedged, more, definite } = readBefore(tokens, start);
  const core = readCore(tokens, at);
  if (core === null) return null;
  const [finalKind, end] = readSuffix(tokens, core, kind);
  const after = tokens[end]?.lower;
  const moreAfter =
    (after === 'more' || after === 'additional' || after === 'further' || after === 'others' || after === 'other') &&
    tokens[end + 1]?.lower !== 'than';
  const swallowed = moreAfter && (after === 'more' || after === 'additional' || after === 'further');
  return {
    quantity: qualified(core.quantity, finalKind),
    start,
    end: swallowed ? end + 1 : end,
    hedged,
    more: more || moreAfter,
    moreAfter: swallowed,
    definite,
  };
}
