import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

const rounds = 20;
const desks = 8;
const incidents = 4;
const figuresAReport = 9;
/** The log holds so many events before the killing begins. */
const eventsBefore = 10_000;
/** A round's process is killed at a random moment of so many ms after the first filing. */
const killWithinMs = 250;
/** Longer than any start that serves within 2 s on an idle machine takes on a loaded one. */
const startMsMax = 20_000;

interface Answer {
  readonly status: number;
  readonly body: {
    readonly id: string;
    readonly position: string;
    readonly figures: readonly { readonly id: string }[];
  };
}

let directory = '';
let port = 0;
let service: ChildProcess | null = null;
const startsMs: number[] = [];

const url = (path: string): string => `http://127.0.0.1:${port}${path}`;

const start = async (): Promise<ChildProcess> => {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      TOLLBOOK_LOG: `embedded:${directory}`,
      TOLLBOOK_PORT: String(port),
      TOLLBOOK_SAMPLE: 'false',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (performance.now() - startedAt < startMsMax) {
    const ready = await fetch(url('/health/ready')).catch(() => null);
    if (ready?.status === 200) {
      startsMs.push(performance.now() - startedAt);
      return child;
    }
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the service does not serve');
};

const post = async (path: string, key: string, body: object): Promise<Answer> => {
  const answer = await fetch(url(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
};

const slugOf = (desk: number): string => `crash-${desk % incidents}`;

let minute = 0;

/** Each figure of a report in a cell of its own, so that half a report could be told from a whole one. */
const report = (desk: number, figures: number): object => {
  minute += 1;
  const at = new Date(Date.UTC(2020, 0, 1) + minute * 60_000).toISOString();
  return {
    outlet: 'Wire',
    publishedAt: at,
    attribution: [{ name: `Hospital ${desk}`, kind: 'organisation' }],
    figures: Array.from({ length: figures }, (_, n) => ({
      measure: 'killed',
      group: 'people',
      breakdown: { role: `role-${n}` },
      quantity: { kind: 'atLeast', value: minute },
    })),
  };
};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tollbook-crash-'));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  probe.close();
  await once(probe, 'close');
  service = await start();
  for (let n = 0; n < incidents; n += 1)
    await post('/v1/incidents', `open-${n}`, {
      slug: slugOf(n),
      title: 'Crash',
      place: 'Here',
      from: '2020-01-01',
      groups: [{ id: 'people', side: 'victims' }],
    });
  const reports = Math.ceil(eventsBefore / 401);
  for (let n = 0; n < reports; n += 1) await post(`/v1/incidents/${slugOf(n)}/reports`, `fill-${n}`, report(n, 400));
}, 120_000);

afterAll(() => {
  service?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

describe('kill -9 at any moment of a filing loop', () => {
  it(`loses no acknowledged figure and leaves no half report, ${rounds} times`, async () => {
    /** Reports by idempotency key: as answered, or `null` where the service died before it answered. */
    const filed = new Map<string, { slug: string; body: object; answer: Answer | null }>();

    for (let round = 0; round < rounds; round += 1) {
      let stopped = false;
      const desk = async (which: number): Promise<void> => {
        for (let n = 0; !stopped; n += 1) {
          const key = `round-${round}-desk-${which}-${n}`;
          const body = report(which, figuresAReport);
          filed.set(key, { slug: slugOf(which), body, answer: null });
          const answer = await post(`/v1/incidents/${slugOf(which)}/reports`, key, body).catch(() => null);
          if (answer === null) return;
          expect(answer.status).toBe(201);
          filed.set(key, { slug: slugOf(which), body, answer });
        }
      };
      const running = Promise.all(Array.from({ length: desks }, (_, which) => desk(which)));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * killWithinMs));
      const gone = service === null ? null : once(service, 'exit');
      service?.kill('SIGKILL');
      await gone;
      stopped = true;
      await running;
      service = await start();

      for (const [key, { slug, body, answer }] of filed) {
        if (answer !== null) {
          const stored = await fetch(url(`/v1/incidents/${slug}/reports/${answer.body.id}`));
          expect(stored.status).toBe(200);
          const { figures } = (await stored.json()) as { figures: { id: string }[] };
          expect(figures.map((figure) => figure.id)).toEqual(answer.body.figures.map((figure) => figure.id));
          filed.delete(key);
          continue;
        }
        // Nobody knows whether it was stored: the desk sends it again, and it is there once and whole.
        const again = await post(`/v1/incidents/${slug}/reports`, key, body);
        expect(again.status).toBe(201);
        expect(again.body.figures).toHaveLength(figuresAReport);
        filed.set(key, { slug, body, answer: again });
      }
    }

    // In the end every report is whole: as many figures follow as it says.
    for (let n = 0; n < incidents; n += 1) {
      const events = await fetch(url(`/v1/incidents/${slugOf(n)}/events`), {
        headers: { accept: 'application/x-ndjson' },
      });
      const announced = new Map<string, number>();
      const found = new Map<string, number>();
      const keys = new Set<string>();
      for (const line of (await events.text()).split('\n')) {
        if (line === '') continue;
        const { type, data } = JSON.parse(line) as {
          type: string;
          data: { report: string; figures: number; figure: string };
        };
        if (type === 'tollbook.ReportFiled.v1') announced.set(data.report, data.figures);
        if (type !== 'tollbook.FigureReported.v1') continue;
        expect(keys.has(data.figure)).toBe(false);
        keys.add(data.figure);
        found.set(data.report, (found.get(data.report) ?? 0) + 1);
      }
      expect(announced.size).toBeGreaterThan(0);
      expect(found).toEqual(announced);
    }
    process.stdout.write(
      `serving again after kill -9: median ${Math.round(startsMs.toSorted((a, b) => a - b)[rounds >> 1] ?? 0)} ms, ` +
        `longest ${Math.round(Math.max(...startsMs))} ms\n`,
    );
  }, 240_000);
});
