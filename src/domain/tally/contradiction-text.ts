import type { Best, Contradiction } from './shapes.js';
import type { FoundContradiction, Tallier } from './tallier.js';

const rangeText = ({ low, high }: Best): string =>
  high === null ? `at least ${low}` : low === high ? String(low) : `${low} to ${high}`;

/** A set of estimates that cannot add up, as a sentence. */
export const describeContradiction = (found: FoundContradiction, tallier: Tallier): Contradiction => {
  const parts = found.cells.map((cell) => {
    const best = tallier.estimate(cell)?.best ?? null;
    return `${cell} ${best === null ? 'without an estimate' : rangeText(best)}`;
  });
  const last = parts.pop() ?? '';
  return {
    cells: found.cells,
    figures: found.figures,
    text: `These cannot all be true: ${parts.join(', ')} and ${last}.`,
  };
};
