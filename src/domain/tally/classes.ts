import { rankOfKind } from '../vocabulary.js';
import { overlaps } from './interval.js';
import type { Statement } from './statements.js';

/**
 * The classes of statement that make best, the first that has one:
 * 1 numeric unhedged totals, 2 totals hedged or in words and partial counts, 3 increments and sums;
 * a party's come after all others', in the same order.
 */
export type StatementClass = 1 | 2 | 3;

export const partyRank = rankOfKind('party');
export const pressRank = rankOfKind('press');
export const authorityRank = rankOfKind('authority');

export const isParty = (statement: Statement): boolean => statement.rank === partyRank;

/** Kinds 1 to 4: those whose word confirms. Press sums and parties' claims do not. */
export const isConfirming = (statement: Statement): boolean => statement.rank < pressRank;

export const classOf = (statement: Statement): StatementClass => {
  if (statement.role === 'increment' || statement.role === 'sum') return 3;
  return statement.role === 'total' && statement.numeric && !statement.hedged ? 1 : 2;
};

export const isPlainTotal = (statement: Statement): boolean => classOf(statement) === 1;

/** Words, a hedged total or a partial count: a best of nothing else is a floor, which other cells may raise. */
export const isFloor = (statement: Statement): boolean => classOf(statement) === 2;

/** Whether a statement can refute a total: an unhedged floor or word. */
export const mayRefute = (statement: Statement): boolean => classOf(statement) === 2 && !statement.hedged;

/** A plain total makes no best once a newer unhedged floor or word of its own or a higher kind cannot be true with it. */
export const isRefuted = (total: Statement, standing: readonly Statement[]): boolean =>
  standing.some(
    (other) => mayRefute(other) && other.saidMs > total.saidMs && other.rank <= total.rank && !overlaps(other, total),
  );
