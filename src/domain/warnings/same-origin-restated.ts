import { toInstant } from '../schema/time.js';
import type { Warning } from '../tally/shapes.js';
import {
  earlierOfOrigin,
  newestOf,
  readValue,
  sameValue,
  type FiledFigure,
  type WarningContext,
} from './filed-figure.js';
import { range } from './wording.js';

/** The origin's own last number again, said at a later time: no second source, and no answer to anybody. */
export const sameOriginRestated = (figure: FiledFigure, context: WarningContext): Warning | null => {
  const last = newestOf(earlierOfOrigin(figure, context));
  if (last === undefined || !figure.value.numeric || !sameValue(readValue(last, context.tallier), figure.value))
    return null;
  return {
    code: 'sameOriginRestated',
    pointer: figure.pointer,
    detail: `${context.tallier.origins.of(figure.reading.name)} said ${range(figure.value)} already (${toInstant(last.saidMs)}). It is the same number again, not another source.`,
    related: [last.id],
  };
};
