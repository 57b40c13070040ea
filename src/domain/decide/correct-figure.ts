import { publishedMsOf } from '../tally/readings.js';
import { checkFigure, sameFigure } from './figure-rules.js';
import { events, refuseFor, unchanged, type CommandOf, type Draft, type Incident } from './decision.js';
import { findFigure } from './find.js';
import type { Nameable } from './of-rules.js';

/**
 * A figure as it should have been filed. The same rules as for a figure of a report; what it names has to have been
 * filed before the figure itself first was, so that corrections make no cycles either.
 */
export const correctFigure = ({ state, scheme }: Incident, command: CommandOf<'correctFigure'>): Draft => {
  const figure = findFigure(state, command.figure);
  if ('kind' in figure) return figure;
  const nameable: Nameable = {
    earlier: (place) => {
      const id = place < figure.place ? figure.report.figures[place] : undefined;
      return id === undefined ? null : nameable.filed(id);
    },
    filed: (id) => {
      const named = state.figures.get(id);
      return named === undefined || named.seq >= figure.seq ? null : { id, figure: named.current };
    },
  };
  const { stored, errors } = checkFigure(command.corrected, {
    scheme,
    publishedMs: publishedMsOf(figure.report),
    nameable,
    at: '/figure',
  });
  if (errors.length > 0) return refuseFor('invalid-figure', 'The corrected figure', errors);
  if (sameFigure(stored, figure.current)) return unchanged();
  return events([{ type: 'FigureCorrected', data: { figure: figure.id, corrected: stored, reason: command.reason } }]);
};
