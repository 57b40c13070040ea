import type { FiledEvent } from '../../../src/domain/events.js';
import { cellOf, cellText } from '../../../src/domain/cell.js';
import { placeOf } from './cells.js';
import type { Facts } from './facts.js';
import { isCurrentMeasure, isRemainder } from './parts.js';
import type { Pointed, Shown, Worked } from './estimates.js';
import { closed, within } from './words.js';

/* Section 6: what a filing changed, from the estimates before and after it. */

export interface Revised {
  readonly cell: string;
  readonly direction: string;
  readonly fall: boolean;
  readonly unexplained: boolean;
  /** Of a decision, known from its event; `null` for a report, whose reasons depend on what it said. */
  readonly reason: string | null;
}

const same = (a: Shown, b: Shown): boolean =>
  JSON.stringify([spell(a.best), a.confirmed, spell(a.reported), a.status]) ===
  JSON.stringify([spell(b.best), b.confirmed, spell(b.reported), b.status]);

// JSON has no Infinity.
const spell = (span: { low: number; high: number; point?: number | null } | null): string =>
  span === null ? '' : `${span.low} ${span.high} ${span.point ?? ''}`;

/** "Direction, an open high counting as its low: first; withdrawn; status (best is the same); narrowed (inside); widened (containing); else by low up, down." */
const directionOf = (before: Pointed | null, after: Pointed | null): string => {
  if (before === null && after === null) return 'status';
  if (before === null) return 'first';
  if (after === null) return 'withdrawn';
  const [was, is] = [closed(before), closed(after)];
  if (was.low === is.low && was.high === is.high) return 'status';
  if (within(is, was)) return 'narrowed';
  if (within(was, is)) return 'widened';
  return is.low > was.low ? 'up' : 'down';
};

/** "what is printed, the point or else the low" */
const printed = (best: Pointed): number => best.point ?? best.low;

/**
 * "A fall of a cumulative measure in which an origin that made best before makes it now with a later statement of a lower
 * low, without a reason, is unexplained"
 */
const isUnexplained = (before: Shown, after: Shown): boolean =>
  after.made.some(
    (now) =>
      now.reasons.length === 0 &&
      before.made.some((then) => then.origin === now.origin && now.saidMs > then.saidMs && now.low < then.low),
  );

/** "Known from the events" */
const decisionOf = (filing: readonly FiledEvent[]): string | null => {
  const [first] = filing;
  switch (first?.type) {
    case 'FigureCorrected':
      return 'correction';
    case 'FigureRetracted':
      return 'retraction';
    case 'AttributionDenied':
      return 'attributionDenied';
    case 'FigureReinstated':
      return 'reinstated';
    case 'OriginsLinked':
      return 'originsLinked';
    case 'OriginsUnlinked':
      return 'originsUnlinked';
    case 'SpeakerGraded':
      return 'graded';
    case 'EstimatePinned':
      return 'pinned';
    case 'EstimateUnpinned':
      return 'unpinned';
    case 'IncidentAmended':
      return first.data.changes.method === undefined ? 'schemeAmended' : 'methodChanged';
    default:
      return null;
  }
};

/** Every cell below another. */
const below = (sums: Worked['sums'], cell: string): Set<string> => {
  const found = new Set([cell]);
  for (const each of found)
    for (const sum of sums) if (sum.whole === each) for (const part of sum.parts) found.add(part);
  found.delete(cell);
  return found;
};

/** In code point order of cells, as revisions are numbered. */
export const revisedBy = (
  filing: readonly FiledEvent[],
  before: Worked | null,
  after: Worked,
  facts: Facts,
): Revised[] => {
  const isReport = filing.some(({ type }) => type === 'ReportFiled');
  const about = new Set(
    filing.flatMap((event) => (event.type === 'FigureReported' ? [cellText(cellOf(event.data))] : [])),
  );
  const cells = [...new Set([...(before?.shown.keys() ?? []), ...after.shown.keys()])].toSorted();
  const changed = cells.flatMap((cell): (Revised & { readonly derived: boolean })[] => {
    const [was, is] = [before?.shown.get(cell) ?? null, after.shown.get(cell) ?? null];
    if (was !== null && is !== null && same(was, is)) return [];
    const fall = was?.best != null && is?.best != null && printed(is.best) < printed(was.best);
    const cumulative = !isCurrentMeasure(facts.scheme, placeOf(cell).measure) && !isRemainder(cell);
    // "derived: no statement of its own stands"
    const derived = !about.has(cell) || is === null || is.made.length === 0;
    const unexplained = isReport && fall && cumulative && !derived && was !== null && isUnexplained(was, is);
    return [
      {
        cell,
        direction: directionOf(was?.best ?? null, is?.best ?? null),
        fall,
        unexplained,
        reason: decisionOf(filing),
        derived,
      },
    ];
  });
  // "The fall of a derived cell has the reason of, or is as unexplained as, the fall of a part (or of theirs) in the same
  // filing."
  return changed.map(({ derived, ...revised }): Revised => {
    const parts = below(after.sums, revised.cell);
    const inherits = derived && revised.fall && changed.some((each) => parts.has(each.cell) && each.unexplained);
    return { ...revised, unexplained: revised.unexplained || inherits };
  });
};
