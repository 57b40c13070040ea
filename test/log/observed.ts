import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  type AppendResult,
  BACKWARDS,
  binaryEvent,
  END,
  type EventData,
  jsonEvent,
  KurrentDBClient,
  type Position,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { type Failure, failureOf } from './failure-of.js';
import { follow } from './follow-subscription.js';

export interface ObservedServer {
  readonly connectionString: string;
  close(): Promise<void>;
}

const mebibyte = 1024 * 1024;
/** Of the server's answers to what it must wait for. */
const testTimeoutMs = 30_000;

/**
 * What a KurrentDB was seen to answer: the facts that the adapter rests on, as the bare client sees them. It runs on a
 * real server and on the fake, which is only worth something where both answer the same. No knobs.
 */
export function kurrentDbAsObserved(name: string, open: () => Promise<ObservedServer>): void {
  describe(`${name} answers as observed:`, () => {
    let server: ObservedServer;
    let client: KurrentDBClient;
    let isSecure: boolean;

    beforeAll(async () => {
      server = await open();
      client = KurrentDBClient.connectionString(server.connectionString);
      isSecure = server.connectionString.includes('tls=true');
    }, testTimeoutMs);

    afterAll(async () => {
      await client.dispose();
      await server.close();
    }, testTimeoutMs);

    const append = (
      stream: string,
      streamState: bigint | 'any' | 'no_stream' | 'stream_exists',
      events: EventData[],
      deadline?: number,
    ): Promise<AppendResult> =>
      client.appendToStream(stream, events, { streamState, ...(deadline !== undefined && { deadline }) });

    const revisionsAndIds = async (stream: string): Promise<[bigint, string][]> => {
      const read: [bigint, string][] = [];
      for await (const { event } of client.readStream(stream))
        if (event !== undefined) read.push([event.revision, event.id]);
      return read;
    };

    describe('appends', () => {
      test('three events to no stream: the last revision, the position of the last event', async () => {
        const stream = newStream();
        const events = three();
        const { success, nextExpectedRevision, position } = await append(stream, 'no_stream', events);
        expect({ success, nextExpectedRevision }).toEqual({ success: true, nextExpectedRevision: 2n });
        expect(await revisionsAndIds(stream)).toEqual(events.map(({ id }, index) => [BigInt(index), id]));
        const last = await lastOf(client, stream);
        expect(position).toEqual(last.position);
        expect(last.position?.commit).toBe(last.position?.prepare);
      });

      test('the same again, also after other writes: the first success again', async () => {
        const stream = newStream();
        const events = three();
        const first = await append(stream, 'no_stream', events);
        const second = three();
        const firstOfSecond = await append(stream, 2n, second);
        await append(newStream(), 'no_stream', three());
        expect(await append(stream, 'no_stream', events)).toEqual(first);
        expect(await append(stream, 2n, second)).toEqual(firstOfSecond);
        expect(await revisionsAndIds(stream)).toHaveLength(6);
      });

      test('the same ids with another body: success, and the first body stays', async () => {
        const stream = newStream();
        const id = randomUUID();
        const first = await append(stream, 'no_stream', [jsonEvent({ id, type: 'Observed', data: { killed: 38 } })]);
        const other = jsonEvent({ id, type: 'Observed', data: { killed: 39 } });
        expect(await append(stream, 'no_stream', [other])).toEqual(first);
        expect((await lastOf(client, stream)).data).toEqual({ killed: 38 });
      });

      test('only the first of the events at the same revision: success, with the revision of that one', async () => {
        const stream = newStream();
        const events = three();
        await append(stream, 'no_stream', events);
        const { success, nextExpectedRevision } = await append(stream, 'no_stream', events.slice(0, 1));
        expect({ success, nextExpectedRevision }).toEqual({ success: true, nextExpectedRevision: 0n });
      });

      test('one that is there and a new one, or all that are there and one more: a conflict', async () => {
        const stream = newStream();
        const events = three();
        await append(stream, 'no_stream', events);
        for (const mixed of [
          [events[0], newEvent()],
          [...events, newEvent()],
        ])
          expect(await refusal(append(stream, 'no_stream', mixed))).toMatchObject({
            name: 'WrongExpectedVersionError',
            actualState: 2n,
          });
        expect(await revisionsAndIds(stream)).toHaveLength(3);
      });

      test.each([
        ['taken', 0n],
        ['ahead', 7n],
      ])('other ids at a revision that is %s: a conflict, both states told', async (_, expected) => {
        const stream = newStream();
        await append(stream, 'no_stream', three());
        expect(await refusal(append(stream, expected, three()))).toMatchObject({
          name: 'WrongExpectedVersionError',
          type: 'wrong-expected-version',
          streamName: stream,
          expectedState: expected,
          actualState: 2n,
        });
        expect(await refusal(append(stream, 'no_stream', three()))).toMatchObject({
          expectedState: 'no_stream',
          actualState: 2n,
        });
      });

      test('a revision, or stream_exists, where there is no stream: a conflict that says so', async () => {
        for (const expected of [0n, 'stream_exists'] as const)
          expect(await refusal(append(newStream(), expected, three()))).toMatchObject({
            name: 'WrongExpectedVersionError',
            expectedState: expected,
            actualState: 'no_stream',
          });
      });

      test('an id that the stream already has, at its present end: stored once more', async () => {
        const stream = newStream();
        const [one] = three();
        await append(stream, 'no_stream', [one]);
        expect(await append(stream, 0n, [one])).toMatchObject({ success: true, nextExpectedRevision: 1n });
        expect(await revisionsAndIds(stream)).toEqual([
          [0n, one.id],
          [1n, one.id],
        ]);
      });

      test('the same id twice in one append: both stored', async () => {
        const stream = newStream();
        const [one] = three();
        expect(await append(stream, 'no_stream', [one, one])).toMatchObject({
          success: true,
          nextExpectedRevision: 1n,
        });
        expect(await revisionsAndIds(stream)).toHaveLength(2);
      });

      test('no events at an exact revision: success, and the log moves on', async () => {
        const stream = newStream();
        const { position: before } = await append(stream, 'no_stream', three());
        const { success, nextExpectedRevision, position } = await append(stream, 2n, []);
        expect({ success, nextExpectedRevision }).toEqual({ success: true, nextExpectedRevision: 2n });
        expect(commitOf(position) > commitOf(before)).toBe(true);
        expect(await revisionsAndIds(stream)).toHaveLength(3);
      });

      test('no events to no stream: success, with a revision that is not there', async () => {
        const stream = newStream();
        expect(await append(stream, 'no_stream', [])).toMatchObject({ success: true, nextExpectedRevision: 0n });
        expect(await refusal(revisionsAndIds(stream))).toMatchObject({ name: 'StreamNotFoundError' });
      });

      test('throwOnAppendFailure: false, in the options: a conflict throws all the same', async () => {
        const stream = newStream();
        await append(stream, 'no_stream', three());
        const options = { streamState: 'no_stream', throwOnAppendFailure: false } as const;
        expect(await refusal(client.appendToStream(stream, three(), options))).toMatchObject({
          name: 'WrongExpectedVersionError',
        });
      });

      test('throwOnAppendFailure=false, in the connection string: a conflict is told with a wrong revision', async () => {
        const lenient = KurrentDBClient.connectionString(`${server.connectionString}&throwOnAppendFailure=false`);
        try {
          const stream = newStream();
          await lenient.appendToStream(stream, three(), { streamState: 'no_stream' });
          const outcome = await lenient.appendToStream(stream, three(), { streamState: 'no_stream' });
          expect(outcome).toMatchObject({ success: false, nextExpectedRevision: 1n });
        } finally {
          await lenient.dispose();
        }
      });

      test('an id in upper case: stored in lower case; version 5 is fine', async () => {
        const stream = newStream();
        const upper = '8F3C1E6A-6C1D-5B1A-9B0E-0123456789AB';
        await append(stream, 'no_stream', [{ ...newEvent(), id: upper }]);
        expect(await revisionsAndIds(stream)).toEqual([[0n, upper.toLowerCase()]]);
      });

      test('an id that is no UUID, or a stream without a name: UnknownError, no code', async () => {
        const badRequest = { type: 'unknown', message: 'Could not recognize BadRequest' };
        // Where users have rights, it is first asked who may write there.
        const unnamed = isSecure ? { type: 'access-denied', message: '' } : badRequest;
        for (const [bad, said] of [
          [append(newStream(), 'no_stream', [{ ...newEvent(), id: 'no-uuid' }]), badRequest],
          [append('', 'no_stream', three()), unnamed],
        ] as const) {
          const error = await refusal(bad);
          expect(error).toMatchObject(said);
          expect(error['code']).toBeUndefined();
        }
      });

      test('a deadline that is over: DeadlineExceededError', async () => {
        // So large that it cannot be there within the millisecond.
        const events = [newEvent('x'.repeat(mebibyte / 2))];
        expect(await refusal(append(newStream(), 'no_stream', events, 1))).toMatchObject({
          name: 'DeadlineExceededError',
          type: 'deadline-exceeded',
        });
      });
    });

    describe('sizes', () => {
      test('1,023 KiB of data in one event: stored', async () => {
        const stream = newStream();
        const event = binaryEvent({ type: 'Observed', data: Buffer.alloc(1_023 * 1024) });
        await append(stream, 'no_stream', [event]);
        expect((await lastOf(client, stream)).data).toHaveLength(1_023 * 1024);
      });

      test('more than 1 MiB in one append, all events together: MaxAppendSizeExceededError', async () => {
        const half = (): EventData => binaryEvent({ type: 'Observed', data: Buffer.alloc(mebibyte / 2 + 1) });
        const stream = newStream();
        expect(await refusal(append(stream, 'no_stream', [half(), half()]))).toMatchObject({
          name: 'MaxAppendSizeExceededError',
          type: 'maximum-append-size-exceeded',
          maxAppendSize: mebibyte,
        });
        expect(await refusal(revisionsAndIds(stream))).toMatchObject({ name: 'StreamNotFoundError' });
      });

      test('more than 16 MiB on the wire: UnknownError, code 8, and the client works on', async () => {
        const event = binaryEvent({ type: 'Observed', data: Buffer.alloc(17 * mebibyte) });
        expect(await refusal(append(newStream(), 'no_stream', [event]))).toMatchObject({ type: 'unknown', code: 8 });
        expect(await append(newStream(), 'no_stream', three())).toMatchObject({ success: true });
      });
    });

    describe('reads', () => {
      test('a stream that is not there: StreamNotFoundError; from beyond its end: nothing', async () => {
        const stream = newStream();
        expect(await refusal(revisionsAndIds(stream))).toMatchObject({
          name: 'StreamNotFoundError',
          type: 'stream-not-found',
        });
        await append(stream, 'no_stream', three());
        expect(await all(client.readStream(stream, { fromRevision: 3n }))).toEqual([]);
        expect(await all(client.readStream(stream, { fromRevision: 999n }))).toEqual([]);
      });

      test('a deleted stream: not found; written again, it goes on with its old numbers', async () => {
        const stream = newStream();
        await append(stream, 'no_stream', [newEvent(), newEvent()]);
        await client.deleteStream(stream);
        expect(await refusal(revisionsAndIds(stream))).toMatchObject({ name: 'StreamNotFoundError' });
        const [again] = three();
        expect(await append(stream, 'no_stream', [again])).toMatchObject({ nextExpectedRevision: 2n });
        expect(await revisionsAndIds(stream)).toEqual([[2n, again.id]]);
      });

      test('a tombstoned stream: StreamDeletedError on reads and appends', async () => {
        const stream = newStream();
        await append(stream, 'no_stream', three());
        await client.tombstoneStream(stream);
        expect(await refusal(revisionsAndIds(stream))).toMatchObject({ name: 'StreamDeletedError' });
        expect(await refusal(append(stream, 'any', three()))).toMatchObject({ name: 'StreamDeletedError' });
      });

      test('a stream backwards, from its end', async () => {
        const stream = newStream();
        const events = three();
        await append(stream, 'no_stream', events);
        const read = await all(client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 2 }));
        expect(read.map(({ event }) => event?.revision)).toEqual([2n, 1n]);
      });

      test('$all: inclusive of its position, with a position of its own for each event; backwards exclusive', async () => {
        const stream = newStream();
        await append(stream, 'no_stream', three());
        const positions = await positionsOf(client, stream);
        expect(new Set(positions.map(({ commit }) => commit)).size).toBe(3);
        const filter = streamNameFilter({ prefixes: [stream] });
        const forwards = await all(client.readAll({ fromPosition: positions[1]!, filter, maxCount: 10 }));
        expect(forwards.map(({ event }) => event?.revision)).toEqual([1n, 2n]);
        const backwards = await all(
          client.readAll({ fromPosition: positions[1]!, direction: BACKWARDS, filter, maxCount: 10 }),
        );
        expect(backwards.map(({ event }) => event?.revision)).toEqual([0n]);
        const last = await all(client.readAll({ fromPosition: END, direction: BACKWARDS, filter, maxCount: 1 }));
        expect(last.map(({ event }) => event?.revision)).toEqual([2n]);
      });

      test('$all unfiltered begins with system events', async () => {
        const [first] = await all(client.readAll({ maxCount: 1 }));
        expect(first?.event?.streamId).toMatch(/^\$/u);
      });

      test('$all from beyond the end: nothing', async () => {
        const far = { commit: 2n ** 50n, prepare: 2n ** 50n };
        expect(await all(client.readAll({ fromPosition: far, maxCount: 10 }))).toEqual([]);
      });

      test('$all from within a record: UnavailableError, every time', async () => {
        const { position } = await append(newStream(), 'no_stream', three());
        await append(newStream(), 'no_stream', three());
        const within = { commit: commitOf(position) + 1n, prepare: commitOf(position) + 1n };
        for (let time = 0; time < 2; time += 1)
          expect(await refusal(all(client.readAll({ fromPosition: within, maxCount: 1 })))).toMatchObject({
            name: 'UnavailableError',
          });
        expect(await all(client.readAll({ maxCount: 1 }))).toHaveLength(1);
      });

      test('created is cut to whole seconds', async () => {
        const stream = newStream();
        await append(stream, 'no_stream', three());
        for (const { event } of await all(client.readStream(stream))) expect(event!.created.getTime() % 1_000).toBe(0);
      });
    });

    describe('subscriptions to $all with a prefix filter', () => {
      test('confirm, give what is there, say caughtUp with nothing in it, and go on live', async () => {
        const stream = newStream();
        const events = three();
        await append(stream, 'no_stream', events);
        const reader = follow(client, stream);
        await reader.until(() => reader.seen.includes('caughtUp'));
        await append(stream, 2n, [newEvent()]);
        await reader.until(() => reader.seen.includes(3n));
        await reader.stop();
        expect(reader.seen.filter((each) => each !== 'checkpoint')).toEqual([
          'confirmation',
          0n,
          1n,
          2n,
          'caughtUp',
          3n,
        ]);
        expect(reader.caughtUp).toEqual([{}]);
      });

      test('from END: confirmation, caughtUp, then new events', async () => {
        const stream = newStream();
        await append(stream, 'no_stream', three());
        const reader = follow(client, stream, { fromPosition: END });
        await reader.until(() => reader.seen.includes('caughtUp'));
        await append(stream, 2n, [newEvent()]);
        await reader.until(() => reader.seen.includes(3n));
        await reader.stop();
        expect(reader.seen).toEqual(['confirmation', 'caughtUp', 3n]);
      });

      test('after a position: exclusive of it', async () => {
        const stream = newStream();
        await append(stream, 'no_stream', three());
        const [first] = await positionsOf(client, stream);
        const reader = follow(client, stream, { fromPosition: first! });
        await reader.until(() => reader.seen.includes('caughtUp'));
        await reader.stop();
        expect(reader.seen.filter((each) => typeof each === 'bigint')).toEqual([1n, 2n]);
      });

      test('tell checkpoints while only other streams are written to, live and catching up', async () => {
        const other = newStream();
        const mine = newStream();
        const { position: start } = await append(mine, 'no_stream', [newEvent()]);
        const live = follow(client, mine, { fromPosition: start!, window: 10 });
        await live.until(() => live.seen.includes('caughtUp'));
        for (let round = 0; round < 5; round += 1)
          await append(
            other,
            'any',
            Array.from({ length: 20 }, () => newEvent()),
          );
        await live.until(() => live.checkpoints.length >= 5);
        await live.stop();
        const late = follow(client, mine, { fromPosition: start!, window: 10 });
        await late.until(() => late.seen.includes('caughtUp'));
        await late.stop();
        for (const { checkpoints } of [live, late]) {
          expect(checkpoints.every(({ commit }) => commit >= commitOf(start))).toBe(true);
          expect(checkpoints.at(-1)!.commit > commitOf(start)).toBe(true);
        }
        // Of those told while catching up one half can be 0.
        expect(late.checkpoints.some(({ commit, prepare }) => prepare === 0n && commit > 0n)).toBe(true);
        expect(live.checkpoints.every(({ commit, prepare }) => prepare === commit)).toBe(true);
      });

      test('from the start, where nothing is to be found: one checkpoint, at the end of all positions', async () => {
        const reader = follow(client, newStream(), { window: 1_000_000 });
        await reader.until(() => reader.seen.includes('caughtUp'));
        await reader.stop();
        const end = 2n ** 64n - 1n;
        expect(reader.checkpoints).toEqual([{ commit: end, prepare: end }]);
      });

      test('unsubscribe(): end, close, and the iteration ends quietly', async () => {
        const reader = follow(client, newStream(), { fromPosition: END });
        await reader.until(() => reader.seen.includes('caughtUp'));
        await reader.stop();
        expect(reader.error).toBeNull();
        expect(reader.events.toSorted()).toEqual(['close', 'end']);
      });
    });
  });
}

const newStream = (): string => `observed-${randomUUID()}`;

const newEvent = (text = ''): EventData => jsonEvent({ id: randomUUID(), type: 'Observed', data: { text } });

const three = (): [EventData, EventData, EventData] => [newEvent('1'), newEvent('2'), newEvent('3')];

const all = async <T>(iterable: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of iterable) items.push(item);
  return items;
};

const lastOf = async (client: KurrentDBClient, stream: string) => {
  const [last] = await all(client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 }));
  if (last?.event === undefined) throw new Error(`${stream} is empty`);
  return last.event;
};

const positionsOf = async (client: KurrentDBClient, stream: string): Promise<Position[]> =>
  (await all(client.readStream(stream))).flatMap(({ event }) => event?.position ?? []);

const commitOf = (position: Position | undefined): bigint => {
  if (position === undefined) throw new Error('no position');
  return position.commit;
};

/** What a promise fails with. */
const refusal = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then((value) => {
    throw new Error(`nothing failed: ${String(value)}`);
  }, failureOf);
