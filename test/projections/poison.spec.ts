import { afterEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { streamOf } from '../../src/domain/event-codec.js';
import type { Tollbook } from '../../src/filing/open-tollbook.js';
import { FakeReader } from '../support/feed-client.js';
import { MemoryLog } from '../support/memory-log.js';
import { done, nthReport, Opened, openIncident, request, tallyOf, until } from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

const recordedAt = '2026-01-01T00:00:00.000Z';

/** Appends an event to an incident as some other program would. */
const appended = async (log: MemoryLog, slug: string, type: string, data: unknown): Promise<void> => {
  let count = 0n;
  for await (const batch of log.readStream(streamOf(slug))) count += BigInt(batch.length);
  const meta = { recordedAt, filing: randomUUID(), place: 0, size: 1, desk: 'night', person: null, correlationId: 'c' };
  const result = await log.append(streamOf(slug), count - 1n, [{ id: randomUUID(), type, data, meta }]);
  expect(result.ok).toBe(true);
};

const poisons: [string, string, unknown][] = [
  ['of an unknown type', 'ThingHappened.v1', { thing: 1 }],
  ['of a version newer than this one knows', 'FigureReported.v99', { figure: 'f', report: 'r' }],
  ['that cannot be folded', 'FigureRetracted.v1', { figure: 'none', by: 'desk', reason: 'r' }],
];

const start = async (log: MemoryLog, viewsDirectory = opened.directory()): Promise<Tollbook> => {
  const tollbook = await opened.tollbook(log, { viewsDirectory });
  await tollbook.projector.caughtUp();
  return tollbook;
};

const check = async (log: MemoryLog, tollbook: Tollbook): Promise<void> => {
  await tollbook.projector.waitFor(await log.head(), 5_000);
  const status = await tollbook.projector.status();
  expect([status.status, status.poisoned]).toEqual([
    'degraded',
    [{ incident: 'bad', position: '5', error: expect.any(String) }],
  ]);
  // Readable at the last good filing, and saying so.
  const tally = await tallyOf(tollbook, 'bad');
  expect([tally.position, tally.cells[0]?.best?.low]).toEqual(['3', 1]);
  expect(tally.stale).toEqual({ position: '5', error: expect.any(String), since: recordedAt });
  expect(await tollbook.desk.execute('bad', nthReport(9), request())).toMatchObject({
    kind: 'unavailable',
    reason: 'poisoned',
  });
  // Everything else goes on.
  done(await tollbook.desk.execute('good', nthReport(2), request()));
  expect((await tallyOf(tollbook, 'good')).stale).toBeNull();
  const list = await tollbook.reader.incidents({});
  const rows = list.kind === 'found' ? (list.body.data as { slug: string; position: string }[]) : [];
  expect(rows.map(({ slug }) => slug).sort()).toEqual(['bad', 'good']);
  expect(rows.find(({ slug }) => slug === 'bad')?.position).toBe('3');
};

test.each(poisons)('an event %s stops its own incident alone, live and from the start', async (_, type, data) => {
  const log = new MemoryLog();
  const viewsDirectory = opened.directory();
  const tollbook = await start(log, viewsDirectory);
  done(await tollbook.desk.execute('bad', openIncident('bad'), request()));
  done(await tollbook.desk.execute('bad', nthReport(1), request()));
  done(await tollbook.desk.execute('good', openIncident('good'), request()));
  await appended(log, 'bad', type, data);
  await until(async () => (await tollbook.projector.status()).poisoned.length > 0, 'the poison');
  await check(log, tollbook);
  await tollbook.close();
  // After a restart from the checkpoint, which is beyond the event; and from nothing.
  await check(log, await start(new MemoryLog(log.store), viewsDirectory));
  await check(log, await start(new MemoryLog(log.store)));
});

test('a feed shows the tally as it stands, and goes on with the others', async () => {
  const log = new MemoryLog();
  const tollbook = await start(log);
  for (const slug of ['bad', 'good']) done(await tollbook.desk.execute(slug, openIncident(slug), request()));
  await appended(log, 'bad', 'ThingHappened.v1', {});
  await tollbook.projector.waitFor(await log.head(), 5_000);
  const admitted = await tollbook.hub.admit({ incidents: ['bad', 'good'], lastEventId: null });
  const reader = new FakeReader();
  if (admitted.kind === 'admitted') admitted.start(reader);
  await until(() => reader.events.length === 2, 'snapshots');
  expect(reader.events[0]?.data).toMatchObject({ incident: 'bad', position: '1', stale: { position: '3' } });
  done(await tollbook.desk.execute('good', nthReport(1), request()));
  await until(() => reader.events.length === 3, 'a frame');
  expect(reader.events[2]?.data).toMatchObject({ incident: 'good', position: '5' });
});

test('who has a feed open, or comes back to it, is told that an incident stands still', async () => {
  const log = new MemoryLog();
  const tollbook = await start(log);
  done(await tollbook.desk.execute('bad', openIncident('bad'), request()));
  done(await tollbook.desk.execute('bad', nthReport(1), request()));
  const read = async (lastEventId: string | null): Promise<FakeReader> => {
    const admitted = await tollbook.hub.admit({ incidents: ['bad'], lastEventId });
    const reader = new FakeReader();
    if (admitted.kind === 'admitted') admitted.start(reader);
    return reader;
  };
  const open = await read(null);
  await until(() => open.events.length === 1, 'the snapshot');
  expect(open.events[0]?.data).toMatchObject({ position: '3', stale: null });
  await appended(log, 'bad', 'ThingHappened.v1', {});
  await appended(log, 'bad', 'ThingHappened.v1', {});
  await until(() => open.events.length === 3, 'the snapshot anew');
  expect(open.events.map(({ event }) => event)).toEqual(['snapshot', 'reset', 'snapshot']);
  expect(open.events[2]?.data).toMatchObject({ position: '3', stale: { position: '4' } });
  const back = await read(`${log.epoch}:3`);
  await until(() => back.events.length === 2, 'the snapshot instead of nothing');
  expect(back.events.map(({ event }) => event)).toEqual(['reset', 'snapshot']);
  expect(back.events[1]?.data).toMatchObject({ stale: { position: '4' } });
  // Told once, however much is added that cannot be read.
  await tollbook.projector.waitFor(await log.head(), 5_000);
  expect(open.events.length).toBe(3);
});

test('a retry takes an incident up again once its events can be read', async () => {
  const log = new MemoryLog();
  const tollbook = await start(log);
  done(await tollbook.desk.execute('bad', openIncident('bad'), request()));
  done(await tollbook.desk.execute('bad', nthReport(1), request()));
  await appended(log, 'bad', 'ThingHappened.v1', {});
  await until(async () => (await tollbook.projector.status()).poisoned.length > 0, 'the poison');
  expect(await tollbook.projector.retryPoisoned('bad')).toMatchObject({ kind: 'stillPoisoned', position: '4' });
  expect(await tollbook.projector.retryPoisoned('good')).toEqual({ kind: 'notPoisoned' });
  const admitted = await tollbook.hub.admit({ incidents: ['bad'], lastEventId: null });
  const reader = new FakeReader();
  if (admitted.kind === 'admitted') admitted.start(reader);
  // As if a newer version knew the type: the stored event becomes one that can be read.
  const row = log.store.rows[3]!;
  const body = row.body
    .replace('ThingHappened.v1', 'IncidentClosed.v1')
    .replace('"data":{}', '"data":{"reason":"over"}');
  Object.assign(row, { body });
  expect(await tollbook.projector.retryPoisoned('bad')).toEqual({ kind: 'recovered' });
  expect((await tallyOf(tollbook, 'bad')).position).toBe('4');
  await until(() => reader.events.length === 3, 'the snapshot anew');
  expect(reader.events.map(({ event }) => event)).toEqual(['snapshot', 'reset', 'snapshot']);
  expect((await tollbook.projector.status()).poisoned).toEqual([]);
});

test('a stream that the log refuses to read stops its own incident alone', async () => {
  const log = new MemoryLog();
  const elsewhere = await start(log);
  for (const slug of ['bad', 'good']) done(await elsewhere.desk.execute(slug, openIncident(slug), request()));
  const own = new MemoryLog(log.store);
  own.damaged = streamOf('bad');
  const tollbook = await start(own);
  // Another instance files to both; this one has neither in memory, and can read one.
  for (const slug of ['bad', 'good']) done(await elsewhere.desk.execute(slug, nthReport(1), request()));
  const head = await log.head();
  expect(await tollbook.projector.waitFor(head, 5_000)).toBe(true);
  expect((await tallyOf(tollbook, 'good')).cells[0]?.best?.low).toBe(1);
  const status = await tollbook.projector.status();
  expect(status.projectedTo).toBe(String(head));
  expect(status.poisoned).toMatchObject([{ incident: 'bad', error: expect.stringContaining('damaged') }]);
});
