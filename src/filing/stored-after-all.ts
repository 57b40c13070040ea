import type { IncidentCache } from '../projections/incident-cache.js';
import type { LoadedIncident } from '../projections/loaded-incident.js';
import type { Planned } from './batch.js';

/**
 * Looks after an append of unknown outcome.
 * @returns the incident where all of a batch is in its stream, as it was planned; `others` where another instance has
 * stored the same requests, which got the same ids there, and recorded them at another time; `null` where nothing of it
 * is there, or the stream cannot be read
 */
export const storedAfterAll = async (
  incidents: IncidentCache,
  slug: string,
  planned: readonly Planned[],
): Promise<LoadedIncident | 'others' | null> => {
  try {
    const incident = await incidents.load(slug);
    if (incident === null) return null;
    const recordedAtMs = new Map(incident.filings.map((mark) => [mark.filing, mark.recordedAtMs]));
    let all = true;
    for (const each of planned) {
      if (each.kind !== 'filing') continue;
      const recorded = recordedAtMs.get(each.job.ids.filingId);
      if (recorded === undefined) all = false;
      else if (recorded !== Date.parse(each.folded.events[0]?.meta.recordedAt ?? '')) return 'others';
    }
    // One append: all of it is there, or none.
    return all ? incident : null;
  } catch {
    return null;
  }
};
