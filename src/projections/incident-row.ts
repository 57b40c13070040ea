import type { IncidentState } from '../domain/incident-state.js';
import { estimateOf, type Ledger } from '../domain/tally/ledger.js';
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

/** @returns `null` for an incident that was never opened as far as can be read */
export const rowOf = (
  ledger: Ledger,
  at: { readonly opened: Position; readonly position: Position; readonly complete: boolean },
): IncidentRow | null => {
  const { state } = ledger;
  const { scheme, slug } = state;
  if (scheme === null) return null;
  return {
    slug,
    opened: at.opened,
    position: at.position,
    search: searchOf(state),
    incident: JSON.stringify(incidentOnWire(state, at.position)),
    headline: at.complete ? headlineOf(ledger, scheme.headline) : null,
    complete: at.complete,
  };
};

export const rowOfLoaded = (incident: LoadedIncident): IncidentRow | null =>
  rowOf(incident.ledger, {
    opened: BigInt(incident.positionOf(0)),
    position: incident.position,
    complete: true,
  });

const headlineOf = (ledger: Ledger, cell: string): string | null => {
  const estimate = estimateOf(ledger, cell);
  return estimate === null ? null : JSON.stringify(estimate);
};

const searchOf = ({ slug, scheme }: IncidentState): string =>
  searchForm(`${slug}\n${scheme?.title ?? ''}\n${scheme?.place ?? ''}`);
