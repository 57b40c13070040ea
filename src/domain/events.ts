import type { Scheme } from './schema/incident.js';
import type { AttributionLink, FigureAsFiled } from './schema/report.js';
import type { GivenReason, SpeakerKind } from './vocabulary.js';

/*
 * STORED SHAPES. Every log that was ever written holds events of these names and shapes, and they are read back for
 * ever. Never rename or reshape a released type: add a new version with an upcaster in `event-codec.ts`. What is not
 * stored may change freely, this may not.
 */

/** A figure as stored: as filed, with `#n` references resolved to figure ids. Absent members stay absent. */
export type StoredFigure = FigureAsFiled;

export type IncidentOpened = {
  readonly type: 'IncidentOpened';
  readonly data: { readonly slug: string; readonly scheme: Scheme };
};

export type IncidentAmended = {
  readonly type: 'IncidentAmended';
  readonly data: {
    /** Members of the scheme that change, each whole. Empty where an incident is only reopened. */
    readonly changes: Partial<Scheme>;
    readonly reopened?: boolean;
    readonly reason: string;
  };
};

export type IncidentClosed = { readonly type: 'IncidentClosed'; readonly data: { readonly reason: string } };

export type ReportFiled = {
  readonly type: 'ReportFiled';
  readonly data: {
    readonly report: string;
    readonly outlet: string;
    readonly url?: string | undefined;
    readonly publishedAt: string;
    readonly statedAt?: string | undefined;
    readonly attribution: readonly AttributionLink[];
    readonly note?: string | undefined;
    /** SHA-256 of the request's body, hex. */
    readonly bodyHash: string;
    /** How many FigureReported follow. */
    readonly figures: number;
  };
};

export type FigureReported = {
  readonly type: 'FigureReported';
  readonly data: { readonly figure: string; readonly report: string; readonly place: number } & StoredFigure;
};

export type FigureCorrected = {
  readonly type: 'FigureCorrected';
  readonly data: { readonly figure: string; readonly corrected: StoredFigure; readonly reason: string };
};

export type FigureRetracted = {
  readonly type: 'FigureRetracted';
  readonly data: {
    readonly figure: string;
    readonly by: 'desk' | 'outlet' | 'speaker';
    readonly statedAt?: string | undefined;
    readonly reason: string;
  };
};

export type AttributionDenied = {
  readonly type: 'AttributionDenied';
  readonly data: { readonly figure: string; readonly reason: string };
};

export type FigureReinstated = {
  readonly type: 'FigureReinstated';
  readonly data: { readonly figure: string; readonly reason: string };
};

export type OriginsLinked = {
  readonly type: 'OriginsLinked';
  readonly data: { readonly link: string; readonly origins: readonly [string, string]; readonly reason: string };
};

export type OriginsUnlinked = {
  readonly type: 'OriginsUnlinked';
  readonly data: { readonly link: string; readonly reason: string };
};

export type SpeakerGraded = {
  readonly type: 'SpeakerGraded';
  readonly data: { readonly origin: string; readonly kind: SpeakerKind; readonly reason: string };
};

export type EstimatePinned = {
  readonly type: 'EstimatePinned';
  readonly data: {
    readonly cell: string;
    readonly best: { readonly low: number; readonly high: number | null };
    readonly reason: string;
  };
};

export type EstimateUnpinned = {
  readonly type: 'EstimateUnpinned';
  readonly data: { readonly cell: string; readonly reason: string };
};

export type RevisionExplained = {
  readonly type: 'RevisionExplained';
  readonly data: {
    /** Id of the event that caused the revision: numbers change with rules, the event does not. */
    readonly event: string;
    readonly cell: string;
    readonly reason: GivenReason;
    readonly note?: string | undefined;
  };
};

export type IncidentEvent =
  | IncidentOpened
  | IncidentAmended
  | IncidentClosed
  | ReportFiled
  | FigureReported
  | FigureCorrected
  | FigureRetracted
  | AttributionDenied
  | FigureReinstated
  | OriginsLinked
  | OriginsUnlinked
  | SpeakerGraded
  | EstimatePinned
  | EstimateUnpinned
  | RevisionExplained;

export type IncidentEventType = IncidentEvent['type'];

/** What every event carries beside its data. Stored too. */
export interface EventMeta {
  /** When the log took it, RFC 3339 UTC with milliseconds; never before the stream's last. */
  readonly recordedAt: string;
  /** The filing (one request, one atomic append) that the event belongs to: a UUID. */
  readonly filing: string;
  /** Place in the filing from 0, and how many events the filing has. */
  readonly place: number;
  readonly size: number;
  readonly desk: string;
  readonly person: string | null;
  readonly correlationId: string;
  /** The request's idempotency key, and SHA-256 (hex) of its method, path and body, to know a repeat from another. */
  readonly key?: string | undefined;
  readonly bodyHash?: string | undefined;
}

/** An event with what it carries, before the log gave it a position. */
export type FiledEvent = IncidentEvent & { readonly id: string; readonly meta: EventMeta };
