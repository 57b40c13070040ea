import type { Warning } from '../tally/shapes.js';
import type { FiledFigure, WarningContext } from './filed-figure.js';
import { people, range } from './wording.js';

const jumpMin = 20;

/** A low more than double that of the cell's best before the filing, and higher by 20 or more: a nought too many? */
export const largeJump = (figure: FiledFigure, context: WarningContext): Warning | null => {
  const best = context.before(figure.reading.cell)?.best ?? null;
  const { low } = figure.value;
  if (best === null || low <= 2 * best.low || low - best.low < jumpMin) return null;
  return {
    code: 'largeJump',
    pointer: figure.pointer,
    detail: `${figure.reading.cell} was ${range(best)}; this says ${figure.value.high === low ? '' : 'at least '}${people(low)}, more than double. Check the number and what it counts.`,
    related: context.before(figure.reading.cell)?.figures ?? [],
  };
};
