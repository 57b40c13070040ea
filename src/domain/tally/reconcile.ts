import type { Nature } from '../vocabulary.js';
import { intersection, minHigh, openHull, overlaps } from './interval.js';
import type { Best, Interval } from './shapes.js';
import { newestFirst, those, type Statement } from './statements.js';

/** A best and what it was made from. Methods are given what stands oldest said first. */
export interface Made {
  readonly best: Best;
  /** Newest first. */
  readonly by: readonly Statement[];
  /** The statements cannot all be true: best spans them. */
  readonly hull: boolean;
}

export type Statements = readonly [Statement, ...Statement[]];

export const isSome = (statements: readonly Statement[]): statements is Statements => statements.length > 0;

/**
 * The dead only become more: beside a newer statement an older one says "at least so many". A current measure has no
 * such reading; its callers leave the older statements out.
 */
export const readByAge = (statement: Statement, besideMs: number, nature: Nature): Interval =>
  nature === 'cumulative' && statement.saidMs < besideMs
    ? { low: statement.interval.low, high: null }
    : statement.interval;

export const newestSaidMs = (statements: Statements): number => {
  let newestMs = -Infinity;
  for (const { saidMs } of statements) if (saidMs > newestMs) newestMs = saidMs;
  return newestMs;
};

/**
 * Newest first. In a current measure an older statement is not compared with a newer one at all.
 * @param statements oldest said first, as they stand in a cell
 */
export const compared = (statements: Statements, nature: Nature): Statements => {
  if (statements.length === 1) return statements;
  const sorted = statements.toReversed();
  if (nature === 'cumulative') return isSome(sorted) ? sorted : statements;
  const [newest, ...older] = sorted;
  if (newest === undefined) return statements;
  return [newest, ...older.filter((each) => each.saidMs === newest.saidMs)];
};

/** The one number, where there is one; else that of the newest statement with a point inside. */
export const pointIn = (interval: Interval, by: readonly Statement[]): number | null => {
  if (interval.low === interval.high) return interval.low;
  for (const { point } of by)
    if (point !== null && point >= interval.low && (interval.high === null || point <= interval.high)) return point;
  return null;
};

const madeBy = (interval: Interval, candidates: readonly Statement[]): Made => {
  const by = those(candidates, (each) => overlaps(each, interval));
  return { best: { low: interval.low, high: interval.high, point: pointIn(interval, by) }, by, hull: false };
};

/** All as said, from the lowest to the highest; open where the highest number said is an open low. */
export const hullOf = (statements: Statements): Made => {
  const [first, ...rest] = statements;
  const interval = openHull([first.interval, ...rest.map((each) => each.interval)]);
  return { best: { ...interval, point: null }, by: statements.toSorted(newestFirst), hull: true };
};

/**
 * Authorities follow one another: the newest, narrowed by each older one that it can be true with. One that was filed
 * with a reason that lowers is not narrowed: the older number is what it takes back, and narrows no newer one either.
 */
export const succeed = (statements: Statements, nature: Nature): Made => {
  const [newest, ...older] = compared(statements, nature);
  if (newest.lowering) return madeBy(newest.interval, [newest]);
  let interval: Interval = newest.interval;
  let loweredMs = -Infinity;
  const heard = [newest];
  for (const each of older) {
    if (each.saidMs < loweredMs) break;
    heard.push(each);
    const narrowed = intersection(interval, readByAge(each, newest.saidMs, nature));
    if (narrowed !== null && each.lowering) loweredMs = each.saidMs;
    interval = narrowed ?? interval;
  }
  return madeBy(interval, heard);
};

/** Others stand side by side: the values that all of them allow, read by age; if there are none, the hull. */
export const agree = (statements: Statements, nature: Nature): Made => {
  const sideBySide = compared(statements, nature);
  const newestMs = sideBySide[0].saidMs;
  // The values that all allow, without an interval for each.
  let low = 0;
  let high: number | null = null;
  for (const each of sideBySide) {
    if (each.low > low) low = each.low;
    if (each.high !== null && (nature === 'current' || each.saidMs >= newestMs)) high = minHigh(high, each.high);
  }
  return high !== null && low > high ? hullOf(sideBySide) : madeBy({ low, high }, sideBySide);
};
