import { events, refuse, unchanged, type CommandOf, type Draft, type Incident } from './decision.js';
import { findFigure } from './find.js';
import { takenBy } from './withdrawal-rules.js';

/**
 * Undoes a figure's last withdrawal; sent again once none is left, it changes nothing. What another figure's withdrawal
 * takes is undone there.
 */
export const reinstateFigure = ({ state, scheme }: Incident, command: CommandOf<'reinstateFigure'>): Draft => {
  const figure = findFigure(state, command.figure);
  if ('kind' in figure) return figure;
  if (figure.withdrawals.length > 0)
    return events([{ type: 'FigureReinstated', data: { figure: figure.id, reason: command.reason } }]);
  const taken = takenBy(state, scheme, figure);
  if (taken === null && figure.reinstated) return unchanged();
  return refuse(
    'not-withdrawn',
    taken === null
      ? `Figure ${figure.id} is not withdrawn.`
      : `Figure ${figure.id} has no withdrawal of its own: that of figure ${taken.on} takes it, and is to be undone there.`,
  );
};
