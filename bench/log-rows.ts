import type { Row } from './compare.ts';
import { benchAppend, benchRead } from './log.ts';

/** The figures that the project sets itself a bar for. */
const barred = /^append, 100 an append|^read all, against SELECT in pages/u;

/** The embedded log against the same work done with bare node:sqlite. */
export const benchLog = async (): Promise<Row[]> =>
  [...(await benchAppend()), ...(await benchRead())].map((bench): Row => ({
    name: bench.name,
    ours: `${Math.round(bench.port).toLocaleString('en')}/s`,
    floor: `${Math.round(bench.bare).toLocaleString('en')}/s`,
    floorName: 'bare node:sqlite',
    ratio: bench.ratio,
    bar: barred.test(bench.name) ? { atLeast: 0.8 } : null,
  }));
