/**
 * Why a command changes nothing. `code` is one of the catalogue in `src/http/problems.ts`, which is where HTTP status
 * and title stand; the domain knows only the code.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: string;
  /** Which field and why; pointers are RFC 6901 into the request's body. */
  readonly errors: readonly FieldError[];
}

export interface FieldError {
  readonly pointer: string;
  /** The rule that does not hold, short and stable: `min 0`, `declared group`, `not after publishedAt`. */
  readonly rule: string;
  readonly detail: string;
}

export type RefusalCode =
  | 'invalid-incident'
  | 'invalid-report'
  | 'invalid-figure'
  | 'invalid-decision'
  | 'too-many-figures'
  | 'filing-too-large'
  | 'incident-not-found'
  | 'report-not-found'
  | 'figure-not-found'
  | 'link-not-found'
  | 'revision-not-found'
  | 'cell-not-found'
  | 'slug-taken'
  | 'incident-closed'
  | 'not-withdrawn'
  | 'idempotency-key-reused'
  | 'stale-version'
  | 'version-required';
