import { bodyText, headersOf, type Connection } from './call.js';
import { failed, type CommandFailed } from './failure.js';
import type { Terminal } from './terminal.js';

export interface ConnectOptions {
  /** Where the service is; without it a free log that the environment names, this machine's service, the log. */
  readonly url?: string | undefined;
  readonly key?: string | undefined;
}

export type Connect = (options: ConnectOptions, terminal: Terminal) => Promise<Connection>;

const probeTimeoutMs = 2_000;
/** Above the 5 s for which the service waits for a position, and what a large filing takes. */
const answerTimeoutMs = 60_000;
const portDefault = '4711';

/** Where a service on this machine would answer, by the settings that it would have been started with. */
export const localUrl = (env: Terminal['env']): string => {
  const host = env['TOLLBOOK_HOST'] || '127.0.0.1';
  // Bound to every address: this machine is one of them.
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const name = reached.includes(':') && !reached.startsWith('[') ? `[${reached}]` : reached;
  return `http://${name}:${env['TOLLBOOK_PORT'] || portDefault}`;
};

/** The system's code behind a failed fetch, by members: an error may be of another realm than this file's. */
const causeCode = (error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null || !('cause' in error)) return undefined;
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : undefined;
};

const unreachable = (base: string, error: unknown): CommandFailed => {
  const why = causeCode(error) ?? (error instanceof Error ? error.message : String(error));
  return failed(`No Tollbook service answers at ${base} (${why}).`, error);
};

const overHttp = (base: string, key: string | undefined): Connection => ({
  call: async (method, path, body, headers, timeoutMs = answerTimeoutMs) => {
    let response: Response;
    let text: string;
    try {
      response = await fetch(new URL(path, base), {
        method,
        headers: headersOf(key, body, headers),
        body: body === undefined ? null : bodyText(body),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = await response.text();
    } catch (error) {
      throw unreachable(base, error);
    }
    return { status: response.status, headers: Object.fromEntries(response.headers), text };
  },
  close: async () => {},
});

/** Whether a service answers on this machine; `false` only where nothing listens at all. */
const answersLocally = async (base: string): Promise<boolean> => {
  let response: Response;
  try {
    response = await fetch(new URL('/health/live', base), { signal: AbortSignal.timeout(probeTimeoutMs) });
    await response.arrayBuffer();
  } catch (error) {
    if (causeCode(error) === 'ECONNREFUSED') return false;
    throw unreachable(base, error);
  }
  if (!response.ok) throw failed(`What answers at ${base} is not a Tollbook service. Name the right one with --url.`);
  return true;
};

/**
 * Whether the environment names an embedded log that nobody has open. Whatever service answers on this machine is then on
 * another one: in a drill beside the live service, a report must not go into the live log.
 */
const namesFreeLog = async (env: Terminal['env']): Promise<boolean> => {
  if (!env['TOLLBOOK_LOG']) return false;
  const { logSetting } = await import('./open-log.js');
  const setting = logSetting(env);
  if (setting.kind !== 'embedded') return false;
  const { isFree } = await import('../log/embedded/is-free.js');
  return isFree(setting.directory);
};

/**
 * A connection to the service that runs, or else to the embedded log itself, through the same application that the
 * service is, but without a socket.
 */
export const connect: Connect = async ({ url, key }, terminal) => {
  if (url !== undefined) {
    if (!/^https?:$/u.test(URL.parse(url)?.protocol ?? '')) throw failed(`--url must be an http or https URL: ${url}`);
    return overHttp(url, key);
  }
  const base = localUrl(terminal.env);
  if (await namesFreeLog(terminal.env)) {
    if (terminal.errIsTerminal) terminal.err('No service has the log of TOLLBOOK_LOG: opening it here.\n');
  } else if (await answersLocally(base)) return overHttp(base, key);
  else if (terminal.errIsTerminal) terminal.err(`No service at ${base}: opening the log here.\n`);
  // Only now: the whole application is slow to load, and most commands speak to a service.
  const { openOffline } = await import('./offline.js');
  return openOffline(terminal.env, key);
};
