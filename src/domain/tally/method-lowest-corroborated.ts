import { authorityRank, classOf, isConfirming, isFloor } from './classes.js';
import { countIndependent } from './independence.js';
import type { Method } from './method.js';
import { compared, isSome, pointIn } from './reconcile.js';
import { newestFirst, type Statement } from './statements.js';

/** By low, then high, an open one last. */
const byInterval = (a: Statement, b: Statement): number =>
  a.interval.low - b.interval.low || (a.interval.high ?? Infinity) - (b.interval.high ?? Infinity);

/** Source: ACLED codebook: the most conservative estimate that more than one source gives. */
export const lowestCorroborated: Method = {
  id: 'lowest-corroborated/1',
  lexicon: 'acled/1',
  text:
    'Of the unhedged totals, in numbers or words, of any speaker but press and parties, those older than an ' +
    "authority's number aside: the lowest that two independent speakers give alike; else the lowest.",
  estimate: (standing, nature) => {
    const unhedged = standing.filter((each) => isConfirming(each) && each.role === 'total' && !each.hedged);
    if (!isSome(unhedged)) return null;
    const totals = compared(unhedged, nature);
    const authorityMs = Math.max(
      -Infinity,
      ...totals.filter((each) => each.rank === authorityRank && classOf(each) === 1).map((each) => each.saidMs),
    );
    const current = totals.filter((each) => each.saidMs >= authorityMs).sort(byInterval);
    const lowest =
      current.find(
        (each) => countIndependent(current.filter((other) => other.interval.low === each.interval.low)) >= 2,
      ) ?? current[0];
    if (lowest === undefined) return null;
    const sameLow = current.filter((each) => each.interval.low === lowest.interval.low);
    const by = (countIndependent(sameLow) >= 2 ? sameLow : [lowest]).toSorted(newestFirst);
    const { low, high } = lowest.interval;
    return {
      best: { low, high, point: pointIn(lowest.interval, by) },
      by,
      hull: false,
      floor: by.every(isFloor),
    };
  },
};
