import type { FiledEvent } from '../events.js';
import type { IncidentState } from '../incident-state.js';
import { toInstant } from '../schema/time.js';
import type { GivenReason, RevisionReason } from '../vocabulary.js';
import { reach, sameInterval, within } from './interval.js';
import { publishedMsOf } from './readings.js';
import type { Best, Direction } from './shapes.js';
import type { Statement } from './statements.js';
import type { Tallier } from './tallier.js';

const closed = (best: Best): { low: number; high: number } => ({ low: best.low, high: reach(best) });

/** Which way a best moved, an open high counting as its low. */
export const directionOf = (before: Best | null, after: Best | null): Direction => {
  if (before === null) return after === null ? 'status' : 'first';
  if (after === null) return 'withdrawn';
  const [was, is] = [closed(before), closed(after)];
  if (sameInterval(was, is)) return 'status';
  if (within(is, was)) return 'narrowed';
  if (within(was, is)) return 'widened';
  return is.low > was.low ? 'up' : 'down';
};

const printed = (best: Best): number => best.point ?? best.low;

/** Whether what is printed, the point or else the low, is lower than before. */
export const isFall = (before: Best | null, after: Best | null): boolean =>
  before !== null && after !== null && printed(after) < printed(before);

/** What a filing is, for the reasons of what it changes. */
export interface FilingCause {
  readonly events: readonly FiledEvent[];
  /** The reason that the kind of decision gives; `null` for a report. */
  readonly decided: RevisionReason | null;
  /** The last figure event of each cell that the filing's figures are about. */
  readonly byCell: ReadonlyMap<string, FiledEvent>;
  readonly publishedAt: string | null;
}

const decidedBy = (event: FiledEvent): RevisionReason | null => {
  switch (event.type) {
    case 'FigureCorrected':
      return 'correction';
    case 'FigureRetracted':
      return 'retraction';
    case 'AttributionDenied':
      return 'attributionDenied';
    case 'FigureReinstated':
      return 'reinstated';
    case 'OriginsLinked':
      return 'originsLinked';
    case 'OriginsUnlinked':
      return 'originsUnlinked';
    case 'SpeakerGraded':
      return 'graded';
    case 'EstimatePinned':
      return 'pinned';
    case 'EstimateUnpinned':
      return 'unpinned';
    case 'IncidentAmended':
      return event.data.changes.method === undefined ? 'schemeAmended' : 'methodChanged';
    case 'IncidentOpened':
    case 'IncidentClosed':
    case 'ReportFiled':
    case 'FigureReported':
    case 'RevisionExplained':
      return null;
    default:
      return event satisfies never;
  }
};

/** A report's publication, as revisions tell it. */
const publicationOf = (state: IncidentState, id: string): string | null => {
  const report = state.reports.get(id);
  return report === undefined ? null : toInstant(publishedMsOf(report));
};

export const causeOf = (state: IncidentState, events: readonly FiledEvent[], tallier: Tallier): FilingCause => {
  let decided: RevisionReason | null = null;
  let publishedAt: string | null = null;
  const byCell = new Map<string, FiledEvent>();
  for (const event of events) {
    decided ??= decidedBy(event);
    if (event.type === 'ReportFiled') publishedAt = publicationOf(state, event.data.report) ?? publishedAt;
    if ('figure' in event.data) {
      const cell = tallier.reading(event.data.figure)?.cell;
      if (cell !== undefined) byCell.set(cell, event);
    }
    if ('cell' in event.data) byCell.set(event.data.cell, event);
  }
  return { events, decided, byCell, publishedAt };
};

export interface ReasonGiven {
  readonly reason: RevisionReason;
  readonly cause: string;
  /** The cell whose revision in the same filing this one takes its reason from. */
  readonly from: string | null;
}

/** A revision of the same filing, as far as the reasons of others depend on it. */
export interface SiblingRevision {
  readonly cell: string;
  readonly fall: boolean;
  readonly cause: string;
  readonly reason: RevisionReason;
}

const givenIn = (events: readonly FiledEvent[], tallier: Tallier, cell: string): GivenReason | null => {
  let given: GivenReason | null = null;
  for (const event of events)
    if (event.type === 'FigureReported') {
      const reading = tallier.reading(event.data.figure);
      if (reading?.cell === cell && reading.reason !== null) given = reading.reason;
    }
  return given;
};

/** Whether relays of a statement that made best disagree, and one of them is of this filing. */
const isDisputed = (by: readonly Statement[], events: readonly FiledEvent[]): boolean => {
  const disputed = by.filter((each) => each.relaysDisagree);
  if (disputed.length === 0) return false;
  const filed = new Set(events.flatMap((event) => (event.type === 'FigureReported' ? [event.data.figure] : [])));
  return disputed.some((each) => each.readings.some((reading) => filed.has(reading.id)));
};

/** Of some cells those below a cell, nearest first. Only what leads to one of them is looked at. */
const cellsBelow = (tallier: Tallier, cell: string, some: Iterable<string>): string[] => {
  const { lattice } = tallier;
  const start = lattice?.index.get(cell);
  if (lattice === null || start === undefined) return [];
  const wanted = new Set<number>();
  for (const each of some) {
    const at = lattice.index.get(each);
    if (at !== undefined && at !== start) wanted.add(at);
  }
  const leads = new Set(wanted);
  for (const at of leads)
    for (const relation of lattice.above[at] ?? []) {
      const whole = lattice.relations[relation]?.whole;
      if (whole !== undefined) leads.add(whole);
    }
  if (!leads.has(start)) return [];
  const found = new Set([start]);
  for (const at of found)
    for (const relation of lattice.below[at] ?? [])
      for (const part of lattice.relations[relation]?.parts ?? []) if (leads.has(part)) found.add(part);
  return [...found].filter((at) => wanted.has(at)).map((at) => lattice.texts[at] ?? '');
};

/** @param leads what made best before the filing, newest first */
const reportedReason = (
  cause: FilingCause,
  tallier: Tallier,
  cell: string,
  fall: boolean,
  leads: readonly Statement[],
): RevisionReason => {
  const view = tallier.view(cell);
  const by = view?.own?.result?.by ?? [];
  if (fall && view?.nature === 'cumulative') {
    // A reason that another speaker's figure came with explains nothing here.
    const silent = by.some(
      (each) =>
        leads.some(
          (was) => was.origin === each.origin && each.saidMs > was.saidMs && each.interval.low < was.interval.low,
        ) && each.readings.every(({ reason }) => reason === null),
    );
    if (silent) return 'unexplained';
  }
  const given = givenIn(cause.events, tallier, cell);
  if (given !== null) return given;
  if (isDisputed(by, cause.events)) return 'relaysDisagree';
  const [lead, ledBefore] = [by[0], leads[0]];
  return ledBefore !== undefined && lead !== undefined && lead.origin !== ledBefore.origin
    ? 'sourceChanged'
    : 'newFigure';
};

/** The fall below a cell that its own fall follows: an unexplained one before others. */
const fallBelow = (
  tallier: Tallier,
  cell: string,
  siblings: ReadonlyMap<string, SiblingRevision>,
): SiblingRevision | null => {
  const fallen = [...siblings.values()].filter(({ fall }) => fall);
  if (fallen.length === 0) return null;
  const below = cellsBelow(
    tallier,
    cell,
    fallen.map((sibling) => sibling.cell),
  ).flatMap((part) => siblings.get(part) ?? []);
  return below.find(({ reason }) => reason === 'unexplained') ?? below[0] ?? null;
};

/** The event that moved a cell through its parts. */
const eventBelow = (cause: FilingCause, tallier: Tallier, cell: string, last: string): string => {
  const { byCell } = cause;
  // Of one event there is no question which it was.
  const [only] = byCell.values();
  if (byCell.size === 1 && only?.id === last) return last;
  const part = cellsBelow(tallier, cell, byCell.keys())[0];
  return (part === undefined ? undefined : byCell.get(part)?.id) ?? last;
};

/**
 * Why a cell changed, and which event did it.
 * @param leads what made best before the filing, newest first
 * @param siblings revisions of the same filing, parts before wholes
 */
export const reasonOf = (
  cause: FilingCause,
  tallier: Tallier,
  cell: string,
  fall: boolean,
  leads: readonly Statement[],
  siblings: ReadonlyMap<string, SiblingRevision>,
): ReasonGiven => {
  const lastEvent = cause.events[cause.events.length - 1]?.id ?? '';
  const own = cause.byCell.get(cell);
  if (cause.decided !== null)
    return { reason: cause.decided, cause: own?.id ?? cause.events[0]?.id ?? lastEvent, from: null };
  const shownByParts = tallier.finished(cell)?.derived === true;
  if (own !== undefined && !shownByParts)
    return { reason: reportedReason(cause, tallier, cell, fall, leads), cause: own.id, from: null };
  const from = fall ? fallBelow(tallier, cell, siblings) : null;
  if (from !== null) return { reason: from.reason, cause: from.cause, from: from.cell };
  return { reason: 'addsUp', cause: own?.id ?? eventBelow(cause, tallier, cell, lastEvent), from: null };
};
