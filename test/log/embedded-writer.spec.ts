import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { startWorker } from '../../src/log/embedded/start-worker.js';
import {
  type AppendResult,
  type EventLog,
  type LogEvent,
  type LogMessage,
  LogUnavailableError,
  type NewLogEvent,
  NO_STREAM,
} from '../../src/log/event-log.js';
import type { Fault } from './faulty-writer.js';

const threads: Worker[] = [];
jest.unstable_mockModule('../../src/log/embedded/start-worker.js', () => ({
  startWorker: (_importer: string, _name: string, workerData: unknown) => {
    const thread = startWorker(import.meta.url, './faulty-writer', workerData);
    threads.push(thread);
    return thread;
  },
}));
const { openEmbeddedLog } = await import('../../src/log/embedded/open-embedded-log.js');

let directory: string;
let log: EventLog;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tollbook-writer-'));
  log = await openEmbeddedLog({ directory });
});

afterEach(async () => {
  await log.close();
  rmSync(directory, { recursive: true, force: true });
});

function event(): NewLogEvent {
  return { id: randomUUID(), type: 'WriterTried.v1', data: null, meta: null };
}

function setFault(fault: Fault): void {
  writeFileSync(join(directory, 'fault'), fault);
}

/** As after a restart, with the fault mended. */
async function reopen(): Promise<void> {
  await log.close();
  rmSync(join(directory, 'fault'), { force: true });
  log = await openEmbeddedLog({ directory });
}

async function readIds(): Promise<string[]> {
  const ids: string[] = [];
  for await (const batch of log.readAll({ after: null, streamPrefix: '' })) ids.push(...batch.map(({ id }) => id));
  return ids;
}

async function unavailable(promise: Promise<unknown>): Promise<LogUnavailableError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LogUnavailableError)) throw new Error('not unavailable', { cause: error });
  return error;
}

/** A subscription that has caught up, and its end. */
async function subscribed(): Promise<{ readonly seen: LogEvent[]; readonly ended: Promise<void> }> {
  const messages = log.subscribe({ after: null, streamPrefix: '', signal: new AbortController().signal });
  const reading = messages[Symbol.asyncIterator]();
  const seen: LogEvent[] = [];
  const take = ({ value }: IteratorResult<LogMessage>): void => {
    if ((value as LogMessage).kind === 'events') seen.push(...(value as { events: LogEvent[] }).events);
  };
  let next = await reading.next();
  for (; (next.value as LogMessage).kind !== 'caughtUp'; next = await reading.next()) take(next);
  const ended = (async () => {
    for (next = await reading.next(); next.done !== true; next = await reading.next()) take(next);
  })();
  ended.catch(() => {});
  return { seen, ended };
}

describe.each<[Fault, boolean]>([
  ['unsynced', false],
  ['synced', true],
])('an fsync that failed, what it should sync being %s', (fault, there) => {
  test('leaves the outcome unknown, stops the log, and is settled by a restart', async () => {
    const first = event();
    await log.append('a', NO_STREAM, [first]);
    setFault(fault);
    const events = [event(), event()];
    // In one group: what was decided on events that may not be there is as unknown as they are.
    const group = [log.append('a', 0n, events), log.append('a', 0n, [event()]), log.append('b', NO_STREAM, [event()])];
    for (const error of await Promise.all(group.map(unavailable))) {
      expect(error.outcomeUnknown).toBe(true);
      expect(error.message).toMatch(/disk reported an error.*Check the disk.*takes no more appends until.*restarted/s);
    }
    // A later fsync might succeed without having written what an earlier one lost.
    rmSync(join(directory, 'fault'));
    for (let again = 0; again < 2; again++) {
      const error = await unavailable(log.append('c', NO_STREAM, [event()]));
      expect(error.outcomeUnknown).toBe(false);
      expect(error.message).toMatch(/takes no more appends until.*restarted/);
    }
    // It can be read still.
    expect((await readIds()).slice(0, 1)).toEqual([first.id]);

    await reopen();
    expect((await readIds()).slice(1, 3)).toEqual(there ? events.map(({ id }) => id) : []);
    expect(await log.append('a', 0n, events)).toEqual({ ok: true, revision: 2n, positions: [2n, 3n] });
    expect((await readIds()).slice(0, 3)).toEqual([first, ...events].map(({ id }) => id));
    expect(await log.append('c', NO_STREAM, [event()])).toMatchObject({ ok: true });
  });
});

describe('a writer that is gone', () => {
  test.each<[string, () => unknown]>([
    ['ended at work', () => threads.at(-1)!.terminate()],
    ['broke after an answer', () => setFault('broken')],
    ['broke before an answer', () => setFault('silent')],
  ])('because it %s has lost nothing that it answered, and says so', async (_, end) => {
    const { seen, ended } = await subscribed();
    const answered: string[] = [];
    const unanswered: { stream: string; expected: bigint; events: readonly NewLogEvent[] }[] = [];
    const writers = Array.from({ length: 8 }, async (_unused, writer) => {
      const stream = `s${writer}`;
      for (let expected = NO_STREAM; ; expected += 2n) {
        const events = [event(), event()];
        const outcome = await log.append(stream, expected, events).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          const { outcomeUnknown, message } = await unavailable(Promise.reject(outcome));
          expect(message).toMatch(/has stopped.*Restart Tollbook/s);
          if (outcomeUnknown) unanswered.push({ stream, expected, events });
          return;
        }
        expect((outcome as AppendResult).ok).toBe(true);
        answered.push(...events.map(({ id }) => id));
      }
    });
    while (answered.length < 32) await delay(1);
    await end();
    await Promise.all(writers);

    await expect(ended).rejects.toThrow(LogUnavailableError);
    const late = await unavailable(log.append('late', NO_STREAM, [event()]));
    expect(late.outcomeUnknown).toBe(false);
    await expect(subscribed()).rejects.toThrow(/Restart Tollbook/);
    // It can be read still, and the subscription saw the beginning of what is there.
    const read = await readIds();
    expect(read).toEqual(expect.arrayContaining(answered));
    expect(seen.map(({ id }) => id)).toEqual(read.slice(0, seen.length));

    await reopen();
    expect(await readIds()).toEqual(read);
    for (const { stream, expected, events } of unanswered) {
      expect(await log.append(stream, expected, events)).toMatchObject({ ok: true, revision: expected + 2n });
    }
    const ids = await readIds();
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(answered.length + unanswered.length * 2);
  });

  test('does not keep the log from being closed, and opened anew', async () => {
    await log.append('a', NO_STREAM, [event()]);
    const closing = [threads.at(-1)!.terminate(), log.close()];
    await Promise.all(closing);
    await reopen();
    expect(await log.head()).toBe(1n);
  });
});

describe('another program', () => {
  test('that writes to the store makes an append fail, and the next one succeed', async () => {
    await log.append('a', NO_STREAM, [event()]);
    const other = new DatabaseSync(join(directory, 'log.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    const events = [event()];
    const error = await unavailable(log.append('a', 0n, events));
    expect(error.outcomeUnknown).toBe(false);
    expect(error.message).toMatch(/Another program holds a lock/);
    // Readers are not held up by it.
    expect(await readIds()).toHaveLength(1);
    other.exec('ROLLBACK');
    other.close();
    expect(await log.append('a', 0n, events)).toEqual({ ok: true, revision: 1n, positions: [2n] });
  });
});

describe('close', () => {
  test('in the midst of reading ends it, and is no damage', async () => {
    for (let index = 0; index < 5; index++) {
      await log.append(
        'a',
        BigInt(index * 100 - 1),
        Array.from({ length: 100 }, () => event()),
      );
    }
    const { ended } = await subscribed();
    const readings = [log.readAll({ after: null, streamPrefix: '' }), log.readStream('a')].map((each) =>
      each[Symbol.asyncIterator](),
    );
    for (const reading of readings) expect(await reading.next()).toMatchObject({ done: false });
    const under = log.append('a', 499n, [event()]);
    const closed = log.close();
    for (const reading of readings) await expect(reading.next()).rejects.toThrow(/is closed/);
    await expect(log.checkpointAt(1n)).rejects.toThrow(/is closed/);
    await closed;
    await expect(ended).resolves.toBeUndefined();
    expect(await under).toMatchObject({ ok: true });
  });

  test('leaves all in the store itself, and nothing beside it', async () => {
    await log.append('a', NO_STREAM, [event()]);
    await log.close();
    expect(readdirSync(directory).toSorted()).toEqual(['log.head', 'log.lock', 'log.sqlite']);
  });
});
