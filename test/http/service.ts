import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService, type CreateOptions, type RunningService } from '../../src/app.module.js';
import { readSettings, type Settings } from '../../src/settings.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON; `null` where it is none. */
  readonly body: Record<string, unknown>;
}

export interface Asked {
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly bytes?: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
}

export interface TestService extends RunningService {
  readonly directory: string;
  readonly call: (method: string, path: string, asked?: Asked) => Promise<Answer>;
  /** The same, for what a test needs before it begins: throws unless it is done. */
  readonly must: (method: string, path: string, asked?: Asked) => Promise<Answer>;
  /** Position of the log's last event. */
  readonly head: () => Promise<unknown>;
}

/** The whole service, listening on loopback, its log in a directory of its own. */
export const startTestService = async (
  settings: Partial<Settings> = {},
  options: CreateOptions & { readonly directory?: string } = {},
): Promise<TestService> => {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'tollbook-http-')));
  const service = await startService(
    { ...readSettings({}), log: { kind: 'embedded', directory }, port: 0, ...settings },
    { quiet: true, ...options },
  );
  const call: TestService['call'] = (method, path, asked = {}) => send(service.url, method, path, asked);
  return {
    ...service,
    directory,
    call,
    must: async (method, path, asked) => {
      const answer = await call(method, path, asked);
      if (answer.status < 200 || answer.status > 299)
        throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return answer;
    },
    head: async () => (await call('GET', '/health/ready')).body['appendedTo'],
    close: async () => {
      await service.close();
      if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
};

/** Node's own client, since fetch lets nobody set Host or Origin. */
const send = (url: string, method: string, path: string, { body, bytes, headers, key }: Asked): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const payload = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
    const all: Record<string, string> = {
      ...(payload !== undefined && { 'content-type': 'application/json' }),
      // Node says no length of its own for a DELETE.
      ...(payload !== undefined &&
        headers?.['transfer-encoding'] === undefined && { 'content-length': String(Buffer.byteLength(payload)) }),
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...headers,
    };
    const { hostname, port } = new URL(url);
    const sent = httpRequest(
      { hostname: hostname.replace(/^\[|\]$/gu, ''), port, method, path, headers: all, agent: false },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, body: jsonOf(text) });
        });
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });

const jsonOf = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
};
