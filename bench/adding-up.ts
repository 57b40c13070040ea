import { addUp } from '#tollbook/domain/tally/adding-up.js';
import { buildLattice, type Lattice } from '#tollbook/domain/tally/lattice.js';
import { indexScheme } from '#tollbook/domain/tally/scheme-index.js';
import { boundsOf, type Entering } from '#tollbook/domain/tally/sums.js';
import { inTurn, type Row } from './compare.ts';
import { cpuMicroseconds } from './cpu.ts';
import { schemeOf } from './scheme.ts';

const rounds = 9;
/** Enough for the clock, which moves in steps of some milliseconds. */
const solvesMeasured = 400;

const groups = Array.from({ length: 12 }, (_, n) => `group-${n}`);

const scheme = schemeOf(groups.map((id) => ({ id, side: 'victims' as const })));

interface Problem {
  readonly lattice: Lattice;
  readonly entering: ReadonlyMap<number, Entering>;
}

/** Bests of cells, all said at one time, so that nothing that cannot be true is mended. */
const problemOf = (bests: readonly (readonly [cell: string, number: number])[]): Problem => {
  const lattice = buildLattice(
    bests.map(([cell]) => cell),
    indexScheme(scheme),
  );
  const entering = new Map<number, Entering>();
  for (const [text, number] of bests) {
    const cell = lattice.index.get(text);
    if (cell === undefined) throw new RangeError(`${text} is not among the cells`);
    entering.set(cell, {
      cell,
      low: number,
      high: number,
      sinceMs: 0,
      asOfMs: 0,
      openable: true,
      remainder: false,
      current: false,
    });
  }
  return { lattice, entering };
};

/** The side, 12 groups and the nationalities of each; with those of the side about 500 cells of one component. */
const tree = (count: number): [string, number][] => [
  ['killed/side:victims', 12 * 2_000],
  ...groups.map((group): [string, number] => [`killed/${group}`, 2_000]),
  ...groups.flatMap((group) =>
    Array.from({ length: 37 }, (_, n): [string, number] => [`killed/${group}/role=role-${n}`, count + n]),
  ),
];

/** One whole with 499 parts. */
const wide = (whole: number): [string, number][] => [
  ['killed/all', whole],
  ...Array.from({ length: 499 }, (_, n): [string, number] => [`killed/all/role=role-${n}`, 5]),
];

const microsecondsOf = ({ lattice, entering }: Problem, contradictions: boolean): number => {
  const bounds = boundsOf(lattice.cells.length);
  const startedAt = cpuMicroseconds();
  for (let n = 0; n < solvesMeasured; n += 1)
    for (const members of lattice.components) {
      const found = addUp(lattice, members, entering, bounds).contradictions.length > 0;
      if (found !== contradictions) throw new Error('the benchmark measures something else than it says');
    }
  return (cpuMicroseconds() - startedAt) / solvesMeasured;
};

const row = async (name: string, possible: Problem, impossible: Problem, bar: Row['bar']): Promise<Row> => {
  const { ours, floor, ratio } = await inTurn(
    rounds,
    () => Promise.resolve(microsecondsOf(impossible, true)),
    () => Promise.resolve(microsecondsOf(possible, false)),
  );
  return {
    name: `${name}, ${impossible.lattice.cells.length} cells`,
    ours: `${ours.toFixed(0)} µs`,
    floor: `${floor.toFixed(0)} µs`,
    floorName: 'adding them up once',
    ratio,
    bar,
  };
};

/** What finding a contradiction costs, against adding up the same cells where there is none. */
export const benchAddingUp = async (): Promise<Row[]> => {
  // 38 of one group's part is more than the 10 of its whole.
  const few = tree(1).map(([cell, number]): [string, number] => [cell, cell === 'killed/group-3' ? 10 : number]);
  const crowd = tree(1).map(([cell, number]): [string, number] => [cell, cell === 'killed/group-3' ? 300 : number]);
  return [
    await row('a contradiction of few bests', problemOf(tree(1)), problemOf(few), { atMost: 50 }),
    await row('a contradiction of some dozen bests', problemOf(tree(1)), problemOf(crowd), { atMost: 50 }),
    await row('a contradiction of hundreds of bests', problemOf(wide(2_495)), problemOf(wide(1_000)), null),
  ];
};
