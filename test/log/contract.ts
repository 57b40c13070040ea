import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import {
  appendBytesMax,
  type AppendResult,
  type Checkpoint,
  eventBytesMax,
  type EventLog,
  type LogEvent,
  type LogMessage,
  LogUnavailableError,
  type NewLogEvent,
  NO_STREAM,
} from '../../src/log/event-log.js';

/** A store of its own, empty at first. */
export interface LogFixture {
  readonly log: EventLog;
  /** Closes the log and opens the same store again, as after a restart; `log` is not used afterwards. */
  reopen(): Promise<EventLog>;
  /** Closes and removes all. */
  dispose(): Promise<void>;
}

const testTimeoutMs = 20_000;

/** What every adapter of the event-log port promises. No knobs: an adapter keeps all of it. */
export function eventLogContract(name: string, open: () => Promise<LogFixture>): void {
  describe(`${name} keeps the contract of the event log:`, () => {
    let fixture: LogFixture;
    let log: EventLog;
    /** Streams of one test begin so, and no others. */
    let prefix: string;

    beforeEach(async () => {
      fixture = await open();
      log = fixture.log;
      prefix = `tollbook-contract-${randomUUID()}-`;
    }, testTimeoutMs);

    afterEach(async () => {
      await fixture.dispose();
    }, testTimeoutMs);

    const readAll = (after: Checkpoint | null = null, streamPrefix = prefix): Promise<LogEvent[]> =>
      flatten(log.readAll({ after, streamPrefix }));

    const reopen = async (): Promise<void> => {
      log = await fixture.reopen();
    };

    describe('append', () => {
      test('stores events whole, in the order given, and gives them back as they were', async () => {
        const events = [
          event({ words: 'au moins 38 — “тридцать восемь” 三十八 😀', nested: { list: [1, null, true, -0.5, []] } }),
          { ...event(null), meta: null },
          { ...event('a text'), meta: ['a', 'list'] },
          event(0),
        ];
        const stored = success(await log.append(`${prefix}a`, NO_STREAM, events));
        expect(stored.revision).toBe(3n);
        expect(stored.positions).toHaveLength(4);
        const expected = events.map((given, index) => ({
          ...given,
          stream: `${prefix}a`,
          revision: BigInt(index),
          position: stored.positions[index]!,
        }));
        expect(plain(await flatten(log.readStream(`${prefix}a`)))).toEqual(plain(expected));
        expect(plain(await readAll())).toEqual(plain(expected));
        await reopen();
        expect(plain(await flatten(log.readStream(`${prefix}a`)))).toEqual(plain(expected));
        expect(plain(await readAll())).toEqual(plain(expected));
      });

      test('takes the contents at the time of the call', async () => {
        const data = { number: 38 };
        const appending = log.append(`${prefix}a`, NO_STREAM, [event(data)]);
        data.number = 39;
        await appending;
        expect((await flatten(log.readStream(`${prefix}a`)))[0]?.data).toEqual({ number: 38 });
      });

      test('takes the text of an event that the caller has made already', async () => {
        const given = event({ word: 'tué', of: ['a'] });
        const { id, type, data, meta } = given;
        await log.append(`${prefix}a`, NO_STREAM, [{ ...given, text: JSON.stringify({ id, type, data, meta }) }]);
        await reopen();
        const [read] = await flatten(log.readStream(`${prefix}a`));
        expect(read).toEqual({ ...given, stream: `${prefix}a`, revision: 0n, position: read?.position });
      });

      test('gives positions that grow strictly over all streams', async () => {
        let last = 0n;
        for (let round = 0; round < 5; round++) {
          for (const stream of ['a', 'b']) {
            const expected = BigInt(round * 2 - 1);
            const { positions } = success(await log.append(`${prefix}${stream}`, expected, [event(), event()]));
            for (const position of positions) {
              expect(position > last).toBe(true);
              last = position;
            }
          }
        }
        const read = (await readAll()).map(({ position }) => position);
        expect(read).toEqual(read.toSorted((a, b) => (a < b ? -1 : 1)));
        expect(read).toHaveLength(20);
        expect((await log.head()) >= last).toBe(true);
      });

      test.each([
        ['no stream, where there is one', NO_STREAM],
        ['a revision that is taken', 0n],
        ['a revision ahead', 2n],
        ['a revision far ahead', 2n ** 60n],
      ])('answers a conflict with the actual revision: expected %s', async (_, expected) => {
        await log.append(`${prefix}a`, NO_STREAM, [event(), event()]);
        expect(await log.append(`${prefix}a`, expected, [event(), event()])).toEqual({ ok: false, actual: 1n });
        expect(await readAll()).toHaveLength(2);
      });

      test('answers a conflict where there is no stream', async () => {
        expect(await log.append(`${prefix}a`, 0n, [event()])).toEqual({ ok: false, actual: NO_STREAM });
        expect(await readAll()).toEqual([]);
      });

      test('refuses nothing at all, what is too large, and ids that are none', async () => {
        await expectRefused(log, `${prefix}a`, []);
        await expectRefused(log, `${prefix}a`, [event('x'.repeat(eventBytesMax))]);
        // Bytes, not characters.
        await expectRefused(log, `${prefix}a`, [event('€'.repeat(eventBytesMax / 2))]);
        await expectRefused(
          log,
          `${prefix}a`,
          Array.from({ length: Math.ceil(appendBytesMax / 30_000) }, () => event('x'.repeat(30_000))),
        );
        await expectRefused(log, `${prefix}a`, [event(), { ...event(), id: 'no-uuid' }]);
        await expectRefused(log, `${prefix}a`, [event(), { ...event(), data: undefined }]);
        expect(await readAll()).toEqual([]);
      });

      test('stores the largest append allowed as one', async () => {
        const events = Array.from({ length: 28 }, () => event('x'.repeat(eventBytesMax - 200)));
        expect(success(await log.append(`${prefix}a`, NO_STREAM, events)).revision).toBe(27n);
        const batches = await all(log.readAll({ after: null, streamPrefix: prefix }));
        expect(batches.flat()).toHaveLength(28);
      });

      test('keeps streams apart whose names differ in a letter, a case or a script', async () => {
        const names = ['a', 'A', 'aa', 'a ', 'á', 'a-1', 'ä😀', "a'b", 'a%', 'a/b'];
        for (const each of names) {
          expect(success(await log.append(prefix + each, NO_STREAM, [event(each)])).revision).toBe(0n);
        }
        for (const each of names) {
          expect((await flatten(log.readStream(prefix + each))).map(({ data }) => data)).toEqual([each]);
        }
      });
    });

    describe('the same append again', () => {
      test('answers the first success, also after later writes and a restart, and stores nothing', async () => {
        const first = [event(), event(), event()];
        const second = [event(), event()];
        const firstResult = await log.append(`${prefix}a`, NO_STREAM, first);
        const secondResult = await log.append(`${prefix}a`, 2n, second);
        const repeated = async () => {
          expect(await log.append(`${prefix}a`, NO_STREAM, first)).toEqual(firstResult);
          expect(await log.append(`${prefix}a`, 2n, second)).toEqual(secondResult);
        };
        await repeated();
        await log.append(`${prefix}b`, NO_STREAM, [event()]);
        await log.append(`${prefix}a`, 4n, [event()]);
        await repeated();
        await reopen();
        await repeated();
        expect(await readAll()).toHaveLength(7);
      });

      test('is a conflict with other contents under the same ids: success means that what was given is stored', async () => {
        const first = event('first');
        await log.append(`${prefix}a`, NO_STREAM, [first, event()]);
        const conflict = { ok: false, actual: 1n };
        for (const other of [{ data: 'second' }, { meta: { by: 'another' } }, { type: 'ContractTried.v2' }])
          expect(await log.append(`${prefix}a`, NO_STREAM, [{ ...first, ...other }])).toEqual(conflict);
        expect((await readAll()).map(({ data }) => data)).toEqual(['first', {}]);
      });

      test('answers for the first of its events alone', async () => {
        const [a, b] = [event(), event()];
        const { positions } = success(await log.append(`${prefix}a`, NO_STREAM, [a, b]));
        const result = success(await log.append(`${prefix}a`, NO_STREAM, [a]));
        expect(result.revision).toBe(0n);
        expect(result.positions).toEqual(positions.slice(0, 1));
      });

      test('is a conflict with one event more, in another order, or at another place', async () => {
        const [a, b] = [event(), event()];
        await log.append(`${prefix}a`, NO_STREAM, [a, b]);
        const conflict = { ok: false, actual: 1n };
        expect(await log.append(`${prefix}a`, NO_STREAM, [a, b, event()])).toEqual(conflict);
        expect(await log.append(`${prefix}a`, NO_STREAM, [b, a])).toEqual(conflict);
        expect(await log.append(`${prefix}a`, 0n, [a])).toEqual(conflict);
        expect(await readAll()).toHaveLength(2);
      });

      test('stores once where it is sent many times at once', async () => {
        const events = [event(), event()];
        const results = await Promise.all(
          Array.from({ length: 16 }, () => log.append(`${prefix}a`, NO_STREAM, events)),
        );
        for (const result of results) expect(result).toEqual(results[0]);
        expect(success(results[0]!).revision).toBe(1n);
        expect(await readAll()).toHaveLength(2);
      });
    });

    describe('at once', () => {
      test('64 appends with one expectation: one wins, the others learn the revision', async () => {
        const appends = Array.from({ length: 64 }, () => [event(), event(), event()]);
        const results = await Promise.all(appends.map((events) => log.append(`${prefix}a`, NO_STREAM, events)));
        const won = results.flatMap((result, index) => (result.ok ? [index] : []));
        expect(won).toHaveLength(1);
        expect(results.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 63 }, () => ({ ok: false, actual: 2n })));
        expect((await readAll()).map(({ id }) => id)).toEqual(appends[won[0]!]!.map(({ id }) => id));
      });

      test('64 writers of one stream, each trying until it succeeds: all are there, each once and whole', async () => {
        const appends = Array.from({ length: 64 }, (_, writer) => [event({ writer }), event({ writer })]);
        await Promise.all(appends.map((events) => appendUntilStored(log, `${prefix}a`, events)));
        const stored = await flatten(log.readStream(`${prefix}a`));
        expect(stored.map(({ revision }) => revision)).toEqual(stored.map((_, index) => BigInt(index)));
        const byFirstId = new Map(appends.map((events) => [events[0]!.id, events]));
        for (let index = 0; index < stored.length; index += 2) {
          const events = byFirstId.get(stored[index]!.id);
          expect(stored[index + 1]!.id).toBe(events?.[1]?.id);
          byFirstId.delete(stored[index]!.id);
        }
        expect(byFirstId.size).toBe(0);
      });

      test('64 streams: each has its own, a conflict among them fails alone', async () => {
        await log.append(`${prefix}7`, NO_STREAM, [event()]);
        const results = await Promise.all(
          Array.from({ length: 64 }, (_, stream) =>
            log.append(`${prefix}${stream}`, NO_STREAM, [event({ stream }), event({ stream })]),
          ),
        );
        expect(results.flatMap((result, index) => (result.ok ? [] : [index]))).toEqual([7]);
        const positions = results.flatMap((result) => (result.ok ? result.positions : []));
        expect(new Set(positions).size).toBe(126);
        const stored = new Map((await readAll()).map((each) => [each.position, each]));
        results.forEach((result, stream) => {
          if (!result.ok) return;
          expect(result.positions.map((position) => stored.get(position)?.data)).toEqual([{ stream }, { stream }]);
        });
      });

      test(
        'any appends, at once and in any order, leave what their answers say',
        async () => {
          await fc.assert(
            fc.asyncProperty(
              fc.array(
                fc.record({
                  stream: fc.integer({ min: 0, max: 2 }),
                  expected: fc.integer({ min: -1, max: 4 }),
                  ids: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 }),
                }),
                { maxLength: 24 },
              ),
              async (attempts) => {
                const run = `${prefix}${randomUUID()}-`;
                const pool = Array.from({ length: 6 }, () => randomUUID() as string);
                const results = await Promise.all(
                  attempts.map(({ stream, expected, ids }) =>
                    log.append(
                      `${run}${stream}`,
                      BigInt(expected),
                      ids.map((id) => ({ ...event(), id: pool[id]! })),
                    ),
                  ),
                );
                const stored = await readAll(null, run);
                const positions = new Set<bigint>();
                results.forEach((result, index) => {
                  if (!result.ok) return;
                  const { stream, expected, ids } = attempts[index]!;
                  expect(result.revision).toBe(BigInt(expected + ids.length));
                  ids.forEach((id, offset) => {
                    const position = result.positions[offset]!;
                    positions.add(position);
                    expect(stored.find((each) => each.position === position)).toMatchObject({
                      id: pool[id],
                      stream: `${run}${stream}`,
                      revision: BigInt(expected + 1 + offset),
                    });
                  });
                });
                // Nothing but what was answered as stored.
                expect(stored).toHaveLength(positions.size);
                for (const stream of [0, 1, 2]) {
                  const revisions = stored.filter((each) => each.stream === `${run}${stream}`);
                  expect(revisions.map(({ revision }) => revision)).toEqual(revisions.map((_, index) => BigInt(index)));
                }
              },
            ),
            { numRuns: 25 },
          );
        },
        testTimeoutMs,
      );
    });

    describe('reading', () => {
      test('a stream that is not there, or from beyond its end, is empty', async () => {
        expect(await all(log.readStream(`${prefix}none`))).toEqual([]);
        await log.append(`${prefix}a`, NO_STREAM, [event()]);
        expect(await all(log.readStream(`${prefix}a`, 1n))).toEqual([]);
        expect(await all(log.readStream(`${prefix}a`, 99n))).toEqual([]);
        expect(await all(log.readAll({ after: null, streamPrefix: `${prefix}none` }))).toEqual([]);
      });

      test('a stream from any revision on', async () => {
        await log.append(`${prefix}a`, NO_STREAM, [event(), event(), event()]);
        await log.append(`${prefix}a`, 2n, [event(), event()]);
        for (let from = 0; from < 5; from++) {
          const read = await flatten(log.readStream(`${prefix}a`, BigInt(from)));
          expect(read.map(({ revision }) => Number(revision))).toEqual([0, 1, 2, 3, 4].slice(from));
        }
      });

      test('the log after a checkpoint, exclusive, of streams whose names begin so', async () => {
        for (const stream of ['x-1', 'y-1', 'x-2']) await log.append(prefix + stream, NO_STREAM, [event(), event()]);
        const whole = await readAll();
        expect(whole.map(({ stream }) => stream.slice(prefix.length))).toEqual('x-1 x-1 y-1 y-1 x-2 x-2'.split(' '));
        for (const [index, { position }] of whole.entries()) {
          const after = await checkpointAt(log, position);
          expect(after.eventId).toBe(whole[index]!.id);
          expect((await readAll(after)).map(({ id }) => id)).toEqual(whole.slice(index + 1).map(({ id }) => id));
          expect((await readAll(after, `${prefix}x-`)).map(({ id }) => id)).toEqual(
            whole.slice(index + 1).flatMap((each) => (each.stream.startsWith(`${prefix}x-`) ? [each.id] : [])),
          );
        }
      });

      test(
        'in batches that never end inside an append, whatever their sizes',
        async () => {
          const sizes = [1, 700, 3, 499, 500, 501, 2, 30];
          await appendSizes(log, `${prefix}a`, sizes, 'x'.repeat(200));
          const ends = new Set(sizes.map((_, index) => sizes.slice(0, index + 1).reduce((a, b) => a + b) - 1));
          for (const batches of [
            await all(log.readStream(`${prefix}a`)),
            await all(log.readAll({ after: null, streamPrefix: prefix })),
          ]) {
            expect(batches.flat().map(({ data }) => numbered(data).number)).toEqual(
              Array.from({ length: sizes.reduce((a, b) => a + b) }, (_, index) => index),
            );
            for (const each of batches) expect(ends).toContain(Number(each.at(-1)!.revision));
          }
        },
        testTimeoutMs,
      );

      test(
        'shows no half of an append that is being written',
        async () => {
          const sizes = Array.from({ length: 60 }, (_, index) => 1 + ((index * 7) % 40));
          const writing = appendSizes(log, `${prefix}a`, sizes);
          const head = sizes.reduce((a, b) => a + b);
          for (let length = 0; length < head;) {
            const seen = await readAll();
            expect(seen.map(({ revision }) => revision)).toEqual(seen.map((_, index) => BigInt(index)));
            length = seen.length;
            expect(length === 0 || numbered(seen.at(-1)!.data).last).toBe(true);
            await delay(1);
          }
          await writing;
        },
        testTimeoutMs,
      );

      test('sees an append as soon as it is answered', async () => {
        for (let index = 0; index < 20; index++) {
          const { positions } = success(await log.append(`${prefix}a`, BigInt(index - 1), [event()]));
          expect((await log.head()) >= positions[0]!).toBe(true);
          expect(await flatten(log.readStream(`${prefix}a`, BigInt(index)))).toHaveLength(1);
        }
      });
    });

    describe('checkpoints', () => {
      test('name the event at a position, and nothing ahead of the log', async () => {
        const events = [event(), event()];
        const { positions } = success(await log.append(`${prefix}a`, NO_STREAM, events));
        for (const [index, position] of positions.entries()) {
          expect(await log.checkpointAt(position)).toMatchObject({ position, eventId: events[index]!.id });
        }
        expect(await log.checkpointAt(positions[1]! + 1_000_000n)).toBeNull();
        expect(log.eventsBetween(positions[0]!, positions[1]!)).toBeGreaterThanOrEqual(1);
        expect(log.eventsBetween(positions[1]!, positions[1]!)).toBe(0);
      });

      test('and the epoch stay the same over a restart', async () => {
        const { epoch } = log;
        expect(epoch).toMatch(/^[A-Za-z0-9._-]+$/);
        const { positions } = success(await log.append(`${prefix}a`, NO_STREAM, [event(), event()]));
        const before = await checkpointAt(log, positions[0]!);
        await reopen();
        expect(log.epoch).toBe(epoch);
        expect(await log.checkpointAt(positions[0]!)).toEqual(before);
        expect(await readAll(before)).toHaveLength(1);
      });
    });

    describe('a subscription', () => {
      test('catches up, says so, and goes on live', async () => {
        await log.append(`${prefix}a`, NO_STREAM, [event(1), event(2)]);
        const reader = subscribe(log, prefix);
        await reader.until(() => reader.caughtUp);
        expect(reader.events.map(({ data }) => data)).toEqual([1, 2]);
        await log.append(`${prefix}b`, NO_STREAM, [event(3)]);
        await log.append(`${prefix}a`, 1n, [event(4), event(5)]);
        await reader.until(() => reader.events.length === 5);
        expect(reader.events.map(({ data }) => data)).toEqual([1, 2, 3, 4, 5]);
        expect(plain(reader.events)).toEqual(plain(await readAll()));
        await reader.stop();
        expect(reader.messages.filter(({ kind }) => kind === 'caughtUp')).toHaveLength(1);
      });

      test('on an empty log is caught up at once', async () => {
        const reader = subscribe(log, prefix);
        await reader.until(() => reader.caughtUp);
        await reader.stop();
        expect(reader.events).toEqual([]);
      });

      test('goes on after the checkpoint that it gave where there was nothing yet', async () => {
        await log.append(`other-${prefix}`, NO_STREAM, [event()]);
        const first = subscribe(log, prefix);
        await first.until(() => first.caughtUp);
        await first.stop();
        await log.append(`${prefix}a`, NO_STREAM, [event(1), event(2)]);
        const after = first.lastSeen();
        expect((await readAll(after)).map(({ data }) => data)).toEqual([1, 2]);
        const second = subscribe(log, prefix, after);
        await second.until(() => second.caughtUp);
        await second.stop();
        expect(second.events.map(({ data }) => data)).toEqual([1, 2]);
      });

      test('goes on after a checkpoint, its own or that of an event, over a restart too', async () => {
        await log.append(`${prefix}a`, NO_STREAM, [event(1), event(2)]);
        const first = subscribe(log, prefix);
        await first.until(() => first.caughtUp);
        await first.stop();
        const caughtUp = first.messages.find((message) => message.kind === 'caughtUp');
        await log.append(`${prefix}a`, 1n, [event(3)]);
        await reopen();
        for (const after of [caughtUp!.checkpoint, await checkpointAt(log, first.events[1]!.position)]) {
          const second = subscribe(log, prefix, after);
          await second.until(() => second.caughtUp);
          await second.stop();
          expect(second.events.map(({ data }) => data)).toEqual([3]);
        }
      });

      test(
        'has neither gap nor duplicate nor half an append while many write',
        async () => {
          const writers = 8;
          const written = Promise.all(
            Array.from({ length: writers }, (_, writer) =>
              appendSizes(
                log,
                `${prefix}${writer}`,
                Array.from({ length: 25 }, (_unused, index) => 1 + ((index * 5 + writer) % 9)),
              ),
            ),
          );
          const readers = [subscribe(log, prefix)];
          for (let late = 0; late < 4; late++) {
            await delay(15);
            readers.push(subscribe(log, prefix, readers[0]!.lastSeen()));
          }
          readers.push(subscribe(log, `${prefix}3`));
          await written;
          const expected = await readAll();
          for (const reader of readers) {
            const own = expected.filter(
              ({ stream, position }) =>
                stream.startsWith(reader.prefix) && (reader.after === null || position > reader.after.position),
            );
            await reader.until(() => reader.events.length >= own.length && reader.caughtUp);
            await delay(20);
            await reader.stop();
            expect(reader.events.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
            const batches = reader.messages.filter((message) => message.kind === 'events');
            for (const { events } of batches) expect(numbered(events.at(-1)!.data).last).toBe(true);
          }
        },
        testTimeoutMs,
      );

      test(
        'that is slow misses nothing, and holds nobody up',
        async () => {
          await appendSizes(log, `${prefix}a`, [50, 50]);
          const abort = new AbortController();
          const seen: LogEvent[] = [];
          const slow = (async () => {
            for await (const message of log.subscribe({ after: null, streamPrefix: prefix, signal: abort.signal })) {
              await delay(30);
              if (message.kind === 'events') seen.push(...message.events);
              if (seen.length === 900) abort.abort();
            }
          })();
          const fast = subscribe(log, prefix);
          const appends = (async () => {
            for (let round = 0; round < 40; round++) {
              await log.append(`${prefix}a`, BigInt(99 + round * 20), batch(100 + round * 20, 20));
            }
          })();
          await appends;
          await fast.until(() => fast.events.length === 900);
          await fast.stop();
          await slow;
          expect(seen.map(({ data }) => numbered(data).number)).toEqual(Array.from({ length: 900 }, (_, n) => n));
        },
        testTimeoutMs,
      );

      test.each(['waiting for events', 'in the middle of catching up'])('ends promptly on abort, %s', async (when) => {
        await appendSizes(log, `${prefix}a`, [10, 10, 10]);
        const abort = new AbortController();
        const messages: LogMessage[] = [];
        const reading = (async () => {
          for await (const message of log.subscribe({ after: null, streamPrefix: prefix, signal: abort.signal })) {
            messages.push(message);
            if (when.startsWith('in') && message.kind === 'events') abort.abort();
          }
        })();
        if (when.startsWith('waiting')) {
          while (!messages.some(({ kind }) => kind === 'caughtUp')) await delay(5);
          abort.abort();
        }
        await within(1_000, reading);
        // How far it has looked, a log may say at any time.
        const kinds = messages.map(({ kind }) => kind).filter((kind) => kind !== 'checkpoint');
        expect(when.startsWith('in') ? kinds : [...new Set(kinds)]).toEqual(
          when.startsWith('in') ? ['events'] : ['events', 'caughtUp'],
        );
      });

      test('with a signal that was aborted before says nothing', async () => {
        await log.append(`${prefix}a`, NO_STREAM, [event()]);
        const reading = all(log.subscribe({ after: null, streamPrefix: prefix, signal: AbortSignal.abort() }));
        expect(await within(1_000, reading)).toEqual([]);
      });

      test('ends with the log', async () => {
        const readers = [subscribe(log, prefix), subscribe(log, prefix)];
        for (const reader of readers) await reader.until(() => reader.caughtUp);
        await log.close();
        for (const reader of readers) await expect(within(1_000, reader.ended)).resolves.toBeUndefined();
      });
    });

    describe('close', () => {
      test('finishes the appends under way, and takes no more', async () => {
        const events = [event(), event()];
        const under = Promise.all([
          log.append(`${prefix}a`, NO_STREAM, events),
          log.append(`${prefix}b`, NO_STREAM, [event()]),
        ]);
        await log.close();
        for (const result of await under) expect(result.ok).toBe(true);
        await expect(log.append(`${prefix}c`, NO_STREAM, [event()])).rejects.toThrow(LogUnavailableError);
        await expect(log.head()).rejects.toThrow(LogUnavailableError);
        await expect(readAll()).rejects.toThrow(LogUnavailableError);
        await expect(flatten(log.readStream(`${prefix}a`))).rejects.toThrow(LogUnavailableError);
        await reopen();
        expect(await readAll()).toHaveLength(3);
      });

      test('may be asked for twice', async () => {
        await Promise.all([log.close(), log.close()]);
        await expect(log.close()).resolves.toBeUndefined();
      });
    });
  });
}

/** What `appendSizes` stores: the event's number in its stream, and whether it ends its append. */
interface Numbered {
  readonly number: number;
  readonly last: boolean;
}

async function expectRefused(log: EventLog, stream: string, events: readonly NewLogEvent[]): Promise<void> {
  await expect(log.append(stream, NO_STREAM, events)).rejects.toThrow(RangeError);
}

function numbered(data: unknown): Numbered {
  return data as Numbered;
}

function event(data: unknown = {}): NewLogEvent {
  return { id: randomUUID(), type: 'ContractTried.v1', data, meta: { by: 'test' } };
}

function batch(from: number, size: number, text = ''): NewLogEvent[] {
  return Array.from({ length: size }, (_, index) => event({ number: from + index, last: index === size - 1, text }));
}

/** Appends of these sizes, one after the other. */
async function appendSizes(log: EventLog, stream: string, sizes: readonly number[], text = ''): Promise<void> {
  let length = 0;
  for (const size of sizes) {
    success(await log.append(stream, BigInt(length - 1), batch(length, size, text)));
    length += size;
  }
}

async function appendUntilStored(log: EventLog, stream: string, events: readonly NewLogEvent[]): Promise<void> {
  let expected = NO_STREAM;
  for (;;) {
    const result = await log.append(stream, expected, events);
    if (result.ok) return;
    expected = result.actual;
  }
}

function success(result: AppendResult): Extract<AppendResult, { ok: true }> {
  if (!result.ok) throw new Error(`a conflict, actual revision ${result.actual}`);
  return result;
}

async function checkpointAt(log: EventLog, position: bigint): Promise<Checkpoint & { eventId: string }> {
  const checkpoint = await log.checkpointAt(position);
  if (checkpoint === null) throw new Error(`no event at ${position}`);
  return checkpoint;
}

async function all<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of iterable) items.push(item);
  return items;
}

async function flatten(iterable: AsyncIterable<readonly LogEvent[]>): Promise<LogEvent[]> {
  return (await all(iterable)).flat();
}

/** Events with nothing but what the port names. */
function plain(events: readonly LogEvent[]): LogEvent[] {
  return events.map(({ id, type, data, meta, stream, revision, position }) => ({
    id,
    type,
    data,
    meta,
    stream,
    revision,
    position,
  }));
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const late = new AbortController();
  return Promise.race([
    promise.finally(() => late.abort()),
    delay(ms, undefined, { signal: late.signal }).then(
      () => Promise.reject(new Error(`not within ${ms} ms`)),
      () => promise,
    ),
  ]);
}

interface Subscriber {
  readonly prefix: string;
  readonly after: Checkpoint | null;
  readonly messages: readonly LogMessage[];
  readonly events: readonly LogEvent[];
  readonly caughtUp: boolean;
  readonly ended: Promise<void>;
  /** A checkpoint of what was read so far. */
  lastSeen(): Checkpoint | null;
  until(condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Collects what a subscription says. */
function subscribe(log: EventLog, prefix: string, after: Checkpoint | null = null): Subscriber {
  const abort = new AbortController();
  const messages: LogMessage[] = [];
  const events: LogEvent[] = [];
  let seen: Checkpoint | null = null;
  let failure: unknown;
  const ended = (async () => {
    for await (const message of log.subscribe({ after, streamPrefix: prefix, signal: abort.signal })) {
      messages.push(message);
      if (message.kind === 'events') {
        events.push(...message.events);
        seen = await log.checkpointAt(message.events.at(-1)!.position);
      } else {
        seen = message.checkpoint;
      }
    }
  })();
  ended.catch((error: unknown) => (failure = error));
  return {
    prefix,
    after,
    messages,
    events,
    ended,
    get caughtUp() {
      return messages.some(({ kind }) => kind === 'caughtUp');
    },
    lastSeen: () => seen,
    async until(condition) {
      const deadline = Date.now() + testTimeoutMs / 2;
      while (!condition()) {
        if (failure !== undefined) throw new Error('the subscription failed', { cause: failure });
        if (Date.now() > deadline) throw new Error(`waited in vain; ${events.length} events so far`);
        await delay(2);
      }
    },
    async stop() {
      abort.abort();
      await within(1_000, ended);
    },
  };
}
