import { events, unchanged, type CommandOf, type Draft, type Incident } from './decision.js';
import { findFigure } from './find.js';
import { hasWithdrawal } from './withdrawal-rules.js';

/** The alleged speaker says it never said so. */
export const denyAttribution = ({ state }: Incident, command: CommandOf<'denyAttribution'>): Draft => {
  const figure = findFigure(state, command.figure);
  if ('kind' in figure) return figure;
  return hasWithdrawal(figure, 'denied', undefined)
    ? unchanged()
    : events([{ type: 'AttributionDenied', data: { figure: figure.id, reason: command.reason } }]);
};
