import { explanationKey } from '../incident-state.js';
import {
  events,
  given,
  refuse,
  unchanged,
  type CommandOf,
  type Draft,
  type Filing,
  type Incident,
} from './decision.js';

/** A reason given afterwards for the change that an event made in a cell. The last one given counts. */
export const explainRevision = (
  { state }: Incident,
  command: CommandOf<'explainRevision'>,
  { ledger }: Filing,
): Draft => {
  const { event, cell, reason, note } = command;
  const caused = ledger?.revisions.some((revision) => revision.cause === event && revision.cell === cell) ?? false;
  if (!caused)
    return refuse('revision-not-found', `No revision of ${cell} in ${state.slug} was caused by event ${event}.`);
  const known = state.explanations.get(explanationKey(event, cell));
  if (known !== undefined && known.reason === reason && known.note === (note ?? null)) return unchanged();
  return events([{ type: 'RevisionExplained', data: given({ event, cell, reason, note }) }]);
};
