import type { FieldError, RefusalCode } from '../domain/refusal.js';

/*
 * The catalogue of problems. A code is part of the interface: it is the end of the problem's `type`, and a client may
 * act on it. Never rename one. `docs/problems.md` says of each what it means and what to do; a test proves both equal.
 */

interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

/** Refusals that the rules of the domain give. */
const domainProblems = {
  'invalid-incident': { status: 422, title: 'The incident is not valid' },
  'invalid-report': { status: 422, title: 'The report is not valid' },
  'invalid-figure': { status: 422, title: 'The figure is not valid' },
  'invalid-decision': { status: 422, title: 'The decision is not valid' },
  'too-many-figures': { status: 413, title: 'The report has too many figures' },
  'filing-too-large': { status: 413, title: 'The filing is too large to be stored as one' },
  'incident-not-found': { status: 404, title: 'There is no such incident' },
  'report-not-found': { status: 404, title: 'There is no such report in the incident' },
  'figure-not-found': { status: 404, title: 'There is no such figure in the incident' },
  'link-not-found': { status: 404, title: 'There is no such link in the incident' },
  'revision-not-found': { status: 404, title: 'There is no such revision in the incident' },
  'cell-not-found': { status: 404, title: 'There is no such cell in the tally' },
  'slug-taken': { status: 409, title: 'The slug belongs to another incident' },
  'incident-closed': { status: 409, title: 'The incident is closed' },
  'not-withdrawn': { status: 409, title: 'The figure has not been withdrawn' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key was used for another request' },
  'stale-version': { status: 412, title: 'It has changed since you read it' },
  'version-required': { status: 428, title: 'Say which version you mean' },
} as const satisfies Record<RefusalCode, ProblemKind>;

/** What goes wrong before or beside the rules. */
const transportProblems = {
  'bad-request': { status: 400, title: 'The request cannot be read' },
  'body-required': { status: 400, title: 'The request needs a body' },
  'invalid-utf8': { status: 400, title: 'The body is not UTF-8' },
  'invalid-json': { status: 400, title: 'The body is not JSON' },
  'duplicate-member': { status: 400, title: 'A member is given twice' },
  'nested-too-deep': { status: 400, title: 'The body is nested too deep' },
  'invalid-query': { status: 400, title: 'A query parameter is not valid' },
  'invalid-header': { status: 400, title: 'A header is not valid' },
  unauthenticated: { status: 401, title: 'A valid key is needed' },
  forbidden: { status: 403, title: 'The key may not do this' },
  'loopback-only': { status: 403, title: 'Without a key only this machine is served' },
  'cross-site': { status: 403, title: 'Another site may not do this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'key-not-found': { status: 404, title: 'There is no such key' },
  'method-not-allowed': { status: 405, title: 'The method does not act here' },
  'not-acceptable': { status: 406, title: 'None of the accepted types can be given' },
  'log-elsewhere': { status: 409, title: 'The log is kept by another server' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'export-too-large': { status: 413, title: 'The export is too large for this format' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-media-type': { status: 415, title: 'The body must be JSON' },
  'invalid-key': { status: 422, title: 'The key is not valid' },
  busy: { status: 429, title: 'Too much is waiting' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'internal-error': { status: 500, title: 'Something went wrong here' },
  'log-unavailable': { status: 503, title: 'The log is away' },
  'projection-behind': { status: 503, title: 'The position has not been reached yet' },
  'incident-poisoned': { status: 503, title: 'The incident is set aside' },
  'shutting-down': { status: 503, title: 'The service is about to stop' },
} as const satisfies Record<string, ProblemKind>;

export const problems = { ...domainProblems, ...transportProblems };

export type ProblemCode = keyof typeof problems;

export const problemTypePrefix = 'urn:tollbook:problem:';

export const problemContentType = 'application/problem+json; charset=utf-8';

/** A problem as it is answered (RFC 9457); members in this order. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly requestId: string;
  readonly errors?: readonly FieldError[];
}

export interface ProblemExtras {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown anywhere in a request to answer it with a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    extras: ProblemExtras = {},
  ) {
    super(`${code}: ${detail}`);
    this.errors = extras.errors ?? [];
    this.headers = extras.headers ?? {};
  }

  get status(): number {
    return problems[this.code].status;
  }
}

export const problemBody = (error: ProblemError, instance: string, requestId: string): ProblemBody => {
  const { status, title } = problems[error.code];
  return {
    type: `${problemTypePrefix}${error.code}`,
    title,
    status,
    detail: error.detail,
    instance,
    requestId,
    ...(error.errors.length > 0 && { errors: error.errors }),
  };
};
