import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

type Environment = Readonly<Record<string, string>>;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

// Nothing of the caller's own settings or of Jest's options for Node.
const environmentOf = (environment: Environment): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], ...environment });

const textOf = async (stream: AsyncIterable<Buffer> | null): Promise<string> => {
  let text = '';
  for await (const chunk of stream ?? []) text += chunk.toString();
  return text;
};

/** Runs the built command line as a process of its own. */
export const tollbook = async (args: readonly string[], environment: Environment, input = ''): Promise<Ended> => {
  const child = spawn(process.execPath, [program, ...args], { env: environmentOf(environment) });
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'close')]);
  return { code: typeof code === 'number' ? code : null, out, err };
};

/** The same, with its output going to a disk that is full. */
export const tollbookOnFullDisk = async (
  args: readonly string[],
  environment: Environment,
): Promise<Omit<Ended, 'out'>> => {
  const full = await open('/dev/full', 'w');
  try {
    const child = spawn(process.execPath, [program, ...args], {
      env: environmentOf(environment),
      stdio: ['ignore', full.fd, 'pipe'],
    });
    const [err, [code]] = await Promise.all([textOf(child.stderr), once(child, 'close')]);
    return { code: typeof code === 'number' ? code : null, err };
  } finally {
    await full.close();
  }
};

export interface Served {
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends it as an operator would, and answers its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Starts `tollbook serve` and waits until it listens. */
export const serve = async (environment: Environment): Promise<Served> => {
  const child = spawn(process.execPath, [program, 'serve'], {
    env: environmentOf(environment),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null) {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    }
    return child.exitCode;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /"url":"(?<url>http:[^"]+)"/u.exec(line)?.groups?.['url'];
    if (url === undefined) continue;
    // Whatever it logs from here on must not fill the pipe.
    child.stdout.resume();
    return { url, process: child, stop };
  }
  throw new Error(`tollbook serve ended with ${child.exitCode} before it listened`);
};

/** A port on which nothing listens, as far as that can be told. */
export const freePort = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? String(address.port) : '0';
};
