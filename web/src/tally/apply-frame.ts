import type { Frame, Revision, Tally } from '../api/shapes.js';
import { isAfter } from './position.js';

const byCodePoint = (a: { cell: string }, b: { cell: string }): number =>
  a.cell < b.cell ? -1 : a.cell > b.cell ? 1 : 0;

/**
 * The tally after a filing: a snapshot and the frames after it give what GET tally gives. A frame that the tally
 * already covers (sent again after a resumption) gives the same tally, the very object.
 */
export function applyFrame(tally: Tally, frame: Frame): Tally {
  if (frame.incident !== tally.incident || !isAfter(frame.position, tally.position)) return tally;
  const cells = new Map(tally.cells.map((estimate) => [estimate.cell, estimate]));
  for (const cell of frame.removed ?? []) cells.delete(cell);
  for (const estimate of frame.cells) cells.set(estimate.cell, estimate);
  return {
    ...tally,
    position: frame.position,
    method: frame.method ?? tally.method,
    lexicon: frame.lexicon ?? tally.lexicon,
    cells: [...cells.values()].sort(byCodePoint),
    contradictions: frame.contradictions,
  };
}

/**
 * Revisions newest first, each number once. What `newer` holds replaces what `known` has under the same number: an
 * explanation given later sends its revision again.
 */
export function mergeRevisions(known: readonly Revision[], newer: readonly Revision[]): readonly Revision[] {
  if (newer.length === 0) return known;
  const byNumber = new Map(known.map((revision) => [revision.number, revision]));
  for (const revision of newer) byNumber.set(revision.number, revision);
  return [...byNumber.values()].sort((a, b) => (isAfter(a.number, b.number) ? -1 : 1));
}
