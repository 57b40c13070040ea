import { cellTextOf } from '../cell.js';
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
interface ReportReading {
  readonly publishedMs: number;
  readonly saidMs: number;
  /** Origin's name of the report's own attribution. */
  readonly name: string;
  readonly outlet: string;
}

const readReport = (report: ReportRecord, outlet = canonicalName(report.outlet)): ReportReading => {
  const publishedMs = publishedMsOf(report);
  return {
    publishedMs,
    saidMs: report.statedAt === report.publishedAt ? publishedMs : saidMsOf(report.statedAt, publishedMs),
    name: originNameOf(report.attribution, report.outlet),
    outlet,
  };
};

const noFigures: readonly string[] = [];

/** @param cell its text, where it is at hand */
export const readFigure = (
  state: IncidentState,
  record: FigureRecord,
  lexicon: LexiconId,
  shared: ReportReading = readReport(record.report),
  cell = cellTextOf(record.current),
): Reading => {
  const figure = record.current;
  const { report } = record;
  const [speaker] = figure.attribution ?? report.attribution;
  const name = figure.attribution === undefined ? shared.name : originNameOf(figure.attribution, report.outlet);
  const { publishedMs } = shared;
  const kind = state.grades.get(name)?.kind ?? speaker?.kind ?? 'press';
  return {
    id: record.id,
    seq: record.seq,
    record,
    cell,
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
    of: figure.of ?? noFigures,
    hedged: figure.hedged ?? false,
    reason: figure.reason ?? null,
    lowering: figure.reason !== undefined && loweringReasons.has(figure.reason),
    speaker: speaker?.name ?? report.outlet,
  };
};

/** Reads the figures of one incident with one lexicon, and what they share once. */
export class ReadingDesk {
  #lastReport: ReportRecord | null = null;
  #lastShared: ReportReading | null = null;
  /** One text for all figures of a cell: they are kept as long as the incident is in memory. */
  readonly #cells = new Map<string, string>();
  readonly #outlets = new Map<string, string>();

  constructor(
    private readonly state: IncidentState,
    private readonly lexicon: LexiconId,
  ) {}

  read(record: FigureRecord): Reading {
    return readFigure(this.state, record, this.lexicon, this.#shared(record.report), this.#cellOf(record));
  }

  #shared(report: ReportRecord): ReportReading {
    // The figures of a report are neighbours.
    if (this.#lastShared !== null && this.#lastReport === report) return this.#lastShared;
    this.#lastReport = report;
    this.#lastShared = readReport(report, this.#outletOf(report));
    return this.#lastShared;
  }

  #cellOf(record: FigureRecord): string {
    const text = cellTextOf(record.current);
    const known = this.#cells.get(text);
    if (known !== undefined) return known;
    this.#cells.set(text, text);
    return text;
  }

  #outletOf({ outlet }: ReportRecord): string {
    const known = this.#outlets.get(outlet);
    if (known !== undefined) return known;
    const canonical = canonicalName(outlet);
    this.#outlets.set(outlet, canonical);
    return canonical;
  }
}
