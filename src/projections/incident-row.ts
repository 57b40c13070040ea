import type { SchemeState } from '../domain/incident-outline.js';
import { estimateOf } from '../domain/tally/ledger.js';
import type { Position } from '../log/event-log.js';
import type { LoadedIncident } from './loaded-incident.js';
import { incidentOnWire } from './wire.js';

/** One incident in the list. */
export interface IncidentRow {
  readonly slug: string;
  /** Position of its first event: the order of the list. */
  readonly opened: Position;
  /** Position of its last event. */
  readonly position: Position;
  /** What is searched: slug, title and place in lower case. */
  readonly search: string;
  /** The incident as the list shows it, JSON. */
  readonly incident: string;
  /** The headline's estimate, JSON; `null` where its cell is not in the tally, or is not worked out yet. */
  readonly headline: string | null;
  /**
   * False where the headline is not worked out yet: its revision number takes the incident's whole history, which a
   * rebuild leaves to whoever first lists the incident.
   */
  readonly complete: boolean;
}

/** A text in the form in which it is searched. */
export const searchForm = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Where an incident stands in the log. */
interface Placed {
  /** Position of its first event. */
  readonly opened: Position;
  /** Position of its last event. */
  readonly position: Position;
}

/** Without its headline. @returns `null` for an incident that was never opened as far as can be read */
export const rowOfOutline = (state: SchemeState, { opened, position }: Placed): IncidentRow | null => {
  const { scheme, slug } = state;
  if (scheme === null) return null;
  return {
    slug,
    opened,
    position,
    search: searchForm(`${slug}\n${scheme.title}\n${scheme.place}`),
    incident: JSON.stringify(incidentOnWire(state, position)),
    headline: null,
    complete: false,
  };
};

/** @returns `null` for an incident that was never opened as far as can be read */
export const rowOfLoaded = ({ ledger, position, positionOf }: LoadedIncident): IncidentRow | null => {
  const row = rowOfOutline(ledger.state, { opened: BigInt(positionOf(0)), position });
  const cell = ledger.state.scheme?.headline;
  if (row === null || cell === undefined) return null;
  const estimate = estimateOf(ledger, cell);
  return { ...row, headline: estimate === null ? null : JSON.stringify(estimate), complete: true };
};
