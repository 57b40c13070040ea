import { cellText, parseCell, type Cell } from '../cell.js';
import type { SchemeIndex } from './scheme-index.js';
import { membersOf, sumsAbove, type SumAbove } from './wholes.js';

/** A cell of the sums. */
export interface SummedCell {
  readonly cell: Cell;
  readonly text: string;
  /** It has a figure not withdrawn or a pin, or stands above one that has. */
  readonly listed: boolean;
  readonly above: readonly SumAbove[];
}

/** The sums above the cells met under a scheme: with each new cell all are asked of again. */
const sumsKnown = new WeakMap<SchemeIndex, Map<string, readonly SumAbove[]>>();

const aboveOf = (cell: Cell, text: string, scheme: SchemeIndex): readonly SumAbove[] => {
  const known = sumsKnown.get(scheme) ?? new Map<string, readonly SumAbove[]>();
  sumsKnown.set(scheme, known);
  const above = known.get(text) ?? sumsAbove(cell, scheme);
  known.set(text, above);
  return above;
};

/**
 * The cells of the sums: those that are spoken of and all above them; without a breakdown their sides, union groups and
 * union measures with all members, whoever's they are; with one, where they are listed; and the declared values of a
 * complete key beside a listed cell. (Beside all others too they would be the product of all complete keys: thousands
 * of cells for one figure.)
 */
export const summedCells = (spoken: readonly string[], scheme: SchemeIndex): SummedCell[] => {
  const found: SummedCell[] = [];
  const known = new Set<string>();
  const add = (cell: Cell, listed: boolean, text = cellText(cell)): void => {
    if (known.has(text)) return;
    known.add(text);
    found.push({ cell, text, listed, above: aboveOf(cell, text, scheme) });
  };
  for (const text of [...spoken].sort()) {
    const cell = parseCell(text);
    if (cell !== null) add(cell, true);
  }
  // The list grows while it is walked: first by what is listed, then by what completes it.
  for (let at = 0; at < found.length; at += 1)
    for (const { whole, wholeText } of found[at]?.above ?? []) add(whole, true, wholeText);
  // A sum's other parts are the same from whichever of them it is reached.
  const completed = new Set<string>();
  for (let at = 0; at < found.length; at += 1) {
    const each = found[at];
    if (each === undefined) continue;
    const { cell, listed, above } = each;
    if (listed)
      for (const sum of above) {
        if (completed.has(sum.id)) continue;
        completed.add(sum.id);
        for (const sibling of sum.declared()) add(sibling, false);
      }
    if (!listed && cell.breakdown.length > 0) continue;
    for (const { whole, wholeText } of above) add(whole, false, wholeText);
    for (const member of membersOf(cell, scheme)) add(member, false);
  }
  return found;
};
