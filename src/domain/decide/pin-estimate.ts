import { cellText, parseCell } from '../cell.js';
import type { Scheme } from '../schema/incident.js';
import { checkCell } from '../scheme-rules.js';
import { events, refuse, refuseFor, unchanged, type CommandOf, type Draft, type Incident } from './decision.js';

/** A cell shows the given estimate until unpinned. The same numbers for another reason are another decision. */
export const pinEstimate = ({ state, scheme }: Incident, command: CommandOf<'pinEstimate'>): Draft => {
  const cell = declaredCell(scheme, command.cell);
  if (cell === null) return noSuchCell(state.slug, scheme, command.cell);
  const { best, reason } = command;
  if (best.high !== null && best.low > best.high)
    return refuseFor('invalid-decision', 'The pin', [
      { pointer: '/best/low', rule: 'low not above high', detail: `${best.low} is above ${best.high}.` },
    ]);
  const pin = state.pins.get(cell);
  if (pin !== undefined && pin.best.low === best.low && pin.best.high === best.high && pin.reason === reason)
    return unchanged();
  return events([{ type: 'EstimatePinned', data: { cell, best: { low: best.low, high: best.high }, reason } }]);
};

/** The cell's one text form, or `null` where the incident has no such cell. */
export const declaredCell = (scheme: Scheme, text: string): string | null => {
  const cell = parseCell(text);
  return cell === null || checkCell(scheme, cell).length > 0 ? null : cellText(cell);
};

export const noSuchCell = (slug: string, scheme: Scheme, text: string): ReturnType<typeof refuse> => {
  const cell = parseCell(text);
  const [wrong] = cell === null ? [] : checkCell(scheme, cell);
  return refuse(
    'cell-not-found',
    wrong === undefined
      ? `${text} is not a cell: measure/group, then /key=value with the keys in alphabetical order.`
      : `${slug} has no cell ${text}. ${wrong.detail}`,
  );
};
