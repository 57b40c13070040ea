import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/** The built service, as it is started. */
const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollbook-process-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Started {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<number | null>;
}

const start = (settings: Readonly<Record<string, string>>): Started => {
  const env = { PATH: process.env['PATH'], TOLLBOOK_PORT: '0', TOLLBOOK_LOG: `embedded:${directory}/log`, ...settings };
  const child = spawn(process.execPath, [program], { env });
  let out = '';
  let err = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  const ended = once(child, 'close').then(() => child.exitCode);
  return { child, out: () => out, err: () => err, ended };
};

const listening = async ({ out, child }: Started): Promise<string> => {
  for (;;) {
    const url = /"url":"(?<url>[^"]+)"/u.exec(out())?.groups?.['url'];
    if (url !== undefined) return url;
    if (child.exitCode !== null) throw new Error(`it ended: ${out()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe('the service as a process', () => {
  it.each([
    [
      { TOLLBOOK_PORT: 'x', TOLLBOOK_PUBLIC_READ: 'yes' },
      /TOLLBOOK_PORT must be[^]*TOLLBOOK_PUBLIC_READ must be true or false/u,
    ],
    [
      { TOLLBOOK_LOG: 'kurrentdb://127.0.0.1:2113?tlsVerifyCert=false' },
      /TOLLBOOK_LOG cannot be used: tlsVerifyCert=false/u,
    ],
    [{ TOLLBOOK_HOST: '0.0.0.0' }, /TOLLBOOK_HOST 0\.0\.0\.0 is reached from other machines/u],
    [{ TOLLBOOK_HOST: '192.0.2.1' }, /TOLLBOOK_HOST 192\.0\.2\.1/u],
  ])('does not start with %j, and says why', async (settings, message) => {
    const started = start(settings);
    expect(await started.ended).toBe(1);
    expect(started.err()).toMatch(/^Tollbook cannot start: /u);
    expect(started.err()).toMatch(message);
    expect(started.err()).not.toMatch(/^ +at /mu);
  });

  it('logs JSON lines, tells how to make the first key, keeps its log to itself, and ends cleanly', async () => {
    const started = start({ TOLLBOOK_PROT: '1' });
    const url = await listening(started);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const other = start({});
    expect(await other.ended).toBe(1);
    expect(other.err()).toMatch(/^Tollbook cannot start: /u);
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    const lines = started.out().trim().split('\n');
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(started.out()).toContain('tollbook keys create --role admin');
    expect(started.out()).toContain('TOLLBOOK_PROT is no setting');
    expect(started.err()).toBe('');
  });

  it('files the sample, once', async () => {
    for (const repeated of ['"repeated":0', '"repeated":32']) {
      const started = start({ TOLLBOOK_SAMPLE: 'true', TOLLBOOK_LOG: `embedded:${directory}/sample` });
      const url = await listening(started);
      while (!started.out().includes('The sample incident')) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(started.out()).toContain(repeated);
      const list = (await (await fetch(`${url}/v1/incidents`)).json()) as { data: unknown[] };
      expect(list.data).toEqual([expect.objectContaining({ slug: 'in-amenas-2013' })]);
      started.child.kill('SIGINT');
      expect(await started.ended).toBe(0);
    }
  });
});
