import type { Quantity } from '../../../src/domain/schema/quantity.js';

/*
 * A reference for the tally, written from the text of the rules alone, section by section, as slowly and plainly as it
 * comes: everything is worked out again from all the events. It shares no code with the product. Comments quote the
 * rules.
 *
 * Section 1: from words to an interval.
 */

/** An open high is Infinity. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

export interface Number_ extends Span {
  /** "numeric?" */
  readonly numeric: boolean;
  readonly point: number | null;
}

type Lexicon = Readonly<Record<string, number>>;

const plain: Lexicon = {
  'a couple': 2,
  'a few': 3,
  several: 3,
  'a dozen': 12,
  dozens: 24,
  'many dozens': 36,
  scores: 40,
  hundreds: 200,
  thousands: 2000,
};
const acled: Lexicon = { several: 3, 'a few': 3, many: 3, dozens: 12, hundreds: 100 };

const lexicons: Readonly<Record<string, Lexicon>> = { 'plain/1': plain, 'acled/1': acled };

/** "half a unit of the last digit that is not zero" */
const halfAUnit = (n: number): number => {
  if (n === 0) return 0;
  let unit = 1;
  while (n % (unit * 10) === 0) unit *= 10;
  return unit / 2;
};

const span = (low: number, high: number, point: number | null = null): Number_ => ({
  low,
  high,
  numeric: true,
  point,
});

/** A number as its quantity says it, under a lexicon; "a word missing … reads as unspecified". */
export const numberOf = (quantity: Quantity, lexicon: string): Number_ => {
  switch (quantity.kind) {
    case 'exactly':
      return span(quantity.value, quantity.value, quantity.value);
    case 'atLeast':
      return span(quantity.value, Infinity);
    case 'moreThan':
      return span(quantity.value + 1, Infinity);
    case 'atMost':
      return span(0, quantity.value);
    case 'fewerThan':
      return span(0, quantity.value - 1);
    case 'between':
      return span(quantity.low, quantity.high);
    case 'about': {
      const n = quantity.value;
      const d = Math.floor(Math.max(1, Math.min(n / 10, halfAUnit(n))));
      return span(Math.max(0, n - d), n + d, n);
    }
    case 'vague': {
      const word = quantity.word.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ');
      return { low: lexicons[lexicon]?.[word] ?? 1, high: Infinity, numeric: false, point: null };
    }
    case 'unspecified':
      return { low: 1, high: Infinity, numeric: false, point: null };
  }
};

/** "the same number (of whatever quantity kind)": what was said, without how. Words have none. */
export const saidNumber = (quantity: Quantity): string | null => {
  switch (quantity.kind) {
    case 'between':
      return quantity.low === quantity.high ? String(quantity.low) : `${quantity.low}-${quantity.high}`;
    case 'vague':
    case 'unspecified':
      return null;
    default:
      return String(quantity.value);
  }
};

export const overlap = (a: Span, b: Span): boolean => a.low <= b.high && b.low <= a.high;

export const within = (inner: Span, outer: Span): boolean => inner.low >= outer.low && inner.high <= outer.high;

export const intersection = (spans: readonly Span[]): Span => ({
  low: Math.max(...spans.map((each) => each.low)),
  high: Math.min(...spans.map((each) => each.high)),
});

/** "an open high counting as its low" */
export const closed = ({ low, high }: Span): Span => ({ low, high: high === Infinity ? low : high });

export const closedHull = (spans: readonly Span[]): Span => ({
  low: Math.min(...spans.map((each) => each.low)),
  high: Math.max(...spans.map((each) => closed(each).high)),
});

/** "the hull of all as said (open where its highest number is an open low)" */
export const hull = (spans: readonly Span[]): Span => {
  const { low, high } = closedHull(spans);
  return { low, high: spans.some((each) => each.high === Infinity && each.low === high) ? Infinity : high };
};
