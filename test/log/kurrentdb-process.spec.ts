import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FakeCluster } from './fake-kurrentdb/fake-cluster.js';
import { FakeKurrentDb } from './fake-kurrentdb/fake-kurrentdb.js';

/** Whatever is still open keeps a process; so much later that is the reason, and not a slow machine. */
const exitWithinMs = 20_000;

const dist = (path: string): string => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url));

/** Opens the log, uses all of it, closes it, and calls nothing that would end the process. */
const program = `
  const { openKurrentDbLog } = await import(${JSON.stringify(dist('log/kurrentdb/open-kurrentdb-log.js'))});
  const log = await openKurrentDbLog(process.argv[1]);
  const event = { id: crypto.randomUUID(), type: 'Tried.v1', data: {}, meta: null };
  await log.append('tollbook-tried', -1n, [event, { ...event, id: crypto.randomUUID() }]);
  for await (const batch of log.readAll({ after: null, streamPrefix: 'tollbook-' })) console.log(batch.length);
  const abort = new AbortController();
  for await (const { kind } of log.subscribe({ after: null, streamPrefix: 'tollbook-', signal: abort.signal }))
    if (kind === 'caughtUp') break;
  await log.close();
  console.log('closed');
`;

/** Follows the log, says when it is caught up and what the end of it was, and whether it lives a while later. */
const follower = `
  const { openKurrentDbLog } = await import(${JSON.stringify(dist('log/kurrentdb/open-kurrentdb-log.js'))});
  const log = await openKurrentDbLog(process.argv[1]);
  const abort = new AbortController();
  try {
    for await (const { kind } of log.subscribe({ after: null, streamPrefix: 'tollbook-', signal: abort.signal }))
      console.log(kind);
  } catch (error) {
    console.log(error.name);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  console.log('alive');
  await log.close();
`;

describe('a process on a KurrentDB', () => {
  let cluster: FakeCluster;
  let directory: string;

  beforeAll(async () => {
    cluster = await FakeCluster.start();
    directory = await mkdtemp(join(tmpdir(), 'tollbook-kurrentdb-'));
  });

  afterAll(async () => {
    await cluster.close();
    await rm(directory, { recursive: true, force: true });
  });

  const run = async (source: string, url: string, onOut: (out: string) => void = () => undefined) => {
    const args = ['--input-type=module', '--eval', source, url];
    const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] } });
    let out = '';
    const hear = (bytes: Buffer): void => {
      out += bytes.toString();
      onOut(out);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const timer = setTimeout(() => child.kill('SIGKILL'), exitWithinMs);
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    clearTimeout(timer);
    return { code, signal, out };
  };

  test('ends by itself once the log is closed', async () => {
    const ended = await run(program, cluster.connectionString);
    expect(ended).toEqual({ code: 0, signal: null, out: '2\nclosed\n' });
  });

  test('outlives the error that comes after the error, when its server is killed', async () => {
    const fake = await FakeKurrentDb.start();
    let killed = false;
    const ended = await run(follower, fake.connectionString, (out) => {
      if (killed || !out.includes('caughtUp')) return;
      killed = true;
      void fake.kill();
    });
    expect(ended).toEqual({ code: 0, signal: null, out: 'caughtUp\nLogUnavailableError\nalive\n' });
    await fake.close();
  });

  test('serves on several nodes, and tells their names but not the password', async () => {
    const url = cluster.connectionString.replace('://', '://admin:aSecret@');
    const env = { PATH: process.env['PATH'], TOLLBOOK_PORT: '0', TOLLBOOK_LOG: url, TOLLBOOK_VIEWS: directory };
    const child = spawn(process.execPath, [dist('main.js')], { env });
    let out = '';
    const listening = Promise.withResolvers<void>();
    child.stdout.on('data', (bytes: Buffer) => {
      out += bytes.toString();
      if (out.includes('"url"')) listening.resolve();
    });
    child.stderr.on('data', (bytes: Buffer) => (out += bytes.toString()));
    const closed = once(child, 'close');
    await Promise.race([listening.promise, closed]);
    child.kill('SIGTERM');
    await closed;
    const [, hosts] = /^kurrentdb:\/\/([^?]+)/u.exec(cluster.connectionString)!;
    expect(out).toContain(`"log":"kurrentdb://${hosts}"`);
    expect(out).not.toContain('aSecret');
    expect({ code: child.exitCode, out }).toMatchObject({ code: 0 });
  });
});
