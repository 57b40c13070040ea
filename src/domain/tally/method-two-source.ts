import { isConfirming, isFloor } from './classes.js';
import { secondReach } from './independence.js';
import type { Method } from './method.js';
import { compared, isSome } from './reconcile.js';

/** Source: Iraq Body Count: a count enters only where two independent sources report it. */
export const twoSource: Method = {
  id: 'two-source/1',
  lexicon: null,
  text:
    'At least the highest number that two independent speakers, press and parties aside, reach with what they said ' +
    'flat out; where there are not two, no estimate.',
  estimate: (standing, nature) => {
    // A sum was compiled from others' figures, and an increment rests on one: neither is a second source.
    const unhedged = standing.filter(
      (each) => isConfirming(each) && !each.hedged && (each.role === 'total' || each.role === 'partial'),
    );
    if (!isSome(unhedged)) return null;
    const counted = compared(unhedged, nature);
    const low = secondReach(counted);
    if (low === null || low < 1) return null;
    const by = counted.filter((each) => each.interval.high === null || each.interval.high >= low);
    return { best: { low, high: null, point: null }, by, hull: false, floor: by.every(isFloor) };
  },
};
