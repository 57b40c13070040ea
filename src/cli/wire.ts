import type { CellExplained, Estimate, Warning } from '../domain/tally/shapes.js';
import type { FigureOnWire } from '../projections/figure-view.js';
import type { IncidentOnWire, RevisionOnWire, TallyOnWire } from '../projections/wire.js';

/*
 * Answers as the commands read them. Their shapes are the service's promise, held by its own tests; here only the
 * members without which nothing could be shown are looked for, since a proxy may answer 200 with anything.
 */

export type Guard<Body> = (value: unknown) => value is Body;

const having =
  <Body>(...members: readonly (keyof Body)[]): Guard<Body> =>
  (value): value is Body =>
    typeof value === 'object' && value !== null && members.every((member) => Object.hasOwn(value, member));

/** The answer to a report. */
export interface Filed {
  readonly id: string;
  readonly position: string;
  readonly figures: readonly { readonly id: string; readonly cell: string }[];
  readonly revisions: readonly RevisionOnWire[];
  readonly warnings: readonly Warning[];
}

export interface IncidentListed extends IncidentOnWire {
  readonly headlineEstimate: Estimate | null;
}

export interface Key {
  readonly id: string;
  readonly role: string;
  readonly desk: string | null;
  readonly person: string | null;
  readonly expiresAt: string | null;
  readonly revokedAt?: string | null;
}

export interface KeyMade {
  readonly id: string;
  readonly secret: string;
}

/** What `/health/ready` says, as far as the commands show it. */
export interface Health {
  readonly status: string;
  readonly projectedTo: string;
  readonly poisoned: readonly { readonly incident: string; readonly position: string; readonly error: string }[];
}

/** The answer to taking up a poisoned incident again. */
export interface Retried {
  readonly result: 'recovered' | 'stillPoisoned' | 'notPoisoned';
  readonly position?: string;
  readonly error?: string;
}

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly hasMore: boolean;
  readonly next: string | null;
}

export const isTally = having<TallyOnWire>('cells', 'contradictions', 'position');
export const isCellExplained = having<CellExplained>('estimate', 'rule', 'statements', 'impliedBy');
export const isFiled = having<Filed>('id', 'figures', 'revisions', 'warnings');
export const isIncident = having<IncidentOnWire>('slug', 'groups', 'status');
export const isKeyMade = having<KeyMade>('id', 'secret');
export const isIncidentPage = having<Page<IncidentListed>>('data', 'hasMore');
export const isRevisionPage = having<Page<RevisionOnWire>>('data', 'hasMore');
export const isFigurePage = having<Page<FigureOnWire>>('data', 'hasMore');
export const isKeyPage = having<Page<Key>>('data', 'hasMore');
export const isHealth = having<Health>('status', 'projectedTo', 'poisoned');
export const isRetried = having<Retried>('result');
