import type { Sum } from './parts.js';
import type { Span } from './words.js';

/* Section 5: adding up, to a naive fixed point. */

/** A best that enters. */
export interface Entering extends Span {
  readonly cell: string;
  readonly asOfMs: number;
  readonly sinceMs: number;
  /** By its measure's nature. */
  readonly current: boolean;
  readonly remainder: boolean;
}

/**
 * "In the sum of a union measure, by group, a current best said earlier than another best of that sum, the union's own
 * included, stays out of it…; where it is the union's own, the sum binds nothing."
 */
export const inForce = (sums: readonly Sum[], bests: readonly Entering[]): Sum[] =>
  sums.flatMap((sum): Sum[] => {
    if (!sum.measures) return [sum];
    const ofSum = bests.filter(({ cell }) => cell === sum.whole || sum.parts.includes(cell));
    const stale = ofSum.filter((best) => best.current && ofSum.some((other) => other.asOfMs > best.asOfMs));
    if (stale.some(({ cell }) => cell === sum.whole)) return [];
    const parts = sum.parts.filter((part) => !stale.some(({ cell }) => cell === part));
    return [{ ...sum, parts, complete: sum.complete && parts.length === sum.parts.length }];
  });

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

export type Bounds = ReadonlyMap<string, Span>;

/** Rounds after which a loop of sums that closes in by one at a time is given up. */
const roundsMax = 400;

/** `possible: false` where a low passes a high. */
export const fixedPoint = (
  cells: readonly string[],
  sums: readonly Sum[],
  bests: readonly Span[],
  cellOf: (at: number) => string,
): { readonly bounds: Bounds; readonly possible: boolean } => {
  const bounds = new Map<string, { low: number; high: number }>(
    cells.map((cell) => [cell, { low: 0, high: Infinity }]),
  );
  const of = (cell: string): { low: number; high: number } => {
    const found = bounds.get(cell);
    if (found === undefined) throw new Error(`${cell} is not in the sums`);
    return found;
  };
  for (const [at, { low, high }] of bests.entries()) bounds.set(cellOf(at), { low, high });
  for (let round = 0; round < roundsMax; round += 1) {
    let moved = false;
    const atLeast = (cell: string, low: number): void => {
      if (low <= of(cell).low) return;
      of(cell).low = low;
      moved = true;
    };
    const atMost = (cell: string, high: number): void => {
      if (high >= of(cell).high) return;
      of(cell).high = high;
      moved = true;
    };
    for (const { whole, parts, complete, overlapping } of sums) {
      if (overlapping) {
        // "overlapping: a whole is at least each part's low, a part at most its whole's high"
        for (const part of parts) atLeast(whole, of(part).low);
        for (const part of parts) atMost(part, of(whole).high);
        continue;
      }
      // "disjoint: a whole is at least the sum of its parts' lows; a part at most its whole's high less the others' lows"
      atLeast(whole, total(parts.map((part) => of(part).low)));
      for (const part of parts)
        atMost(part, of(whole).high - total(parts.filter((other) => other !== part).map((other) => of(other).low)));
      // "complete too: a whole is at most the sum of its parts' highs; a part at least its whole's low less the others' highs"
      if (!complete) continue;
      atMost(whole, total(parts.map((part) => of(part).high)));
      for (const part of parts)
        atLeast(part, of(whole).low - total(parts.filter((other) => other !== part).map((other) => of(other).high)));
    }
    if ([...bounds.values()].some(({ low, high }) => low > high)) return { bounds, possible: false };
    if (!moved) return { bounds, possible: true };
  }
  throw new OutOfReach();
};

/** The fixed point was not reached in reasonable time. */
export class OutOfReach extends Error {}

export interface AddedUp {
  readonly sums: readonly Sum[];
  readonly bounds: Bounds;
  readonly opened: ReadonlySet<string>;
  readonly contradictions: readonly (readonly string[])[];
  /** Cells whose implied bounds are withheld. */
  readonly withheld: ReadonlySet<string>;
}

export const addUp = (cells: readonly string[], allSums: readonly Sum[], bests: readonly Entering[]): AddedUp => {
  const sums = inForce(allSums, bests);
  const opened = new Set<string>();
  const contradictions: string[][] = [];
  const asEntered = (best: Entering, alsoOpen?: string): Span => ({
    low: best.low,
    high: opened.has(best.cell) || best.cell === alsoOpen ? Infinity : best.high,
  });
  const workOut = (some: readonly Entering[], alsoOpen?: string) =>
    fixedPoint(
      cells,
      sums,
      some.map((best) => asEntered(best, alsoOpen)),
      (at) => some[at]?.cell ?? '',
    );
  // "oldest since first (then by cell)"
  let left = bests.toSorted((a, b) => a.sinceMs - b.sinceMs || (a.cell < b.cell ? -1 : 1));
  for (;;) {
    const worked = workOut(left);
    if (worked.possible)
      return {
        sums,
        bounds: worked.bounds,
        opened,
        contradictions,
        withheld: joinedTo(contradictions.flat(), allSums),
      };
    // "found by leaving out bests one at a time, … whenever the rest still cannot"
    let set = left;
    for (const best of left) {
      const rest = set.filter((other) => other !== best);
      if (!workOut(rest).possible) set = rest;
    }
    const older = set.filter((best) => set.some((other) => other.sinceMs > best.sinceMs));
    // "First an older best about nationality `unknown` in the set is left out."
    const remainder = older.find((best) => best.remainder);
    if (remainder !== undefined) {
      left = left.filter((best) => best !== remainder);
      continue;
    }
    // "Then, in a cumulative measure, the oldest of the set whose finite high, once opened, mends it, and which is older
    // than the newest of the set, is opened"
    const mending = older.find(
      (best) =>
        !best.current &&
        !best.remainder &&
        best.high !== Infinity &&
        !opened.has(best.cell) &&
        workOut(set, best.cell).possible,
    );
    if (mending !== undefined) {
      opened.add(mending.cell);
      continue;
    }
    contradictions.push(set.map(({ cell }) => cell));
    const apart = set;
    left = left.filter((best) => !apart.includes(best));
  }
};

/** "implied bounds of all cells joined to it are withheld" */
const joinedTo = (cells: readonly string[], sums: readonly Sum[]): Set<string> => {
  const joined = new Set(cells);
  for (let grew = true; grew;) {
    grew = false;
    for (const { whole, parts } of sums) {
      const all = [whole, ...parts];
      if (all.some((cell) => joined.has(cell)) && all.some((cell) => !joined.has(cell))) {
        for (const cell of all) joined.add(cell);
        grew = true;
      }
    }
  }
  return joined;
};
