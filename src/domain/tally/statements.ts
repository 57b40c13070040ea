import type { Basis, SpeakerKind } from '../vocabulary.js';
import { closedHull, intersectionOf, type ReadQuantity } from './interval.js';
import type { Reading } from './readings.js';
import type { Interval } from './shapes.js';
import { statementKey } from './withdrawals.js';

/** What one origin said of one cell at one time, by as many relays. */
export interface Statement {
  /** Joined by links. */
  readonly origin: string;
  /** As filed. */
  readonly basis: Basis;
  /** An increment that its own base's origin said is that origin's new total. */
  readonly role: 'total' | 'partial' | 'increment' | 'sum';
  readonly saidMs: number;
  /** Of a standing total: said-at of the oldest of the unbroken run with the same interval. Else said-at. */
  readonly sinceMs: number;
  readonly interval: Interval;
  readonly numeric: boolean;
  readonly point: number | null;
  readonly hedged: boolean;
  readonly kind: SpeakerKind;
  readonly rank: number;
  readonly named: boolean;
  readonly body: string | null;
  readonly speaker: string;
  readonly lowering: boolean;
  readonly relaysDisagree: boolean;
  /** An increment whose base is known and stands as a figure. */
  readonly hasBase: boolean;
  /** The base's origin, where the base is known. */
  readonly baseOrigin: string | null;
  /** In the order of filing. */
  readonly readings: readonly Reading[];
  /** Place in the stream of the figure filed last. */
  readonly lastSeq: number;
}

/** What an increment is counted from. `null`: not known (no `of`, withdrawn, corrected into another cell). */
export interface Base {
  readonly interval: ReadQuantity;
  readonly origin: string;
  readonly saidMs: number;
}

export interface FigureReading {
  readonly reading: Reading;
  /** The figure's interval with its basis: a partial count is a floor, an increment stands on its base. */
  readonly value: ReadQuantity;
  readonly base: Base | null;
}

/** A figure's interval as its basis says to read it. */
export const valueOf = (reading: Reading, base: Base | null): ReadQuantity => {
  const { own } = reading;
  switch (reading.basis) {
    case 'total':
    case 'sum':
      return own;
    case 'partial':
      return { low: own.low, high: null, numeric: own.numeric, point: null };
    case 'additional':
      if (base === null) return { low: own.low, high: null, numeric: own.numeric, point: null };
      return {
        low: base.interval.low + own.low,
        high: base.interval.high === null || own.high === null ? null : base.interval.high + own.high,
        numeric: own.numeric && base.interval.numeric,
        point: base.interval.point === null || own.point === null ? null : base.interval.point + own.point,
      };
    default:
      return reading.basis satisfies never;
  }
};

const roleOf = (origin: string, { reading, base }: FigureReading): Statement['role'] => {
  switch (reading.basis) {
    case 'total':
    case 'partial':
    case 'sum':
      return reading.basis;
    case 'additional':
      return base !== null && base.origin === origin && !reading.hedged && reading.saidMs > base.saidMs
        ? 'total'
        : 'increment';
    default:
      return reading.basis satisfies never;
  }
};

/**
 * Of one report's figures the intersection if they overlap, else the last; one outlet counts once, by its last report;
 * relays that overlap give their intersection, else the interval that most carry, or the hull of the tied.
 */
const mergeRelays = (figures: readonly FigureReading[]): { interval: Interval; disagree: boolean; tied: boolean } => {
  const [only, ...others] = figures;
  if (only !== undefined && others.length === 0)
    return { interval: { low: only.value.low, high: only.value.high }, disagree: false, tied: false };
  const byOutlet = new Map<string, { report: string; intervals: Interval[] }>();
  for (const { reading, value } of figures) {
    const before = byOutlet.get(reading.outlet);
    // In the order of filing: a later report of the outlet takes the place of its earlier one.
    if (before === undefined || before.report !== reading.report)
      byOutlet.set(reading.outlet, { report: reading.report, intervals: [value] });
    else before.intervals.push(value);
  }
  const carried = [...byOutlet.values()].map(({ intervals }): Interval => {
    const last = intervals[intervals.length - 1] ?? { low: 0, high: null };
    return intersectionOf(intervals) ?? { low: last.low, high: last.high };
  });
  const common = intersectionOf(carried);
  if (common !== null) return { interval: common, disagree: false, tied: false };
  const votes = new Map<string, { interval: Interval; count: number }>();
  for (const interval of carried) {
    const key = `${interval.low}-${interval.high}`;
    const vote = votes.get(key);
    if (vote === undefined) votes.set(key, { interval, count: 1 });
    else vote.count += 1;
  }
  const most = Math.max(...[...votes.values()].map((vote) => vote.count));
  const [first, ...tied] = [...votes.values()].filter((vote) => vote.count === most).map((vote) => vote.interval);
  if (first === undefined) throw new Error('a statement without relays');
  return tied.length === 0
    ? { interval: first, disagree: true, tied: false }
    : { interval: closedHull([first, ...tied]), disagree: true, tied: true };
};

const statementOf = (
  origin: string,
  role: Statement['role'],
  figures: readonly [FigureReading, ...FigureReading[]],
  joinedRank: ((reading: Reading) => Reading) | null,
): Statement => {
  const [first] = figures;
  // Most statements are one figure of one report: nothing to merge.
  const alone = figures.length === 1;
  const numeric = alone ? [] : figures.filter((figure) => figure.value.numeric);
  const counted = numeric.length > 0 ? numeric : figures;
  const { interval, disagree, tied } = mergeRelays(counted);
  const last = figures[figures.length - 1] ?? figures[0];
  let point: number | null = interval.low === interval.high ? interval.low : null;
  if (point === null && !tied)
    for (const { value } of counted)
      if (
        value.point !== null &&
        value.point >= interval.low &&
        (interval.high === null || value.point <= interval.high)
      )
        point = value.point;
  const spoken = joinedRank === null ? last.reading : joinedRank(last.reading);
  return {
    origin,
    basis: last.reading.basis,
    role,
    saidMs: last.reading.saidMs,
    sinceMs: last.reading.saidMs,
    interval,
    numeric: alone ? first.value.numeric : numeric.length > 0,
    point,
    hedged: figures.every((figure) => figure.reading.hedged),
    kind: spoken.kind,
    rank: spoken.rank,
    named: last.reading.named,
    body: last.reading.body,
    speaker: last.reading.speaker,
    lowering: figures.some((figure) => figure.reading.lowering),
    relaysDisagree: disagree,
    hasBase: figures.some((figure) => figure.base !== null),
    baseOrigin: last.base?.origin ?? null,
    readings: alone ? [first.reading] : figures.map((figure) => figure.reading),
    lastSeq: alone ? first.reading.seq : Math.max(...figures.map((figure) => figure.reading.seq)),
  };
};

/**
 * The statements of one origin in one cell, of figures that are not withdrawn, oldest first.
 * @param figures in the order of filing
 * @param joined whether links join the origin to others: then its figures here have the highest kind that it has here
 */
export const statementsOf = (origin: string, figures: readonly FigureReading[], joined: boolean): Statement[] => {
  const [only, ...others] = figures;
  if (only !== undefined && others.length === 0)
    return [statementOf(origin, roleOf(origin, only), [only], joined ? () => only.reading : null)];
  const groups = new Map<string, [FigureReading, ...FigureReading[]]>();
  for (const figure of figures) {
    const key = statementKey(figure.reading);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [figure]);
    else group.push(figure);
  }
  let highest: Reading | null = null;
  if (joined) for (const { reading } of figures) if (highest === null || reading.rank < highest.rank) highest = reading;
  const joinedRank = highest === null ? null : () => highest;
  const statements: Statement[] = [];
  for (const group of groups.values()) {
    // A relay that hedges what another says flat out does not make the statement an increment.
    const role = group.some((figure) => roleOf(origin, figure) === 'total') ? 'total' : roleOf(origin, group[0]);
    statements.push(statementOf(origin, role, group, joinedRank));
  }
  return statements.sort(bySaid);
};

/** Oldest first; of what was said at once, in the order of filing. */
export const bySaid = (a: Statement, b: Statement): number => a.saidMs - b.saidMs || a.lastSeq - b.lastSeq;

/** Newest first; equal said-at: later position first. */
export const newestFirst = (a: Statement, b: Statement): number => bySaid(b, a);
