import type { FiledEvent } from '../domain/events.js';
import type { Changes } from '../domain/tally/shapes.js';
import type { LoadedIncident } from './loaded-incident.js';
import { decodeFiling, type RecordedFiling } from './recorded-filing.js';

/**
 * Folds in a filing that is in the log. Where it throws anything but PoisonedError the incident may be folded half.
 * @throws PoisonedError; what folding throws
 */
export const foldRecorded = (
  incident: LoadedIncident,
  filing: RecordedFiling,
): { readonly events: readonly FiledEvent[]; readonly changes: Changes } => {
  const events = decodeFiling(filing);
  const changes = incident.apply(events);
  const positions = filing.events.map(({ position }) => position);
  incident.commit(events, positions, changes);
  return { events, changes };
};
