import type { Estimate, Revision } from '../api/shapes.js';
import { isAfter } from '../tally/position.js';

/** By when reports were published, or by when they were recorded here. */
export type Clock = 'published' | 'recorded';

const dayMs = 86_400_000;

/**
 * An incident filed long after the reports came out is looked back on by when they were published: by the log's own
 * clock all of them came at once.
 */
export function clockOf(revisions: readonly Revision[]): Clock {
  const reported = revisions.filter((revision) => revision.publishedAt !== null);
  const late = reported.filter(
    ({ publishedAt, recordedAt }) => Date.parse(recordedAt) - Date.parse(publishedAt ?? recordedAt) > dayMs,
  );
  return late.length * 2 > reported.length ? 'published' : 'recorded';
}

/**
 * When each revision came, in Unix milliseconds, for revisions in the order of their numbers. By publication time never
 * goes back: what was filed late is not shown before what it followed. A desk's own decision has no publication, and
 * in an incident filed afterwards (`decisionsKeepTime`) counts as made at the time of what it came after.
 */
export function timesOf(revisions: readonly Revision[], clock: Clock, decisionsKeepTime: boolean): readonly number[] {
  let latest = Number.NEGATIVE_INFINITY;
  return revisions.map(({ publishedAt, recordedAt }) => {
    if (clock === 'recorded') return Date.parse(recordedAt);
    if (publishedAt === null && decisionsKeepTime && latest !== Number.NEGATIVE_INFINITY) return latest;
    latest = Math.max(latest, Date.parse(publishedAt ?? recordedAt));
    return latest;
  });
}

/** A time at which the tally changed, with all that changed then. */
export interface Moment {
  /** Unix milliseconds. */
  readonly at: number;
  /** Position of the last filing of the moment. */
  readonly position: string;
  readonly revisions: readonly Revision[];
}

export const inOrder = (revisions: readonly Revision[]): readonly Revision[] =>
  revisions.toSorted((a, b) => (isAfter(a.number, b.number) ? 1 : -1));

/**
 * The moments of a history, oldest first. By recording each filing is one; by publication all that was published at the
 * same time, since the service tells no finer (`?publishedBy=`).
 * @param revisions all of an incident's, in any order
 */
export function momentsOf(revisions: readonly Revision[], clock: Clock): readonly Moment[] {
  const ordered = inOrder(revisions);
  const times = timesOf(ordered, clock, clockOf(ordered) === 'published');
  const moments: { at: number; position: string; revisions: Revision[] }[] = [];
  for (const [index, revision] of ordered.entries()) {
    const at = times[index] ?? 0;
    const last = moments.at(-1);
    const joins = last !== undefined && (clock === 'published' ? last.at === at : last.position === revision.position);
    if (!joins) moments.push({ at, position: revision.position, revisions: [revision] });
    else {
      last.revisions.push(revision);
      last.position = revision.position;
    }
  }
  return moments;
}

interface Change {
  readonly moment: number;
  readonly after: Estimate | null;
}

/** Each cell's changes, oldest first. */
export type Timeline = ReadonlyMap<string, readonly Change[]>;

export function timelineOf(moments: readonly Moment[]): Timeline {
  const cells = new Map<string, Change[]>();
  for (const [moment, { revisions }] of moments.entries())
    for (const { cell, after } of revisions) {
      const changes = cells.get(cell);
      if (changes === undefined) cells.set(cell, [{ moment, after }]);
      else changes.push({ moment, after });
    }
  return cells;
}

/** Place of the last change at or before a moment; -1 before the first. By halving: a cell may change a thousand times. */
function lastChange(changes: readonly Change[], moment: number): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.moment ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Every cell as its last revision left it. The very objects of the revisions, so that what did not change between two
 * moments need not be drawn again.
 */
export function cellsAt(timeline: Timeline, moment: number): ReadonlyMap<string, Estimate> {
  const cells = new Map<string, Estimate>();
  for (const [cell, changes] of timeline) {
    const after = changes[lastChange(changes, moment)]?.after ?? null;
    if (after !== null) cells.set(cell, after);
  }
  return cells;
}

/** The last estimate that each cell ever had, for a page that keeps its rows while time moves. */
export function everSeen(timeline: Timeline): ReadonlyMap<string, Estimate> {
  const cells = new Map<string, Estimate>();
  for (const [cell, changes] of timeline) {
    const last = changes.findLast((change) => change.after !== null)?.after ?? null;
    if (last !== null) cells.set(cell, last);
  }
  return cells;
}

/** The moment that stood at a time: the last at or before it, or the first. */
export function momentAt(moments: readonly Moment[], at: number): number {
  const later = moments.findIndex((moment) => moment.at > at);
  return later < 0 ? moments.length - 1 : Math.max(0, later - 1);
}
