import type { Best, Interval } from '../api/shapes.js';

/** Numbers and intervals in the reader's locale: for print (`12–30`) and for reading out (`12 to 30`). */
export interface NumberWords {
  readonly count: (value: number) => string;
  readonly range: (interval: Interval) => string;
  readonly best: (best: Best | null) => string;
  /** For narrow columns: `36+`, `0–22`. */
  readonly compact: (interval: Interval) => string;
  readonly spoken: (interval: Interval) => string;
}

export function numberWords(locale: string): NumberWords {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const count = (value: number): string => format.format(value);
  const written = ({ low, high }: Interval, between: string): string => {
    if (high === null) return low === 0 ? 'not known' : `at least ${count(low)}`;
    if (low === high) return count(low);
    if (low === 0) return `at most ${count(high)}`;
    return `${count(low)}${between}${count(high)}`;
  };
  const range = (interval: Interval): string => written(interval, '–');
  return {
    count,
    range,
    best: (best) => {
      if (best === null) return 'no estimate';
      // A point inside a wider interval is what "about 250" leaves.
      if (best.point !== null && best.low !== best.high) return `about ${count(best.point)}`;
      return range(best);
    },
    compact: ({ low, high }) => {
      if (high === null) return `${count(low)}+`;
      return low === high ? count(low) : `${count(low)}–${count(high)}`;
    },
    spoken: (interval) => written(interval, ' to '),
  };
}

/** What is printed of a best: its point, or else its low. `null` without one. */
export const printed = (best: Best | null): number | null => (best === null ? null : (best.point ?? best.low));

/** "at least 24" as its words and its number, so that the number can be set larger than the words. */
export function splitQualifier(text: string): { readonly words: string; readonly number: string } {
  const match = /^(\p{L}[\p{L} ]*) (\d.*)$/u.exec(text);
  return match === null ? { words: '', number: text } : { words: match[1] ?? '', number: match[2] ?? '' };
}
