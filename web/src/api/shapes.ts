/*
 * What the service answers, as its public interface says (GET /openapi.json). The pages know the service by nothing
 * else, so these shapes stand here and are not imported from it.
 */

export interface Interval {
  readonly low: number;
  /** `null` is an open end. */
  readonly high: number | null;
}

export interface Best extends Interval {
  readonly point: number | null;
}

export type Status = 'pinned' | 'derived' | 'unconfirmed' | 'contested' | 'corroborated' | 'single-source';

export interface Estimate {
  readonly cell: string;
  readonly best: Best | null;
  readonly computed: Best | null;
  readonly reported: Interval | null;
  readonly confirmed: number | null;
  readonly official: Best | null;
  readonly implied: Interval | null;
  readonly status: Status;
  readonly hedged: boolean;
  readonly asOf: string | null;
  readonly origins: number;
  readonly figures: readonly string[];
  readonly dissenting: readonly string[];
  readonly phrase: string;
  readonly revision: string | null;
}

export interface Contradiction {
  readonly cells: readonly string[];
  readonly figures: readonly string[];
  readonly text: string;
}

/** The position up to which a tally stands, when an event after it could not be read. */
export interface Stale {
  readonly position: string;
  readonly error: string;
}

export interface Tally {
  readonly incident: string;
  readonly epoch: string;
  readonly position: string;
  readonly method: string;
  readonly lexicon: string;
  readonly rules: string;
  readonly stale: Stale | null;
  readonly cells: readonly Estimate[];
  readonly contradictions: readonly Contradiction[];
}

export type Direction = 'first' | 'withdrawn' | 'status' | 'narrowed' | 'widened' | 'up' | 'down';

export interface Explanation {
  readonly reason: string;
  readonly note: string | null;
  readonly by: { readonly desk: string; readonly person: string | null };
  readonly at: string;
}

export interface Revision {
  readonly number: string;
  readonly position: string;
  readonly recordedAt: string;
  readonly publishedAt: string | null;
  readonly cell: string;
  readonly before: Estimate | null;
  readonly after: Estimate | null;
  readonly direction: Direction;
  readonly fall: boolean;
  readonly cause: string;
  readonly reason: string;
  readonly unexplained: boolean;
  readonly explanation: Explanation | null;
}

/** What one filing changed, as the feed sends it. */
export interface Frame {
  readonly incident: string;
  readonly position: string;
  readonly revisions: readonly Revision[];
  readonly cells: readonly Estimate[];
  readonly contradictions: readonly Contradiction[];
  readonly removed?: readonly string[];
  readonly method?: string;
  readonly lexicon?: string;
}

export interface BreakdownValue {
  readonly id: string;
  readonly values?: readonly BreakdownValue[];
}

export interface Incident {
  readonly slug: string;
  readonly title: string;
  readonly place: string;
  readonly from: string;
  readonly to: string | null;
  readonly home: string | null;
  readonly method: string;
  readonly lexicon: string;
  readonly headline: string;
  readonly groups: readonly { readonly id: string; readonly side?: string; readonly of?: readonly string[] }[];
  readonly measures?: readonly { readonly id: string; readonly of?: readonly string[]; readonly nature?: string }[];
  readonly breakdowns?: readonly {
    readonly key: string;
    readonly complete?: boolean;
    readonly overlapping?: boolean;
    readonly values?: readonly BreakdownValue[];
  }[];
  readonly status: string;
  readonly position: string;
}

export interface ListedIncident extends Incident {
  readonly headlineEstimate: Estimate | null;
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly hasMore: boolean;
  readonly next: string | null;
}

export interface Statement {
  readonly origin: string;
  readonly kind: string;
  readonly saidAt: string;
  readonly interval: Interval;
  readonly basis: string;
  readonly figures: readonly string[];
  readonly use: string;
  readonly by: string | null;
}

export interface CellExplained {
  readonly estimate: Estimate;
  readonly rule: { readonly method: string; readonly text: string };
  readonly pin: {
    readonly best: Interval;
    readonly reason: string;
    readonly by: { readonly desk: string; readonly person: string | null };
    readonly at: string;
  } | null;
  readonly statements: readonly Statement[];
  readonly impliedBy: readonly {
    readonly bound: 'low' | 'high';
    readonly value: number;
    readonly cells: readonly string[];
    readonly text: string;
  }[];
}

export type QuantityKind =
  'exactly' | 'atLeast' | 'moreThan' | 'atMost' | 'fewerThan' | 'between' | 'about' | 'vague' | 'unspecified';

/** What was said of the number. */
export type Quantity =
  | { readonly kind: 'exactly' | 'atLeast' | 'moreThan' | 'atMost' | 'fewerThan' | 'about'; readonly value: number }
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  | { readonly kind: 'vague'; readonly word: string }
  | { readonly kind: 'unspecified' };

export interface AttributionLink {
  readonly name: string;
  readonly kind: string;
  readonly named?: boolean;
  readonly id?: string;
  readonly body?: string;
}

export interface Figure {
  readonly id: string;
  readonly report: string;
  readonly cell: string;
  readonly position: string;
  readonly recordedAt: string;
  readonly statedAt: string | null;
  readonly publishedAt: string;
  readonly outlet: string;
  readonly url: string | null;
  readonly attribution: readonly AttributionLink[];
  readonly origin: string;
  readonly quantity: Quantity;
  readonly interval: Interval;
  readonly words: string | null;
  readonly basis: string;
  readonly of: readonly string[];
  readonly hedged: boolean;
  readonly state: string;
  readonly filedBy: { readonly desk: string; readonly person: string | null };
}

/** A report as filed, with what its figures share. */
export interface Report {
  readonly id: string;
  readonly outlet: string;
  readonly statedAt: string | null;
  readonly attribution: readonly AttributionLink[];
  readonly figures: readonly Figure[];
}

/** Who decided something about origins, and why. */
interface OriginDecision {
  readonly reason: string;
  readonly filedBy: { readonly desk: string; readonly person: string | null };
}

/** Two origins that are one. */
export interface OriginLink extends OriginDecision {
  readonly id: string;
  readonly origins: readonly [string, string];
}

/** The kind that an editor gave a speaker. */
export interface Grade extends OriginDecision {
  readonly origin: string;
  readonly kind: string;
}

export interface Warning {
  readonly code: string;
  /** JSON Pointer into what was filed. */
  readonly pointer: string;
  readonly detail: string;
  readonly related: readonly string[];
}

/** The answer to a filing, and to its dry run. */
export interface Filed {
  readonly id?: string;
  /** Of a report, its figures in the order in which it gave them. */
  readonly figures?: readonly { readonly id: string; readonly cell: string }[];
  readonly position: string;
  readonly revisions: readonly Revision[];
  readonly warnings: readonly Warning[];
}

/** As whom this browser is known. */
export interface Session {
  readonly role: string;
  readonly desk: string | null;
  readonly person: string | null;
}

/** Every method's best of every cell. */
export interface MethodsCompared {
  readonly methods: readonly string[];
  readonly cells: readonly { readonly cell: string; readonly best: Readonly<Record<string, Best | null>> }[];
}

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly requestId?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly detail: string }[];
}

export interface Readiness {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly epoch: string;
  readonly log: string;
  readonly appendedTo: string;
  readonly projectedTo: string;
  readonly lagEvents: number;
  readonly lagSeconds: number;
  readonly poisoned: readonly { readonly incident: string; readonly position: string; readonly error: string }[];
}
