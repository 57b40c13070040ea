/** An answer of the service, over a socket or from the application in this process: the commands cannot tell. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it came. */
  readonly text: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A body that is text already goes out as it is, so that the service, not this program, judges what was written. */
export type Call = (
  method: Method,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
  /** How long to wait for the answer, in ms, where it takes longer than answers do. */
  timeoutMs?: number,
) => Promise<Answer>;

export interface Connection {
  readonly call: Call;
  readonly close: () => Promise<void>;
}

export const bodyText = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** A text as JSON; `null` where it is none. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Path and query: members without a value are left out. */
export const pathOf = (
  segments: readonly string[],
  query: Readonly<Record<string, string | number | boolean | undefined>> = {},
): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const path = `/v1/${segments.map(encodeURIComponent).join('/')}`;
  return search.size === 0 ? path : `${path}?${search.toString()}`;
};

/** The headers that every request has, and its own. */
export const headersOf = (
  key: string | undefined,
  body: unknown,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  accept: 'application/json, application/problem+json',
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  ...extra,
});
