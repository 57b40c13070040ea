import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import {
  appendBytesMax,
  type Checkpoint,
  eventBytesMax,
  type EventLog,
  type LogMessage,
  LogRefusedError,
  LogUnavailableError,
  type NewLogEvent,
  NO_STREAM,
} from '../../src/log/event-log.js';
import { openKurrentDbLog } from '../../src/log/kurrentdb/open-kurrentdb-log.js';
import { messagesOf } from '../../src/log/kurrentdb/subscription.js';
import { FakeCluster } from './fake-kurrentdb/fake-cluster.js';
import { FakeKurrentDb } from './fake-kurrentdb/fake-kurrentdb.js';
import type { AppendFault } from './fake-kurrentdb/faults.js';
import { FakeStore } from './fake-kurrentdb/store.js';

/** How long a log may take to be of use again, in ms. */
const recoveryMs = 15_000;
/** Of the fake when it is stopped, in ms; a real server takes 5 s. */
const silenceMs = 400;

const event = (data: unknown = {}): NewLogEvent => ({ id: randomUUID(), type: 'Tried.v1', data, meta: null });

const eventually = async <T>(call: () => Promise<T>): Promise<T> => {
  const until = Date.now() + recoveryMs;
  for (;;)
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof LogUnavailableError) || Date.now() > until) throw error;
      await delay(30);
    }
};

const unavailable = async (call: Promise<unknown>): Promise<LogUnavailableError> => {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(LogUnavailableError);
  return error as LogUnavailableError;
};

const dataOf = async (log: EventLog, stream: string): Promise<unknown[]> => {
  const data: unknown[] = [];
  for await (const batch of log.readStream(stream)) data.push(...batch.map((each) => each.data));
  return data;
};

interface Heard {
  readonly messages: LogMessage[];
  readonly data: unknown[];
  readonly isCaughtUp: boolean;
  /** What it threw; `undefined` where it ended without an error. */
  readonly ended: Promise<unknown>;
  until(condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

const listen = (log: EventLog, after: Checkpoint | null = null, streamPrefix = 'tollbook-'): Heard => {
  const abort = new AbortController();
  return hear(log.subscribe({ after, streamPrefix, signal: abort.signal }), abort);
};

const hear = (source: AsyncIterable<LogMessage>, abort: AbortController): Heard => {
  const messages: LogMessage[] = [];
  const data: unknown[] = [];
  const ended = (async () => {
    try {
      for await (const message of source) {
        messages.push(message);
        if (message.kind === 'events') data.push(...message.events.map((each) => each.data));
      }
      return undefined;
    } catch (error) {
      return error;
    }
  })();
  return {
    messages,
    data,
    ended,
    get isCaughtUp() {
      return messages.some(({ kind }) => kind === 'caughtUp');
    },
    until: async (condition) => {
      const until = Date.now() + recoveryMs;
      while (!condition()) {
        if (Date.now() > until) throw new Error(`waited in vain; so far ${JSON.stringify(data)}`);
        await delay(5);
      }
    },
    stop: async () => {
      abort.abort();
      await ended;
    },
  };
};

describe('the KurrentDB adapter falls into no trap:', () => {
  let fake: FakeKurrentDb;
  let log: EventLog;

  beforeEach(async () => {
    fake = await FakeKurrentDb.start();
    log = await openKurrentDbLog(fake.connectionString);
    fake.arrived.length = 0;
  });

  afterEach(async () => {
    await log.close();
    await fake.close();
  });

  describe('a server that goes away', () => {
    test('a plain Error with code 14 is the log being away, nothing stored', async () => {
      await log.append('tollbook-a', NO_STREAM, [event(1)]);
      await fake.kill();
      await unavailable(log.append('tollbook-a', 0n, [event(2)]));
      for (let time = 0; time < 3; time += 1)
        expect((await unavailable(log.append('tollbook-a', 0n, [event(2)]))).outcomeUnknown).toBe(false);
      await fake.comeBack();
      await eventually(() => log.append('tollbook-a', 0n, [event(3)]));
      expect(await dataOf(log, 'tollbook-a')).toEqual([1, 3]);
    });

    test('a client that never reads again is replaced, also one made during the outage', async () => {
      await log.append('tollbook-a', NO_STREAM, [event(1)]);
      await fake.kill();
      for (let time = 0; time < 3; time += 1) {
        await unavailable(log.head());
        await delay(100);
      }
      await fake.comeBack();
      expect(await eventually(() => log.head())).toBeGreaterThan(0n);
      expect(await dataOf(log, 'tollbook-a')).toEqual([1]);
    });

    test('a subscription throws what the server being away is', async () => {
      const reader = listen(log);
      await reader.until(() => reader.isCaughtUp);
      await fake.kill();
      expect(await reader.ended).toBeInstanceOf(LogUnavailableError);
    });

    test('a server that stops and says nothing on it: an append in that time is stored once, when it is back', async () => {
      await log.append('tollbook-a', NO_STREAM, [event(1)]);
      const reader = listen(log);
      await reader.until(() => reader.isCaughtUp);
      const stopped = fake.stop(silenceMs);
      const late = event(2);
      const first = log.append('tollbook-a', 0n, [late]).then(
        ({ ok }) => ok,
        (error: unknown) => error instanceof LogUnavailableError,
      );
      await stopped;
      expect(await reader.ended).toBeInstanceOf(LogUnavailableError);
      await fake.comeBack();
      expect(await first).toBe(true);
      expect(await eventually(() => log.append('tollbook-a', 0n, [late]))).toMatchObject({ ok: true, revision: 1n });
      expect(await dataOf(log, 'tollbook-a')).toEqual([1, 2]);
    });
  });

  describe('an append whose call goes wrong', () => {
    test.each<AppendFault>([
      { kind: 'cut', when: 'before' },
      { kind: 'cut', when: 'after' },
      { kind: 'timeout', when: 'before' },
      { kind: 'timeout', when: 'after' },
      { kind: 'slow', ms: 300 },
      { kind: 'duplicate' },
      { kind: 'notReady' },
      { kind: 'tooBusy' },
    ])('is sent again with the same ids, and stored once: %j', async (fault) => {
      await log.append('tollbook-a', NO_STREAM, [event(0)]);
      fake.faults.appends.push(fault);
      const events = [event(1), event(2)];
      const result = await log.append('tollbook-a', 0n, events);
      expect(result).toMatchObject({ ok: true, revision: 2n });
      expect(await log.append('tollbook-a', 0n, events)).toEqual(result);
      expect(await dataOf(log, 'tollbook-a')).toEqual([0, 1, 2]);
    });

    test.each<AppendFault>([
      { kind: 'cut', when: 'after' },
      { kind: 'timeout', when: 'after' },
    ])('is told as unknown where it goes wrong again and again, and found where it is repeated: %j', async (fault) => {
      fake.faults.appends.push(...Array.from({ length: 100 }, () => fault));
      const events = [event(1), event(2)];
      expect((await unavailable(log.append('tollbook-a', NO_STREAM, events))).outcomeUnknown).toBe(true);
      fake.faults.appends.length = 0;
      expect(await eventually(() => log.append('tollbook-a', NO_STREAM, events))).toMatchObject({
        ok: true,
        revision: 1n,
      });
      expect(await dataOf(log, 'tollbook-a')).toEqual([1, 2]);
    });

    test('is given up where no answer comes, and found where it is repeated', async () => {
      fake.faults.appends.push({ kind: 'silence', when: 'after' });
      for (let attempt = 2; attempt <= 4; attempt += 1) fake.faults.appends.push({ kind: 'silence', when: 'before' });
      const events = [event(1)];
      expect((await unavailable(log.append('tollbook-a', NO_STREAM, events))).outcomeUnknown).toBe(true);
      expect(await eventually(() => log.append('tollbook-a', NO_STREAM, events))).toMatchObject({
        ok: true,
        revision: 0n,
      });
      expect(await dataOf(log, 'tollbook-a')).toEqual([1]);
    });

    test('that is not allowed is refused, and not sent again', async () => {
      fake.faults.appends.push({ kind: 'accessDenied' });
      await expect(log.append('tollbook-a', NO_STREAM, [event()])).rejects.toThrow(LogRefusedError);
      expect(fake.arrived).toHaveLength(1);
    });

    test('of other contents under ids that are there is no success', async () => {
      const first = event({ killed: 38 });
      await log.append('tollbook-a', NO_STREAM, [first]);
      const other = await log.append('tollbook-a', NO_STREAM, [{ ...first, data: { killed: 39 } }]);
      expect(other).toEqual({ ok: false, actual: 0n });
      expect(await dataOf(log, 'tollbook-a')).toEqual([{ killed: 38 }]);
    });
  });

  describe('what must not be sent', () => {
    test('an append of nothing', async () => {
      await expect(log.append('tollbook-a', NO_STREAM, [])).rejects.toThrow(RangeError);
      expect(fake.arrived).toEqual([]);
    });

    test('an append of 1 MiB; the largest of ours passes', async () => {
      const full = (bytes: number): NewLogEvent[] => {
        const count = Math.floor(bytes / eventBytesMax);
        return Array.from({ length: count }, () => event('x'.repeat(eventBytesMax - 200)));
      };
      await expect(log.append('tollbook-a', NO_STREAM, full(1024 * 1024))).rejects.toThrow(RangeError);
      expect(fake.arrived).toEqual([]);
      expect(await log.append('tollbook-a', NO_STREAM, full(appendBytesMax))).toMatchObject({ ok: true });
    });

    test('a server that takes less refuses once', async () => {
      fake.appendBytesMax = 1_000;
      await expect(log.append('tollbook-a', NO_STREAM, [event('x'.repeat(2_000))])).rejects.toThrow(LogRefusedError);
      fake.appendBytesMax = 1024 * 1024;
      expect(await dataOf(log, 'tollbook-a')).toEqual([]);
    });
  });

  describe('reads', () => {
    test('that are left early are not left open', async () => {
      for (let count = 0; count < 40; count += 1)
        await log.append(
          'tollbook-a',
          BigInt(count * 10 - 1),
          Array.from({ length: 10 }, (_, n) => event(count * 10 + n)),
        );
      for (let time = 0; time < 30; time += 1) {
        for await (const batch of log.readStream('tollbook-a')) if (batch.length > 0) break;
        for await (const batch of log.readAll({ after: null, streamPrefix: 'tollbook-' })) if (batch.length > 0) break;
      }
      const until = Date.now() + recoveryMs;
      while (fake.reads.size > 0 && Date.now() < until) await delay(20);
      expect(fake.reads.size).toBe(0);
    });

    test.each([
      [{ kind: 'cut', afterEvents: 0 }],
      [{ kind: 'cut', afterEvents: 7 }],
      [{ kind: 'notReady' }],
      [{ kind: 'timeout' }],
      [{ kind: 'slow', ms: 300 }],
    ] as const)('that break off are read again, whole: %j', async (fault) => {
      await log.append(
        'tollbook-a',
        NO_STREAM,
        Array.from({ length: 20 }, (_, n) => event(n)),
      );
      fake.faults.reads.push(fault);
      expect(await dataOf(log, 'tollbook-a')).toEqual(Array.from({ length: 20 }, (_, n) => n));
    });

    test('that are not allowed are refused', async () => {
      fake.faults.reads.push({ kind: 'accessDenied' });
      await expect(dataOf(log, 'tollbook-a')).rejects.toThrow(LogRefusedError);
    });
  });

  describe('a subscription', () => {
    test('that ends quietly ends, for its reader to subscribe again', async () => {
      const reader = listen(log);
      await reader.until(() => reader.isCaughtUp);
      fake.endSubscriptions();
      expect(await reader.ended).toBeUndefined();
    });

    test('that breaks off in the middle of an append goes on whole after what was handled', async () => {
      await log.append('tollbook-a', NO_STREAM, [event(1), event(2)]);
      await log.append('tollbook-a', 1n, [event(3), event(4), event(5)]);
      fake.faults.subscriptions.push({ kind: 'cut', afterEvents: 4 });
      const first = listen(log);
      expect(await first.ended).toBeInstanceOf(LogUnavailableError);
      const handled = first.messages.flatMap((message) => (message.kind === 'events' ? message.events : []));
      expect([0, 2]).toContain(handled.length);
      const last = handled.at(-1);
      const after = last === undefined ? null : await eventually(() => log.checkpointAt(last.position));
      const second = listen(log, after);
      await second.until(() => second.isCaughtUp);
      await second.stop();
      expect([...first.data, ...second.data]).toEqual([1, 2, 3, 4, 5]);
    });

    test('that gives an event twice is heard once', async () => {
      await log.append('tollbook-a', NO_STREAM, [event(1), event(2)]);
      fake.faults.subscriptions.push({ kind: 'duplicate', afterEvents: 1 });
      const reader = listen(log);
      await reader.until(() => reader.isCaughtUp);
      await log.append('tollbook-a', 1n, [event(3)]);
      await reader.until(() => reader.data.length >= 3);
      await reader.stop();
      expect(reader.data).toEqual([1, 2, 3]);
    });

    test('that has died silently is given up once the log has gone on without it', async () => {
      await log.append('tollbook-a', NO_STREAM, [event(1)]);
      fake.faults.subscriptions.push({ kind: 'silence', afterEvents: 1 });
      const client = KurrentDBClient.connectionString(fake.connectionString);
      const abort = new AbortController();
      const reader = hear(
        messagesOf({
          client,
          after: null,
          streamPrefix: 'tollbook-',
          head: () => log.head(),
          signal: abort.signal,
          silenceMs: 100,
        }),
        abort,
      );
      await reader.until(() => reader.isCaughtUp);
      // Nothing has come into the log: that nothing is said is as it should be.
      await delay(400);
      await log.append('tollbook-a', 0n, [event(2)]);
      expect(await reader.ended).toBeInstanceOf(LogUnavailableError);
      expect(reader.data).toEqual([1]);
      await client.dispose();
    });

    test('tells checkpoints of which one half is 0, and goes on after them without gap or duplicate', async () => {
      await log.append('tollbook-a', NO_STREAM, [event(1)]);
      // So many events of others that the server tells how far it has looked.
      for (let count = 0; count < 50; count += 1)
        await log.append(
          'other',
          BigInt(count * 100 - 1),
          Array.from({ length: 100 }, () => event()),
        );
      const first = listen(log);
      await first.until(() => first.isCaughtUp);
      await first.stop();
      const checkpoints = first.messages.flatMap((message) =>
        message.kind === 'checkpoint' ? message.checkpoint : [],
      );
      expect(checkpoints.some(({ token }) => token.endsWith('/0'))).toBe(true);
      await log.append('tollbook-a', 0n, [event(2), event(3)]);
      for (const after of checkpoints) {
        const second = listen(log, after);
        await second.until(() => second.isCaughtUp);
        await second.stop();
        expect(second.data).toEqual([2, 3]);
        expect(fake.subscribedFrom.at(-1)).toBe(after.token);
      }
    });

    test('refuses a checkpoint that is only half a position', async () => {
      const half = { position: 1n, token: '100' };
      expect(await listen(log, half).ended).toBeInstanceOf(LogRefusedError);
    });
  });

  describe('another store behind the same address', () => {
    const replace = async (events: number): Promise<Checkpoint> => {
      await log.append('tollbook-a', NO_STREAM, [event(1), event(2)]);
      const checkpoint = await log.checkpointAt(await log.head());
      await fake.kill();
      fake.store = new FakeStore();
      await fake.comeBack();
      if (events > 0) {
        const other = await openKurrentDbLog(fake.connectionString);
        for (let count = 0; count < events; count += 1) await other.append(`tollbook-${count}`, NO_STREAM, [event(3)]);
        await other.close();
      }
      return checkpoint!;
    };

    test.each([
      ['empty', 0],
      ['shorter', 1],
      ['longer, so that the checkpoint would pass', 20],
    ])('is refused, %s: nothing of it is read, nothing more written to it', async (_, events) => {
      const checkpoint = await replace(events);
      const error = await eventually(async () => {
        const thrown = await listen(log, checkpoint).ended;
        if (thrown instanceof LogUnavailableError) throw thrown;
        return thrown;
      });
      expect(error).toBeInstanceOf(LogRefusedError);
      expect(String(error)).toMatch(/another store/u);
      fake.arrived.length = 0;
      await expect(log.append('tollbook-new', NO_STREAM, [event(4)])).rejects.toThrow(LogRefusedError);
      await expect(log.head()).rejects.toThrow(LogRefusedError);
      expect(fake.arrived).toEqual([]);
    });
  });
});

describe('the KurrentDB adapter on three nodes', () => {
  let cluster: FakeCluster;
  let log: EventLog;

  beforeEach(async () => {
    cluster = await FakeCluster.start();
    log = await openKurrentDbLog(cluster.connectionString);
  });

  afterEach(async () => {
    await log.close();
    await cluster.close();
  });

  test('appends and reads on the new leader, also once the old one is back as a follower', async () => {
    await log.append('tollbook-a', NO_STREAM, [event(1)]);
    expect(await dataOf(log, 'tollbook-a')).toEqual([1]);
    const failover = cluster.killLeader(300);
    await eventually(() => log.append('tollbook-a', 0n, [event(2)]));
    const killed = await failover;
    await killed.comeBack();
    for (let revision = 1n; revision < 6n; revision += 1n) {
      await eventually(() => log.append('tollbook-a', revision, [event(Number(revision) + 2)]));
      expect(await eventually(() => dataOf(log, 'tollbook-a'))).toHaveLength(Number(revision) + 2);
    }
    const reader = listen(log);
    await reader.until(() => reader.isCaughtUp);
    await reader.stop();
    expect(reader.data).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('follows NotLeader to the leader, on appends and reads', async () => {
    await log.append('tollbook-a', NO_STREAM, [event(1)]);
    const leader = cluster.leader()!;
    leader.faults.appends.push({ kind: 'notLeader' });
    await eventually(() => log.append('tollbook-a', 0n, [event(2)]));
    leader.faults.reads.push({ kind: 'notLeader' }, { kind: 'notLeader' });
    expect(await eventually(() => dataOf(log, 'tollbook-a'))).toEqual([1, 2]);
  });

  test('nothing acknowledged is lost and nothing is there twice while leaders die under load', async () => {
    const writers = 12;
    const each = 12;
    const filing = Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let count = 0; count < each; count += 1) {
          const events = [event(count)];
          const expected = BigInt(count - 1);
          expect(await eventually(() => log.append(`tollbook-${writer}`, expected, events))).toMatchObject({
            ok: true,
          });
        }
      }),
    );
    for (let time = 0; time < 2; time += 1) {
      await delay(40);
      await (await cluster.killLeader(150)).comeBack();
    }
    await filing;
    for (let writer = 0; writer < writers; writer += 1)
      expect(await eventually(() => dataOf(log, `tollbook-${writer}`))).toEqual(
        Array.from({ length: each }, (_, n) => n),
      );
  });
});
