import type { Interval } from '../tally/shapes.js';

/** A number as a desk reads it: 1,200. */
export const people = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/gu, ',');

/** An interval in words: 30, at least 7, 12 to 30. */
export const range = ({ low, high }: Interval): string => {
  if (high === null) return `at least ${people(low)}`;
  return low === high ? people(low) : `${people(low)} to ${people(high)}`;
};
