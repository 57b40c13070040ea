import { cellOf, cellText } from '../cell.js';
import type { FigureRecord, IncidentState, ReportRecord } from '../incident-state.js';
import { canonicalName, originNameOf } from '../origin.js';
import { latestMs } from '../schema/time.js';
import {
  loweringReasons,
  rankOfKind,
  type Basis,
  type GivenReason,
  type LexiconId,
  type SpeakerKind,
} from '../vocabulary.js';
import { readQuantity, type ReadQuantity } from './interval.js';

/** A figure as the rules read it: corrections applied, times resolved, the speaker known by its origin's name. */
export interface Reading {
  readonly id: string;
  /** Place in the incident's stream: the order of filing. A correction keeps it. */
  readonly seq: number;
  readonly record: FigureRecord;
  readonly cell: string;
  /** The origin's own name, before links join it to others. */
  readonly name: string;
  /** As filed, or as graded. */
  readonly kind: SpeakerKind;
  readonly rank: number;
  readonly named: boolean;
  readonly body: string | null;
  /** Canonical, so that one outlet counts once. */
  readonly outlet: string;
  readonly report: string;
  readonly saidMs: number;
  readonly publishedMs: number;
  /** What its own number says; what an increment is added to is not in it. */
  readonly own: ReadQuantity;
  readonly basis: Basis;
  readonly of: readonly string[];
  readonly hedged: boolean;
  readonly reason: GivenReason | null;
  readonly lowering: boolean;
  /** The speaker's name as filed, for phrases. */
  readonly speaker: string;
}

/** Epoch ms of a report's publication: a plain date is the earlier of its last moment and the filing. */
export const publishedMsOf = (report: {
  readonly publishedAt: string;
  readonly meta: { readonly recordedAt: string };
}): number => {
  const { publishedAt } = report;
  const { recordedAt } = report.meta;
  const publishedMs = latestMs(publishedAt);
  // A report is read for every figure of a large incident, and nearly all are filed after they were published.
  return isSecondsBefore(publishedAt, recordedAt) ? publishedMs : Math.min(publishedMs, Date.parse(recordedAt));
};

/** How many characters of a UTC instant in RFC 3339 tell the second: in that form the order of times is that of texts. */
const secondsLength = 'YYYY-MM-DDThh:mm:ss'.length;

const isSecondsBefore = (a: string, b: string): boolean =>
  a.endsWith('Z') && b.endsWith('Z') && a.slice(0, secondsLength) < b.slice(0, secondsLength);

/** Said-at in epoch ms: statedAt (a plain date's last moment), never after publication; else publication. */
export const saidMsOf = (statedAt: string | undefined, publishedMs: number): number =>
  statedAt === undefined ? publishedMs : Math.min(latestMs(statedAt), publishedMs);

/** What all figures of a report share, read once. */
export interface ReportReading {
  readonly publishedMs: number;
  readonly saidMs: number;
  /** Origin's name of the report's own attribution. */
  readonly name: string;
  readonly outlet: string;
}

export const readReport = (report: ReportRecord): ReportReading => {
  const publishedMs = publishedMsOf(report);
  return {
    publishedMs,
    saidMs: report.statedAt === report.publishedAt ? publishedMs : saidMsOf(report.statedAt, publishedMs),
    name: originNameOf(report.attribution, report.outlet),
    outlet: canonicalName(report.outlet),
  };
};

export const readFigure = (
  state: IncidentState,
  record: FigureRecord,
  lexicon: LexiconId,
  shared: ReportReading = readReport(record.report),
): Reading => {
  const figure = record.current;
  const { report } = record;
  const [speaker] = figure.attribution ?? report.attribution;
  const name = figure.attribution === undefined ? shared.name : originNameOf(figure.attribution, report.outlet);
  const { publishedMs } = shared;
  const kind = state.grades.get(name) ?? speaker?.kind ?? 'press';
  return {
    id: record.id,
    seq: record.seq,
    record,
    cell: cellText(cellOf(figure)),
    name,
    kind,
    rank: rankOfKind(kind),
    named: speaker?.named ?? true,
    body: speaker?.body ?? null,
    outlet: shared.outlet,
    report: report.id,
    saidMs: figure.statedAt === undefined ? shared.saidMs : saidMsOf(figure.statedAt, publishedMs),
    publishedMs,
    own: readQuantity(figure.quantity, lexicon),
    basis: figure.basis ?? 'total',
    of: figure.of ?? [],
    hedged: figure.hedged ?? false,
    reason: figure.reason ?? null,
    lowering: figure.reason !== undefined && loweringReasons.has(figure.reason),
    speaker: speaker?.name ?? report.outlet,
  };
};
