import type { FiledEvent, StoredFigure } from '../../../src/domain/events.js';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import type { AttributionLink } from '../../../src/domain/schema/report.js';
import type { SpeakerKind } from '../../../src/domain/vocabulary.js';
import { endOfDayOr } from './times.js';

/** What the events say, before any rule. */
export interface Facts {
  readonly scheme: Scheme;
  readonly figures: ReadonlyMap<string, Fact>;
  readonly links: ReadonlyMap<string, readonly [string, string]>;
  readonly grades: ReadonlyMap<string, SpeakerKind>;
  readonly pins: ReadonlyMap<string, { readonly low: number; readonly high: number; readonly recordedMs: number }>;
}

export interface Withdrawal {
  readonly kind: 'desk' | 'outlet' | 'speaker' | 'denied';
  readonly atMs: number;
  readonly event: string;
}

export interface Fact {
  readonly id: string;
  /** Place in the order of filing. "The correction takes the figure's place in everything". */
  readonly position: number;
  readonly report: {
    readonly id: string;
    readonly position: number;
    readonly outlet: string;
    readonly publishedMs: number;
    readonly statedAt: string | undefined;
    readonly attribution: readonly AttributionLink[];
  };
  said: StoredFigure;
  readonly withdrawals: Withdrawal[];
}

export const factsOf = (events: readonly FiledEvent[]): Facts | null => {
  let scheme = null as Scheme | null;
  const reports = new Map<string, Fact['report']>();
  const figures = new Map<string, Fact>();
  const links = new Map<string, readonly [string, string]>();
  const grades = new Map<string, SpeakerKind>();
  const pins = new Map<string, { low: number; high: number; recordedMs: number }>();
  for (const [position, event] of events.entries()) {
    const recordedMs = Date.parse(event.meta.recordedAt);
    switch (event.type) {
      case 'IncidentOpened':
        scheme = event.data.scheme;
        break;
      case 'IncidentAmended':
        // "An amendment acts on every figure from the first on"
        if (scheme !== null) scheme = { ...scheme, ...event.data.changes };
        break;
      case 'ReportFiled': {
        const { report, outlet, publishedAt, statedAt, attribution } = event.data;
        const publishedMs = endOfDayOr(publishedAt, recordedMs);
        reports.set(report, { id: report, position, outlet, publishedMs, statedAt, attribution });
        break;
      }
      case 'FigureReported': {
        const { figure, report: reportId, place: _, ...said } = event.data;
        const report = reports.get(reportId);
        if (report !== undefined) figures.set(figure, { id: figure, position, report, said, withdrawals: [] });
        break;
      }
      case 'FigureCorrected': {
        // "any field may change, nothing is inherited, the id stays"
        const figure = figures.get(event.data.figure);
        if (figure !== undefined) figure.said = event.data.corrected;
        break;
      }
      case 'FigureRetracted': {
        const { figure, by, statedAt } = event.data;
        const atMs = statedAt === undefined ? recordedMs : endOfDayOr(statedAt, recordedMs);
        figures.get(figure)?.withdrawals.push({ kind: by, atMs, event: event.id });
        break;
      }
      case 'AttributionDenied':
        figures.get(event.data.figure)?.withdrawals.push({ kind: 'denied', atMs: recordedMs, event: event.id });
        break;
      case 'FigureReinstated':
        // "that figure's last withdrawal undone"
        figures.get(event.data.figure)?.withdrawals.pop();
        break;
      case 'OriginsLinked':
        links.set(event.data.link, event.data.origins);
        break;
      case 'OriginsUnlinked':
        links.delete(event.data.link);
        break;
      case 'SpeakerGraded':
        grades.set(event.data.origin, event.data.kind);
        break;
      case 'EstimatePinned':
        pins.set(event.data.cell, { low: event.data.best.low, high: event.data.best.high ?? Infinity, recordedMs });
        break;
      case 'EstimateUnpinned':
        pins.delete(event.data.cell);
        break;
      case 'IncidentClosed':
      case 'RevisionExplained':
        break;
      default:
        event satisfies never;
    }
  }
  return scheme === null ? null : { scheme, figures, links, grades, pins };
};
