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

export async function getJson<T>(path: string, { key, signal, fetch = globalThis.fetch }: Asking): Promise<T> {
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
  return (await response.json()) as T;
}
