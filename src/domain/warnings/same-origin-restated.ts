import { toInstant } from '../schema/time.js';
import type { Warning } from '../tally/shapes.js';
import { newestSaidBefore, readValue, sameValue, type FiledFigure, type WarningContext } from './filed-figure.js';
import { range } from './wording.js';

/** The origin's own last number again, said at a later time: no second source, and no answer to anybody. */
export const sameOriginRestated = (figure: FiledFigure, context: WarningContext): Warning | null => {
  if (!figure.value.numeric) return null;
  const last = newestSaidBefore(figure, context, figure.reading.saidMs);
  if (last === undefined || !sameValue(readValue(last, context.tallier), figure.value)) return null;
  return {
    code: 'sameOriginRestated',
    pointer: figure.pointer,
    detail: `${context.tallier.origins.of(figure.reading.name)} said ${range(figure.value)} already (${toInstant(last.saidMs)}). It is the same number again, not another source.`,
    related: [last.id],
  };
};
