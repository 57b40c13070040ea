import type { Entering } from './sums.js';

/**
 * A set that cannot be true together, from which none can be left out: bests are left out one at a time, in their order,
 * whenever the rest still cannot. Fewer bests never bind more, so however many can be left out from the front of what is
 * left can be left out at once. How many is found in leaps that double (what is needed often stands together, and what
 * is not in long runs) and then by halving, which gives the same set in far fewer sums.
 * @param sorted cannot all be true
 */
export const conflictingBests = (
  sorted: readonly Entering[],
  feasible: (bests: readonly Entering[]) => boolean,
): Entering[] => {
  const kept: Entering[] = [];
  let rest = sorted;
  while (rest.length > 0) {
    // The first `can` of the rest can be left out; the first `cannot` can not. All of it can where what is kept is enough.
    let can = 0;
    let cannot = rest.length + 1;
    for (let leap = 1; cannot - can > 1; leap *= 2) {
      const tried = Math.min(can + leap, (can + cannot) >> 1);
      if (feasible([...kept, ...rest.slice(tried)])) {
        cannot = tried;
        leap = Infinity;
      } else can = tried;
    }
    const needed = rest[can];
    if (needed === undefined) break;
    kept.push(needed);
    rest = rest.slice(can + 1);
  }
  return kept;
};
