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
  readonly readings: Reading[];
  readonly withdrawn: ReadonlyMap<string, Withdrawn>;
  readonly standing: OriginStanding;
}

/** Why a statement that its own origin left standing does not stand in its cell. */
export interface FallenStatement {
  readonly statement: Statement;
  readonly why: 'spent' | 'lapsed';
  /** The figure that spent it or, withdrawn, let it lapse. */
  readonly by: string;
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

const lastFigure = (statement: Statement): string => statement.readings[statement.readings.length - 1]?.id ?? '';

/** The total that spends an increment: the first later one of the base's origin, or of its own. */
const spender = (increment: Statement, views: readonly OriginView[]): string | null => {
  for (const origin of [increment.baseOrigin, increment.origin]) {
    const standing = views.find((view) => view.origin === origin)?.standing;
    if (standing?.lastTotalMs === undefined || standing.lastTotalMs === null) continue;
    if (standing.lastTotalMs <= increment.saidMs) continue;
    const by = standing.all.find(
      (each) => each.role === 'total' && each.saidMs > increment.saidMs && !standing.passedOver.has(each),
    );
    if (by !== undefined) return lastFigure(by);
  }
  return null;
};

/**
 * @param withdrawnFigure whether a figure of whatever cell is withdrawn: a sum lapses with what it was compiled from
 */
export const viewCell = (
  text: string,
  cell: Cell,
  nature: Nature,
  views: readonly OriginView[],
  method: Method,
  withdrawnFigure: (id: string) => boolean,
): CellView => {
  const standing: Statement[] = [];
  const fallen: FallenStatement[] = [];
  let spoken = false;
  for (const view of views) {
    if (view.readings.length > view.withdrawn.size) spoken = true;
    const { total, partial, sum, increments } = view.standing;
    if (total !== null) standing.push(total);
    if (partial !== null) standing.push(partial);
    if (sum !== null) {
      const missing = sum.readings.flatMap((reading) => reading.of).find(withdrawnFigure);
      if (missing === undefined) standing.push(sum);
      else fallen.push({ statement: sum, why: 'lapsed', by: missing });
    }
    for (const increment of increments) {
      const by = spender(increment, views);
      if (by === null) standing.push(increment);
      else fallen.push({ statement: increment, why: 'spent', by });
    }
  }
  standing.sort(bySaid);
  return {
    text,
    cell,
    nature,
    spoken,
    origins: views,
    standing,
    fallen,
    own: standing.length === 0 ? null : ownEstimateOf(standing, method, nature),
  };
};
