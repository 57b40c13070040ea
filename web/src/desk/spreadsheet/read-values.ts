import { readQuantity } from '../../words-to-figures/quantities.js';
import { tokenise } from '../../words-to-figures/tokens.js';
import type { Quantity } from '../../api/shapes.js';

export type DateOrder = 'dmy' | 'mdy' | '';

/** What a cell was read as, or why it could not be. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

const isoDate = /^\d{4}-\d{2}-\d{2}$/u;
const isoInstant =
  /^(?<date>\d{4}-\d{2}-\d{2})[T ](?<time>\d{2}:\d{2})(?<seconds>:\d{2}(?:\.\d+)?)?\s*(?<zone>Z|UTC|GMT|[+-]\d{2}:\d{2})?$/iu;
export const slashDate = /^(?<a>\d{1,2})[/.](?<b>\d{1,2})[/.](?<year>\d{4})$/u;

const isDay = (date: string): boolean =>
  !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);

/** A time: a plain date or an instant, which without a zone is UTC. Dates with slashes need to be told their order. */
export function readTime(text: string, order: DateOrder): Read<string> {
  if (isoDate.test(text)) return isDay(text) ? { value: text } : { problem: 'There is no such day.' };
  const instant = isoInstant.exec(text)?.groups;
  if (instant !== undefined) {
    const { date = '', time = '', seconds = ':00', zone = 'Z' } = instant;
    const offset = /^[+-]/u.test(zone) ? zone : 'Z';
    const value = `${date}T${time}${seconds}${offset}`;
    return Number.isNaN(Date.parse(value)) ? { problem: 'There is no such moment.' } : { value };
  }
  const parts = slashDate.exec(text)?.groups;
  if (parts === undefined) return { problem: 'Write the date as 2013-01-18, with the time as 2013-01-18 04:00.' };
  if (order === '') return { problem: 'Say below whether the day or the month comes first.' };
  const { a = '', b = '', year = '' } = parts;
  const [day, month] = order === 'dmy' ? [a, b] : [b, a];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(date) ? { value: date } : { problem: 'There is no such day.' };
}

export function readFlag(text: string): Read<boolean> {
  const word = text.toLowerCase();
  if (['true', 'yes', 'y', '1', 'x'].includes(word)) return { value: true };
  if (['false', 'no', 'n', '0', ''].includes(word)) return { value: false };
  return { problem: 'Write true or false.' };
}

/** A number as people write it in a cell: "40", "at least 7", "12–30", "dozens". The whole of it has to be read. */
export function readNumber(text: string): Read<{ readonly quantity: Quantity; readonly hedged: boolean }> {
  const grouped = text.replaceAll(/(?<=\d)[\s.](?=\d{3}(?:\D|$))/gu, ',');
  const tokens = tokenise(grouped);
  const read = readQuantity(tokens, 0);
  if (read === null || read.end < tokens.length) return { problem: `“${text}” is no number that can be read.` };
  return { value: { quantity: read.quantity, hedged: read.hedged } };
}

const wholeNumber = (text: string): number | null => {
  const digits = text.replaceAll(/[\s,'’]/gu, '');
  return /^\d+$/u.test(digits) ? Number(digits) : null;
};

/** A quantity whose kind stands in a cell of its own, as exports write it. */
export function readKind(kind: string, value: string, high: string, word: string): Read<Quantity> {
  const number = wholeNumber(value);
  switch (kind) {
    case 'exactly':
    case 'atLeast':
    case 'moreThan':
    case 'atMost':
    case 'fewerThan':
    case 'about':
      return number === null ? { problem: 'The number is missing or not whole.' } : { value: { kind, value: number } };
    case 'between': {
      const upper = wholeNumber(high);
      if (number === null || upper === null) return { problem: 'Two numbers are needed.' };
      return { value: { kind, low: number, high: upper } };
    }
    case 'vague':
      return word === '' ? { problem: 'The word is missing.' } : { value: { kind, word } };
    case 'unspecified':
      return { value: { kind } };
    default:
      return { problem: `“${kind}” is no kind of number.` };
  }
}

/** The ends of an interval as what was said: an open end is "at least". */
export function readEnds(low: string, high: string): Read<Quantity> {
  const [from, to] = [wholeNumber(low), wholeNumber(high)];
  if ((low !== '' && from === null) || (high !== '' && to === null)) return { problem: 'No whole number.' };
  if (from === null && to === null) return { problem: 'The number is missing.' };
  if (from === null) return { value: { kind: 'atMost', value: to ?? 0 } };
  if (to === null) return { value: { kind: 'atLeast', value: from } };
  if (from > to) return { problem: 'The lower number is above the higher.' };
  return { value: from === to ? { kind: 'exactly', value: from } : { kind: 'between', low: from, high: to } };
}
