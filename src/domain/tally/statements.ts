import type { Basis, SpeakerKind } from '../vocabulary.js';
import { closedHull, intersectionOf, type ReadQuantity } from './interval.js';
import type { Reading } from './readings.js';
import type { Interval } from './shapes.js';
import { statementKey } from './withdrawals.js';

/** What one origin said of one cell at one time, by as many relays. */
export interface Statement extends Interval {
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
  /** Who it counts as when sources are counted. */
  readonly source: string;
  readonly speaker: string;
  /** Filed with a reason that lowers; of a standing total also where it repeats a number that was. */
  readonly lowering: boolean;
  readonly relaysDisagree: boolean;
  /** An increment whose base is known and stands as a figure. */
  readonly hasBase: boolean;
  /** The origin of the figure that an increment names, withdrawn or not: a later total of it spends the increment. */
  readonly baseOrigin: string | null;
  /** In the order of filing. */
  readonly readings: readonly Reading[];
  /** It is one figure of one report. */
  readonly isOneFigure: boolean;
  /** The figure filed last, and its place in the stream. */
  readonly lastFigure: string;
  readonly lastSeq: number;
}

/** A statement before it stands: what it repeats is told by what its origin said before. */
export type NewStatement = Omit<Statement, 'sinceMs' | 'lowering'> & { sinceMs: number; lowering: boolean };

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
  /** Origin of the figure that an increment names, withdrawn or not. */
  readonly baseOrigin: string | null;
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

/**
 * Those of one body count as one; so do unnamed ones of one kind without a body ("a security source" of two agencies may
 * be one person); else each origin counts.
 */
const sourceOf = (origin: string, kind: SpeakerKind, { body, named }: Reading): string =>
  body !== null ? `body ${body}` : named ? `origin ${origin}` : `unnamed ${kind}`;

/** Most statements are one figure of one report: nothing to merge. */
export const statementOfOne = (origin: string, figure: FigureReading, spoken = figure.reading): NewStatement => {
  const { reading, value, base, baseOrigin } = figure;
  const { low, high } = value;
  return {
    // What is asked of all that stands in a cell comes first, side by side in memory.
    role: roleOf(origin, figure),
    rank: spoken.rank,
    numeric: value.numeric,
    hedged: reading.hedged,
    low,
    high,
    point:
      low === high
        ? low
        : value.point !== null && value.point >= low && (high === null || value.point <= high)
          ? value.point
          : null,
    relaysDisagree: false,
    isOneFigure: true,
    lastFigure: reading.id,
    lastSeq: reading.seq,
    interval: value,
    readings: [reading],
    hasBase: base !== null,
    saidMs: reading.saidMs,
    sinceMs: reading.saidMs,
    origin,
    basis: reading.basis,
    kind: spoken.kind,
    named: reading.named,
    body: reading.body,
    source: sourceOf(origin, spoken.kind, reading),
    speaker: reading.speaker,
    lowering: reading.lowering,
    baseOrigin,
  };
};

const statementOf = (
  origin: string,
  role: Statement['role'],
  figures: readonly [FigureReading, ...FigureReading[]],
  highest: Reading | null,
): NewStatement => {
  const numeric = figures.filter((figure) => figure.value.numeric);
  const counted = numeric.length > 0 ? numeric : figures;
  const { interval, disagree, tied } = mergeRelays(counted);
  const last = figures[figures.length - 1] ?? figures[0];
  const { reading } = last;
  let point: number | null = interval.low === interval.high ? interval.low : null;
  if (point === null && !tied)
    for (const { value } of counted)
      if (
        value.point !== null &&
        value.point >= interval.low &&
        (interval.high === null || value.point <= interval.high)
      )
        point = value.point;
  const spoken = highest ?? reading;
  return {
    role,
    rank: spoken.rank,
    numeric: numeric.length > 0,
    hedged: figures.every((figure) => figure.reading.hedged),
    low: interval.low,
    high: interval.high,
    point,
    relaysDisagree: disagree,
    isOneFigure: false,
    lastFigure: reading.id,
    lastSeq: Math.max(...figures.map((figure) => figure.reading.seq)),
    interval,
    readings: figures.map((figure) => figure.reading),
    hasBase: figures.some((figure) => figure.base !== null),
    saidMs: reading.saidMs,
    sinceMs: reading.saidMs,
    origin,
    basis: reading.basis,
    kind: spoken.kind,
    named: reading.named,
    body: reading.body,
    source: sourceOf(origin, spoken.kind, reading),
    speaker: reading.speaker,
    lowering: figures.some((figure) => figure.reading.lowering),
    baseOrigin: last.baseOrigin,
  };
};

/**
 * The statements of one origin in one cell, of figures that are not withdrawn, oldest first.
 * @param figures in the order of filing
 * @param joined whether links join the origin to others: then its figures here have the highest kind that it has here
 */
export const statementsOf = (origin: string, figures: readonly FigureReading[], joined: boolean): NewStatement[] => {
  const groups = new Map<string, [FigureReading, ...FigureReading[]]>();
  for (const figure of figures) {
    const key = statementKey(figure.reading);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [figure]);
    else group.push(figure);
  }
  let highest: Reading | null = null;
  if (joined) for (const { reading } of figures) if (highest === null || reading.rank < highest.rank) highest = reading;
  const statements: NewStatement[] = [];
  for (const group of groups.values()) {
    if (group.length === 1) {
      statements.push(statementOfOne(origin, group[0], highest ?? undefined));
      continue;
    }
    // A relay that hedges what another says flat out does not make the statement an increment.
    const role = group.some((figure) => roleOf(origin, figure) === 'total') ? 'total' : roleOf(origin, group[0]);
    statements.push(statementOf(origin, role, group, highest));
  }
  return statements.sort(bySaid);
};

const noStatements: readonly Statement[] = [];

/** Those of some statements for which something holds: the list itself where it holds for all. */
export const those = (
  statements: readonly Statement[],
  holds: (statement: Statement) => boolean,
): readonly Statement[] => {
  let count = 0;
  for (const statement of statements) if (holds(statement)) count += 1;
  if (count === statements.length) return statements;
  return count === 0 ? noStatements : statements.filter(holds);
};

/** Oldest first; of what was said at once, in the order of filing. */
export const bySaid = (a: Statement, b: Statement): number => a.saidMs - b.saidMs || a.lastSeq - b.lastSeq;

/** Newest first; equal said-at: later position first. */
export const newestFirst = (a: Statement, b: Statement): number => bySaid(b, a);
