import type { Method } from './method.js';
import { isConfirming, isPlainTotal } from './classes.js';
import { mostAuthoritative } from './method-most-authoritative.js';
import { isSome, succeed } from './reconcile.js';

/** Source: wire practice: the latest count leads. */
export const mostRecent: Method = {
  id: 'most-recent/1',
  lexicon: null,
  text:
    'The newest plain total of any speaker but press and parties makes best, narrowed by older ones that it can be ' +
    'true with; where there is none, most-authoritative/1.',
  estimate: (standing, nature) => {
    const totals = standing.filter((each) => isConfirming(each) && isPlainTotal(each));
    return isSome(totals) ? { ...succeed(totals, nature), floor: false } : mostAuthoritative.estimate(standing, nature);
  },
};
