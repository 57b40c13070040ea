import { streamOf } from '../domain/event-codec.js';
import type { FiledEvent } from '../domain/events.js';
import { latestMs } from '../domain/schema/time.js';
import { explainCell } from '../domain/tally/explain.js';
import { absorb, applyFiling, createLedger, type Ledger, tallyOf } from '../domain/tally/ledger.js';
import { publishedMsOf } from '../domain/tally/readings.js';
import type { CellExplained, RevisionBody, TallyBody } from '../domain/tally/shapes.js';
import type { MethodId } from '../domain/vocabulary.js';
import type { EventLog } from '../log/event-log.js';
import { definedOf, type LoadedIncident, type TallyOptions } from './loaded-incident.js';
import { decodeFiling, filingsOf } from './recorded-filing.js';

/** Up to which of an incident's events a tally is asked for, and of which reports. */
export interface Moment {
  /** How many of the stream's events: always whole filings. */
  readonly count: number;
  /** Only what was published by then; `null` for all. An instant or a plain date, whose last moment counts. */
  readonly publishedBy: string | null;
}

/**
 * How many events an incident had at a position (inclusive; inside a filing it rounds down to before it) or, as far as
 * the log knew then, at a time; at the earlier of both.
 */
export const countAt = (
  incident: LoadedIncident,
  at: { readonly position: bigint | null; readonly knownAt: string | null },
): number => {
  const events = at.position === null ? incident.recordedCount : incident.countUpTo(at.position);
  const knownMs = at.knownAt === null ? Infinity : latestMs(at.knownAt);
  const { filings } = incident;
  let low = 0;
  let high = filings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const mark = filings[middle];
    if (mark !== undefined && mark.lastSeq < events && mark.recordedAtMs <= knownMs) low = middle + 1;
    else high = middle;
  }
  return (filings[low - 1]?.lastSeq ?? -1) + 1;
};

/**
 * The tally of a moment, from the events up to it.
 * @param revisions the incident's revisions as now known: they give each cell the number that its last one had then
 * @throws LogUnavailableError
 */
export const tallyAt = async (
  log: EventLog,
  slug: string,
  moment: Moment,
  revisions: readonly RevisionBody[],
  options: TallyOptions,
): Promise<TallyBody> => {
  const tally = tallyOf(await ledgerAt(log, slug, moment), definedOf(options));
  const last = lastRevisions(revisions, moment);
  return { ...tally, cells: tally.cells.map((each) => ({ ...each, revision: last.get(each.cell) ?? null })) };
};

/**
 * One cell of such a tally, explained; `null` where it has no such cell.
 * @throws LogUnavailableError
 */
export const cellAt = async (
  log: EventLog,
  slug: string,
  moment: Moment,
  revisions: readonly RevisionBody[],
  cell: string,
  options: TallyOptions,
): Promise<CellExplained | null> => {
  const explained = explainCell(await ledgerAt(log, slug, moment), cell, definedOf(options));
  if (explained === null) return null;
  const revision = lastRevisions(revisions, moment).get(cell) ?? null;
  return { ...explained, estimate: { ...explained.estimate, revision } };
};

/** The number that each cell's last revision had then. */
const lastRevisions = (revisions: readonly RevisionBody[], moment: Moment): ReadonlyMap<string, string> => {
  const last = new Map<string, string>();
  // Of reports left out there is no history: what would have been revised then was never filed so.
  if (moment.publishedBy !== null) return last;
  for (const { cell, number, seq } of revisions) if (seq < moment.count) last.set(cell, String(number));
  return last;
};

/**
 * An incident's history as another method would have written it, from the first filing on: its changes of method left
 * out. Numbers count what changed under that method.
 * @param count how many of the stream's events, whole filings
 * @throws LogUnavailableError
 */
export const revisionsUnder = async (
  log: EventLog,
  slug: string,
  method: MethodId,
  count: number,
): Promise<readonly RevisionBody[]> => {
  const ledger = createLedger();
  let folded = 0;
  for await (const batch of log.readStream(streamOf(slug)))
    for (const filing of filingsOf(batch)) {
      if (folded >= count) return ledger.revisions;
      const events = decodeFiling(filing);
      folded += events.length;
      applyFiling(
        ledger,
        events.map((event) => underMethod(event, method)),
      );
    }
  return ledger.revisions;
};

const underMethod = (event: FiledEvent, method: MethodId): FiledEvent => {
  if (event.type === 'IncidentOpened')
    return { ...event, data: { ...event.data, scheme: { ...event.data.scheme, method } } };
  if (event.type !== 'IncidentAmended') return event;
  const { method: _, ...changes } = event.data.changes;
  return { ...event, data: { ...event.data, changes } };
};

const ledgerAt = async (log: EventLog, slug: string, { count, publishedBy }: Moment): Promise<Ledger> => {
  const ledger = createLedger();
  const published = publishedBy === null ? null : publishedUpTo(latestMs(publishedBy));
  let folded = 0;
  for await (const batch of log.readStream(streamOf(slug)))
    for (const filing of filingsOf(batch)) {
      if (folded >= count) return ledger;
      const events = decodeFiling(filing);
      folded += events.length;
      absorb(ledger, published === null ? events : events.filter(published));
    }
  return ledger;
};

/** Leaves out reports published later than a moment (epoch ms), and every event that speaks of their figures. */
const publishedUpTo = (ms: number): ((event: FiledEvent) => boolean) => {
  const reports = new Set<string>();
  const figures = new Set<string>();
  const events = new Set<string>();
  const isKept = (event: FiledEvent): boolean => {
    switch (event.type) {
      case 'ReportFiled':
        if (publishedMsOf({ publishedAt: event.data.publishedAt, meta: event.meta }) <= ms) return true;
        reports.add(event.data.report);
        return false;
      case 'FigureReported':
        if (!reports.has(event.data.report)) return true;
        figures.add(event.data.figure);
        return false;
      case 'FigureCorrected':
      case 'FigureRetracted':
      case 'AttributionDenied':
      case 'FigureReinstated':
        return !figures.has(event.data.figure);
      case 'RevisionExplained':
        return !events.has(event.data.event);
      default:
        return true;
    }
  };
  return (event) => {
    const kept = isKept(event);
    if (!kept) events.add(event.id);
    return kept;
  };
};
