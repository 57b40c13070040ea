import type { Problem } from './shapes.js';

/** A refusal or failure as the service words it, or, where nothing answered, as the browser does. */
export class RequestError extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfterMs: number | null = null,
  ) {
    super(problem.detail ?? problem.title);
    this.name = 'RequestError';
  }
}

/** No answer at all: the network is cut or the service is not running. */
export const unreachable: Problem = {
  type: 'about:blank',
  title: 'The service cannot be reached',
  status: 0,
  detail: 'Nothing answered. Either this device is offline or the service is not running.',
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string';

function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}

/** Reads what a refusing answer says of itself; a proxy in between may answer HTML, so nothing is taken for granted. */
export async function errorOf(response: Response): Promise<RequestError> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = null;
  }
  const problem = isProblem(body)
    ? { ...body, status: response.status }
    : { type: 'about:blank', title: response.statusText || `Answer ${response.status}`, status: response.status };
  return new RequestError(problem, retryAfterOf(response));
}

/** A key of its own goes along; a sign-in needs nothing, its cookie goes by itself. */
export const authorised = (key: string | null): Record<string, string> =>
  key?.startsWith('tbk_') === true ? { authorization: `Bearer ${key}` } : {};

export type Fetch = typeof globalThis.fetch;

export interface Asking {
  readonly key: string | null;
  readonly signal?: AbortSignal;
  readonly fetch?: Fetch;
}

export const getJson = async <T>(path: string, asking: Asking): Promise<T> => (await getTagged<T>(path, asking)).body;

/** With the ETag, for what is to be changed only where it is still so. @throws RequestError */
export async function getTagged<T>(
  path: string,
  { key, signal, fetch = globalThis.fetch }: Asking,
): Promise<{ readonly body: T; readonly etag: string | null }> {
  let response: Response;
  try {
    response = await fetch(path, {
      headers: { accept: 'application/json', ...authorised(key) },
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new RequestError(unreachable);
  }
  if (!response.ok) throw await errorOf(response);
  return { body: (await response.json()) as T, etag: response.headers.get('etag') };
}

/** What is to be sent; the body as text, so that a repeat is the same bytes. */
export interface Sending {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: string;
  /** Files at most once, however often it is sent. */
  readonly idempotencyKey?: string;
  readonly ifMatch?: string;
}

/** Answers that may be another one later: nobody answered, too much at once, a failure on the way or of the service. */
export const mayPass = ({ status }: Problem): boolean => status === 0 || status === 429 || status >= 500;

/** @throws RequestError; what `signal` aborts throws its reason */
export const sendJson = async <T>(sending: Sending, asking: Asking): Promise<T> =>
  (await sendKnown<T>(sending, asking)).body;

/** With whether it had been done before, under the same key. */
export async function sendKnown<T>(
  sending: Sending,
  { key, signal, fetch = globalThis.fetch }: Asking,
): Promise<{ readonly body: T; readonly replayed: boolean }> {
  const { method, path, body, idempotencyKey, ifMatch } = sending;
  const init: RequestInit = {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...authorised(key),
    },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  };
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new RequestError(unreachable);
  }
  if (!response.ok) throw await errorOf(response);
  try {
    return { body: (await response.json()) as T, replayed: response.headers.get('idempotency-replayed') === 'true' };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    // The connection broke inside the answer: what was asked may have been done.
    throw new RequestError(unreachable);
  }
}
