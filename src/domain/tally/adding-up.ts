import { conflictingBests } from './conflicting-bests.js';
import type { Lattice } from './lattice.js';
import type { Interval } from './shapes.js';
import { Sums, type Bounds, type Entering } from './sums.js';

export interface AddedUp {
  /** Cells whose best was opened. */
  readonly opened: ReadonlySet<number>;
  /** Sets of cells whose bests cannot all be true and could not be mended. */
  readonly contradictions: readonly (readonly number[])[];
  /** Whether any best was opened, left out as a remainder, or set apart: then it matters when each was said. */
  readonly timed: boolean;
}

/** Oldest since first, then by cell: the order in which bests give way. */
const givingWay =
  (lattice: Lattice) =>
  (a: Entering, b: Entering): number =>
    a.sinceMs - b.sinceMs || ((lattice.texts[a.cell] ?? '') < (lattice.texts[b.cell] ?? '') ? -1 : 1);

/**
 * Adds up one component: the bounds that its bests leave for each cell. Bests that cannot all be true are mended, where
 * time mends them, or set apart as contradictions.
 * @param into bounds of the whole lattice; only the component's are written
 * @param sums those of the component, where they were made before
 */
export const addUp = (
  lattice: Lattice,
  members: readonly number[],
  entering: ReadonlyMap<number, Entering>,
  into: Bounds,
  sums = new Sums(lattice, members, entering, into),
): AddedUp => {
  const bests = members.flatMap((cell) => entering.get(cell) ?? []);
  let active: readonly Entering[] = bests;
  const opened = new Set<number>();
  const contradictions: number[][] = [];
  while (!sums.solve(active, opened)) {
    // Bests that are all possible, which is nearly always, need no order.
    if (active === bests) active = bests.toSorted(givingWay(lattice));
    const set = conflictingBests(lattice, active, (some) => sums.solve(some, opened));
    const newestMs = Math.max(...set.map((best) => best.sinceMs));
    const remainder = set.find((best) => best.remainder && best.sinceMs < newestMs);
    if (remainder !== undefined) {
      active = active.filter((best) => best !== remainder);
      continue;
    }
    const mending = set.find(
      (best) =>
        best.openable &&
        best.high !== Infinity &&
        !opened.has(best.cell) &&
        best.sinceMs < newestMs &&
        sums.solve(set, new Set([...opened, best.cell])),
    );
    if (mending !== undefined) {
      opened.add(mending.cell);
      continue;
    }
    contradictions.push(
      set.map((best) => best.cell).sort((a, b) => ((lattice.texts[a] ?? '') < (lattice.texts[b] ?? '') ? -1 : 1)),
    );
    const apart = new Set(set);
    active = active.filter((best) => !apart.has(best));
  }
  const timed = opened.size > 0 || contradictions.length > 0 || active.length < bests.length;
  return { opened, contradictions, timed };
};

export const impliedAt = (bounds: Bounds, cell: number): Interval => {
  const high = bounds.high[cell] ?? Infinity;
  return { low: bounds.low[cell] ?? 0, high: high === Infinity ? null : high };
};
