import { countIndependent } from './independence.js';
import { isConfirming, isPlainTotal } from './classes.js';
import type { Method } from './method.js';
import { mostAuthoritative } from './method-most-authoritative.js';
import { overtakenBy } from './overtaken.js';
import { isSome, newestSaidMs, readByAge } from './reconcile.js';
import type { Interval } from './shapes.js';
import { newestFirst, type Statement } from './statements.js';

interface Reading {
  readonly statement: Statement;
  readonly interval: Interval;
}

const allows = ({ interval }: Reading, value: number): boolean =>
  value >= interval.low && (interval.high === null || value <= interval.high);

/** Source: Global Terrorism Database codebook: the number that the majority of sources report; the lowest of ties. */
export const majority: Method = {
  id: 'majority/1',
  lexicon: null,
  text:
    'Of the plain totals of any speaker but press and parties that the best of most-authoritative/1 has not overtaken, ' +
    'older ones read as "at least", the values that most independent speakers allow, the lowest such stretch; where ' +
    'there is none, most-authoritative/1.',
  estimate: (standing, nature) => {
    const usual = mostAuthoritative.estimate(standing, nature);
    if (usual === null) return null;
    const isOvertaken = overtakenBy(usual, nature);
    const totals = standing.filter((each) => isConfirming(each) && isPlainTotal(each) && !isOvertaken(each));
    if (!isSome(totals)) return usual;
    const newestMs = newestSaidMs(totals);
    const readings: Reading[] = totals
      .filter((each) => nature === 'cumulative' || each.saidMs === newestMs)
      .toSorted(newestFirst)
      .map((statement) => ({ statement, interval: readByAge(statement, newestMs, nature) }));
    const supporters = (value: number): Reading[] => readings.filter((each) => allows(each, value));
    const support = (value: number): number => countIndependent(supporters(value).map((each) => each.statement));
    // Support changes only where an interval begins, or just after one ends.
    const starts = new Set<number>();
    for (const { interval } of readings) {
      starts.add(interval.low);
      if (interval.high !== null) starts.add(interval.high + 1);
    }
    const sorted = [...starts].sort((a, b) => a - b);
    const most = Math.max(...sorted.map(support));
    const from = sorted.findIndex((value) => support(value) === most);
    const low = sorted[from] ?? 0;
    const end = sorted.slice(from).find((value) => support(value) !== most);
    const interval: Interval = { low, high: end === undefined ? null : end - 1 };
    const by = readings
      .filter((each) => each.interval.low <= (interval.high ?? Infinity) && (each.interval.high ?? Infinity) >= low)
      .map((each) => each.statement);
    const point =
      interval.low === interval.high
        ? interval.low
        : (by.find((each) => each.point !== null && allows({ statement: each, interval }, each.point))?.point ?? null);
    return { best: { ...interval, point }, by, hull: false, floor: false };
  },
};
