import { streamOf } from '../domain/event-codec.js';
import type { EventLog } from '../log/event-log.js';
import { foldRecorded } from './fold-recorded.js';
import { LoadedIncident } from './loaded-incident.js';
import { filingsOf, lastOf, PoisonedError, recordedAtOf } from './recorded-filing.js';
import type { Stale } from './wire.js';

export const staleOf = (error: PoisonedError): Stale => ({
  position: String(error.position),
  error: error.message,
  ...(error.since === null ? {} : { since: error.since }),
});

/**
 * Folds an incident from its stream. Where an event cannot be read or folded, the incident stands at the last good
 * filing before it, and says so (`stale`).
 * @returns `null` where there is no such stream
 * @throws LogUnavailableError, LogRefusedError
 */
export const loadIncident = async (log: EventLog, slug: string, framesMax?: number): Promise<LoadedIncident | null> => {
  const first = await fold(log, new LoadedIncident(slug, log.epoch, framesMax), Infinity);
  if (first.kind === 'folded') return first.incident;
  // A fold that threw may be half done, so what came before it is folded again.
  const second = await fold(log, new LoadedIncident(slug, log.epoch, framesMax), first.count);
  if (second.kind === 'failed') throw second.error;
  second.incident?.poison(staleOf(first.error));
  return second.incident;
};

type Fold =
  | { readonly kind: 'folded'; readonly incident: LoadedIncident | null }
  | { readonly kind: 'failed'; readonly count: number; readonly error: PoisonedError };

const fold = async (log: EventLog, incident: LoadedIncident, countMax: number): Promise<Fold> => {
  let seen = false;
  for await (const batch of log.readStream(streamOf(incident.slug)))
    for (const filing of filingsOf(batch)) {
      seen = true;
      if (incident.recordedCount >= countMax) return { kind: 'folded', incident };
      try {
        foldRecorded(incident, filing);
      } catch (error) {
        if (error instanceof PoisonedError) {
          incident.poison(staleOf(error));
          return { kind: 'folded', incident };
        }
        const last = lastOf(filing);
        return {
          kind: 'failed',
          count: incident.recordedCount,
          error: new PoisonedError(last.position, recordedAtOf(last), error),
        };
      }
    }
  return { kind: 'folded', incident: seen ? incident : null };
};
