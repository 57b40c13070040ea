import type {
  CellExplained,
  Contradiction,
  Estimate,
  Explanation,
  RevisionBody,
  TallyBody,
  Warning,
} from '../domain/tally/shapes.js';

/* The service's answers, as far as the commands read them. Numbers and positions are strings of digits there. */

export interface Tally extends TallyBody {
  readonly epoch: string;
  readonly position: string;
  readonly stale: { readonly position: string; readonly error: string } | null;
}

export interface Revision extends Omit<RevisionBody, 'number' | 'seq'> {
  readonly number: string;
  readonly position: string;
}

export interface Filed {
  readonly id: string;
  readonly position: string;
  readonly figures: readonly { readonly id: string; readonly cell: string }[];
  readonly revisions: readonly Revision[];
  readonly warnings: readonly Warning[];
}

export interface Incident {
  readonly slug: string;
  readonly title: string;
  readonly place: string;
  readonly from: string;
  readonly to?: string | null;
  readonly home?: string | null;
  readonly method: string;
  readonly lexicon: string;
  readonly headline: string;
  readonly groups: readonly { readonly id: string; readonly side?: string; readonly of?: readonly string[] }[];
  readonly status: string;
  readonly position: string;
  readonly headlineEstimate?: Estimate | null;
}

export interface Key {
  readonly id: string;
  readonly role: string;
  readonly desk: string;
  readonly person: string | null;
  readonly expiresAt: string | null;
  readonly revokedAt?: string | null;
}

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly hasMore: boolean;
  readonly next: string | null;
}

export type { CellExplained, Contradiction, Estimate, Explanation, Warning };
