import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { failureOf, type Failure } from './failure-of.js';
import { FakeCluster } from './fake-kurrentdb/fake-cluster.js';

/** Three nodes, e.g. `kurrentdb://localhost:2111,localhost:2112,localhost:2113?tls=false`. */
const server = process.env['TOLLBOOK_TEST_KURRENTDB_CLUSTER'];

const testTimeoutMs = 30_000;

const append = (client: KurrentDBClient, stream: string, revision: bigint | 'no_stream' = 'no_stream') =>
  client.appendToStream(stream, [jsonEvent({ id: randomUUID(), type: 'Observed', data: {} })], {
    streamState: revision,
  });

const read = async (client: KurrentDBClient, stream: string): Promise<number> => {
  let count = 0;
  for await (const { event } of client.readStream(stream)) if (event !== undefined) count += 1;
  return count;
};

const failure = (call: Promise<unknown>): Promise<Failure | null> => call.then(() => null, failureOf);

const newStream = (): string => `observed-${randomUUID()}`;

const eachNode = (connectionString: string): string[] => {
  const [, user, hosts, options] = /^kurrentdb:\/\/([^@/]+@)?([^?]+)(\?.*)$/u.exec(connectionString)!;
  return hosts!.split(',').map((host) => `kurrentdb://${user ?? ''}${host}${options!}`);
};

/** Three nodes, as the bare client sees them, on the fake and on real ones. */
const clusterAsObserved = (name: string, open: () => Promise<{ url: string; close: () => Promise<void> }>): void => {
  describe(`${name} answer as observed:`, () => {
    let url: string;
    let close: () => Promise<void>;

    beforeAll(async () => {
      ({ url, close } = await open());
    }, testTimeoutMs);
    afterAll(() => close(), testTimeoutMs);

    test(
      'a client given one address only: appends succeed on every node, reads on the leader alone',
      async () => {
        const outcomes: string[] = [];
        for (const node of eachNode(url)) {
          const client = KurrentDBClient.connectionString(node);
          const stream = newStream();
          expect(await append(client, stream)).toMatchObject({ success: true, nextExpectedRevision: 0n });
          outcomes.push((await failure(read(client, stream)))?.name ?? 'read');
          await client.dispose();
        }
        expect(outcomes.toSorted((a, b) => a.localeCompare(b))).toEqual(['NotLeaderError', 'NotLeaderError', 'read']);
      },
      testTimeoutMs,
    );

    test(
      'a client given all of them appends and reads on the leader',
      async () => {
        const client = KurrentDBClient.connectionString(url);
        const stream = newStream();
        await append(client, stream);
        expect(await read(client, stream)).toBe(1);
        await client.dispose();
      },
      testTimeoutMs,
    );
  });
};

clusterAsObserved('three fake nodes', async () => {
  const cluster = await FakeCluster.start();
  return { url: cluster.connectionString, close: () => cluster.close() };
});

if (server === undefined)
  describe('three real nodes', () => {
    // oxlint-disable-next-line jest/no-disabled-tests -- said as skipped where there are none
    test.skip('need TOLLBOOK_TEST_KURRENTDB_CLUSTER to name them', () => undefined);
  });
else clusterAsObserved('three real nodes', () => Promise.resolve({ url: server, close: () => Promise.resolve() }));

describe('three fake nodes whose leader dies', () => {
  let cluster: FakeCluster;
  const clients: KurrentDBClient[] = [];
  const connect = (): KurrentDBClient => {
    const client = KurrentDBClient.connectionString(cluster.connectionString);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    cluster = await FakeCluster.start();
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.dispose()));
    await cluster.close();
  }, testTimeoutMs);

  test(
    'are not ready for a while, then another leads; a client’s read fails meanwhile, a new client’s works',
    async () => {
      const client = connect();
      const stream = newStream();
      await append(client, stream);
      expect(await read(client, stream)).toBe(1);

      const failover = cluster.killLeader(600);
      const appended: (string | null)[] = [];
      for (let attempt = 0; attempt < 200 && !appended.includes(null); attempt += 1) {
        const failed = await failure(append(client, stream, 0n));
        appended.push(failed === null ? null : `${failed.name}: ${failed.message}`);
        await delay(20);
      }
      expect(appended).toContain('UnknownError: Could not recognize Server Is Not Ready');
      expect(appended.at(-1)).toBeNull();

      const killed = await failover;
      expect(await failure(read(client, stream))).toMatchObject({ name: 'UnavailableError' });
      await killed.comeBack();
      expect(await read(connect(), stream)).toBe(2);
    },
    testTimeoutMs,
  );
});
