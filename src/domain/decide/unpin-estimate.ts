import { events, unchanged, type CommandOf, type Draft, type Incident } from './decision.js';
import { declaredCell, noSuchCell } from './pin-estimate.js';

/** The cell shows what the method gives again. */
export const unpinEstimate = ({ state, scheme }: Incident, command: CommandOf<'unpinEstimate'>): Draft => {
  const { cell, reason } = command;
  if (state.pins.has(cell)) return events([{ type: 'EstimateUnpinned', data: { cell, reason } }]);
  return declaredCell(scheme, cell) === null ? noSuchCell(state.slug, scheme, cell) : unchanged();
};
