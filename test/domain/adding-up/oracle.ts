import loadHighs from 'highs';
import type { Highs } from 'highs';
import type { Box, Sum } from './reference.js';

/** One end of what a cell can be. */
export interface End {
  readonly cell: number;
  readonly end: 'low' | 'high';
}

// The package's types describe its CommonJS build, whose module object is what TypeScript takes the default import for.
const highs = await (loadHighs as unknown as () => Promise<Highs>)();
const optimal = 7;
const infeasible = 8;

/** As much as any cell is allowed: beyond what the tests' bests can add up to, so that it reads as open. */
const most = 100_000;

/** The sums as rows of a matrix: whole - parts = 0, or at least 0 where the parts are not all there is. */
const rowsOf = (sums: readonly Sum[]): { columns: number[]; values: number[]; upper: number }[] =>
  sums.flatMap(({ whole, parts, complete, overlapping }) =>
    overlapping
      ? parts.map((part) => ({ columns: [whole, part], values: [1, -1], upper: highs.infinity }))
      : [
          {
            columns: [whole, ...parts],
            values: [1, ...parts.map(() => -1)],
            upper: complete ? 0 : highs.infinity,
          },
        ],
  );

/**
 * A linear programme over the sums of a lattice's cells. Written apart from the engine: it shares which cells are parts of which
 * and nothing of how bounds are worked out. Bests come and go as bounds of its columns, so that it is built once.
 */
export class Programme {
  readonly #model: ReturnType<Highs['createModel']>;
  #bounded: readonly number[] = [];

  constructor(cells: number, sums: readonly Sum[]) {
    const rows = rowsOf(sums);
    const starts = [0];
    for (const row of rows) starts.push((starts[starts.length - 1] ?? 0) + row.columns.length);
    this.#model = highs.createModel();
    this.#model.options.set('output_flag', false);
    // The models are tiny: what presolve saves is less than what it costs, and without it each run starts from the last.
    this.#model.options.set('presolve', 'off');
    this.#model.passModel({
      numCols: cells,
      numRows: rows.length,
      colCost: new Float64Array(cells),
      colLower: new Float64Array(cells),
      colUpper: new Float64Array(cells).fill(most),
      rowLower: rows.map(() => 0),
      rowUpper: rows.map((row) => row.upper),
      matrix: {
        format: 'csr',
        numRows: rows.length,
        numCols: cells,
        starts,
        indices: rows.flatMap((row) => row.columns),
        values: rows.flatMap((row) => row.values),
      },
    });
  }

  #bound(boxes: readonly Box[]): void {
    for (const cell of this.#bounded) this.#model.changeColBounds(cell, 0, most);
    for (const { cell, low, high } of boxes) this.#model.changeColBounds(cell, low, Math.min(high, most));
    this.#bounded = boxes.map((box) => box.cell);
  }

  #run(): boolean {
    this.#model.run();
    const status = this.#model.getModelStatus();
    if (status !== optimal && status !== infeasible) throw new Error(`the programme ended with status ${status}`);
    return status === optimal;
  }

  /** Whether these bests can all be true. */
  feasible(boxes: readonly Box[]): boolean {
    this.#bound(boxes);
    return this.#run();
  }

  /** The least or the most that cells can be. The bests have to be possible. */
  ends(boxes: readonly Box[], asked: readonly End[]): number[] {
    this.#bound(boxes);
    return asked.map(({ cell, end }) => {
      const cost = end === 'low' ? 1 : -1;
      this.#model.changeColCost(cell, cost);
      if (!this.#run()) throw new Error('the bests cannot all be true');
      // Adding 0 turns -0 into 0.
      const value = Math.round(this.#model.getObjectiveValue() * cost) + 0;
      this.#model.changeColCost(cell, 0);
      return value >= most / 2 ? Infinity : value;
    });
  }

  [Symbol.dispose](): void {
    this.#model.dispose();
  }
}
