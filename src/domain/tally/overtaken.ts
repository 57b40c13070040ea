import type { Nature } from '../vocabulary.js';
import { authorityRank } from './classes.js';
import type { Made } from './reconcile.js';
import type { Statement } from './statements.js';

/**
 * Newest since, epoch ms: who repeats an old number answers nobody.
 * @param statements newest said first, as they made best
 */
export const newestSinceMs = (statements: readonly Statement[]): number => {
  const [newest] = statements;
  // No since is later than it was said.
  if (newest !== undefined && newest.sinceMs === newest.saidMs) return newest.sinceMs;
  let newestMs = -Infinity;
  for (const { sinceMs } of statements) if (sinceMs > newestMs) newestMs = sinceMs;
  return newestMs;
};

/** Few are asked of each other faster than through a set. */
const fewMax = 4;

const nothing = (): boolean => false;

/** Tells what is among some statements. */
export const amongThem = (statements: readonly Statement[]): ((statement: Statement) => boolean) => {
  if (statements.length === 0) return nothing;
  if (statements.length <= fewMax) return (statement) => statements.includes(statement);
  const set = new Set(statements);
  return (statement) => set.has(statement);
};

/**
 * Tells what events have passed by: a statement that is older than best, and of less weight, or of a count that has
 * moved on.
 */
export const overtakenBy = ({ best, by }: Made, nature: Nature): ((statement: Statement) => boolean) => {
  const newestMs = newestSinceMs(by);
  let highestRank = Infinity;
  for (const { rank } of by) if (rank < highestRank) highestRank = rank;
  const madeBest = amongThem(by);
  return (statement) =>
    statement.sinceMs < newestMs &&
    (statement.rank > highestRank ||
      (statement.rank === authorityRank && highestRank === authorityRank) ||
      nature === 'current' ||
      statement.low < best.low) &&
    !madeBest(statement);
};
