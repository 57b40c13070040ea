import { readNumber } from '../words-to-figures/number-words.js';
import type { Token } from '../words-to-figures/tokens.js';
import { labelWords, months, otherUnits } from './word-lists.js';

const currency = new Set(['$', '€', '£', '¥', '₹', '₦', '₽', 'us$', 'usd', 'eur', 'rs']);

const oldestYear = 1800;

const newestYear = 2100;

/** What tells a date, a year, an age, money or a label from a number of people. */
export function countsNobody(tokens: readonly Token[], start: number, end: number): boolean {
  const [before, first, after] = [tokens[start - 1], tokens[start], tokens[end]];
  const last = tokens[end - 1];
  if (first === undefined) return true;
  if (before !== undefined && (currency.has(before.lower) || (labelWords.has(before.lower) && first.kind === 'number')))
    return true;
  if (after !== undefined && (after.text === '%' || otherUnits.has(after.lower) || after.lower === 'per')) return true;
  if (/^(?:thirds?|quarters?|fifths?|halves|half|times|fold|st|nd|rd|th)$/u.test(after?.lower ?? '')) return true;
  if (
    last?.kind === 'number' &&
    (months.has(before?.lower ?? '') || months.has(after?.lower ?? '')) &&
    Number(last.text) <= 31
  )
    return true;
  if (inAges(tokens, start)) return true;
  // "All but two": the others are counted, by nobody here.
  if (before?.lower === 'but' && tokens[start - 2]?.lower === 'all') return true;
  // "A boy of five", "the families of the 39".
  if (
    before?.lower === 'of' &&
    /^(?:boy|girl|man|woman|child|son|daughter|friend|teenager|age)$/u.test(tokens[start - 2]?.lower ?? '')
  )
    return true;
  // "The captain, 52, was arrested".
  if (
    before?.text === ',' &&
    first.kind === 'number' &&
    (after?.text === ',' || after?.text === '.') &&
    isName(tokens[start - 2])
  )
    return !listed(tokens, start - 2);
  if (after?.lower === 'in' && readNumber(tokens, end + 1) !== null && /^(?:one|1)$/u.test(last?.lower ?? ''))
    return true;
  // "12,5", "3/4", "7-2", "+12".
  return (
    after?.text === '/' || before?.text === '/' || (before?.text === '-' && before.start === tokens[start - 2]?.end)
  );
}

/** "Aged eight, 12 and 13": each of the list. */
function inAges(tokens: readonly Token[], start: number): boolean {
  let at = start - 1;
  while (/^(?:,|and|or|to|between)$/u.test(tokens[at]?.lower ?? '') || (at < start - 1 && isAge(tokens, at))) at -= 1;
  return /^(?:aged|age|ages)$/u.test(tokens[at]?.lower ?? '');
}

const isAge = (tokens: readonly Token[], at: number): boolean => (readNumber(tokens, at)?.end ?? 0) === at + 1;

const isName = (token: Token | undefined): boolean => token !== undefined && token.kind === 'word';

const listed = (tokens: readonly Token[], at: number): boolean => readNumber(tokens, at - 1) !== null;

export const isYear = (token: Token | undefined): boolean =>
  token?.kind === 'number' &&
  /^\d{4}$/u.test(token.text) &&
  Number(token.text) >= oldestYear &&
  Number(token.text) < newestYear;
