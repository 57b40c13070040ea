import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FakeCluster } from '../log/fake-kurrentdb/fake-cluster.js';
import { FakeKurrentDb } from '../log/fake-kurrentdb/fake-kurrentdb.js';
import { FakeStore } from '../log/fake-kurrentdb/store.js';
import { readFeed, type FeedReading } from './feed-reader.js';
import { figure, incident, report, reportsPath, slug, tallyPath } from './fixtures.js';
import { startTestService, type Answer, type TestService } from './service.js';

/*
 * The whole service on a KurrentDB, which here is the fake: what a desk and a reader notice of its outages, and of
 * there being two instances.
 */

const feedPath = `/v1/incidents/${slug}/feed`;
/** Within which a service must be of use again, in ms. */
const recoveryMs = 20_000;
const testTimeoutMs = 60_000;

const views: string[] = [];
const running: TestService[] = [];
const feeds: FeedReading[] = [];

const start = async (url: string): Promise<TestService> => {
  const directory = await mkdtemp(join(tmpdir(), 'tollbook-http-kurrentdb-'));
  views.push(directory);
  const settings = { log: { kind: 'kurrentdb', url }, viewsDirectory: directory } as const;
  const service = await startTestService(settings, { directory, feed: { heartbeatMs: 100 } });
  running.push(service);
  return service;
};

const follow = (service: TestService, headers: Readonly<Record<string, string>> = {}): FeedReading => {
  const feed = readFeed(service.url, feedPath, headers);
  feeds.push(feed);
  return feed;
};

afterEach(async () => {
  for (const feed of feeds.splice(0)) feed.close();
  await Promise.all(running.splice(0).map((service) => service.close()));
  await Promise.all(views.splice(0).map((directory) => rm(directory, { recursive: true, force: true })));
}, testTimeoutMs);

let minute = 0;
/** One more report, later than those before. */
const oneMore = (value: number): Record<string, unknown> => {
  minute += 1;
  const publishedAt = new Date(Date.UTC(2013, 0, 18, 5, minute)).toISOString();
  return report({ publishedAt, statedAt: publishedAt, figures: [figure(value)] });
};

const file = (service: TestService, key: string, body: Record<string, unknown>): Promise<Answer> =>
  service.call('POST', reportsPath, { body, headers: { 'idempotency-key': key } });

/** As a desk does it: the same again until it is taken, on whichever instance. */
const fileUntilTaken = async (
  services: readonly TestService[],
  key: string,
  body: Record<string, unknown>,
): Promise<Answer> => {
  const until = Date.now() + recoveryMs;
  for (let attempt = 0; ; attempt += 1) {
    const answer = await file(services[attempt % services.length]!, key, body);
    if (answer.status === 201) return answer;
    if (answer.status !== 503 || Date.now() > until) throw new Error(`${answer.status} ${answer.text}`);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/u);
    await delay(50);
  }
};

const until = async (condition: () => Promise<boolean> | boolean): Promise<void> => {
  const end = Date.now() + recoveryMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('waited in vain');
    await delay(20);
  }
};

const ready = async (service: TestService): Promise<number> => (await service.call('GET', '/health/ready')).status;

/** Figures as filed, from the log's events. */
const figuresOf = async (service: TestService): Promise<string[]> => {
  const figures: string[] = [];
  let path: string | undefined = `/v1/incidents/${slug}/figures?limit=100`;
  while (path !== undefined) {
    const page: Answer = await service.must('GET', path);
    figures.push(...(page.body['data'] as { id: string }[]).map(({ id }) => id));
    path = /<(?<next>[^>]+)>; rel="next"/u.exec(String(page.headers['link'] ?? ''))?.groups?.['next'];
  }
  return figures;
};

const idsIn = ({ body }: Answer): string[] => (body['figures'] as { id: string }[]).map(({ id }) => id);

const revisions = (feed: FeedReading): string[] =>
  feed.events.flatMap(({ event, data }) => (event === 'revision' ? [String(data['position'])] : []));

describe('the service on a KurrentDB', () => {
  let fake: FakeKurrentDb;

  beforeEach(async () => {
    fake = await FakeKurrentDb.start();
    minute = 0;
  });
  afterEach(() => fake.close(), testTimeoutMs);

  it(
    'files, tallies and feeds; while the log is away it says so and when to come back, and feeds go on after',
    async () => {
      const service = await start(fake.connectionString);
      await service.must('POST', '/v1/incidents', { body: incident });
      const first = await file(service, 'first', oneMore(10));
      expect(first.status).toBe(201);
      const feed = follow(service);
      await feed.have(1);
      const before = await service.must('GET', tallyPath);

      await fake.kill();
      // What is known is still told.
      expect((await service.must('GET', tallyPath)).body).toEqual(before.body);
      const body = oneMore(11);
      const refused = await file(service, 'second', body);
      expect(refused.status).toBe(503);
      expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/u);
      expect(refused.body).toMatchObject({ type: 'urn:tollbook:problem:log-unavailable', status: 503 });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(await ready(service)).toBe(503);
      // Also after what was refused.
      expect((await service.must('GET', tallyPath)).body).toEqual(before.body);
      const quiet = feed.text().length;
      await until(() => feed.text().length > quiet);

      await fake.comeBack();
      const second = await fileUntilTaken([service], 'second', body);
      expect(await file(service, 'second', body)).toMatchObject({ status: 201, text: second.text });
      await until(() => revisions(feed).length >= 1);
      expect(revisions(feed)).toEqual([String(second.body['position'])]);
      await until(async () => (await ready(service)) === 200);
      expect(await figuresOf(service)).toEqual(expect.arrayContaining([...idsIn(first), ...idsIn(second)]));
      expect(await figuresOf(service)).toHaveLength(2);
    },
    testTimeoutMs,
  );

  it(
    'stores a filing once whose outcome stayed unknown, and tells it to feeds once',
    async () => {
      const service = await start(fake.connectionString);
      await service.must('POST', '/v1/incidents', { body: incident });
      const feed = follow(service);
      await feed.have(1);
      const body = oneMore(12);
      for (let count = 0; count < 40; count += 1) fake.faults.appends.push({ kind: 'timeout', when: 'after' });
      const unknown = await file(service, 'unknown', body);
      fake.faults.appends.length = 0;
      const taken = await fileUntilTaken([service], 'unknown', body);
      expect([201, 503]).toContain(unknown.status);
      expect(await figuresOf(service)).toEqual(idsIn(taken));
      await until(() => revisions(feed).length > 0);
      await delay(200);
      expect(revisions(feed)).toEqual([String(taken.body['position'])]);
      // The key is that filing's, and no other's.
      expect((await file(service, 'unknown', oneMore(13))).status).toBe(422);
    },
    testTimeoutMs,
  );

  it(
    'answers a read within 5 s while it is not known whether a filing was stored',
    async () => {
      const service = await start(fake.connectionString);
      await service.must('POST', '/v1/incidents', { body: incident });
      await file(service, 'first', oneMore(10));
      for (let count = 0; count < 200; count += 1) fake.faults.appends.push({ kind: 'silence', when: 'before' });
      const arrived = fake.arrived.length;
      const body = oneMore(12);
      const filing = file(service, 'unknown', body);
      await until(() => fake.arrived.length > arrived);
      const startedAtMs = performance.now();
      const read = await service.call('GET', tallyPath);
      expect(performance.now() - startedAtMs).toBeLessThan(5_000);
      // Nothing that may not be on disk is told, and who asks is told when to come back.
      expect(read).toMatchObject({ status: 503, body: { type: 'urn:tollbook:problem:log-unavailable' } });
      expect(read.headers['retry-after']).toMatch(/^\d+$/u);
      fake.faults.appends.length = 0;
      expect([201, 503]).toContain((await filing).status);
      const taken = await fileUntilTaken([service], 'unknown', body);
      await until(async () => (await service.call('GET', tallyPath)).status === 200);
      expect(await figuresOf(service)).toHaveLength(1 + idsIn(taken).length);
    },
    testTimeoutMs,
  );

  it(
    'has its feeds go on after subscriptions that ended quietly or broke off',
    async () => {
      const service = await start(fake.connectionString);
      await service.must('POST', '/v1/incidents', { body: incident });
      const feed = follow(service);
      await feed.have(1);
      const positions: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        if (round % 2 === 0) fake.endSubscriptions();
        else fake.cutAll();
        const { body } = await fileUntilTaken([service], `round-${round}`, oneMore(20 + round));
        positions.push(String(body['position']));
      }
      await until(() => revisions(feed).length >= positions.length);
      expect(revisions(feed)).toEqual(positions);
    },
    testTimeoutMs,
  );

  it(
    'takes every desk’s filings once, while the server is killed, stopped and cut under them',
    async () => {
      const services = [await start(fake.connectionString)];
      await services[0]!.must('POST', '/v1/incidents', { body: incident });
      const feed = follow(services[0]!);
      await feed.have(1);
      const answers = await filedByDesks(services, async () => {
        for (const outage of ['kill', 'cut', 'stop', 'kill'] as const) {
          await delay(150);
          if (outage === 'cut') fake.cutAll();
          else {
            await (outage === 'kill' ? fake.kill() : fake.stop(200));
            await delay(100);
            await fake.comeBack();
          }
        }
      });
      await expectAllOnce(services, answers);
      await until(() => revisions(feed).length >= answers.length);
      expect(revisions(feed)).toEqual(inOrder(answers));
    },
    testTimeoutMs,
  );

  it(
    'refuses to go on with another store behind the same address, and says so',
    async () => {
      const service = await start(fake.connectionString);
      await service.must('POST', '/v1/incidents', { body: incident });
      await file(service, 'first', oneMore(10));
      await fake.kill();
      fake.store = new FakeStore();
      await fake.comeBack();
      const stored = fake.store.records.length;
      await until(async () => {
        const { status, body, headers } = await file(service, 'late', oneMore(11));
        expect(status).toBe(503);
        await delay(50);
        // Not for a while: somebody has to look after it.
        return headers['retry-after'] === '60' && body['type'] === 'urn:tollbook:problem:log-unavailable';
      });
      expect(await ready(service)).toBe(503);
      expect(fake.store.records.length).toBe(stored);
    },
    testTimeoutMs,
  );
});

const desks = 6;
const filingsEach = 8;

/** Desks that file at once, each one after the other, while something happens. */
const filedByDesks = async (services: readonly TestService[], meanwhile: () => Promise<void>): Promise<Answer[]> => {
  const answers: Answer[] = [];
  const filing = Array.from({ length: desks }, async (_, desk) => {
    for (let count = 0; count < filingsEach; count += 1) {
      // Each begins with another instance.
      const order = services.map((_each, index) => services[(desk + count + index) % services.length]!);
      answers.push(await fileUntilTaken(order, `desk-${desk}-${count}`, oneMore(desk * 100 + count)));
      await delay(25);
    }
  });
  await Promise.all([...filing, meanwhile()]);
  return answers;
};

const inOrder = (answers: readonly Answer[]): string[] =>
  answers
    .map(({ body }) => BigInt(String(body['position'])))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map(String);

/** Every instance has every figure that was acknowledged, no other, and the same tally. */
const expectAllOnce = async (services: readonly TestService[], answers: readonly Answer[]): Promise<void> => {
  const filed = answers.flatMap(idsIn).toSorted();
  expect(new Set(filed).size).toBe(desks * filingsEach);
  const last = inOrder(answers).at(-1)!;
  const tallies: unknown[] = [];
  for (const service of services) {
    tallies.push((await service.must('GET', `${tallyPath}?minPosition=${last}`)).body);
    expect((await figuresOf(service)).toSorted()).toEqual(filed);
  }
  expect(tallies).toEqual(tallies.map(() => tallies[0]));
};

describe('two instances on one KurrentDB', () => {
  it(
    'take the filings of desks on both, to one incident at once, while leaders die: none lost, none doubled',
    async () => {
      const cluster = await FakeCluster.start();
      try {
        const services = [await start(cluster.connectionString), await start(cluster.connectionString)];
        await services[0]!.must('POST', '/v1/incidents', { body: incident });
        await until(async () => (await services[1]!.call('GET', tallyPath)).status === 200);
        const readers = services.map((service) => follow(service));
        await Promise.all(readers.map((reader) => reader.have(1)));
        const answers = await filedByDesks(services, async () => {
          for (let time = 0; time < 2; time += 1) {
            await delay(200);
            await (await cluster.killLeader(300)).comeBack();
          }
        });
        await expectAllOnce(services, answers);
        for (const reader of readers) {
          await until(() => revisions(reader).length >= answers.length);
          expect(revisions(reader)).toEqual(inOrder(answers));
        }
      } finally {
        await Promise.all(running.splice(0).map((service) => service.close()));
        await cluster.close();
      }
    },
    testTimeoutMs,
  );

  it(
    'give a reader that moves to the other what it has missed, and nothing twice',
    async () => {
      const fake = await FakeKurrentDb.start();
      try {
        const [one, other] = [await start(fake.connectionString), await start(fake.connectionString)];
        await one.must('POST', '/v1/incidents', { body: incident });
        const feed = follow(one);
        await feed.have(1);
        const seen = await file(one, 'seen', oneMore(1));
        await until(() => revisions(feed).length === 1);
        const cursor = feed.events.at(-1)!.id!;
        feed.close();
        const missed = [await file(other, 'missed-1', oneMore(2)), await file(one, 'missed-2', oneMore(3))];
        const moved = follow(other, { 'last-event-id': cursor });
        await until(() => revisions(moved).length >= 2);
        const live = await file(one, 'live', oneMore(4));
        await until(() => revisions(moved).length >= 3);
        expect([seen, ...missed, live].map(({ status }) => status)).toEqual([201, 201, 201, 201]);
        expect(moved.events.map(({ event }) => event)).toEqual(['revision', 'revision', 'revision']);
        expect(revisions(moved)).toEqual([...missed, live].map(({ body }) => String(body['position'])));
      } finally {
        await Promise.all(running.splice(0).map((service) => service.close()));
        await fake.close();
      }
    },
    testTimeoutMs,
  );
});
