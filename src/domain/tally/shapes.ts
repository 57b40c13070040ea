import type { Basis, GivenReason, MethodId, RevisionReason, SpeakerKind } from '../vocabulary.js';

/*
 * What the tally says, as it leaves the service: `interfaces.md` of the design gives these shapes, and their members
 * stand in this order in every answer, so that equal tallies are equal bytes. `null` is an open or absent end.
 */

export interface Interval {
  readonly low: number;
  readonly high: number | null;
}

export interface Best extends Interval {
  /** The number to print where one was said; `null` for a hull. */
  readonly point: number | null;
}

export const statuses = ['pinned', 'derived', 'unconfirmed', 'contested', 'corroborated', 'single-source'] as const;
export type Status = (typeof statuses)[number];

export interface Estimate {
  readonly cell: string;
  /** `null`: no estimate. */
  readonly best: Best | null;
  /** What the method gives, only under a pin. */
  readonly computed: Best | null;
  readonly reported: Interval | null;
  /** A floor: at least so many, by one authority or two independent origins. */
  readonly confirmed: number | null;
  readonly official: Best | null;
  /** What the other cells leave possible; `null` where withheld. */
  readonly implied: Interval | null;
  readonly status: Status;
  readonly hedged: boolean;
  /** Said-at of the newest statement that made best, RFC 3339 UTC; `null` where derived. */
  readonly asOf: string | null;
  /** How many independent origins agree, or made best where none does. */
  readonly origins: number;
  /** Ids of the figures that made best. */
  readonly figures: readonly string[];
  /** Ids of the figures of the dissenting statements, overtaken ones included. */
  readonly dissenting: readonly string[];
  readonly phrase: string;
  /** Number of the cell's last revision; `null` before the first. */
  readonly revision: string | null;
}

export interface Contradiction {
  readonly cells: readonly string[];
  readonly figures: readonly string[];
  readonly text: string;
}

/** A tally but for what only the log knows (epoch, position, stale), which whoever serves it adds. */
export interface TallyBody {
  readonly incident: string;
  readonly method: MethodId;
  readonly lexicon: string;
  readonly rules: string;
  readonly cells: readonly Estimate[];
  readonly contradictions: readonly Contradiction[];
}

export type StatementUse = 'best' | 'agrees' | 'dissents' | 'overtaken' | 'superseded' | 'withdrawn' | 'words';

export interface ExplainedStatement {
  readonly origin: string;
  readonly kind: SpeakerKind;
  readonly saidAt: string;
  readonly interval: Interval;
  readonly basis: Basis;
  readonly figures: readonly string[];
  readonly use: StatementUse;
  /** The figure (or event) that superseded or withdrew it. */
  readonly by: string | null;
}

export interface ImpliedBy {
  readonly bound: 'low' | 'high';
  readonly value: number;
  readonly cells: readonly string[];
  readonly text: string;
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
  readonly statements: readonly ExplainedStatement[];
  readonly impliedBy: readonly ImpliedBy[];
}

export const directions = ['first', 'withdrawn', 'status', 'narrowed', 'widened', 'up', 'down'] as const;
export type Direction = (typeof directions)[number];

export interface Explanation {
  readonly reason: GivenReason;
  readonly note: string | null;
  readonly by: { readonly desk: string; readonly person: string | null };
  readonly at: string;
}

/** A revision but for its position, which the log gives. */
export interface RevisionBody {
  /** Number in the incident, from 1. */
  readonly number: number;
  /** `seq` (stream revision) of the filing's last event. */
  readonly seq: number;
  readonly recordedAt: string;
  readonly publishedAt: string | null;
  readonly cell: string;
  readonly before: Estimate | null;
  readonly after: Estimate | null;
  readonly direction: Direction;
  readonly fall: boolean;
  /** Id of the event that caused it. */
  readonly cause: string;
  readonly reason: RevisionReason;
  readonly unexplained: boolean;
  readonly explanation: Explanation | null;
}

export const warningCodes = [
  'breakdownExceedsTotal',
  'sumOfSides',
  'largeJump',
  'equalsOtherMeasure',
  'fallWithoutReason',
  'sameOriginRestated',
  'likelyEcho',
  'likelySameReport',
  'relayDisagrees',
] as const;
export type WarningCode = (typeof warningCodes)[number];

export interface Warning {
  readonly code: WarningCode;
  readonly pointer: string;
  readonly detail: string;
  readonly related: readonly string[];
}

/** What one filing changed. */
export interface Changes {
  readonly revisions: readonly RevisionBody[];
  /** Cells whose JSON changed, in code point order. */
  readonly cells: readonly Estimate[];
  /** Cells that are in the tally no more. */
  readonly removed: readonly string[];
  readonly contradictions: readonly Contradiction[];
  /** Set where the filing changed what the tally is made with, an opening included. */
  readonly head: { readonly method: MethodId; readonly lexicon: string } | null;
}
