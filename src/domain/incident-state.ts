import type { FiledEvent, StoredFigure } from './events.js';
import { filingOfEvent, noteKey, type FilingRecord, type FilingsByKey } from './filing-records.js';
import { evolveScheme, noFigure, noReportOf, type SchemeState } from './incident-outline.js';
import { repeatedParts, speakerOf } from './repeated-parts.js';
import type { AttributionLink } from './schema/report.js';
import type { GivenReason, SpeakerKind } from './vocabulary.js';

/** What an incident's events say, before any rule of the tally. One fold feeds both decisions and tally. */
export interface IncidentState extends SchemeState {
  /** How many events were folded; the next event's `seq`, which is its stream revision. */
  eventCount: number;
  lastRecordedAt: string | null;
  readonly reports: Map<string, ReportRecord>;
  readonly figures: Map<string, FigureRecord>;
  /** Links in force, by id, in the order made. */
  readonly links: Map<string, LinkRecord>;
  /** Ids of links that were removed: to remove one again is no mistake. */
  readonly formerLinks: Set<string>;
  /** Grades in force, by origin name. */
  readonly grades: Map<string, GradeRecord>;
  /** Pins in force, by cell. */
  readonly pins: Map<string, PinRecord>;
  /** Explanations by `event|cell`; the last one given counts. */
  readonly explanations: Map<string, ExplanationRecord>;
  readonly keys: FilingsByKey;
  /** The filing of the event folded last. */
  lastFiling: FilingRecord | null;
  /** The last report by the speaker's name that its chain begins with. */
  readonly lastQuoting: Map<string, ReportRecord>;
}

export interface ReportRecord {
  readonly id: string;
  readonly outlet: string;
  readonly url: string | undefined;
  readonly publishedAt: string;
  readonly statedAt: string | undefined;
  readonly attribution: readonly AttributionLink[];
  readonly note: string | undefined;
  readonly seq: number;
  readonly meta: FilingRecord;
  /** Their ids, in the order of their places. */
  figures: string[];
}

export interface FigureRecord {
  readonly id: string;
  readonly report: ReportRecord;
  /** Place in its report, from 0. */
  readonly place: number;
  readonly seq: number;
  readonly meta: FilingRecord;
  /** As it should have been: the last correction, or as filed. */
  current: StoredFigure;
  /** Both lists are replaced, never changed: nearly all figures share the empty ones. */
  corrections: readonly CorrectionRecord[];
  /** Withdrawals in force, filed on this very figure, oldest first. */
  withdrawals: readonly WithdrawalRecord[];
  /** Whether a withdrawal of it was undone at some time: once none is left, undoing it again is no mistake. */
  reinstated: boolean;
}

export interface CorrectionRecord {
  readonly eventId: string;
  readonly seq: number;
  readonly corrected: StoredFigure;
  readonly reason: string;
}

export interface WithdrawalRecord {
  readonly kind: 'desk' | 'outlet' | 'speaker' | 'denied';
  /** Speaker only. */
  readonly statedAt: string | undefined;
  readonly reason: string;
  readonly eventId: string;
  readonly seq: number;
  readonly recordedAt: string;
}

export interface LinkRecord {
  readonly id: string;
  readonly origins: readonly [string, string];
  readonly reason: string;
  readonly seq: number;
  readonly meta: FilingRecord;
}

export interface GradeRecord {
  readonly origin: string;
  readonly kind: SpeakerKind;
  readonly reason: string;
  readonly seq: number;
  readonly meta: FilingRecord;
}

export interface PinRecord {
  readonly cell: string;
  readonly best: { readonly low: number; readonly high: number | null };
  readonly reason: string;
  readonly desk: string;
  readonly person: string | null;
  readonly recordedAt: string;
  readonly eventId: string;
}

export interface ExplanationRecord {
  readonly reason: GivenReason;
  readonly note: string | null;
  readonly desk: string;
  readonly person: string | null;
  readonly recordedAt: string;
}

export const initialState = (): IncidentState => ({
  slug: '',
  status: 'absent',
  scheme: null,
  eventCount: 0,
  lastRecordedAt: null,
  reports: new Map(),
  figures: new Map(),
  links: new Map(),
  formerLinks: new Set(),
  grades: new Map(),
  pins: new Map(),
  explanations: new Map(),
  keys: new Map(),
  lastFiling: null,
  lastQuoting: new Map(),
});

/**
 * Folds one recorded event into the state, in place (the one who holds the state is the only one who folds into it).
 * A recorded fact is never refused: what a decision would have refused is folded as far as it makes sense. Only what
 * cannot be understood at all (a figure of no report) throws, and sets its incident aside as poisoned.
 */
export const evolve = (state: IncidentState, event: FiledEvent): void => {
  const seq = state.eventCount;
  const { meta } = event;
  const filing = filingOfEvent(state.lastFiling, meta, seq);
  switch (event.type) {
    case 'IncidentOpened':
    case 'IncidentAmended':
    case 'IncidentClosed':
      evolveScheme(state, event);
      break;
    case 'ReportFiled': {
      const { data } = event;
      const speaker = speakerOf(data.attribution);
      const last = state.lastQuoting.get(speaker);
      const { outlet, url, publishedAt, statedAt, attribution } = repeatedParts(last, data);
      const report: ReportRecord = {
        id: data.report,
        outlet,
        url,
        publishedAt,
        statedAt,
        attribution,
        note: data.note,
        seq,
        meta: filing,
        figures: noFigures,
      };
      state.reports.set(report.id, report);
      state.lastQuoting.set(speaker, report);
      break;
    }
    case 'FigureReported': {
      const { figure: id, report: reportId, place } = event.data;
      // Read as a stored figure. What else the event holds is not copied away: every figure of an incident is kept.
      const filed: StoredFigure = event.data;
      const report = state.reports.get(reportId);
      if (report === undefined) throw noReportOf(id, reportId);
      // A list of one takes no more room than it needs: most reports have one figure.
      if (report.figures.length === 0) report.figures = [id];
      else report.figures.push(id);
      state.figures.set(id, {
        id,
        report,
        place,
        seq,
        meta: filing,
        current: filed,
        corrections: noCorrections,
        withdrawals: noWithdrawals,
        reinstated: false,
      });
      break;
    }
    case 'FigureCorrected': {
      const figure = requireFigure(state, event.data.figure);
      const { corrected, reason } = event.data;
      figure.corrections = [...figure.corrections, { eventId: event.id, seq, corrected, reason }];
      figure.current = corrected;
      break;
    }
    case 'FigureRetracted':
      withdraw(requireFigure(state, event.data.figure), {
        kind: event.data.by,
        statedAt: event.data.statedAt,
        reason: event.data.reason,
        eventId: event.id,
        seq,
        recordedAt: meta.recordedAt,
      });
      break;
    case 'AttributionDenied':
      withdraw(requireFigure(state, event.data.figure), {
        kind: 'denied',
        statedAt: undefined,
        reason: event.data.reason,
        eventId: event.id,
        seq,
        recordedAt: meta.recordedAt,
      });
      break;
    case 'FigureReinstated': {
      const figure = requireFigure(state, event.data.figure);
      figure.withdrawals = figure.withdrawals.slice(0, -1);
      figure.reinstated = true;
      break;
    }
    case 'OriginsLinked':
      state.links.set(event.data.link, {
        id: event.data.link,
        origins: event.data.origins,
        reason: event.data.reason,
        seq,
        meta: filing,
      });
      break;
    case 'OriginsUnlinked':
      state.links.delete(event.data.link);
      state.formerLinks.add(event.data.link);
      break;
    case 'SpeakerGraded':
      state.grades.set(event.data.origin, {
        origin: event.data.origin,
        kind: event.data.kind,
        reason: event.data.reason,
        seq,
        meta: filing,
      });
      break;
    case 'EstimatePinned':
      state.pins.set(event.data.cell, {
        cell: event.data.cell,
        best: event.data.best,
        reason: event.data.reason,
        desk: meta.desk,
        person: meta.person,
        recordedAt: meta.recordedAt,
        eventId: event.id,
      });
      break;
    case 'EstimateUnpinned':
      state.pins.delete(event.data.cell);
      break;
    case 'RevisionExplained':
      state.explanations.set(explanationKey(event.data.event, event.data.cell), {
        reason: event.data.reason,
        note: event.data.note ?? null,
        desk: meta.desk,
        person: meta.person,
        recordedAt: meta.recordedAt,
      });
      break;
    default:
      event satisfies never;
  }
  state.eventCount = seq + 1;
  state.lastRecordedAt = meta.recordedAt;
  state.lastFiling = filing;
  if (meta.key !== undefined && meta.place === meta.size - 1) noteKey(state.keys, meta.key, filing);
};

const noFigures: string[] = [];
const noCorrections: readonly CorrectionRecord[] = [];
const noWithdrawals: readonly WithdrawalRecord[] = [];

const withdraw = (figure: FigureRecord, withdrawal: WithdrawalRecord): void => {
  figure.withdrawals = [...figure.withdrawals, withdrawal];
};

export const explanationKey = (eventId: string, cell: string): string => `${eventId}|${cell}`;

/** Idempotency keys are scoped to desk (and, by the stream, to incident): as one text, for who keeps them by one. */
export const keyOf = (desk: string, key: string): string => `${desk}\n${key}`;

const requireFigure = (state: IncidentState, id: string): FigureRecord => {
  const figure = state.figures.get(id);
  if (figure === undefined) throw noFigure(id);
  return figure;
};
