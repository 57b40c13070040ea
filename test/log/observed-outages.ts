import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type AppendResult, jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { failureOf } from './failure-of.js';
import { follow } from './follow-subscription.js';

/** A server that a test may end and start again. */
export interface ControlledServer {
  readonly connectionString: string;
  /** As by kill -9. */
  kill(): Promise<void>;
  /** As by SIGTERM. Resolves when it has ended. */
  stop(): Promise<void>;
  /** Resolves when it answers again, with what was stored. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

const testTimeoutMs = 60_000;
/** Within which a client must have noticed that the server is back. */
const recoveryMs = 20_000;

/**
 * What the client was seen to do while a KurrentDB goes and comes: the traps that the adapter is built around. Where
 * one of these fails after an upgrade of the client, a way around it may go. Runs on a real server and on the fake.
 */
export function kurrentDbOutagesAsObserved(name: string, open: () => Promise<ControlledServer>): void {
  describe(`${name} goes and comes as observed:`, () => {
    let server: ControlledServer;
    let clients: KurrentDBClient[];
    let stream: string;

    beforeAll(async () => {
      server = await open();
    }, testTimeoutMs);

    afterAll(() => server.close(), testTimeoutMs);

    beforeEach(() => {
      clients = [];
      stream = `outage-${randomUUID()}`;
    });

    afterEach(async () => {
      await Promise.all(clients.map((client) => client.dispose()));
      await server.comeBack();
    }, testTimeoutMs);

    const connect = (): KurrentDBClient => {
      const client = KurrentDBClient.connectionString(server.connectionString);
      clients.push(client);
      return client;
    };

    const append = (client: KurrentDBClient, id = randomUUID(), revision: bigint | 'no_stream' = 'no_stream') =>
      client.appendToStream(stream, [jsonEvent({ id, type: 'Observed', data: {} })], { streamState: revision });

    const readIds = async (client: KurrentDBClient): Promise<string[]> => {
      const ids: string[] = [];
      for await (const { event } of client.readStream(stream)) ids.push(event!.id);
      return ids;
    };

    /** Until a call succeeds that may be repeated. */
    const eventually = async <T>(call: () => Promise<T>): Promise<T> => {
      const until = Date.now() + recoveryMs;
      for (;;)
        try {
          return await call();
        } catch (error) {
          if (Date.now() > until) throw error;
          await delay(50);
        }
    };

    test(
      'an append while no server is there: a plain Error with code 14, no type; and it recovers by itself',
      async () => {
        const client = connect();
        await append(client);
        await server.kill();
        const failures = [];
        for (let time = 0; time < 5; time += 1) {
          failures.push(await append(client, randomUUID(), 0n).then(nothingFailed, failureOf));
          await delay(20);
        }
        const last = failures.at(-1)!;
        expect(last).toMatchObject({ name: 'Error', code: 14 });
        expect(last['type']).toBeUndefined();
        expect(last.message).toMatch(/^14 UNAVAILABLE: No connection established/u);
        await server.comeBack();
        const id = randomUUID();
        await eventually(() => append(client, id, 0n));
        expect((await readIds(connect())).slice(1)).toEqual([id]);
      },
      testTimeoutMs,
    );

    test(
      'a client whose first read finds no server never reads again, while its appends work; a new client reads',
      async () => {
        await append(connect());
        const client = connect();
        await server.kill();
        expect(await readIds(client).then(nothingFailed, failureOf)).toMatchObject({ name: 'UnavailableError' });
        await server.comeBack();
        await eventually(() => append(client, randomUUID(), 0n));
        for (let time = 0; time < 5; time += 1) {
          expect(await readIds(client).then(nothingFailed, failureOf)).toMatchObject({ name: 'UnavailableError' });
          await delay(100);
        }
        expect(await readIds(connect())).toHaveLength(2);
      },
      testTimeoutMs,
    );

    test(
      'a client that had read before recovers on a single node',
      async () => {
        const client = connect();
        await append(client);
        expect(await readIds(client)).toHaveLength(1);
        await server.kill();
        expect(await readIds(client).then(nothingFailed, failureOf)).toMatchObject({ name: 'UnavailableError' });
        await server.comeBack();
        expect(await eventually(() => readIds(client))).toHaveLength(1);
      },
      testTimeoutMs,
    );

    test(
      'a subscription when the server is killed: thrown, and after that an error once more, then close',
      async () => {
        const client = connect();
        await append(client);
        const reader = follow(client, stream);
        await reader.until(() => reader.seen.includes('caughtUp'));
        await server.kill();
        await reader.ended;
        while (!reader.events.includes('close')) await delay(5);
        expect(failureOf(reader.error)).toMatchObject({ name: 'UnavailableError', type: 'unavailable', code: 14 });
        expect(reader.events).toEqual(['error UnavailableError', 'thrown', 'error AbortError', 'close']);
      },
      testTimeoutMs,
    );

    test(
      'a subscription when the server is stopped: silence, then code 13; new calls are refused meanwhile',
      async () => {
        const client = connect();
        await append(client);
        const reader = follow(client, stream);
        await reader.until(() => reader.seen.includes('caughtUp'));
        const stopped = server.stop();
        await delay(100);
        expect(reader.error).toBeNull();
        const refused = await append(connect(), randomUUID(), 0n).then(nothingFailed, failureOf);
        expect(refused).toMatchObject({ name: 'Error', code: 14 });
        expect(reader.error).toBeNull();
        await stopped;
        await reader.ended;
        expect(failureOf(reader.error)).toMatchObject({
          name: 'UnavailableError',
          code: 13,
          message: expect.stringContaining('Received RST_STREAM with code 0'),
        });
      },
      testTimeoutMs,
    );

    test(
      'killed in the middle of appends: what was acknowledged is there, each once; what was under way is repeated safely',
      async () => {
        const client = connect();
        const acknowledged: string[] = [];
        let revision: bigint | 'no_stream' = 'no_stream';
        const outage = (async () => {
          await delay(60);
          await server.kill();
          await server.comeBack();
        })();
        for (let count = 0; count < 120; count += 1) {
          const id = randomUUID();
          const expected: bigint | 'no_stream' = revision;
          const result: AppendResult = await eventually(() => append(client, id, expected));
          acknowledged.push(id);
          revision = result.nextExpectedRevision;
        }
        await outage;
        expect(await readIds(connect())).toEqual(acknowledged);
      },
      testTimeoutMs,
    );
  });
}

const nothingFailed = (value: unknown): never => {
  throw new Error(`nothing failed: ${String(value)}`);
};
