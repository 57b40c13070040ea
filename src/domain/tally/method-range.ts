import type { Method } from './method.js';
import { isConfirming, isPlainTotal } from './classes.js';
import { mostAuthoritative } from './method-most-authoritative.js';
import { overtakenBy } from './overtaken.js';
import { hullOf, isSome } from './reconcile.js';

/** Source: Every Casualty's standards; UCDP's low and high estimates. */
export const range: Method = {
  id: 'range/1',
  lexicon: null,
  text:
    'From the lowest to the highest plain total of any speaker but press and parties that the best of ' +
    'most-authoritative/1 has not overtaken; where there is none, most-authoritative/1.',
  estimate: (standing, nature) => {
    const usual = mostAuthoritative.estimate(standing, nature);
    if (usual === null) return null;
    const isOvertaken = overtakenBy(usual, nature);
    const totals = standing.filter((each) => isConfirming(each) && isPlainTotal(each) && !isOvertaken(each));
    if (!isSome(totals)) return usual;
    const span = hullOf(totals);
    const point = span.best.low === span.best.high ? span.best.low : null;
    return { ...span, best: { ...span.best, point }, hull: false, floor: false };
  },
};
