import type { Side } from './vocabulary.js';

/**
 * A cell, measure + group + breakdown: one thing that can be counted. Its text form
 * (`killed/hostages/nationality=JP`, `killed/side:victims`) is its identity everywhere.
 */
export interface Cell {
  readonly measure: string;
  /** A group's id, or `side:` and a side. */
  readonly who: string;
  /** Pairs in alphabetical order of their keys. */
  readonly breakdown: readonly (readonly [key: string, value: string])[];
}

export const sidePrefix = 'side:';

const byKey = (a: readonly [string, string], b: readonly [string, string]): number =>
  a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;

export const cellOf = (figure: {
  readonly measure: string;
  readonly group?: string | undefined;
  readonly side?: Side | undefined;
  readonly breakdown?: Readonly<Record<string, string>> | undefined;
}): Cell => ({
  measure: figure.measure,
  who: figure.side === undefined ? (figure.group ?? '') : `${sidePrefix}${figure.side}`,
  breakdown: figure.breakdown === undefined ? [] : Object.entries(figure.breakdown).sort(byKey),
});

/** The text form of the cell that a figure is about. */
export const cellTextOf = (figure: Parameters<typeof cellOf>[0]): string => {
  let text = `${figure.measure}/${figure.side === undefined ? (figure.group ?? '') : `${sidePrefix}${figure.side}`}`;
  let last = '';
  for (const key in figure.breakdown) {
    // Figures are stored with their keys in order; others take the long way.
    if (key < last) return cellText(cellOf(figure));
    text += `/${key}=${figure.breakdown[key]}`;
    last = key;
  }
  return text;
};

export const cellText = (cell: Cell): string => {
  let text = `${cell.measure}/${cell.who}`;
  for (const [key, value] of cell.breakdown) text += `/${key}=${value}`;
  return text;
};

/** Reads a cell's text form; `null` where it is none (wrong shape, keys out of order or given twice). */
export const parseCell = (text: string): Cell | null => {
  const [measure, who, ...rest] = text.split('/');
  if (!measure || !who) return null;
  const breakdown: [string, string][] = [];
  for (const part of rest) {
    const [key, value, ...more] = part.split('=');
    if (!key || !value || more.length > 0) return null;
    const last = breakdown.at(-1);
    if (last !== undefined && last[0] >= key) return null;
    breakdown.push([key, value]);
  }
  return { measure, who, breakdown };
};
