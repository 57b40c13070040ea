import { afterEach, describe, expect, test } from '@jest/globals';
import type { Tollbook, TollbookOptions } from '../../src/filing/open-tollbook.js';
import { FakeReader } from '../support/feed-client.js';
import { MemoryLog } from '../support/memory-log.js';
import { done, nthReport, Opened, openIncident, request, tallyJson, until } from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

const slug = 'x-2020';

const start = async (options: Partial<TollbookOptions> = {}): Promise<{ log: MemoryLog; tollbook: Tollbook }> => {
  const log = new MemoryLog();
  const tollbook = await opened.tollbook(log, options);
  for (const each of [slug, 'y-2020']) done(await tollbook.desk.execute(each, openIncident(each), request()));
  await tollbook.projector.waitFor(await log.head(), 5_000);
  return { log, tollbook };
};

const attach = async (
  tollbook: Tollbook,
  lastEventId: string | null = null,
  incidents: readonly string[] | 'all' = [slug],
): Promise<{ reader: FakeReader; detach: () => void }> => {
  const admitted = await tollbook.hub.admit({ incidents, lastEventId });
  if (admitted.kind !== 'admitted') throw new Error(JSON.stringify(admitted));
  const reader = new FakeReader();
  return { reader, detach: admitted.start(reader) };
};

const file = async (tollbook: Tollbook, from: number, to: number): Promise<void> => {
  for (let n = from; n <= to; n += 1) done(await tollbook.desk.execute(slug, nthReport(n), request()));
};

describe('a first connect', () => {
  test('gets the tally with the id of its position, then each filing with its own', async () => {
    const { log, tollbook } = await start();
    const { reader } = await attach(tollbook);
    await until(() => reader.events.length === 1);
    expect(reader.events[0]).toMatchObject({ event: 'snapshot', id: `${log.epoch}:1` });
    expect(JSON.stringify(reader.events[0]?.data)).toBe(await tallyJson(tollbook, slug));
    await file(tollbook, 1, 2);
    await until(() => reader.events.length === 3);
    expect(reader.events.slice(1).map(({ event, id }) => [event, id])).toEqual([
      ['revision', `${log.epoch}:4`],
      ['revision', `${log.epoch}:6`],
    ]);
    expect(Object.keys(reader.events[1]?.data as object)).toEqual([
      'incident',
      'position',
      'revisions',
      'cells',
      'contradictions',
    ]);
  });

  test('of several gets one snapshot each, of which the last alone has an id', async () => {
    const { log, tollbook } = await start();
    for (const incidents of [[slug, 'y-2020'], 'all'] as const) {
      const { reader } = await attach(tollbook, null, incidents);
      await until(() => reader.events.length === 2);
      expect(reader.events.map(({ id }) => id)).toEqual([null, `${log.epoch}:2`]);
    }
  });

  test('of an incident that is not there is refused before anything is sent', async () => {
    const { tollbook } = await start();
    expect(await tollbook.hub.admit({ incidents: [slug, 'nobody'], lastEventId: null })).toMatchObject({
      kind: 'refused',
      refusal: { code: 'incident-not-found' },
    });
  });
});

describe('a resumption', () => {
  test('gets what it missed and nothing else, also from a service started anew', async () => {
    const { log, tollbook } = await start();
    await file(tollbook, 1, 4);
    const restarted = await opened.tollbook(new MemoryLog(log.store));
    for (const service of [tollbook, restarted]) {
      await service.projector.waitFor(await log.head(), 5_000);
      const { reader } = await attach(service, `${log.epoch}:6`);
      await until(() => reader.events.length === 2);
      expect(reader.events.map(({ event, id }) => [event, id])).toEqual([
        ['revision', `${log.epoch}:8`],
        ['revision', `${log.epoch}:10`],
      ]);
    }
  });

  test.each([
    ['of another epoch', () => 'another:1', 'epoch'],
    ['that is none', () => '41', 'epoch'],
    ['with a position that is none', (epoch: string) => `${epoch}:-1`, 'epoch'],
    ['ahead of the log', (epoch: string) => `${epoch}:999`, 'ahead'],
    ['older than what is kept', (epoch: string) => `${epoch}:2`, 'tooOld'],
  ])('with an id %s gets a reset and a snapshot, never silence', async (_, id, reason) => {
    const { log, tollbook } = await start({ framesKeptMax: 2 });
    await file(tollbook, 1, 4);
    await tollbook.projector.waitFor(await log.head(), 5_000);
    const { reader } = await attach(tollbook, id(log.epoch));
    await until(() => reader.events.length === 2);
    expect(reader.events).toEqual([
      { event: 'reset', id: '', data: { reason } },
      { event: 'snapshot', id: `${log.epoch}:10`, data: JSON.parse(await tallyJson(tollbook, slug)) as unknown },
    ]);
  });
});

test('all readers are given the very same bytes', async () => {
  const { tollbook } = await start();
  const readers = await Promise.all(Array.from({ length: 50 }, () => attach(tollbook)));
  await until(() => readers.every(({ reader }) => reader.chunks.length === 1));
  await file(tollbook, 1, 1);
  await until(() => readers.every(({ reader }) => reader.chunks.length === 2));
  expect(new Set(readers.map(({ reader }) => reader.chunks[1])).size).toBe(1);
});

test('a slow reader is let go past the bound, and the others are not held up', async () => {
  const { log, tollbook } = await start({ unsentBytesMax: 8_000 });
  const [slow, fast] = [await attach(tollbook), await attach(tollbook)];
  await until(() => slow.reader.chunks.length === 1);
  slow.reader.stalled = true;
  await file(tollbook, 1, 20);
  await until(() => fast.reader.events.length === 21);
  expect([slow.reader.closed, fast.reader.closed]).toEqual([true, false]);
  expect(slow.reader.unsentBytes()).toBeLessThan(8_000 + 4_000);
  // It comes back for the rest.
  const again = await attach(tollbook, slow.reader.events.at(-1)?.id);
  const seen = slow.reader.events.length;
  await until(() => seen + again.reader.events.length === 21);
  expect(again.reader.events.at(-1)?.id).toBe(`${log.epoch}:${await log.head()}`);
});

test('a snapshot larger than the bound reaches a reader that takes its time', async () => {
  const { tollbook } = await start({ unsentBytesMax: 500 });
  await file(tollbook, 1, 3);
  const admitted = await tollbook.hub.admit({ incidents: [slug], lastEventId: null });
  const reader = new FakeReader();
  reader.stalled = true;
  if (admitted.kind === 'admitted') admitted.start(reader);
  await until(() => reader.events.length === 1);
  expect(reader.text.length).toBeGreaterThan(500);
  expect(reader.closed).toBe(false);
  reader.flow();
});

test('heartbeats are comments without an id', async () => {
  const { tollbook } = await start();
  const { reader } = await attach(tollbook);
  await until(() => reader.chunks.length === 1);
  tollbook.hub.beat();
  expect(reader.chunks[1]?.toString()).toBe(': heartbeat\n\n');
});

test('a shutdown sends everyone away for a time of its own, and lets nobody in', async () => {
  let next = 0;
  const { tollbook } = await start({ random: () => (next += 0.125), reconnectSpreadMs: 8_000 });
  const readers = [await attach(tollbook), await attach(tollbook)];
  await until(() => readers.every(({ reader }) => reader.chunks.length === 1));
  next = 0;
  await tollbook.hub.drain();
  expect(readers.map(({ reader }) => reader.chunks.at(-1)?.toString())).toEqual(['retry: 1000\n\n', 'retry: 2000\n\n']);
  expect(readers.every(({ reader }) => reader.closed)).toBe(true);
  expect(tollbook.hub.readerCount).toBe(0);
  expect((await tollbook.hub.admit({ incidents: [slug], lastEventId: null })).kind).toBe('unavailable');
});

test('who leaves is forgotten', async () => {
  const { tollbook } = await start();
  const { reader, detach } = await attach(tollbook, null, 'all');
  await until(() => reader.events.length === 2);
  detach();
  await file(tollbook, 1, 2);
  expect([reader.events.length, tollbook.hub.readerCount, tollbook.hub.isFollowed(slug)]).toEqual([2, 0, false]);
});

test('an explanation given later sends the revision again', async () => {
  const { tollbook } = await start();
  await file(tollbook, 1, 1);
  const { reader } = await attach(tollbook);
  const target = await tollbook.reader.revisionTarget(slug, '1');
  if (target.kind !== 'found') throw new Error(target.kind);
  const reason = 'doubleCount' as const;
  done(await tollbook.desk.execute(slug, { kind: 'explainRevision', ...target.body, reason }, request()));
  await until(() => reader.events.length === 2);
  expect(reader.events[1]?.data).toMatchObject({
    revisions: [{ number: '1', position: '4', explanation: { reason } }],
  });
});

test('a subscription that dies is taken up again, without gap or double', async () => {
  const { log, tollbook } = await start({ random: () => 0 });
  const { reader } = await attach(tollbook);
  await until(() => reader.events.length === 1);
  await file(tollbook, 1, 2);
  log.away = true;
  log.wake();
  await until(async () => (await tollbook.projector.status()).status === 'down');
  log.away = false;
  await file(tollbook, 3, 4);
  await until(() => reader.events.length === 5);
  expect(reader.events.map(({ id }) => id?.split(':')[1])).toEqual(['1', '4', '6', '8', '10']);
  await until(async () => (await tollbook.projector.status()).status === 'ok');
});
