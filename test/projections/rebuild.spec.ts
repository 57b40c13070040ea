import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from '@jest/globals';
import { incidentStreamPrefix } from '../../src/domain/event-codec.js';
import type { Tollbook } from '../../src/filing/open-tollbook.js';
import { type LogEvent, LogRefusedError, LogUnavailableError } from '../../src/log/event-log.js';
import type { Notice } from '../../src/projections/notice.js';
import { FakeReader } from '../support/feed-client.js';
import { MemoryLog } from '../support/memory-log.js';
import { done, nthReport, Opened, openIncident, request, tallyJson, until } from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

const slugs = ['x-2020', 'y-2021', 'z-2022'];

/** A log whose reading of all incidents waits after each batch, while it is told to. */
class HeldLog extends MemoryLog {
  held = Promise.withResolvers<void>();
  isHeld = false;
  /** How many readings wait. */
  waiting = 0;

  override async *readAll(options: Parameters<MemoryLog['readAll']>[0]): AsyncGenerator<readonly LogEvent[], void> {
    for await (const batch of super.readAll(options)) {
      if (this.isHeld && options.streamPrefix === incidentStreamPrefix) {
        this.waiting += 1;
        await this.held.promise;
        this.waiting -= 1;
      }
      yield batch;
    }
  }

  hold(): void {
    this.isHeld = true;
    this.held = Promise.withResolvers<void>();
  }

  release(): void {
    this.isHeld = false;
    this.held.resolve();
  }
}

const filled = async (log: MemoryLog, viewsDirectory = opened.directory()): Promise<Tollbook> => {
  const tollbook = await opened.tollbook(log, { viewsDirectory });
  for (const slug of slugs) done(await tollbook.desk.execute(slug, openIncident(slug), request()));
  for (let n = 1; n <= 60; n += 1) done(await tollbook.desk.execute(slugs[n % 3]!, nthReport(n), request()));
  await tollbook.projector.waitFor(await log.head(), 5_000);
  return tollbook;
};

const listed = async (tollbook: Tollbook): Promise<string> => {
  const read = await tollbook.reader.incidents({});
  if (read.kind !== 'found') throw new Error(read.kind);
  return JSON.stringify(read.body);
};

test('readers notice nothing of a rebuild: list, tally, feed and health are as without it, to the byte', async () => {
  const log = new HeldLog();
  const tollbook = await filled(log);
  const before = await listed(tollbook);
  const health = await tollbook.projector.status();
  expect(health).toMatchObject({ status: 'ok', lagEvents: 0 });
  const admitted = await tollbook.hub.admit({ incidents: 'all', lastEventId: null });
  const feed = new FakeReader();
  if (admitted.kind === 'admitted') admitted.start(feed);
  await until(() => feed.events.length === 3, 'snapshots');

  log.hold();
  const rebuilding = tollbook.projector.rebuild();
  await until(() => log.waiting === 1, 'the rebuild to read');
  expect(await listed(tollbook)).toBe(before);
  expect(await tollbook.projector.status()).toEqual(health);
  // Filings go on, and what shows them too.
  done(await tollbook.desk.execute('x-2020', nthReport(70), request()));
  done(await tollbook.desk.execute('w-2023', openIncident('w-2023'), request()));
  await until(() => feed.events.length === 5, 'frames');
  const during = await listed(tollbook);
  expect(during).toContain('w-2023');
  expect(during).not.toBe(before);
  expect(await tollbook.projector.slugsAfter(0n, 0)).toHaveLength(4);

  log.release();
  // Asked all the time, from the middle of the rebuild to well after its end.
  let ended = false;
  const end = rebuilding.then(() => (ended = true));
  for (let after = 0; after < 20; after += ended ? 1 : 0) {
    expect(await listed(tollbook)).toBe(during);
    expect((await tollbook.projector.status()).status).toBe('ok');
    await new Promise((resolve) => setImmediate(resolve));
  }
  await end;
  expect(feed.events).toHaveLength(5);
  expect(JSON.stringify(feed.events[3]?.data)).toContain('"incident":"x-2020"');
  expect(JSON.parse(await tallyJson(tollbook, 'x-2020'))).toMatchObject({ position: String((await log.head()) - 1n) });
});

test('a rebuild mends a row that is wrong, and drops one that nothing in the log speaks of', async () => {
  const log = new HeldLog();
  const tollbook = await filled(log);
  const right = await listed(tollbook);
  const directory = opened.directory();
  await tollbook.close();
  const again = await opened.tollbook(new MemoryLog(log.store), { viewsDirectory: directory });
  await again.projector.caughtUp();
  expect(await listed(again)).toBe(right);
  const db = new DatabaseSync(`${directory}/views.db`);
  db.exec(`UPDATE incidents SET headline = '{"wrong":true}', incident = '{"slug":"y-2021"}' WHERE slug = 'y-2021'`);
  db.exec(
    `INSERT INTO incidents SELECT generation, 'ghost', 9999, 9999, 'ghost', incident, headline, complete FROM incidents WHERE slug = 'x-2020'`,
  );
  db.close();
  expect(await listed(again)).not.toBe(right);
  await again.projector.rebuild();
  expect(await listed(again)).toBe(right);
});

test('a rebuild that fails leaves the list as it was, and the next one succeeds', async () => {
  const log = new HeldLog();
  const tollbook = await filled(log);
  const before = await listed(tollbook);
  log.hold();
  const failing = tollbook.projector.rebuild();
  await until(() => log.waiting === 1, 'the rebuild to read');
  log.held.reject(new LogUnavailableError('the disk is away', false));
  await expect(failing).rejects.toThrow(LogUnavailableError);
  log.isHeld = false;
  expect(await listed(tollbook)).toBe(before);
  expect(await tollbook.projector.status()).toMatchObject({ status: 'ok', lagEvents: 0 });
  await tollbook.projector.rebuild();
  expect(await listed(tollbook)).toBe(before);
});

test('a service that ends in the middle of a rebuild starts with the list as it was, from its checkpoint', async () => {
  const log = new HeldLog();
  const viewsDirectory = opened.directory();
  const tollbook = await filled(log, viewsDirectory);
  const before = await listed(tollbook);
  log.hold();
  const rebuilding = tollbook.projector.rebuild().catch((error: unknown) => error);
  await until(() => log.waiting === 1, 'the rebuild to read');
  const closing = tollbook.close();
  log.release();
  await closing;
  expect(await rebuilding).toBeInstanceOf(LogUnavailableError);
  const store = new HeldLog(log.store);
  // Nothing is read but what comes after the checkpoint: there is nothing.
  store.hold();
  const again = await opened.tollbook(store, { viewsDirectory });
  await again.projector.caughtUp();
  expect(store.waiting).toBe(0);
  expect(await listed(again)).toBe(before);
});

test('until the list is whole, who asks for it is told to come back rather than shown a part', async () => {
  const log = new HeldLog();
  const tollbook = await filled(log);
  const whole = await listed(tollbook);
  await tollbook.close();
  const held = new HeldLog(log.store);
  held.hold();
  const again = await opened.tollbook(held);
  const asked = listed(again);
  await until(() => held.waiting === 1, 'the list to be made');
  expect(await again.projector.slugsAfter(0n, 1)).toBeNull();
  expect(await again.projector.status()).toMatchObject({ status: 'degraded', projectedTo: '0' });
  held.release();
  expect(await asked).toBe(whole);
});

test('a rebuild on a log that cannot be read to its end is refused rather than waited for', async () => {
  const log = new HeldLog();
  await (await filled(log)).close();
  const damaged = new HeldLog(log.store);
  damaged.hold();
  const again = await opened.tollbook(damaged);
  const refused = again.projector.rebuild().catch((error: unknown) => error);
  damaged.held.reject(new LogRefusedError('the event at position 7 does not match its checksum'));
  expect(await refused).toBeInstanceOf(LogRefusedError);
  // It goes on by itself once the log can be read.
  damaged.isHeld = false;
  await again.projector.caughtUp();
  await again.projector.rebuild();
});

test('long work is told of in the log as it goes on', async () => {
  const log = new HeldLog();
  const notices: Notice[] = [];
  const first = await filled(log);
  await first.close();
  let nowMs = performance.now();
  const real = performance.now.bind(performance);
  // Each look at the clock finds three seconds gone.
  performance.now = () => (nowMs += 3_000);
  try {
    const tollbook = await opened.tollbook(new MemoryLog(log.store), { onNotice: (notice) => notices.push(notice) });
    await tollbook.projector.caughtUp();
  } finally {
    performance.now = real;
  }
  const told = notices.filter(({ level }) => level === 'info').map(({ message }) => message);
  const head = String(await new MemoryLog(log.store).head());
  expect(told[0]).toMatch(
    new RegExp(`^The list of incidents catches up: at position \\d+ of ${head} \\(\\d+ %\\)$`, 'u'),
  );
  expect(told.at(-1)).toMatch(/^The list of incidents catches up: done in \d+ s$/u);
});
