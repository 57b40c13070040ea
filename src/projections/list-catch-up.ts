import { incidentStreamPrefix } from '../domain/event-codec.js';
import type { FiledEvent } from '../domain/events.js';
import { absorb, createLedger, type Ledger } from '../domain/tally/ledger.js';
import type { Checkpoint, EventLog, LogEvent, Position } from '../log/event-log.js';
import type { ListCheckpoint } from './incident-list.js';
import { type IncidentRow, rowOf } from './incident-row.js';
import { decodeFiling, filingsOf } from './recorded-filing.js';

/** Events behind the folds that a catch-up keeps in memory, at very roughly 2 KB each. */
export const eventsHeldMax = 100_000;
/** Rows written in one transaction. */
const rowsWrittenMax = 500;

interface Fold {
  readonly ledger: Ledger;
  readonly opened: Position;
  position: Position;
  events: number;
}

export interface CatchUpDeps {
  readonly log: EventLog;
  /** Writes rows, and with the last of them the checkpoint that was reached. */
  readonly write: (rows: readonly IncidentRow[], reached: ListCheckpoint | null) => void;
  /** Folds one incident as far as it can be read from its stream alone, and notes where it cannot. Never stops the rest. */
  readonly rowFromStream: (slug: string) => Promise<IncidentRow | null>;
  readonly onProgress?: (position: Position) => void;
  readonly signal: AbortSignal;
  readonly eventsHeldMax?: number;
}

/**
 * Brings the list from a checkpoint to the head of the log as it is, and the checkpoint with it. Every event is read
 * and folded once, without revisions or estimates: a headline is worked out when it is first listed. An incident of
 * which only the tail is read (the checkpoint is inside its stream), that cannot be folded, or that had to make room,
 * is folded from its own stream at the end, so that memory stays bounded whatever the log's size.
 * @returns the checkpoint reached; `after` where there was nothing to read
 */
export const catchUpList = async (deps: CatchUpDeps, after: Checkpoint | null): Promise<Checkpoint | null> => {
  const { log, write, signal } = deps;
  const heldMax = deps.eventsHeldMax ?? eventsHeldMax;
  const folds = new Map<string, Fold>();
  const again = new Set<string>();
  let held = 0;
  let last: LogEvent | null = null;

  const letGo = (slug: string, fold: Fold): void => {
    folds.delete(slug);
    held -= fold.events;
  };

  for await (const batch of log.readAll({ after, streamPrefix: incidentStreamPrefix })) {
    if (signal.aborted) return after;
    for (const filing of filingsOf(batch)) {
      const slug = filing.stream.slice(incidentStreamPrefix.length);
      if (again.has(slug)) continue;
      const [first] = filing.events;
      let fold = folds.get(slug);
      if (fold === undefined) {
        if (first.revision !== 0n) {
          again.add(slug);
          continue;
        }
        fold = { ledger: createLedger(), opened: first.position, position: first.position, events: 0 };
        folds.set(slug, fold);
      }
      try {
        absorb(fold.ledger, withOneMeta(decodeFiling(filing)));
      } catch {
        letGo(slug, fold);
        again.add(slug);
        continue;
      }
      fold.events += filing.events.length;
      fold.position = filing.events[filing.events.length - 1]?.position ?? first.position;
      held += filing.events.length;
    }
    last = batch.at(-1) ?? last;
    if (last !== null) deps.onProgress?.(last.position);
    // The largest first: few of them make room for many.
    if (held > heldMax)
      for (const [slug, fold] of [...folds].sort((a, b) => b[1].events - a[1].events)) {
        if (held <= heldMax / 2) break;
        letGo(slug, fold);
        again.add(slug);
      }
  }
  if (last === null) return after;

  let rows: IncidentRow[] = [];
  const put = (row: IncidentRow | null): void => {
    if (row !== null) rows.push(row);
    if (rows.length < rowsWrittenMax) return;
    write(rows, null);
    rows = [];
  };
  for (const [slug, fold] of folds) {
    if (signal.aborted) return after;
    let row: IncidentRow | null;
    try {
      row = rowOf(fold.ledger, { opened: fold.opened, position: fold.position, complete: false });
    } catch {
      again.add(slug);
      continue;
    }
    put(row);
    // With what was worked out for it: kept to the end, it would cost the collector more than the folding costs.
    folds.delete(slug);
    await turn();
  }
  for (const slug of again) {
    if (signal.aborted) return after;
    put(await deps.rowFromStream(slug));
  }
  const reached = await log.checkpointAt(last.position);
  write(rows, reached);
  return reached ?? after;
};

/**
 * The events of a filing with one meta among them, but for its last, by which a fold knows where the filing ends: theirs
 * differ in their places alone, which no headline asks for, and a fold keeps them all.
 */
const withOneMeta = (events: readonly FiledEvent[]): readonly FiledEvent[] => {
  const [first] = events;
  return first === undefined || events.length < 3
    ? events
    : events.map((event, place) =>
        place === 0 || place === events.length - 1 ? event : { ...event, meta: first.meta },
      );
};

/** Lets others have the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
