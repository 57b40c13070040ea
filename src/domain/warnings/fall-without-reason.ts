import type { Warning } from '../tally/shapes.js';
import type { FiledFigure, WarningContext } from './filed-figure.js';
import { range } from './wording.js';

/**
 * The figure lowers the cell's best, of a measure that only grows, with a new number of an origin that led before, and
 * no reason was given: the revision is shown as unexplained.
 */
export const fallWithoutReason = (figure: FiledFigure, context: WarningContext): Warning | null => {
  const revision = context.revisions.find(
    ({ cell, cause, fall, unexplained }) =>
      cell === figure.reading.cell && cause === figure.reading.id && fall && unexplained,
  );
  const [before, after] = [revision?.before?.best ?? null, revision?.after?.best ?? null];
  if (revision === undefined || before === null || after === null || figure.reading.reason !== null) return null;
  return {
    code: 'fallWithoutReason',
    pointer: figure.pointer,
    detail: `${revision.cell} falls from ${range(before)} to ${range(after)}, and no reason was given. Does the report say why? The fall shows as unexplained until somebody says.`,
    related: revision.before?.figures ?? [],
  };
};
