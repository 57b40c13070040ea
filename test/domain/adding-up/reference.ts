import type { Lattice } from '../../../src/domain/tally/lattice.js';
import type { Entering } from '../../../src/domain/tally/sums.js';

/*
 * Section 5 of the rules, word by word and as slowly as it comes: every sum is worked through again until nothing moves,
 * bests are left out one at a time. The engine has to give the same.
 */

export interface Sum {
  readonly whole: number;
  readonly parts: readonly number[];
  readonly complete: boolean;
  readonly overlapping: boolean;
}

export interface Box {
  readonly cell: number;
  readonly low: number;
  readonly high: number;
}

/** In a union measure's sum a current best said before another of it stays out; the union's own: it binds nothing. */
export const sumsInForce = (lattice: Lattice, bests: readonly Entering[]): Sum[] =>
  lattice.relations.flatMap((relation): Sum[] => {
    if (!relation.measures) return [relation];
    const inSum = bests.filter((best) => best.cell === relation.whole || relation.parts.includes(best.cell));
    const out = inSum.filter((best) => best.current && inSum.some((other) => other.asOfMs > best.asOfMs));
    if (out.some((best) => best.cell === relation.whole)) return [];
    const parts = relation.parts.filter((part) => !out.some((best) => best.cell === part));
    return [{ ...relation, parts, complete: relation.complete && out.length === 0 }];
  });

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export interface Worked {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly possible: boolean;
}

/** The fixed point; `null` where it is not reached in reasonable time. */
export const fixedPoint = (cells: number, sums: readonly Sum[], boxes: readonly Box[]): Worked | null => {
  const low = Array.from({ length: cells }, () => 0);
  const high = Array.from({ length: cells }, () => Infinity);
  for (const box of boxes) [low[box.cell], high[box.cell]] = [box.low, box.high];
  const lowOf = (cell: number): number => low[cell] ?? 0;
  const highOf = (cell: number): number => high[cell] ?? Infinity;
  for (let round = 0; round < 60; round += 1) {
    let moved = false;
    const atLeast = (cell: number, bound: number): void => {
      if (bound <= lowOf(cell)) return;
      low[cell] = bound;
      moved = true;
    };
    const atMost = (cell: number, bound: number): void => {
      if (bound >= highOf(cell)) return;
      high[cell] = bound;
      moved = true;
    };
    for (const { whole, parts, complete, overlapping } of sums) {
      if (overlapping) {
        for (const part of parts) atLeast(whole, lowOf(part));
        for (const part of parts) atMost(part, highOf(whole));
        continue;
      }
      atLeast(whole, total(parts.map(lowOf)));
      if (complete) atMost(whole, total(parts.map(highOf)));
      for (const part of parts) {
        const others = parts.filter((other) => other !== part);
        atMost(part, highOf(whole) - total(others.map(lowOf)));
        if (complete) atLeast(part, lowOf(whole) - total(others.map(highOf)));
      }
    }
    if (low.some((bound, cell) => bound > highOf(cell))) return { low, high, possible: false };
    if (!moved) return { low, high, possible: true };
  }
  return null;
};

export interface Expected {
  readonly opened: readonly number[];
  readonly leftOut: readonly number[];
  readonly contradictions: readonly (readonly number[])[];
  /** What enters in the end. */
  readonly boxes: readonly Box[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** `null`: some fixed point is out of reach, as where a loop closes in by one at a time. */
export const byTheText = (lattice: Lattice, bests: readonly Entering[]): Expected | null => {
  const cells = lattice.cells.length;
  const sums = sumsInForce(lattice, bests);
  const textOf = (best: Entering): string => lattice.texts[best.cell] ?? '';
  const oldestFirst = bests.toSorted((a, b) => a.sinceMs - b.sinceMs || (textOf(a) < textOf(b) ? -1 : 1));
  const opened: number[] = [];
  const leftOut: number[] = [];
  const contradictions: number[][] = [];
  let outOfReach = false;
  const boxesOf = (some: readonly Entering[], open: readonly number[]): Box[] =>
    some.map(({ cell, low, high }) => ({ cell, low, high: open.includes(cell) ? Infinity : high }));
  const possible = (some: readonly Entering[], open: readonly number[]): boolean => {
    const worked = fixedPoint(cells, sums, boxesOf(some, open));
    if (worked === null) outOfReach = true;
    return worked?.possible ?? true;
  };
  let active = oldestFirst;
  while (!possible(active, opened)) {
    let set = active;
    for (const best of active) {
      const rest = set.filter((other) => other !== best);
      if (!possible(rest, opened)) set = rest;
    }
    const older = set.filter((best) => set.some((other) => other.sinceMs > best.sinceMs));
    const remainder = older.find((best) => best.remainder);
    const mending = older.find(
      (best) => best.openable && best.high !== Infinity && possible(set, [...opened, best.cell]),
    );
    if (remainder !== undefined) {
      leftOut.push(remainder.cell);
      active = active.filter((best) => best !== remainder);
    } else if (mending !== undefined) opened.push(mending.cell);
    else {
      contradictions.push(set.map((best) => best.cell));
      const apart = set;
      active = active.filter((best) => !apart.includes(best));
    }
    if (outOfReach) return null;
  }
  const boxes = boxesOf(active, opened);
  const worked = fixedPoint(cells, sums, boxes);
  return worked === null || outOfReach ? null : { opened, leftOut, contradictions, boxes, ...worked };
};
