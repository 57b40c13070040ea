import type { Command } from '../domain/commands.js';
import type { Refusal } from '../domain/refusal.js';
import type { LoadedIncident } from '../projections/loaded-incident.js';
import { cellTag, mayAmend, mayPin } from '../projections/version-tags.js';

/** Whether the answer's ETag is the incident's. */
export const isOfIncident = (command: Command): boolean =>
  command.kind === 'openIncident' || command.kind === 'amendIncident';

/** The ETag that a pin or its end leaves its cell with. */
export const tagAfter = (incident: LoadedIncident, command: Command): string | null =>
  command.kind === 'pinEstimate' || command.kind === 'unpinEstimate' ? cellTag(incident, command.cell) : null;

/** Whether a command that needs a version has the present one. Looked at last: what is wrong anyway is said first. */
export const versionRefusal = (incident: LoadedIncident, command: Command, ifMatch: string | null): Refusal | null => {
  if (command.kind !== 'amendIncident' && command.kind !== 'pinEstimate' && command.kind !== 'unpinEstimate')
    return null;
  const what = command.kind === 'amendIncident' ? 'incident' : `cell ${command.cell}`;
  if (ifMatch === null)
    return {
      code: 'version-required',
      detail: `Send If-Match with the ETag of the ${what} as you read it.`,
      errors: [],
    };
  const current =
    command.kind === 'amendIncident' ? mayAmend(incident, ifMatch) : mayPin(incident, command.cell, ifMatch);
  return current
    ? null
    : { code: 'stale-version', detail: `The ${what} has changed since you read it; read it again.`, errors: [] };
};
