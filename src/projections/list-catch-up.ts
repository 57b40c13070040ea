import { incidentStreamPrefix } from '../domain/event-codec.js';
import { type IncidentOutline, initialOutline } from '../domain/incident-outline.js';
import type { Checkpoint, EventLog, LogEvent, Position } from '../log/event-log.js';
import type { ListCheckpoint } from './incident-list.js';
import { type IncidentRow, rowOfOutline } from './incident-row.js';
import { filingsOf, lastOf, outlineFiling, type RecordedFiling } from './recorded-filing.js';

/** What the outlines that a catch-up keeps may take in memory, in bytes by the two measures below. */
const heldBytesMax = 48 * 1024 * 1024;
/** What an outline takes for an event, in bytes: a hash in a list that has room for more. */
const eventBytes = 16;
/** What it takes for a character of a scheme as JSON, in bytes: an object takes more room than its text. */
const schemeCharacterBytes = 4;
/** Rows written in one transaction. */
const rowsWrittenMax = 500;

interface Fold {
  readonly outline: IncidentOutline;
  readonly opened: Position;
  position: Position;
  /** Roughly what it takes in memory. */
  bytes: number;
}

export interface CatchUpDeps {
  readonly log: EventLog;
  /** Writes rows, and with the last of them the checkpoint that was reached. */
  readonly write: (rows: readonly IncidentRow[], reached: ListCheckpoint | null) => void;
  /** Folds one incident as far as it can be read from its stream alone, and notes where it cannot. Never stops the rest. */
  readonly rowFromStream: (slug: string) => Promise<IncidentRow | null>;
  readonly onProgress?: (position: Position) => void;
  readonly signal: AbortSignal;
  readonly heldBytesMax?: number;
}

/**
 * Brings the list from a checkpoint to the head of the log as it is, and the checkpoint with it. Every event is read
 * once, and folded into an outline: a headline is worked out when it is first listed. An incident of which only the tail
 * is read (the checkpoint is inside its stream), that cannot be folded, or that had to make room, is folded from its own
 * stream at the end, so that memory stays bounded whatever the log's size.
 * @returns the checkpoint reached; `after` where there was nothing to read
 */
export const catchUpList = async (deps: CatchUpDeps, after: Checkpoint | null): Promise<Checkpoint | null> => {
  const { log, write, signal } = deps;
  const heldMax = deps.heldBytesMax ?? heldBytesMax;
  const folds = new Map<string, Fold>();
  const again = new Set<string>();
  let held = 0;
  let last: LogEvent | null = null;

  const letGo = (slug: string, fold: Fold): void => {
    folds.delete(slug);
    held -= fold.bytes;
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
        fold = { outline: initialOutline(), opened: first.position, position: first.position, bytes: 0 };
        folds.set(slug, fold);
      }
      try {
        outlineFiling(fold.outline, filing);
      } catch {
        letGo(slug, fold);
        again.add(slug);
        continue;
      }
      const bytes = bytesOf(filing);
      fold.bytes += bytes;
      fold.position = lastOf(filing).position;
      held += bytes;
    }
    last = batch.at(-1) ?? last;
    if (last !== null) deps.onProgress?.(last.position);
    // The largest first: few of them make room for many.
    if (held > heldMax)
      for (const [slug, fold] of [...folds].sort((a, b) => b[1].bytes - a[1].bytes)) {
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
      row = rowOfOutline(fold.outline, fold);
    } catch {
      again.add(slug);
      continue;
    }
    put(row);
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

const bytesOf = ({ events }: RecordedFiling): number => {
  let bytes = 0;
  for (const { type, data } of events) {
    bytes += eventBytes;
    // The versions of a type have its name in common.
    if (type.startsWith('IncidentOpened') || type.startsWith('IncidentAmended'))
      bytes += JSON.stringify(data).length * schemeCharacterBytes;
  }
  return bytes;
};

/** Lets others have the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
