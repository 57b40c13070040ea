import { cellTextOf } from '../cell.js';
import type { FigureRecord, IncidentState, ReportRecord } from '../incident-state.js';
import type { StoredFigure } from '../events.js';
import { latestMs } from '../schema/time.js';
import { loweringReasons, type Basis, type GivenReason, type LexiconId, type SpeakerKind } from '../vocabulary.js';
import { readQuantity, type ReadQuantity } from './interval.js';
import { Voices, type Voice } from './voice.js';

const noFigures: readonly string[] = [];

/**
 * A figure as the rules read it: corrections applied, times resolved, the speaker known by its origin's name. There is
 * one for every figure of an incident in memory, so that it holds only what is neither in the figure nor its speaker's.
 */
export class Reading {
  /** What it says: as filed, or as corrected when it was read. */
  readonly #figure: StoredFigure;
  readonly #voice: Voice;

  constructor(
    readonly record: FigureRecord,
    readonly cell: string,
    voice: Voice,
    readonly saidMs: number,
    readonly publishedMs: number,
  ) {
    this.#figure = record.current;
    this.#voice = voice;
  }

  get id(): string {
    return this.record.id;
  }

  /** Place in the incident's stream: the order of filing. A correction keeps it. */
  get seq(): number {
    return this.record.seq;
  }

  get report(): string {
    return this.record.report.id;
  }

  /** The origin's own name, before links join it to others. */
  get name(): string {
    return this.#voice.name;
  }

  /** As filed, or as graded. */
  get kind(): SpeakerKind {
    return this.#voice.kind;
  }

  get rank(): number {
    return this.#voice.rank;
  }

  get named(): boolean {
    return this.#voice.named;
  }

  get body(): string | null {
    return this.#voice.body;
  }

  /** The speaker's name as filed, for phrases. */
  get speaker(): string {
    return this.#voice.speaker;
  }

  /** Canonical, so that one outlet counts once. */
  get outlet(): string {
    return this.#voice.outlet;
  }

  /** What its own number says; what an increment is added to is not in it. */
  get own(): ReadQuantity {
    return readQuantity(this.#figure.quantity, this.#voice.lexicon);
  }

  get basis(): Basis {
    return this.#figure.basis ?? 'total';
  }

  get of(): readonly string[] {
    return this.#figure.of ?? noFigures;
  }

  get hedged(): boolean {
    return this.#figure.hedged ?? false;
  }

  get reason(): GivenReason | null {
    return this.#figure.reason ?? null;
  }

  get lowering(): boolean {
    const { reason } = this.#figure;
    return reason !== undefined && loweringReasons.has(reason);
  }
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

/** When a report was published and said, read once for its figures. */
interface ReportTimes {
  readonly publishedMs: number;
  readonly saidMs: number;
}

const timesOf = (report: ReportRecord): ReportTimes => {
  const publishedMs = publishedMsOf(report);
  return {
    publishedMs,
    saidMs: report.statedAt === report.publishedAt ? publishedMs : saidMsOf(report.statedAt, publishedMs),
  };
};

/** Reads the figures of one incident with one lexicon, and what they share once. */
export class ReadingDesk {
  #lastReport: ReportRecord | null = null;
  #lastTimes: ReportTimes | null = null;
  /** One text for all figures of a cell: they are kept as long as the incident is in memory. */
  readonly #cells = new Map<string, string>();
  readonly #voices: Voices;

  constructor({ grades }: IncidentState, lexicon: LexiconId) {
    this.#voices = new Voices(grades, lexicon);
  }

  read(record: FigureRecord): Reading {
    const { current, report } = record;
    const times = this.#timesOf(report);
    const { publishedMs } = times;
    const saidMs = current.statedAt === undefined ? times.saidMs : saidMsOf(current.statedAt, publishedMs);
    const voice = this.#voices.voiceOf(current.attribution ?? report.attribution, report.outlet);
    return new Reading(record, this.#cellOf(record), voice, saidMs, publishedMs);
  }

  #timesOf(report: ReportRecord): ReportTimes {
    // The figures of a report are neighbours.
    if (this.#lastTimes !== null && this.#lastReport === report) return this.#lastTimes;
    this.#lastReport = report;
    this.#lastTimes = timesOf(report);
    return this.#lastTimes;
  }

  #cellOf(record: FigureRecord): string {
    const text = cellTextOf(record.current);
    const known = this.#cells.get(text);
    if (known !== undefined) return known;
    this.#cells.set(text, text);
    return text;
  }
}
