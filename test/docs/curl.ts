import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface CurlAnswer {
  readonly status: number;
  readonly text: string;
}

/** Runs the arguments of one curl command. */
export type Curl = (args: readonly string[]) => Promise<CurlAnswer>;

/** How long a feed is listened to: its snapshot is there at once. */
const listenSeconds = 1;
const timeoutExitCode = 28;
const endsWithStatus = /\n(?<status>\d{3})$/u;

const isStream = (args: readonly string[]): boolean => args.some((arg) => /^-\w*N/u.test(arg));

/** A feed never ends by itself: what came until the time was over is the answer. */
const stdoutOfTimeout = (error: unknown): { readonly stdout: string } => {
  // By its members: Jest's own Error is another class than Node's.
  if (typeof error === 'object' && error !== null && 'code' in error && 'stdout' in error)
    if (error.code === timeoutExitCode) return { stdout: String(error.stdout) };
  throw error;
};

/** The curl of this machine. */
export const realCurl: Curl = async (args) => {
  const limits = isStream(args) ? ['--max-time', String(listenSeconds)] : [];
  const ended = await run('curl', [...args, ...limits, '--write-out', '\n%{http_code}']).catch(stdoutOfTimeout);
  const status = Number(endsWithStatus.exec(ended.stdout)?.groups?.['status']);
  return { status, text: ended.stdout.replace(endsWithStatus, '') };
};

export const hasCurl = async (): Promise<boolean> =>
  run('curl', ['--version']).then(
    () => true,
    () => false,
  );

const readFor = async (response: Response, ms: number): Promise<string> => {
  let text = '';
  const decoder = new TextDecoder();
  const until = Date.now() + ms;
  const reader = response.body?.getReader();
  while (reader !== undefined && Date.now() < until) {
    const pause = new Promise<null>((resolve) => setTimeout(resolve, until - Date.now(), null));
    const part = await Promise.race([reader.read(), pause]);
    if (part?.value === undefined) break;
    text += decoder.decode(part.value, { stream: true });
  }
  await reader?.cancel();
  return text;
};

/** As curl reads the few options that the README uses; any other is an error. */
export const fetchAsCurl: Curl = async (args) => {
  const headers = new Headers();
  let url: string | undefined;
  let body: string | null = null;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '-H') {
      const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/u.exec(rest.shift() ?? '') ?? [];
      headers.set(name, value);
    } else if (arg === '-d') {
      body = rest.shift() ?? '';
    } else if (!arg.startsWith('-')) url = arg;
    else if (!/^-[sN]+$/u.test(arg)) throw new Error(`the README's test does not know curl's ${arg}`);
  }
  const response = await fetch(url ?? '', { headers, ...(body === null ? {} : { method: 'POST', body }) });
  const text = isStream(args) ? await readFor(response, listenSeconds * 1000) : await response.text();
  return { status: response.status, text };
};
