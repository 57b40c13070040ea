import { toInstant } from '../schema/time.js';
import type { Warning } from '../tally/shapes.js';
import { newestSaidBefore, readValue, sameValue, type FiledFigure, type WarningContext } from './filed-figure.js';
import { range } from './wording.js';

/**
 * No time was given for when it was said, and it is a number that this origin has since replaced: a late relay of what
 * was said before is read as said now, and would undo the newer number. Also a figure that does not stand at all, since
 * its origin denied or took back that number.
 */
export const likelyEcho = (figure: FiledFigure, context: WarningContext): Warning | null =>
  replacedNumber(figure, context) ?? withdrawnNumber(figure, context);

const replacedNumber = (figure: FiledFigure, context: WarningContext): Warning | null => {
  const { record, name } = figure.reading;
  if ((record.current.statedAt ?? record.report.statedAt) !== undefined || !figure.value.numeric) return null;
  const newest = newestSaidBefore(figure, context, figure.reading.saidMs);
  if (newest === undefined) return null;
  const newestValue = readValue(newest, context.tallier);
  if (sameValue(newestValue, figure.value)) return null;
  const echoed = newestSaidBefore(figure, context, newest.saidMs, (other) =>
    sameValue(readValue(other, context.tallier), figure.value),
  );
  if (echoed === undefined) return null;
  return {
    code: 'likelyEcho',
    pointer: figure.pointer,
    detail: `${context.tallier.origins.of(name)} said ${range(figure.value)} at ${toInstant(echoed.saidMs)} and ${range(newestValue)} since. If this repeats the old number, give statedAt, or it replaces the newer one.`,
    related: [echoed.id, newest.id],
  };
};

const withdrawnNumber = (figure: FiledFigure, { tallier }: WarningContext): Warning | null => {
  const withdrawn = tallier.withdrawnBy(figure.reading.id);
  if (withdrawn === undefined || withdrawn.on === figure.reading.id) return null;
  return {
    code: 'likelyEcho',
    pointer: figure.pointer,
    detail: `${tallier.origins.of(figure.reading.name)} has ${withdrawn.by.kind === 'denied' ? 'denied having said' : 'taken back'} ${range(figure.value)}: this figure is kept, and does not stand.`,
    related: [withdrawn.on],
  };
};
