import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { scratch } from '../support/tollbook.js';

/* A service whose disk fills up: no file may grow past a size, as with a quota, where no mount is allowed. */

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const slug = 'full-2026';
/** The largest file, in KiB. */
const fileKiB = 1_024;
/** Far more reports than fit. */
const reportsMax = 500;

const directory = scratch();
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  directory.remove();
});

interface Service {
  readonly url: string;
  readonly child: ChildProcess;
  readonly logged: () => string;
}

const start = async (limit: string): Promise<Service> => {
  const child = spawn('bash', ['-c', `${limit} exec "$@"`, 'bash', process.execPath, program], {
    env: { PATH: process.env['PATH'], TOLLBOOK_LOG: `embedded:${directory.path}`, TOLLBOOK_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let logged = '';
  child.stderr.on('data', (bytes: Buffer) => (logged += bytes.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    logged += `${line}\n`;
    const url = /"url":"(?<url>http:[^"]+)"/u.exec(line)?.groups?.['url'];
    if (url === undefined) continue;
    child.stdout.on('data', (bytes: Buffer) => (logged += bytes.toString()));
    child.stdout.resume();
    return { url, child, logged: () => logged };
  }
  throw new Error(`it ended: ${logged}`);
};

const post = (url: string, path: string, body: object, key: string): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });

const report = (n: number): object => ({
  outlet: 'Wire',
  publishedAt: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
  attribution: [{ name: `Hospital ${n % 3}`, kind: 'organisation' }],
  figures: Array.from({ length: 20 }, (_, place) => ({
    measure: 'killed',
    group: 'people',
    breakdown: { role: `role-${place}` },
    quantity: { kind: 'atLeast', value: n },
  })),
});

const reportsPath = `/v1/incidents/${slug}/reports`;

test('a full disk refuses filings in words, keeps serving what is stored, and takes them once there is room', async () => {
  const full = await start(`ulimit -f ${fileKiB};`);
  const opened = { slug, title: 'T', place: 'P', from: '2026-01-01', groups: [{ id: 'people', side: 'victims' }] };
  expect((await post(full.url, '/v1/incidents', opened, 'open')).status).toBe(201);
  const stored: string[] = [];
  let refused: Response | null = null;
  for (let n = 0; n < reportsMax && refused === null; n += 1) {
    const answer = await post(full.url, reportsPath, report(n), `report-${n}`);
    if (answer.status === 201) stored.push(((await answer.json()) as { id: string }).id);
    else refused = answer;
  }
  expect(refused?.status).toBe(503);
  expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/u);
  expect(await refused?.json()).toMatchObject({ type: 'urn:tollbook:problem:log-unavailable', status: 503 });
  expect(stored.length).toBeGreaterThan(5);
  expect(full.logged()).toMatch(/No space to write to the event log in .*Free disk space/u);
  // What is there is served.
  const tally = await fetch(`${full.url}/v1/incidents/${slug}/tally`);
  expect(tally.status).toBe(200);
  const before = await tally.text();
  expect((await fetch(`${full.url}/health/ready`)).status).toBe(200);
  for (const id of stored) expect((await fetch(`${full.url}${reportsPath}/${id}`)).status).toBe(200);
  expect(await (await fetch(`${full.url}/v1/incidents`)).json()).toMatchObject({ data: [{ slug }] });
  full.child.kill('SIGTERM');
  await once(full.child, 'exit');

  const roomy = await start('');
  expect(await (await fetch(`${roomy.url}/v1/incidents/${slug}/tally`)).text()).toBe(before);
  const again = await post(roomy.url, reportsPath, report(stored.length), `report-${stored.length}`);
  expect(again.status).toBe(201);
  expect(again.headers.get('idempotency-replayed')).toBeNull();
  roomy.child.kill('SIGTERM');
  const [code] = (await once(roomy.child, 'exit')) as [number | null];
  expect(code).toBe(0);
}, 120_000);
