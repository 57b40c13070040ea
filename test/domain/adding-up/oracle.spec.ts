import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addUp } from '../../../src/domain/tally/adding-up.js';
import { boundsOf, type Entering } from '../../../src/domain/tally/sums.js';
import { Programme, type End } from './oracle.js';
import { isTree, randomSums, type RandomSums } from './random-sums.js';
import { byTheText, sumsInForce, type Box } from './reference.js';

/** The bar that the project sets itself; fewer while working on it with ADDING_UP_RUNS. */
const numRuns = Number(process.env['ADDING_UP_RUNS'] ?? 10_000);

const workedOut = ({ lattice, bests }: RandomSums) => {
  const bounds = boundsOf(lattice.cells.length);
  const entering = new Map(bests.map((best) => [best.cell, best]));
  const components = lattice.components.map((members) => addUp(lattice, members, entering, bounds));
  return {
    ranges: [...bounds.low].map((low, cell) => ({ low, high: bounds.high[cell] ?? Infinity })),
    opened: components.flatMap((each) => [...each.opened]),
    contradictions: components.flatMap((each) => [...each.contradictions]),
    timed: components.some((each) => each.timed),
  };
};

const boxOf = ({ cell, low, high }: Entering, opened: readonly number[]): Box => ({
  cell,
  low,
  high: opened.includes(cell) ? Infinity : high,
});

const inOrder = (cells: readonly number[]): number[] => cells.toSorted((a, b) => a - b);

describe('adding up, against a linear programme and the text', () => {
  it(`holds over ${numRuns} random schemes and bests`, () => {
    const seen = { trees: 0, opened: 0, leftOut: 0, contradictions: 0 };
    fc.assert(
      fc.property(randomSums, (sums) => {
        const { lattice, bests } = sums;
        const tree = isTree(lattice);
        const engine = workedOut(sums);
        const expected = byTheText(lattice, bests);
        if (tree) {
          seen.trees += 1;
          expect(expected).not.toBeNull();
        }

        // What was opened, left out and set apart, and the bounds, are what the text says.
        if (expected !== null) {
          seen.opened += expected.opened.length;
          seen.leftOut += expected.leftOut.length;
          seen.contradictions += expected.contradictions.length;
          expect(new Set(engine.opened)).toEqual(new Set(expected.opened));
          const setsOf = (sets: readonly (readonly number[])[]) => new Set(sets.map((set) => inOrder(set).join()));
          expect(setsOf(engine.contradictions)).toEqual(setsOf(expected.contradictions));
          expect(engine.ranges).toEqual(expected.low.map((low, cell) => ({ low, high: expected.high[cell] })));
        }

        using programme = new Programme(lattice.cells.length, sumsInForce(lattice, bests));
        // On a tree nothing that cannot be true goes unnoticed; anywhere, what is noticed is so.
        if (engine.timed || tree) expect(programme.feasible(bests.map((best) => boxOf(best, [])))).toBe(!engine.timed);
        for (const set of engine.contradictions) {
          const boxes = bests.filter((best) => set.includes(best.cell)).map((best) => boxOf(best, engine.opened));
          expect(programme.feasible(boxes)).toBe(false);
          if (tree)
            for (const box of boxes) expect(programme.feasible(boxes.filter((each) => each !== box))).toBe(true);
        }

        if (expected === null) return;
        // Off trees bests that cannot all be true may go unnoticed: then the programme has no bounds to give.
        if (!tree && !programme.feasible(expected.boxes)) return;
        // Off trees the engine may say less than the programme, so where it says nothing there is nothing to ask.
        const asked = engine.ranges.flatMap(({ low, high }, cell): End[] => [
          ...(tree || low > 0 ? [{ cell, end: 'low' } as const] : []),
          ...(tree || high < Infinity ? [{ cell, end: 'high' } as const] : []),
        ]);
        const ends = programme.ends(expected.boxes, asked);
        const wrong = asked.filter(({ cell, end }, place) => {
          const ours = engine.ranges[cell]?.[end] ?? NaN;
          const theirs = ends[place] ?? NaN;
          return tree ? ours !== theirs : end === 'low' ? !(ours <= theirs) : !(ours >= theirs);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns },
    );
    // What is drawn has to be worth drawing.
    if (numRuns < 1_000) return;
    expect(seen.trees).toBeGreaterThan(numRuns / 5);
    expect(seen.opened).toBeGreaterThan(numRuns / 10);
    expect(seen.contradictions).toBeGreaterThan(numRuns / 10);
    expect(seen.leftOut).toBeGreaterThan(0);
  }, 600_000);
});
