import type { Refusal } from '../domain/refusal.js';

export interface FilingRequest {
  readonly desk: string;
  readonly person: string | null;
  readonly correlationId: string;
  /** `bodyHash`: SHA-256 (hex) of method, path and body, to know a repeat from another request under the same key. */
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null;
  /** Answers the same and stores nothing. */
  readonly dryRun: boolean;
  /** The If-Match header as it came. */
  readonly ifMatch: string | null;
}

export interface Done {
  readonly kind: 'done';
  readonly status: 200 | 201;
  /** The answer's JSON. It is kept for repeats: a text costs less to keep than what it is made of. */
  readonly json: string;
  /** Id of what was made, where the answer names it (`id`). */
  readonly made: string | null;
  /** Of the incident after it was opened or amended, of the cell after a pin; else `null`. */
  readonly etag: string | null;
  readonly replayed: boolean;
}

export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: 'logAway' | 'poisoned' | 'busy' | 'closing';
  readonly detail: string;
  readonly retryAfterSeconds: number;
}

export type Outcome = Done | { readonly kind: 'refused'; readonly refusal: Refusal } | Unavailable;

/** How long a client should wait before it tries again, in seconds, by reason. */
const retryAfterSeconds = { logAway: 5, poisoned: 60, busy: 1, closing: 5 } as const;

export const unavailable = (reason: Unavailable['reason'], detail: string): Unavailable => ({
  kind: 'unavailable',
  reason,
  detail,
  retryAfterSeconds: retryAfterSeconds[reason],
});
