/** One figure of the benchmark: ours beside a floor of the same run. */
export interface Row {
  readonly name: string;
  readonly ours: string;
  readonly floor: string;
  readonly floorName: string;
  /** Ours against the floor; whether more or less is better stands in `bar`. */
  readonly ratio: number;
  /** The bar that the project sets itself, where it sets one. */
  readonly bar: { readonly atLeast: number } | { readonly atMost: number } | null;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

interface Compared {
  readonly ours: number;
  readonly floor: number;
  readonly ratio: number;
}

/**
 * Runs two things in turn, A B A B, so that a machine whose speed drifts slows both; the ratio is the median of the
 * rounds' ratios.
 */
export const inTurn = async (
  rounds: number,
  ours: () => Promise<number>,
  floor: () => Promise<number>,
): Promise<Compared> => {
  const pairs: { ours: number; floor: number }[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push({ ours: await ours(), floor: await floor() });
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    floor: median(pairs.map((pair) => pair.floor)),
    ratio: median(pairs.map((pair) => pair.ours / pair.floor)),
  };
};

/** As `inTurn`, for rounds so short that their clock's steps show: the means of all rounds, and the ratio of those. */
export const inTurnAsWhole = async (
  rounds: number,
  ours: () => Promise<number>,
  floor: () => Promise<number>,
): Promise<Compared> => {
  const sums = { ours: 0, floor: 0 };
  for (let round = 0; round < rounds; round += 1) {
    sums.ours += await ours();
    sums.floor += await floor();
  }
  return { ours: sums.ours / rounds, floor: sums.floor / rounds, ratio: sums.ours / sums.floor };
};

const barText = (row: Row): string => {
  if (row.bar === null) return '';
  if ('atLeast' in row.bar) return `${row.ratio >= row.bar.atLeast ? 'holds' : 'MISSED'}: at least ${row.bar.atLeast}`;
  return `${row.ratio <= row.bar.atMost ? 'holds' : 'MISSED'}: at most ${row.bar.atMost}`;
};

export const printRows = (rows: readonly Row[]): void => {
  const table = [
    ['what', 'ours', 'floor', 'against', 'ratio', 'bar'],
    ...rows.map((row) => [row.name, row.ours, row.floor, row.floorName, row.ratio.toFixed(2), barText(row)]),
  ];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  for (const line of table)
    console.log(
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
};
