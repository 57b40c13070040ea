import { streamOf } from '../domain/event-codec.js';
import { initialOutline } from '../domain/incident-outline.js';
import type { EventLog, Position } from '../log/event-log.js';
import { type IncidentRow, rowOfOutline } from './incident-row.js';
import { staleOf } from './load-incident.js';
import { filingsOf, lastOf, outlineFiling, PoisonedError, recordedAtOf } from './recorded-filing.js';
import type { Stale } from './wire.js';

export interface AbsorbedIncident {
  /** The incident's row in the list, without its headline; `null` where it was never opened. */
  readonly row: IncidentRow | null;
  readonly stale: Stale | null;
}

/**
 * Folds one incident from its stream for the list, without history, up to the first filing that cannot be read or
 * folded.
 * @throws LogUnavailableError, LogRefusedError
 */
export const absorbIncident = async (log: EventLog, slug: string): Promise<AbsorbedIncident> => {
  const whole = await absorbUpTo(log, slug, Infinity);
  if (whole.poison === null || whole.poison.clean) return resultOf(whole);
  // The fold that threw may be half done.
  const rest = await absorbUpTo(log, slug, whole.count);
  return { ...resultOf(rest), stale: staleOf(whole.poison.error) };
};

interface Absorbed {
  readonly row: () => IncidentRow | null;
  readonly count: number;
  readonly poison: { readonly error: PoisonedError; readonly clean: boolean } | null;
}

const resultOf = ({ row, poison }: Absorbed): AbsorbedIncident => ({
  row: row(),
  stale: poison === null ? null : staleOf(poison.error),
});

const absorbUpTo = async (log: EventLog, slug: string, countMax: number): Promise<Absorbed> => {
  const outline = initialOutline();
  let opened: Position | null = null;
  let position: Position = 0n;
  let count = 0;
  const row = (): IncidentRow | null => (opened === null ? null : rowOfOutline(outline, { opened, position }));
  for await (const batch of log.readStream(streamOf(slug)))
    for (const filing of filingsOf(batch)) {
      if (count >= countMax) return { row, count, poison: null };
      const last = lastOf(filing);
      try {
        outlineFiling(outline, filing);
      } catch (error) {
        const clean = error instanceof PoisonedError;
        const poisoned = clean ? error : new PoisonedError(last.position, recordedAtOf(last), error);
        return { row, count, poison: { error: poisoned, clean } };
      }
      opened ??= filing.events[0].position;
      position = last.position;
      count += filing.events.length;
    }
  return { row, count, poison: null };
};
