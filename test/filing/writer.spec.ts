import { afterEach, describe, expect, test } from '@jest/globals';
import type { Tollbook } from '../../src/filing/open-tollbook.js';
import type { Outcome } from '../../src/filing/outcome.js';
import { LogRefusedError, LogUnavailableError } from '../../src/log/event-log.js';
import { MemoryLog } from '../support/memory-log.js';
import {
  done,
  fileReport,
  keyed,
  killed,
  nthReport,
  Opened,
  openIncident,
  request,
  tallyJson,
  tallyOf,
} from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

const slug = 'x-2020';

const start = async (log = new MemoryLog()): Promise<{ log: MemoryLog; tollbook: Tollbook }> => {
  const tollbook = await opened.tollbook(log, { random: () => 0 });
  done(await tollbook.desk.execute(slug, openIncident(slug), request()));
  return { log, tollbook };
};

const kinds = (outcomes: readonly Outcome[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) {
    const name =
      outcome.kind === 'done'
        ? `done ${outcome.status}`
        : outcome.kind === 'refused'
          ? outcome.refusal.code
          : outcome.reason;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

describe('one report', () => {
  test('is answered with its figures, its revisions and its position, members in order', async () => {
    const { log, tollbook } = await start();
    const { status, body, replayed } = done(
      await tollbook.desk.execute(slug, fileReport([killed(3), killed(1, { group: 'attackers' })]), request()),
    );
    expect([status, replayed]).toEqual([201, false]);
    expect(Object.keys(body)).toEqual(['id', 'epoch', 'position', 'figures', 'revisions', 'warnings']);
    expect(body['id']).toMatch(/^rep_[0-9a-f]{32}$/u);
    expect([body['epoch'], body['position']]).toEqual([log.epoch, '4']);
    expect(body['figures']).toEqual([
      { id: expect.stringMatching(/^[0-9a-f-]{36}$/u), cell: 'killed/civilians' },
      { id: expect.stringMatching(/^[0-9a-f-]{36}$/u), cell: 'killed/attackers' },
    ]);
    const revisions = body['revisions'] as { number: string; position: string; cell: string }[];
    expect(revisions.map(({ number, position, cell }) => [number, position, cell])).toEqual([
      ['1', '4', 'killed/attackers'],
      ['2', '4', 'killed/civilians'],
      ['3', '4', 'killed/side:perpetrators'],
      ['4', '4', 'killed/side:victims'],
    ]);
  });

  test('filed dry answers the same and stores nothing', async () => {
    const { log, tollbook } = await start();
    const dry = done(await tollbook.desk.execute(slug, nthReport(1), request({ dryRun: true, ...keyed('k') })));
    const empty = await tallyOf(tollbook, slug);
    expect([empty.position, empty.cells]).toEqual(['1', []]);
    expect(await log.head()).toBe(1n);
    const real = done(await tollbook.desk.execute(slug, nthReport(1), request(keyed('k'))));
    expect(real.replayed).toBe(false);
    const { position, revisions, ...rest } = real.body;
    expect(dry.body).toMatchObject(rest);
    expect(dry.body['position']).toBe('1');
    expect((dry.body['revisions'] as unknown[]).length).toBe((revisions as unknown[]).length);
    expect(position).toBe('3');
  });

  test('for an incident that is not there is refused, and leaves nothing behind', async () => {
    const { log, tollbook } = await start();
    expect(kinds([await tollbook.desk.execute('nobody', nthReport(1), request())])).toEqual({
      'incident-not-found': 1,
    });
    expect(await log.head()).toBe(1n);
  });
});

describe('64 at once', () => {
  test('on one incident: all are stored, in few appends, and each is told of its own', async () => {
    const { log, tollbook } = await start();
    const before = log.appends;
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_, n) => tollbook.desk.execute(slug, nthReport(n + 1), request())),
    );
    expect(kinds(outcomes)).toEqual({ 'done 201': 64 });
    expect(log.appends - before).toBeLessThan(32);
    const positions = outcomes.map((outcome) => Number(done(outcome).body['position']));
    expect(positions).toEqual(Array.from({ length: 64 }, (_, n) => 3 + 2 * n));
    // As if filed one after the other.
    const other = await start();
    for (let n = 1; n <= 64; n += 1) await other.tollbook.desk.execute(slug, nthReport(n), request());
    const [a, b] = await Promise.all([tallyOf(tollbook, slug), tallyOf(other.tollbook, slug)]);
    const bare = (text: string): string => text.replaceAll(/"[0-9a-f-]{36}"/gu, '"id"');
    expect(bare(JSON.stringify(a))).toBe(bare(JSON.stringify(b)));
  });

  test('on 64 incidents: none waits for another', async () => {
    const log = new MemoryLog();
    const tollbook = await opened.tollbook(log);
    const slugs = Array.from({ length: 64 }, (_, n) => `x-${n}`);
    await Promise.all(slugs.map((each) => tollbook.desk.execute(each, openIncident(each), request())));
    let held: () => void = () => undefined;
    log.before = (stream) => (stream.endsWith('x-0') ? new Promise<void>((resolve) => (held = resolve)) : undefined);
    const [first, ...others] = slugs.map((each, n) => tollbook.desk.execute(each, nthReport(n + 1), request()));
    expect(kinds(await Promise.all(others))).toEqual({ 'done 201': 63 });
    held();
    expect(kinds([await first!])).toEqual({ 'done 201': 1 });
  });

  test('batches stay within what one append may hold, in whole filings', async () => {
    const { log, tollbook } = await start();
    const note = '€'.repeat(2_000);
    const figures = Array.from({ length: 400 }, (_, n) => killed(n, { words: 'x'.repeat(400) }));
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => tollbook.desk.execute(slug, fileReport(figures, { note }), request())),
    );
    expect(kinds(outcomes)).toEqual({ 'done 201': 6 });
    expect(log.appends).toBeGreaterThan(2);
  });

  test('who comes to a full queue is sent away, and the others are served', async () => {
    const { log, tollbook } = await start();
    let held: () => void = () => undefined;
    log.before = () => new Promise<void>((resolve) => (held = resolve));
    const first = tollbook.desk.execute(slug, nthReport(1), request());
    await new Promise((resolve) => setImmediate(resolve));
    const rest = Array.from({ length: 1_001 }, () =>
      tollbook.desk.execute(slug, { kind: 'unlinkOrigins', link: 'lnk_0', reason: 'r' }, request()),
    );
    log.before = () => undefined;
    held();
    await first;
    expect(kinds(await Promise.all(rest))).toEqual({ 'link-not-found': 1_000, busy: 1 });
  });
});

describe('an idempotency key', () => {
  test('used twice at once stores one filing, and answers both the same', async () => {
    const { log, tollbook } = await start();
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => tollbook.desk.execute(slug, nthReport(1), request(keyed('k')))),
    );
    expect(outcomes.map((outcome) => done(outcome).replayed)).toEqual([false, true, true]);
    expect(done(outcomes[1]!).body).toEqual(done(outcomes[0]!).body);
    expect(await log.head()).toBe(3n);
  });

  test('answers the first answer again after later filings and a restart, byte for byte', async () => {
    const { log, tollbook } = await start();
    const first = done(await tollbook.desk.execute(slug, nthReport(1), request(keyed('k'))));
    for (let n = 2; n < 6; n += 1) await tollbook.desk.execute(slug, nthReport(n), request());
    const restarted = await opened.tollbook(new MemoryLog(log.store));
    const again = done(await restarted.desk.execute(slug, nthReport(1), request(keyed('k'))));
    expect([again.status, again.replayed]).toEqual([201, true]);
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    expect(await log.head()).toBe(11n);
  });

  test('is refused for another body, belongs to its desk, and forgets a refusal', async () => {
    const { log, tollbook } = await start();
    await tollbook.desk.execute(slug, nthReport(1), request(keyed('k')));
    const other = await tollbook.desk.execute(slug, nthReport(2), request(keyed('k', 'another body')));
    expect(kinds([other])).toEqual({ 'idempotency-key-reused': 1 });
    expect(
      done(await tollbook.desk.execute(slug, nthReport(3), request({ desk: 'day', ...keyed('k') }))).replayed,
    ).toBe(false);
    const refused = await tollbook.desk.execute(
      slug,
      fileReport([killed(1, { group: 'nobody' })]),
      request(keyed('r')),
    );
    expect(kinds([refused])).toEqual({ 'invalid-report': 1 });
    expect(done(await tollbook.desk.execute(slug, nthReport(4), request(keyed('r', 'better')))).replayed).toBe(false);
    expect(await log.head()).toBe(7n);
  });
});

describe('a version', () => {
  test('is asked for where it is needed, after what is wrong anyway', async () => {
    const { tollbook } = await start();
    const amend = (ifMatch: string | null, title = 'Another title'): Promise<Outcome> =>
      tollbook.desk.execute(slug, { kind: 'amendIncident', patch: { title, reason: 'r' } }, request({ ifMatch }));
    expect(kinds([await amend(null), await amend('"nonsense"')])).toEqual({
      'version-required': 1,
      'stale-version': 1,
    });
    const nobody = await tollbook.desk.execute('nobody', { kind: 'amendIncident', patch: { reason: 'r' } }, request());
    expect(kinds([nobody])).toEqual({ 'incident-not-found': 1 });
    const read = await tollbook.reader.incident(slug);
    const etag = read.kind === 'found' ? read.etag : null;
    // A figure filed meanwhile is no race between editors.
    await tollbook.desk.execute(slug, nthReport(1), request());
    const first = await amend(etag);
    expect(done(first).status).toBe(200);
    expect(kinds([await amend(etag, 'A third title')])).toEqual({ 'stale-version': 1 });
    expect(kinds([await amend(done(first).etag, 'A third title')])).toEqual({ 'done 200': 1 });
    expect(kinds([await amend(`W/${done(first).etag}`), await amend('*')])).toEqual({
      'stale-version': 1,
      'done 200': 1,
    });
  });

  test('of a cell changes with that cell alone, and two pins at once do not both win', async () => {
    const { tollbook } = await start();
    const cell = 'killed/civilians';
    await tollbook.desk.execute(slug, fileReport([killed(3), killed(1, { group: 'attackers' })]), request());
    const etagOf = async (name: string): Promise<string | null> => {
      const read = await tollbook.reader.cell(slug, name);
      return read.kind === 'found' ? read.etag : null;
    };
    const [before, other] = [await etagOf(cell), await etagOf('killed/attackers')];
    const pin = (low: number): Promise<Outcome> =>
      tollbook.desk.execute(
        slug,
        { kind: 'pinEstimate', cell, best: { low, high: low }, reason: 'r' },
        request({ ifMatch: before }),
      );
    const outcomes = await Promise.all([pin(4), pin(5)]);
    expect(kinds(outcomes)).toEqual({ 'done 200': 1, 'stale-version': 1 });
    expect(done(outcomes[0]).etag).toBe(await etagOf(cell));
    expect(await etagOf(cell)).not.toBe(before);
    expect(await etagOf('killed/attackers')).toBe(other);
    const { cells } = await tallyOf(tollbook, slug);
    expect(cells.find((each) => each.cell === cell)?.best).toEqual({ low: 4, high: 4, point: 4 });
  });
});

describe('where the log fails', () => {
  test('an append of unknown outcome that was stored is tried again, and answered once', async () => {
    const { log, tollbook } = await start();
    let failures = 2;
    log.after = () => {
      if (failures-- > 0) throw new LogUnavailableError('the connection broke', true);
    };
    const { body, replayed } = done(await tollbook.desk.execute(slug, nthReport(1), request()));
    expect([body['position'], replayed]).toEqual(['3', false]);
    expect(await log.head()).toBe(3n);
  });

  test('one that never answers, but stored, is found in the stream', async () => {
    const { log, tollbook } = await start();
    log.after = () => {
      throw new LogUnavailableError('the connection broke', true);
    };
    const outcomes = await Promise.all([1, 2].map((n) => tollbook.desk.execute(slug, nthReport(n), request())));
    expect(outcomes.map((outcome) => done(outcome).body['position'])).toEqual(['3', '5']);
    log.after = () => undefined;
    expect((await tallyOf(tollbook, slug)).position).toBe('5');
  });

  test('one that stored nothing is unavailable, nothing of it is seen, and the next one is as if it never was', async () => {
    const { log, tollbook } = await start();
    const before = await tallyJson(tollbook, slug);
    log.before = () => {
      throw new LogUnavailableError('nobody there', false);
    };
    expect(kinds([await tollbook.desk.execute(slug, nthReport(1, 99), request())])).toEqual({ logAway: 1 });
    log.before = () => undefined;
    expect(await tallyJson(tollbook, slug)).toBe(before);
    done(await tollbook.desk.execute(slug, nthReport(2, 5), request()));
    const { cells, position } = await tallyOf(tollbook, slug);
    expect([position, cells[0]?.best?.low]).toEqual(['3', 5]);
  });

  test('while it is away, filings are unavailable and the tally is read from memory as it was', async () => {
    const { log, tollbook } = await start();
    done(await tollbook.desk.execute(slug, nthReport(1), request()));
    const before = await tallyJson(tollbook, slug);
    log.away = true;
    log.before = () => {
      throw new LogUnavailableError('nobody there', false);
    };
    for (const n of [2, 3])
      expect(kinds([await tollbook.desk.execute(slug, nthReport(n, 99), request())])).toEqual({ logAway: 1 });
    expect(await tallyJson(tollbook, slug)).toBe(before);
    log.away = false;
    log.before = () => undefined;
    const { body } = done(await tollbook.desk.execute(slug, nthReport(4), request()));
    expect((body['revisions'] as { number: string }[])[0]?.number).toBe('3');
  });

  test('a log that refuses for good rejects, and reads go on', async () => {
    const { log, tollbook } = await start();
    log.before = () => {
      throw new LogRefusedError('no space left');
    };
    await expect(tollbook.desk.execute(slug, nthReport(1), request())).rejects.toThrow('no space left');
    expect((await tallyOf(tollbook, slug)).position).toBe('1');
  });

  test('readers never see what is not on disk yet', async () => {
    const { log, tollbook } = await start();
    let held: () => void = () => undefined;
    log.before = () => new Promise<void>((resolve) => (held = resolve));
    const filing = tollbook.desk.execute(slug, nthReport(1), request());
    await new Promise((resolve) => setImmediate(resolve));
    let answered = false;
    const reading = tallyOf(tollbook, slug).then((tally) => {
      answered = true;
      return tally;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toBe(false);
    log.before = () => {
      throw new LogUnavailableError('gone', false);
    };
    held();
    await filing;
    expect((await reading).position).toBe('3');
  });
});

describe('several instances on one log', () => {
  /** Two instances whose clocks differ, so that what they would record of one request differs too. */
  const two = async (): Promise<{ tollbook: Tollbook; other: Tollbook; otherLog: MemoryLog }> => {
    const { log, tollbook } = await start();
    const otherLog = new MemoryLog(log.store);
    const clock = (): Date => new Date(Date.now() + 60_000);
    const other = await opened.tollbook(otherLog, { random: () => 0, clock });
    // Both have the incident in memory, as of the same event.
    await tallyOf(other, slug);
    return { tollbook, other, otherLog };
  };

  test('decide again on every kind of decision that the other took meanwhile', async () => {
    const { tollbook, other, otherLog } = await two();
    const [a, b] = [tollbook.desk, other.desk];
    for (let n = 1; n <= 12; n += 1) {
      const outcomes = await Promise.all([
        a.execute(slug, nthReport(2 * n), request()),
        b.execute(slug, nthReport(2 * n + 1, 50 - n, 'Hospital'), request()),
        a.execute(
          slug,
          {
            kind: 'gradeSpeaker',
            grade: { origin: 'hospital', kind: n % 2 === 0 ? 'official' : 'organisation', reason: 'r' },
          },
          request(),
        ),
      ]);
      expect(outcomes[0].kind).toBe('done');
      expect(outcomes[1].kind).toBe('done');
    }
    const head = await otherLog.head();
    for (const { projector } of [tollbook, other]) expect(await projector.waitFor(head, 5_000)).toBe(true);
    const fresh = await opened.tollbook(new MemoryLog(otherLog.store));
    const tally = await tallyJson(tollbook, slug);
    expect(await tallyJson(other, slug)).toBe(tally);
    expect(await tallyJson(fresh, slug)).toBe(tally);
  });

  test('that take the same request at once store it once, and answer the same bytes', async () => {
    const { tollbook, other, otherLog } = await two();
    const [first, second] = await Promise.all(
      [tollbook, other].map(async ({ desk }) => done(await desk.execute(slug, nthReport(1), request(keyed('k'))))),
    );
    expect(first!.replayed).not.toBe(second!.replayed);
    expect(JSON.stringify(second!.body)).toBe(JSON.stringify(first!.body));
    expect(await otherLog.head()).toBe(3n);
    expect(await tallyJson(other, slug)).toBe(await tallyJson(tollbook, slug));
  });

  test('that take two requests with one key at once store one, and refuse the other', async () => {
    const { tollbook, other, otherLog } = await two();
    const outcomes = await Promise.all([
      tollbook.desk.execute(slug, nthReport(1, 7), request(keyed('k', 'one'))),
      other.desk.execute(slug, nthReport(1, 8), request(keyed('k', 'another'))),
    ]);
    expect(kinds(outcomes)).toEqual({ 'done 201': 1, 'idempotency-key-reused': 1 });
    expect(await otherLog.head()).toBe(3n);
    expect(await tallyJson(other, slug)).toBe(await tallyJson(tollbook, slug));
  });

  test('where the outcome of one is unknown, and the other stored the same request, answer what is stored', async () => {
    const { tollbook, other, otherLog } = await two();
    let first: Outcome | null = null;
    otherLog.before = async () => {
      first ??= await tollbook.desk.execute(slug, nthReport(1), request(keyed('k')));
      throw new LogUnavailableError('the connection broke', true);
    };
    const second = done(await other.desk.execute(slug, nthReport(1), request(keyed('k'))));
    expect(second.replayed).toBe(true);
    expect(JSON.stringify(second.body)).toBe(JSON.stringify(done(first!).body));
    expect(await tallyJson(other, slug)).toBe(await tallyJson(tollbook, slug));
  });

  test('decide again on what the other wrote, and both end with the same tally', async () => {
    const { log, tollbook } = await start();
    const otherLog = new MemoryLog(log.store);
    const other = await opened.tollbook(otherLog);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? tollbook : other).desk.execute(slug, nthReport(n + 1), request()),
      ),
    );
    expect(kinds(outcomes)).toEqual({ 'done 201': 20 });
    const head = await log.head();
    expect(await Promise.all([tollbook, other].map(({ projector }) => projector.waitFor(head, 5_000)))).toEqual([
      true,
      true,
    ]);
    expect(await tallyJson(tollbook, slug)).toBe(await tallyJson(other, slug));
    const revisions = await Promise.all(
      [tollbook, other].map(({ reader }) => reader.revisions(slug, { limit: 1_000 })),
    );
    expect(JSON.stringify(revisions[0])).toBe(JSON.stringify(revisions[1]));
  });

  test('the same key on both at once stores one filing', async () => {
    const { log, tollbook } = await start();
    const other = await opened.tollbook(new MemoryLog(log.store));
    const outcomes = await Promise.all(
      [tollbook, other].map(({ desk }) => desk.execute(slug, nthReport(1), request(keyed('k')))),
    );
    expect(kinds(outcomes)).toEqual({ 'done 201': 2 });
    expect(done(outcomes[0]!).body).toEqual(done(outcomes[1]!).body);
    expect(await log.head()).toBe(3n);
  });
});

test('a service that closes answers what is under way, and takes nothing more', async () => {
  const { tollbook } = await start();
  const under = tollbook.desk.execute(slug, nthReport(1), request());
  const closing = tollbook.close();
  expect(kinds([await under, await tollbook.desk.execute(slug, nthReport(2), request())])).toEqual({
    'done 201': 1,
    closing: 1,
  });
  await closing;
});
