import type { IncidentState } from '../incident-state.js';
import { checkScheme, normaliseScheme } from '../scheme-rules.js';
import { events, refuse, refuseFor, type CommandOf, type Draft } from './decision.js';

/** Opens an incident under a slug that was never used. */
export const openIncident = (state: IncidentState, { incident }: CommandOf<'openIncident'>): Draft => {
  if (state.status !== 'absent')
    return refuse('slug-taken', `${incident.slug} is the slug of another incident, and a slug is never used again.`, [
      { pointer: '/slug', rule: 'never used before', detail: `An incident ${incident.slug} is there already.` },
    ]);
  const errors = checkScheme(incident);
  if (errors.length > 0) return refuseFor('invalid-incident', 'The incident', errors);
  return events([{ type: 'IncidentOpened', data: { slug: incident.slug, scheme: normaliseScheme(incident) } }]);
};
