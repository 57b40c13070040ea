import type { Lattice } from './lattice.js';
import { activeParts, isFullSum } from './sums.js';
import type { Tallier } from './tallier.js';

/** Why a set of bests cannot all be true, where one cell shows it. */
export interface Impossible {
  readonly cell: string;
  readonly atLeast: number;
  readonly atMost: number;
  /** What gives which end: the number said of the cell itself, or what is part of it. */
  readonly leastBy: 'itself' | 'parts';
  readonly mostBy: 'itself' | 'parts';
}

/** Cells of the set and all above them. */
const cellsAbove = (lattice: Lattice, set: ReadonlySet<number>): number[] => {
  const found = new Set(set);
  for (const at of found)
    for (const relation of lattice.above[at] ?? []) {
      const whole = lattice.relations[relation]?.whole;
      if (whole !== undefined) found.add(whole);
    }
  return [...found].sort((a, b) => ((lattice.texts[a] ?? '') < (lattice.texts[b] ?? '') ? -1 : 1));
};

/**
 * Looks for a cell whose parts, by the numbers of the set alone, add up to more than it can be or to less than it has to
 * be. A set can cross in other ways (a whole left for two parts by two others): then there is no such cell.
 */
export const whyImpossible = (cells: readonly string[], tallier: Tallier): Impossible | null => {
  const { lattice, entering } = tallier;
  if (lattice === null) return null;
  const set = new Set(cells.flatMap((cell) => lattice.index.get(cell) ?? []));
  const ownLow = (at: number): number | null => (set.has(at) ? (entering.get(at)?.low ?? 0) : null);
  const ownHigh = (at: number): number | null =>
    set.has(at) ? (tallier.wasOpened(at) ? Infinity : (entering.get(at)?.high ?? Infinity)) : null;

  const floors = new Map<number, number>();
  const floorOfParts = (at: number): number => {
    const known = floors.get(at);
    if (known !== undefined) return known;
    let floor = 0;
    for (const relationAt of lattice.below[at] ?? []) {
      const relation = lattice.relations[relationAt];
      if (relation === undefined) continue;
      const lows = activeParts(relation, entering).map((part) => ownLow(part) ?? floorOfParts(part));
      const sum = relation.overlapping ? Math.max(0, ...lows) : lows.reduce((total, low) => total + low, 0);
      floor = Math.max(floor, sum);
    }
    floors.set(at, floor);
    return floor;
  };
  const ceilings = new Map<number, number>();
  const ceilingOfParts = (at: number): number => {
    const known = ceilings.get(at);
    if (known !== undefined) return known;
    let ceiling = Infinity;
    for (const relationAt of lattice.below[at] ?? []) {
      const relation = lattice.relations[relationAt];
      if (relation === undefined || relation.overlapping || !isFullSum(relation, entering)) continue;
      const highs = activeParts(relation, entering).map((part) => ownHigh(part) ?? ceilingOfParts(part));
      ceiling = Math.min(
        ceiling,
        highs.reduce((total, high) => total + high, 0),
      );
    }
    ceilings.set(at, ceiling);
    return ceiling;
  };

  for (const at of cellsAbove(lattice, set)) {
    const cell = lattice.texts[at] ?? '';
    const [low, high] = [ownLow(at), ownHigh(at)];
    const [floor, ceiling] = [floorOfParts(at), ceilingOfParts(at)];
    if (high !== null && floor > high)
      return { cell, atLeast: floor, atMost: high, leastBy: 'parts', mostBy: 'itself' };
    if (low !== null && ceiling < low)
      return { cell, atLeast: low, atMost: ceiling, leastBy: 'itself', mostBy: 'parts' };
    if (floor > ceiling) return { cell, atLeast: floor, atMost: ceiling, leastBy: 'parts', mostBy: 'parts' };
  }
  return null;
};
