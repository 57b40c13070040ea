import type { Revision } from '../api/shapes.js';
import { isAfter } from '../tally/position.js';
import { kindOf, type CloudEvent } from './cloud-event.js';

export interface EventFilter {
  /** A kind of event, or '' for all. */
  readonly kind: string;
  readonly desk: string;
  /** Letters that the event must have, in any of its members. */
  readonly text: string;
  /** The last position to show; '' for all. */
  readonly at: string;
  /** Only filings that changed an estimate. */
  readonly changing: boolean;
}

/** One request of a desk: its events in order, and what they changed in the tally. */
export interface AuditFiling {
  readonly filing: string;
  readonly events: readonly CloudEvent[];
  readonly revisions: readonly Revision[];
  /** Events of it that the filter leaves out. */
  readonly hidden: number;
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/**
 * Events by filing, in the order of the log, with the revisions that each filing made (a revision has the position of
 * its filing's last event). Inside a filing the as-of position rounds down to before it, as the service does.
 */
export function selectEvents(
  events: readonly CloudEvent[],
  revisions: readonly Revision[],
  filter: EventFilter,
): readonly AuditFiling[] {
  const byPosition = groupedBy(revisions, (revision) => revision.position);
  const text = filter.text.trim().toLowerCase();
  const passes = (event: CloudEvent): boolean =>
    (filter.kind === '' || kindOf(event) === filter.kind) &&
    (filter.desk === '' || event.desk === filter.desk) &&
    (text === '' || JSON.stringify(event).toLowerCase().includes(text));
  return [...groupedBy(events, (event) => event.filing)].flatMap(([filing, of]) => {
    const last = of.at(-1);
    if (last === undefined || (filter.at !== '' && isAfter(last.position, filter.at))) return [];
    const changes = byPosition.get(last.position) ?? [];
    if (filter.changing && changes.length === 0) return [];
    const shown = of.filter(passes);
    if (shown.length === 0) return [];
    return [{ filing, events: shown, revisions: changes, hidden: of.length - shown.length }];
  });
}
