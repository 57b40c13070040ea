import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** How long a server may take until it answers, in ms. */
const startMsMax = 30_000;

export interface Served {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

/** Starts a server in a process of its own, so that it and the load have a core each, and waits until it answers. */
export const serve = async (
  script: string,
  port: number,
  healthPath: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Served> => {
  // As `npm start` runs it; the floors get the same.
  const child: ChildProcess = spawn(process.execPath, ['--max-semi-space-size=64', script], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = once(child, 'exit');
  const deadline = performance.now() + startMsMax;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}${healthPath}`).catch(() => null);
    if (answer?.ok === true) break;
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`${script} does not serve`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
};
