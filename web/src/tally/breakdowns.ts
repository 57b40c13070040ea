import type { Estimate, Incident, Interval } from '../api/shapes.js';
import { holderOf } from './arrange-cells.js';
import { readCell, type CellName } from './cell-text.js';

type Scheme = Pick<Incident, 'home' | 'breakdowns'>;

/** One value of a key, as a part of its whole. */
export interface Part {
  readonly cell: string;
  readonly key: string;
  readonly value: string;
  /** Its best or, where it has none, what the other cells imply. */
  readonly interval: Interval;
  readonly estimate: Estimate;
  /** What this part is itself made of; empty where it is not told. */
  readonly parts: readonly Part[];
  /** What of this part none of its own parts accounts for; `null` where it has none. */
  readonly rest: Interval | null;
}

/** A cell taken apart by one key. */
export interface Breakdown {
  readonly key: string;
  readonly whole: Interval;
  readonly parts: readonly Part[];
  /** What no part accounts for. */
  readonly rest: Interval;
  /** The parts' lows add up to more than the whole can be. */
  readonly exceeds: boolean;
}

/** What only the press or a party says enters no sum: of such a part counts what the other cells imply. */
const known = ({ best, implied, status }: Estimate): Interval | null =>
  best === null || status === 'unconfirmed' ? implied : { low: best.low, high: best.high };

/** What is left of a whole when its parts, which share nobody, are taken away. */
export function restOf(whole: Interval, parts: readonly Interval[]): Interval {
  const lows = parts.reduce((sum, part) => sum + part.low, 0);
  const open = parts.some((part) => part.high === null);
  const highs = parts.reduce((sum, part) => sum + (part.high ?? 0), 0);
  return {
    low: open ? 0 : Math.max(0, whole.low - highs),
    high: whole.high === null ? null : Math.max(0, whole.high - lows),
  };
}

interface Candidate {
  readonly value: string;
  readonly estimate: Estimate;
}

function partsBelow(
  key: string,
  holder: string | null,
  candidates: readonly Candidate[],
  scheme: Scheme,
): readonly Part[] {
  const present = new Set(candidates.map(({ value }) => value));
  if (holder !== null) present.add(holder);
  /** The nearest value above that has a cell. */
  const above = (value: string): string | null => {
    let at = holderOf(key, value, scheme);
    while (at !== null && !present.has(at)) at = holderOf(key, at, scheme);
    return at;
  };
  return candidates
    .filter(({ value }) => above(value) === holder)
    .flatMap(({ value, estimate }) => {
      const interval = known(estimate);
      if (interval === null || (interval.low === 0 && interval.high === null && estimate.best === null)) return [];
      const parts = partsBelow(key, value, candidates, scheme);
      const rest =
        parts.length === 0
          ? null
          : restOf(
              interval,
              parts.map((part) => part.interval),
            );
      return [{ cell: estimate.cell, key, value, interval, estimate, parts, rest }];
    })
    .toSorted((a, b) => b.interval.low - a.interval.low || (a.value < b.value ? -1 : 1));
}

/** The pair by which a cell may be a part of a whole: one more than the whole's, or another value of one of its keys. */
function dividedBy(whole: CellName['breakdown'], part: CellName['breakdown']): readonly [string, string] | null {
  const has = (of: CellName['breakdown'], [key, value]: readonly [string, string]): boolean =>
    of.some(([k, v]) => k === key && v === value);
  const [own, ...more] = part.filter((pair) => !has(whole, pair));
  if (own === undefined || more.length > 0) return null;
  const kept = whole.filter(([key]) => key !== own[0]);
  return part.length === kept.length + 1 && kept.every((pair) => has(part, pair)) ? own : null;
}

/**
 * How a cell divides, by each key whose values share nobody. Keys with overlapping values are left out: their parts do
 * not add up.
 */
export function breakdownsOf(cell: string, cells: ReadonlyMap<string, Estimate>, scheme: Scheme): readonly Breakdown[] {
  const estimate = cells.get(cell);
  const whole = estimate?.best ?? estimate?.implied ?? null;
  if (whole === null) return [];
  const name = readCell(cell);
  const byKey = new Map<string, Candidate[]>();
  for (const other of cells.values()) {
    const { measure, who, breakdown } = readCell(other.cell);
    if (measure !== name.measure || who !== name.who) continue;
    const pair = dividedBy(name.breakdown, breakdown);
    if (pair !== null) byKey.set(pair[0], [...(byKey.get(pair[0]) ?? []), { value: pair[1], estimate: other }]);
  }
  const order = (scheme.breakdowns ?? []).map((declared) => declared.key);
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...byKey]
    .filter(([key]) => scheme.breakdowns?.find((declared) => declared.key === key)?.overlapping !== true)
    .toSorted(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .flatMap(([key, candidates]) => {
      const holder = name.breakdown.find(([own]) => own === key)?.[1] ?? null;
      const parts = partsBelow(key, holder, candidates, scheme);
      if (parts.length === 0) return [];
      const lows = parts.reduce((sum, part) => sum + part.interval.low, 0);
      const intervals = parts.map((part) => part.interval);
      return [
        {
          key,
          whole: { low: whole.low, high: whole.high },
          parts,
          rest: restOf(whole, intervals),
          exceeds: whole.high !== null && lows > whole.high,
        },
      ];
    });
}
