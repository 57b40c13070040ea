import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Call } from '../../src/cli/call.js';
import { streamOf } from '../../src/domain/event-codec.js';
import { eventChecksum } from '../../src/log/embedded/checksum.js';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { answerOf, runHere } from './fake-terminal.js';
import { freePort, serve, tollbook } from './process.js';

/* Rebuilding, and incidents that are set aside, as an operator sees them; against a service and without one. */

const sample = 'in-amenas-2013';
const bad = 'poisoned-2020';

let directory: string;
let port: string;

const opened = (slug: string): string =>
  JSON.stringify({ slug, title: 'T', place: 'P', from: '2020-01-01', groups: [{ id: 'g', side: 'victims' }] });

/** An event as a version to come may write it. */
const writePoison = async (): Promise<void> => {
  const log = await openEmbeddedLog({ directory });
  const meta = {
    recordedAt: '2026-01-01T00:00:00.000Z',
    filing: randomUUID(),
    place: 0,
    size: 1,
    desk: 'night',
    person: null,
    correlationId: 'c',
  };
  const event = { id: randomUUID(), type: 'IncidentClosed.v9', data: { reason: 'over' }, meta };
  await log.append(streamOf(bad), 0n, [event]);
  await log.close();
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollbook-operate-'));
  port = await freePort();
  for (const { code, err } of [await run(['sample']), await run(['incident', 'open', '-'], opened(bad))])
    if (code !== 0) throw new Error(err);
  await writePoison();
}, 60_000);

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

const run = (args: readonly string[], input?: string) =>
  tollbook(args, { TOLLBOOK_LOG: `embedded:${directory}`, TOLLBOOK_PORT: port }, input);

const check = async (at: readonly string[]): Promise<void> => {
  const tally = (await run([...at, 'tally', sample, '--json'])).out;
  expect(await run([...at, 'poisoned', 'list'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/INCIDENT +POSITION +WHY\npoisoned-2020 +\d+ +event .*IncidentClosed\.v9.* not known/u),
  });
  const listed = JSON.parse((await run([...at, 'poisoned', 'list', '--json'])).out) as { data: { incident: string }[] };
  expect(listed.data.map(({ incident }) => incident)).toEqual([bad]);
  const retried = await run([...at, 'poisoned', 'retry', bad]);
  expect(retried).toMatchObject({ code: 1, out: '' });
  expect(retried.err).toMatch(/stands still as before.*position \d+.*Upgrade/u);
  expect((await run([...at, 'poisoned', 'retry', sample])).out).toContain('is not set aside');
  const rebuilt = await run([...at, 'rebuild']);
  expect(rebuilt).toMatchObject({ code: 0, err: '' });
  expect(rebuilt.out).toMatch(/made anew, up to position \d+\.\n1 incident set aside/u);
  expect(JSON.parse((await run([...at, 'rebuild', '--json'])).out)).toMatchObject({ status: 'degraded', lagEvents: 0 });
  expect((await run([...at, 'tally', sample, '--json'])).out).toBe(tally);
};

describe('an incident that cannot be read', () => {
  test('is listed, retried and left aside, the rest rebuilt; the same with a service and without', async () => {
    await check([]);
    const service = await serve({ TOLLBOOK_LOG: `embedded:${directory}`, TOLLBOOK_PORT: '0' });
    try {
      await check(['--url', service.url]);
    } finally {
      await service.stop();
    }
    // As a version does that knows the type.
    const db = new DatabaseSync(join(directory, 'log.sqlite'));
    const row = db
      .prepare("SELECT position, stream, revision, rest, body FROM events WHERE body LIKE '%Closed.v9%'")
      .get();
    const [position, stream, revision, rest] = ['position', 'stream', 'revision', 'rest'].map((at) =>
      Number(row?.[at]),
    );
    const body = String(row?.['body']).replace('IncidentClosed.v9', 'IncidentClosed.v1');
    const checksum = eventChecksum(position!, stream!, revision!, rest!, body);
    db.prepare('UPDATE events SET body = ?, checksum = ? WHERE position = ?').run(body, checksum, position!);
    db.close();
    expect(await run(['poisoned', 'list'])).toMatchObject({ code: 0, out: 'No incident is set aside.\n' });
  }, 120_000);
});

describe('a rebuild', () => {
  test('shows how far it is where a person looks', async () => {
    const metrics = (reached: number): Answer => ({
      status: 200,
      headers: {},
      text: `tollbook_rebuild_position ${reached}\ntollbook_log_appended_to 900\n`,
    });
    const steps = [0, 300, 600];
    const rebuilt = Promise.withResolvers<Answer>();
    const call: Call = async (method, path) => {
      if (method === 'POST') return rebuilt.promise;
      expect(path).toBe('/metrics');
      const [step] = steps.splice(0, 1);
      if (steps.length === 0) rebuilt.resolve(answerOf({ status: 'ok', projectedTo: '900', poisoned: [] }, 201));
      return metrics(step ?? 900);
    };
    const connection = async () => ({ call, close: async () => {} });
    const { out, err } = await runHere(['rebuild'], { errIsTerminal: true }, connection);
    expect(out).toBe('The list of incidents was made anew, up to position 900.\n');
    expect(err).toContain('Positions read: 300 of 900');
    expect(err.endsWith('\r\u001b[2K')).toBe(true);
  });
});
