import type { Quantity } from '../schema/quantity.js';
import { lexiconLow } from './lexicons.js';
import type { LexiconId } from '../vocabulary.js';
import type { Interval } from './shapes.js';

/** What was said of a number, as an interval of whole numbers; `high: null` is unbounded. */
export interface ReadQuantity extends Interval {
  /** False where only words were said ("dozens", "some"). */
  readonly numeric: boolean;
  /** The number that was said as the number; `null` where only bounds were. */
  readonly point: number | null;
}

/** Words that no lexicon knows, and "an unspecified number", say that there was at least one. */
const unspecifiedLow = 1;

/**
 * Half the width of "about n": half a unit of the last digit that is not zero, at most a tenth of n, at least 1.
 * 253 ± 1, 250 ± 5, 1,200 ± 50.
 */
export const aboutWidth = (value: number): number => {
  if (value === 0) return 1;
  let unit = 1;
  while (value % (unit * 10) === 0) unit *= 10;
  return Math.max(1, Math.floor(Math.min(value / 10, unit / 2)));
};

export const readQuantity = (quantity: Quantity, lexicon: LexiconId): ReadQuantity => {
  switch (quantity.kind) {
    case 'exactly':
      return { low: quantity.value, high: quantity.value, numeric: true, point: quantity.value };
    case 'atLeast':
      return { low: quantity.value, high: null, numeric: true, point: null };
    case 'moreThan':
      return { low: quantity.value + 1, high: null, numeric: true, point: null };
    case 'atMost':
      return { low: 0, high: quantity.value, numeric: true, point: null };
    case 'fewerThan':
      return { low: 0, high: quantity.value - 1, numeric: true, point: null };
    case 'between':
      return {
        low: quantity.low,
        high: quantity.high,
        numeric: true,
        point: quantity.low === quantity.high ? quantity.low : null,
      };
    case 'about': {
      const width = aboutWidth(quantity.value);
      return {
        low: Math.max(0, quantity.value - width),
        high: quantity.value + width,
        numeric: true,
        point: quantity.value,
      };
    }
    case 'vague':
      return { low: lexiconLow(lexicon, quantity.word) ?? unspecifiedLow, high: null, numeric: false, point: null };
    case 'unspecified':
      return { low: unspecifiedLow, high: null, numeric: false, point: null };
    default:
      return quantity satisfies never;
  }
};

/** The number that a quantity names, whatever its kind, in a form that compares; `null` where words only. */
export const numberSaid = (quantity: Quantity): string | null => {
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

export const overlaps = (a: Interval, b: Interval): boolean =>
  (a.high === null || b.low <= a.high) && (b.high === null || a.low <= b.high);

export const minHigh = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/** The values that both allow; `null` where there are none. */
export const intersection = (a: Interval, b: Interval): Interval | null =>
  overlaps(a, b) ? { low: Math.max(a.low, b.low), high: minHigh(a.high, b.high) } : null;

/** The values that all allow; `null` where there are none. Of none: everything. */
export const intersectionOf = (intervals: readonly Interval[]): Interval | null => {
  let result: Interval | null = { low: 0, high: null };
  for (const interval of intervals) {
    result = intersection(result, interval);
    if (result === null) return null;
  }
  return result;
};

export const sameInterval = (a: Interval, b: Interval): boolean => a.low === b.low && a.high === b.high;

/** Whether `inner` lies within `outer`, ends included. */
export const within = (inner: Interval, outer: Interval): boolean =>
  inner.low >= outer.low && (outer.high === null || (inner.high !== null && inner.high <= outer.high));

/** An open high counts as its low: "at least 7" reaches as far as 7 was said. */
export const reach = (interval: Interval): number => interval.high ?? interval.low;

/** From the lowest low to the highest number said, open highs counting as their lows: always closed. */
export const closedHull = (intervals: readonly [Interval, ...Interval[]]): { low: number; high: number } => ({
  low: Math.min(...intervals.map((each) => each.low)),
  high: Math.max(...intervals.map(reach)),
});

/** The hull of all as said, open where its highest number is an open low. */
export const openHull = (intervals: readonly [Interval, ...Interval[]]): Interval => {
  const { low, high } = closedHull(intervals);
  return { low, high: intervals.some((each) => each.high === null && each.low === high) ? null : high };
};
