import { events, refuseFor, unchanged, type CommandOf, type Draft, type Filing, type Incident } from './decision.js';
import { findFigure } from './find.js';
import { checkRetraction, isRetracted, retractionOf } from './withdrawal-rules.js';

/**
 * Withdraws a figure. A withdrawal of another kind, or by the speaker at another time, is another fact and is stored
 * beside the one in force; the same once more changes nothing.
 */
export const retractFigure = ({ state }: Incident, command: CommandOf<'retractFigure'>, filing: Filing): Draft => {
  const figure = findFigure(state, command.figure);
  if ('kind' in figure) return figure;
  const errors = checkRetraction(command.retraction, [figure], filing);
  if (errors.length > 0) return refuseFor('invalid-decision', 'The retraction', errors);
  return isRetracted(figure, command.retraction) ? unchanged() : events([retractionOf(figure, command.retraction)]);
};
