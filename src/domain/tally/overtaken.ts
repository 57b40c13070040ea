import type { Nature } from '../vocabulary.js';
import { authorityRank } from './classes.js';
import type { Made } from './reconcile.js';
import type { Statement } from './statements.js';

/** The newest, by since, of what made best: who repeats an old number answers nobody. Epoch ms. */
export const newestSinceMs = (made: Made): number => Math.max(...made.by.map((each) => each.sinceMs));

/** Events have passed it by: it is older than best, and of less weight, or of a count that has moved on. */
export const isOvertaken = (statement: Statement, made: Made, nature: Nature): boolean => {
  if (made.by.includes(statement) || statement.sinceMs >= newestSinceMs(made)) return false;
  const highestRank = Math.min(...made.by.map((each) => each.rank));
  return (
    statement.rank > highestRank ||
    (statement.rank === authorityRank && highestRank === authorityRank) ||
    nature === 'current' ||
    statement.interval.low < made.best.low
  );
};
