import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFeed } from './feed-reader.js';
import { figure, incident, report, reportsPath, slug, tallyPath } from './fixtures.js';
import { startTestService, type TestService } from './service.js';

let service: TestService;
const feedPath = `/v1/incidents/${slug}/feed`;

beforeAll(async () => {
  service = await startTestService();
  for (const one of [slug, 'y-2014']) await service.must('POST', '/v1/incidents', { body: { ...incident, slug: one } });
});
afterAll(() => service.close());

let minute = 0;
/** Files one more report, later than those before, and gives its position. */
const file = async (value: number, path = reportsPath): Promise<string> => {
  minute += 1;
  const publishedAt = new Date(Date.UTC(2013, 0, 18, 5, minute)).toISOString();
  const answer = await service.call('POST', path, {
    body: report({ publishedAt, statedAt: publishedAt, figures: [figure(value)] }),
  });
  expect(answer.status).toBe(201);
  return String(answer.body['position']);
};

describe('the feed of one incident', () => {
  it('says what it is, sends the tally and then each filing', async () => {
    await file(10);
    const feed = readFeed(service.url, feedPath, { 'x-request-id': 'feed-1' });
    const head = await feed.head;
    expect(head).toMatch(/^HTTP\/1\.1 200 OK/u);
    for (const line of [
      'content-type: text/event-stream; charset=utf-8',
      'cache-control: no-cache, no-transform',
      'x-accel-buffering: no',
      'x-request-id: feed-1',
      'x-content-type-options: nosniff',
    ])
      expect(head.toLowerCase()).toContain(line);
    expect(head.toLowerCase()).not.toContain('transfer-encoding');
    const [snapshot] = await feed.have(1);
    const tally = await service.call('GET', tallyPath);
    expect(snapshot).toMatchObject({ event: 'snapshot', data: tally.body });
    const position = await file(11);
    const [, revision] = await feed.have(2);
    expect(revision).toMatchObject({ event: 'revision', data: { incident: slug, position } });
    expect(revision!.id).toMatch(new RegExp(`^[^:]+:${position}$`, 'u'));
    expect(Object.keys(revision!.data).slice(0, 5)).toEqual([
      'incident',
      'position',
      'revisions',
      'cells',
      'contradictions',
    ]);
    feed.close();
  });

  it.each(['last-event-id', 'last_event_id'])('resumes by %s with what was missed, and nothing else', async (way) => {
    const feed = readFeed(service.url, feedPath);
    const [snapshot] = await feed.have(1);
    const id = snapshot!.id!;
    feed.close();
    const missed = [await file(20 + minute), await file(30 + minute)];
    const again =
      way === 'last-event-id'
        ? readFeed(service.url, feedPath, { 'last-event-id': id })
        : readFeed(service.url, `${feedPath}?last_event_id=${encodeURIComponent(id)}`);
    await again.have(2);
    const live = await file(40 + minute);
    const events = await again.have(3);
    expect(events.map(({ event, data }) => [event, data['position']])).toEqual(
      [...missed, live].map((position) => ['revision', position]),
    );
    again.close();
  });

  it.each([
    ['another epoch', 'other:1', 'epoch'],
    ['no cursor at all', 'hello', 'epoch'],
  ])('starts over from %s', async (_what, id, reason) => {
    const feed = readFeed(service.url, feedPath, { 'last-event-id': id });
    const [reset, snapshot] = await feed.have(2);
    expect(reset).toMatchObject({ event: 'reset', data: { reason } });
    expect(snapshot).toMatchObject({ event: 'snapshot' });
    feed.close();
  });

  it('starts over from a cursor ahead of the log', async () => {
    const epoch = (await service.call('GET', '/health/ready')).body['epoch'];
    const feed = readFeed(service.url, feedPath, { 'last-event-id': `${String(epoch)}:999999` });
    expect((await feed.have(2))[0]).toMatchObject({ event: 'reset', data: { reason: 'ahead' } });
    feed.close();
  });

  it('counts its readers, and forgets those that leave', async () => {
    const feed = readFeed(service.url, feedPath);
    await feed.have(1);
    const readers = async (): Promise<string> =>
      /tollbook_feed_readers (?<count>\d+)/u.exec((await service.call('GET', '/metrics')).text)?.groups?.['count'] ??
      '';
    expect(Number(await readers())).toBeGreaterThanOrEqual(1);
    feed.socket.resetAndDestroy();
    await expectSoon(async () => expect(await readers()).toBe('0'));
  });
});

describe('the feed of several incidents', () => {
  it.each(['/v1/feed', `/v1/feed?incidents=${slug},y-2014`])(
    '%s sends each tally, then both as they change',
    async (path) => {
      const feed = readFeed(service.url, path);
      const snapshots = await feed.have(2);
      expect(snapshots.map(({ data }) => String(data['incident'])).toSorted()).toEqual([slug, 'y-2014']);
      expect(snapshots.map(({ id }) => id === null)).toEqual([true, false]);
      await file(50 + minute);
      await file(60 + minute, '/v1/incidents/y-2014/reports');
      const events = await feed.have(4);
      expect(events.slice(2).map(({ data }) => data['incident'])).toEqual([slug, 'y-2014']);
      feed.close();
    },
  );
});

describe('a feed connection', () => {
  it('is kept alive by comments without an id', async () => {
    const beating = await startTestService({}, { feed: { heartbeatMs: 20 } });
    await beating.must('POST', '/v1/incidents', { body: incident });
    const feed = readFeed(beating.url, feedPath);
    await feed.have(1);
    await expectSoon(() => {
      expect(
        feed
          .text()
          .split('\n')
          .filter((line) => line.startsWith(':')).length,
      ).toBeGreaterThan(2);
      return Promise.resolve();
    });
    expect(feed.text().match(/^id:/gmu)).toHaveLength(1);
    feed.close();
    await beating.close();
  });

  it('that takes nothing is ended, and holds nobody up', async () => {
    const bounded = await startTestService({}, { feed: { unsentBytesMax: 64 * 1024 } });
    await bounded.must('POST', '/v1/incidents', { body: incident });
    const slow = readFeed(bounded.url, feedPath);
    const quick = readFeed(bounded.url, feedPath);
    await Promise.all([slow.have(1), quick.have(1)]);
    slow.socket.pause();
    // Each filing changes many cells, so that its frame is large; the system's own buffers take the first ones.
    let sent = 0;
    for (; sent < 60; sent += 1) {
      const figures = Array.from({ length: 200 }, (_, n) => figure(sent + 1, { breakdown: { place: `place-${n}` } }));
      const publishedAt = new Date(Date.UTC(2013, 0, 19, 0, sent)).toISOString();
      await bounded.must('POST', reportsPath, { body: report({ publishedAt, statedAt: publishedAt, figures }) });
      await quick.have(sent + 2);
      if (/tollbook_feed_readers 1\n/u.test((await bounded.call('GET', '/metrics')).text)) break;
    }
    expect(sent).toBeLessThan(60);
    await bounded.must('POST', reportsPath, { body: report({ url: 'https://a.example/last' }) });
    await quick.have(sent + 3);
    slow.socket.resume();
    await slow.ended;
    expect(slow.events.length).toBeLessThan(quick.events.length);
    quick.close();
    await bounded.close();
  });
});

describe('the end', () => {
  it('tells readers to come back at times of their own, finishes, and closes the log', async () => {
    const ending = await startTestService();
    await ending.call('POST', '/v1/incidents', { body: incident });
    const feeds = [1, 2, 3].map(() => readFeed(ending.url, feedPath));
    for (const feed of feeds) await feed.have(1);
    await ending.close();
    await Promise.all(feeds.map(({ ended }) => ended));
    const retries = feeds.map((feed) => /retry: (?<ms>\d+)\n/u.exec(feed.text())?.groups?.['ms']);
    expect(retries.every((ms) => ms !== undefined && Number(ms) <= 10_000)).toBe(true);
    expect(new Set(retries).size).toBeGreaterThan(1);
    await expect(ending.call('GET', '/health/live')).rejects.toThrow(/ECONNREFUSED/u);
  });

  it('says first that it is not ready', async () => {
    const ending = await startTestService({ shutdownDelaySeconds: 1 });
    const closing = ending.close();
    await expectSoon(async () => expect((await ending.call('GET', '/health/ready')).status).toBe(503));
    expect((await ending.call('GET', '/health/live')).status).toBe(200);
    await closing;
  });

  it('keeps everything over a restart', async () => {
    const first = await startTestService();
    await first.call('POST', '/v1/incidents', { body: incident });
    const headers = { 'idempotency-key': 'over-a-restart' };
    const filed = await first.call('POST', reportsPath, { body: report(), headers });
    const tally = await first.call('GET', tallyPath);
    await first.app.close();
    const second = await startTestService({}, { directory: first.directory });
    const again = await second.call('GET', tallyPath, { headers: { 'if-none-match': tally.headers.etag! } });
    expect(again.status).toBe(304);
    const repeated = await second.call('POST', reportsPath, { body: report(), headers });
    expect([repeated.status, repeated.text, repeated.headers['idempotency-replayed']]).toEqual([
      201,
      filed.text,
      'true',
    ]);
    expect((await second.call('GET', '/v1/incidents')).body['data']).toHaveLength(1);
    await second.close();
  });
});

const expectSoon = async (check: () => Promise<void>): Promise<void> => {
  for (let tries = 0; ; tries += 1) {
    try {
      await check();
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};
