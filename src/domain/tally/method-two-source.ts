import { isConfirming } from './classes.js';
import { secondReach } from './independence.js';
import type { Method } from './method.js';
import { newestFirst } from './statements.js';

/** Source: Iraq Body Count: a count enters only where two independent sources report it. */
export const twoSource: Method = {
  id: 'two-source/1',
  lexicon: null,
  text:
    'At least the highest number that two independent speakers, press and parties aside, reach with what they said ' +
    'flat out; where there are not two, no estimate.',
  estimate: (standing) => {
    const unhedged = standing.filter((each) => isConfirming(each) && !each.hedged);
    const low = secondReach(unhedged);
    if (low === null || low < 1) return null;
    const by = unhedged.filter((each) => each.interval.low >= low).toSorted(newestFirst);
    return { best: { low, high: null, point: null }, by, hull: false, floor: false };
  },
};
