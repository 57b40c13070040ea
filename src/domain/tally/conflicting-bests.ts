import type { Lattice } from './lattice.js';
import type { Entering } from './sums.js';

/**
 * A set that cannot be true together, from which none can be left out: bests are left out one at a time, in their order,
 * whenever the rest still cannot. Fewer bests never bind more, so however many can be left out from the front of what is
 * left can be left out at once. How many is found in leaps that double (what is needed often stands together, and what
 * is not in long runs) and then by halving, which gives the same set in far fewer sums.
 * @param sorted cannot all be true
 */
export const conflictingBests = (
  lattice: Lattice,
  sorted: readonly Entering[],
  feasible: (bests: readonly Entering[]) => boolean,
): Entering[] => {
  const kept: Entering[] = [];
  const leastNeeded = new Map<number, Entering>();
  let rest = sorted;
  while (rest.length > 0) {
    // The first `can` of the rest can be left out; the first `cannot` can not. All can where what is kept is enough.
    let can = 0;
    let cannot = isNeededLike(lattice, leastNeeded, rest[0]) ? 1 : rest.length + 1;
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
    const sum = onlySum(lattice, needed.cell);
    if (sum !== null && needed.low < (leastNeeded.get(sum)?.low ?? Infinity)) leastNeeded.set(sum, needed);
    rest = rest.slice(can + 1);
  }
  return kept;
};

/** The one sum that a cell without parts is a part of, where its end is nothing to that sum; else `null`. */
const onlySum = ({ above, below, relations }: Lattice, cell: number): number | null => {
  const [sum, ...others] = above[cell] ?? [];
  const relation = sum === undefined ? undefined : relations[sum];
  if (sum === undefined || relation === undefined || others.length > 0 || (below[cell] ?? []).length > 0) return null;
  return relation.complete || relation.measures ? null : sum;
};

/**
 * Where one part of a sum is needed, so is any other of at least its floor: they could change places. A set of hundreds
 * of parts of one whole is so found without asking about each.
 */
const isNeededLike = (
  lattice: Lattice,
  leastNeeded: ReadonlyMap<number, Entering>,
  best: Entering | undefined,
): boolean => {
  const sum = best === undefined ? null : onlySum(lattice, best.cell);
  const least = sum === null ? undefined : leastNeeded.get(sum);
  return best !== undefined && least !== undefined && best.low >= least.low;
};
