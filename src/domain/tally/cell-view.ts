import type { Cell } from '../cell.js';
import type { Nature } from '../vocabulary.js';
import type { Method } from './method.js';
import { ownEstimateOf, type OwnEstimate } from './own-estimate.js';
import type { Reading } from './readings.js';
import type { OriginStanding } from './standing.js';
import { bySaid, type Statement } from './statements.js';
import type { Withdrawn } from './withdrawals.js';

/** What one origin said of one cell, and what of it stands. */
export interface OriginView {
  readonly origin: string;
  /** In the order of filing, withdrawn ones included. */
  readonly readings: readonly Reading[];
  /** The same, oldest said first; of what was said at once, in the order of filing. */
  readonly bySaid: readonly Reading[];
  readonly withdrawn: ReadonlyMap<string, Withdrawn>;
  readonly standing: OriginStanding;
}

/** Why a statement that its own origin left standing does not stand in its cell. */
export interface FallenStatement {
  readonly statement: Statement;
  readonly why: 'spent' | 'lapsed';
}

/** What figures were filed about. */
export interface NamedCell {
  readonly text: string;
  /** `null`: the text names no cell, and what was recorded about it is in no tally. */
  readonly cell: Cell | null;
  readonly nature: Nature;
}

/** A cell by its own statements alone. */
export interface CellView {
  readonly text: string;
  readonly cell: Cell;
  readonly nature: Nature;
  /** It has a figure that is not withdrawn. */
  readonly spoken: boolean;
  readonly origins: readonly OriginView[];
  readonly standing: readonly Statement[];
  readonly fallen: readonly FallenStatement[];
  /** `null`: nothing of its own stands. */
  readonly own: OwnEstimate | null;
}

/** Whether a later total of the increment's base's origin, or of its own, spends it. */
const isSpent = (increment: Statement, views: readonly OriginView[]): boolean =>
  views.some(
    ({ origin, standing: { lastTotalMs } }) =>
      lastTotalMs !== null &&
      lastTotalMs > increment.saidMs &&
      (origin === increment.baseOrigin || origin === increment.origin),
  );

/** The first figure that a sum was compiled from and that is withdrawn: the sum lapses with it. */
export const missingOf = (sum: Statement, isWithdrawn: (id: string) => boolean): string | undefined => {
  for (const reading of sum.readings) {
    const missing = reading.of.find(isWithdrawn);
    if (missing !== undefined) return missing;
  }
  return undefined;
};

/** The statements that stand in a cell, and those that fell. */
export interface Standings {
  /** Oldest said first. */
  readonly standing: readonly Statement[];
  readonly fallen: readonly FallenStatement[];
}

/**
 * @param views of all origins that spoke of the cell
 * @param isWithdrawn whether a figure of whatever cell is withdrawn
 */
export const standingsOf = (views: readonly OriginView[], isWithdrawn: (id: string) => boolean): Standings => {
  const standing: Statement[] = [];
  const fallen: FallenStatement[] = [];
  for (const { standing: own } of views) {
    const { total, partial, sums, replacedSums, increments } = own;
    if (total !== null) standing.push(total);
    if (partial !== null) standing.push(partial);
    // What lapsed replaces nothing: the sum before it counts.
    const sum = sums.findLastIndex((each) => missingOf(each, isWithdrawn) === undefined);
    for (const [at, each] of sums.entries())
      if (replacedSums.has(each)) continue;
      else if (at === sum) standing.push(each);
      else if (at > sum) fallen.push({ statement: each, why: 'lapsed' });
    for (const increment of increments)
      if (isSpent(increment, views)) fallen.push({ statement: increment, why: 'spent' });
      else standing.push(increment);
  }
  if (standing.length > 1) standing.sort(bySaid);
  return { standing, fallen };
};

/**
 * A cell by its own statements.
 * @param views of all origins that spoke of it, in the order in which each first did
 * @returns `null` where nobody spoke of it, or it is no cell
 */
export const viewCell = (
  { text, cell, nature }: NamedCell,
  views: readonly OriginView[],
  { standing, fallen }: Standings,
  method: Method,
): CellView | null => {
  if (cell === null || views.length === 0) return null;
  return {
    text,
    cell,
    nature,
    spoken: views.some(({ readings, withdrawn }) => readings.length > withdrawn.size),
    origins: views,
    standing,
    fallen,
    own: standing.length === 0 ? null : ownEstimateOf(standing, method, nature),
  };
};
