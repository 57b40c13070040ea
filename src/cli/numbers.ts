import type { Best, Interval } from '../domain/tally/shapes.js';

const nothing = '–';

/** 1234567 as `1,234,567`, in every locale. */
export const grouped = (number: number): string => String(number).replace(/\B(?=(?:\d{3})+$)/gu, ',');

/** `12`, `12–30`, `12+` for an open end, `any` where nothing is ruled out, a dash where there is none. */
export const intervalText = (interval: Interval | null): string => {
  if (interval === null) return nothing;
  const { low, high } = interval;
  if (high === null) return low === 0 ? 'any' : `${grouped(low)}+`;
  return low === high ? grouped(low) : `${grouped(low)}–${grouped(high)}`;
};

/** The interval, and before it the number to print where that says more: `250 (245–255)`. */
export const bestText = (best: Best | null): string => {
  if (best === null || best.point === null || best.low === best.high) return intervalText(best);
  return `${grouped(best.point)} (${intervalText(best)})`;
};

export const countText = (count: number | null): string => (count === null ? nothing : grouped(count));

/** `1 figure`, `2 figures`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** An RFC 3339 instant to the minute, as a person reads it. */
export const timeText = (instant: string | null): string =>
  instant === null ? nothing : instant.replace(/^(.{10})T(\d\d:\d\d).*Z$/u, '$1 $2Z');
