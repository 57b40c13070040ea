import type { IncidentState } from '../domain/incident-state.js';
import type { Changes, Estimate, Explanation, RevisionBody, TallyBody } from '../domain/tally/shapes.js';

/*
 * How the tally leaves the service. Positions and revision numbers are strings of digits, since they may pass what a
 * JavaScript number holds exactly; members stand in a fixed order, so that equal answers are equal bytes.
 */

/** Why an incident's tally stands still: an event of it cannot be read or folded. */
export interface Stale {
  /** Position of that event. */
  readonly position: string;
  readonly error: string;
  /** When that event was recorded, where it can be told. */
  readonly since?: string;
}

export interface RevisionOnWire {
  readonly number: string;
  readonly position: string;
  readonly recordedAt: string;
  readonly publishedAt: string | null;
  readonly cell: string;
  readonly before: Estimate | null;
  readonly after: Estimate | null;
  readonly direction: RevisionBody['direction'];
  readonly fall: boolean;
  readonly cause: string;
  readonly reason: RevisionBody['reason'];
  readonly unexplained: boolean;
  readonly explanation: Explanation | null;
}

/** @param positionOf the position of the event at a place in the incident's stream */
export const revisionOnWire = (revision: RevisionBody, positionOf: (seq: number) => string): RevisionOnWire => ({
  number: String(revision.number),
  position: positionOf(revision.seq),
  recordedAt: revision.recordedAt,
  publishedAt: revision.publishedAt,
  cell: revision.cell,
  before: revision.before,
  after: revision.after,
  direction: revision.direction,
  fall: revision.fall,
  cause: revision.cause,
  reason: revision.reason,
  unexplained: revision.unexplained,
  explanation: revision.explanation,
});

export interface TallyOnWire {
  readonly incident: string;
  readonly epoch: string;
  readonly position: string;
  readonly method: string;
  readonly lexicon: string;
  readonly rules: string;
  readonly stale: Stale | null;
  readonly cells: readonly Estimate[];
  readonly contradictions: TallyBody['contradictions'];
}

export const tallyOnWire = (
  tally: TallyBody,
  log: { readonly epoch: string; readonly position: bigint; readonly stale: Stale | null },
): TallyOnWire => ({
  incident: tally.incident,
  epoch: log.epoch,
  position: String(log.position),
  method: tally.method,
  lexicon: tally.lexicon,
  rules: tally.rules,
  stale: log.stale,
  cells: tally.cells,
  contradictions: tally.contradictions,
});

/** What one filing changed, as a feed says it: a snapshot and the frames after it give what GET tally gives. */
export interface FrameOnWire {
  readonly incident: string;
  readonly position: string;
  readonly revisions: readonly RevisionOnWire[];
  readonly cells: readonly Estimate[];
  readonly contradictions: TallyBody['contradictions'];
  /** Cells that are in the tally no more; only where there are some. */
  readonly removed?: readonly string[];
  /** Only where the filing changed them. */
  readonly method?: string;
  readonly lexicon?: string;
}

export const frameOnWire = (
  slug: string,
  position: bigint,
  changes: Changes,
  positionOf: (seq: number) => string,
): FrameOnWire => ({
  incident: slug,
  position: String(position),
  revisions: changes.revisions.map((revision) => revisionOnWire(revision, positionOf)),
  cells: changes.cells,
  contradictions: changes.contradictions,
  ...(changes.removed.length > 0 ? { removed: changes.removed } : {}),
  ...(changes.head === null ? {} : { method: changes.head.method, lexicon: changes.head.lexicon }),
});

/** An incident as `vocabulary.md` of the design writes it, with its status. */
export const incidentOnWire = (state: Pick<IncidentState, 'slug' | 'status' | 'scheme'>, position: bigint) => {
  const { scheme } = state;
  if (scheme === null) throw new Error(`incident ${state.slug} has no scheme`);
  return {
    slug: state.slug,
    title: scheme.title,
    place: scheme.place,
    from: scheme.from,
    to: scheme.to,
    home: scheme.home,
    method: scheme.method,
    lexicon: scheme.lexicon,
    headline: scheme.headline,
    groups: scheme.groups,
    measures: scheme.measures,
    breakdowns: scheme.breakdowns,
    status: state.status,
    position: String(position),
  };
};

export type IncidentOnWire = ReturnType<typeof incidentOnWire>;
