import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Following } from './following.js';
import { incidentBody, Instance, reportBody } from './instance.js';

/** Three nodes, empty, e.g. `kurrentdb://localhost:2111,localhost:2112,localhost:2113?tls=false`. */
const cluster = process.env['TOLLBOOK_TEST_KURRENTDB_CLUSTER'];
/** A shell command that kills the leader at once. */
const killLeader = process.env['TOLLBOOK_TEST_KURRENTDB_KILL_LEADER'];

const desks = 64;
const incidents = 8;
const readersAnInstance = 3;
/** Load before the kill and after it, in ms. */
const beforeMs = 4_000;
const afterMs = 12_000;
/** A desk waits between two filings, and before it repeats one, in ms. */
const pauseMs = 20;
const againMs = 25;
/** The bars, in ms. */
const filingAgainMs = 3_000;
const readingAgainMs = 5_000;
const testTimeoutMs = 120_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Filed {
  readonly slug: string;
  readonly position: bigint;
  readonly figures: readonly string[];
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
}

const closers: (() => Promise<void> | void)[] = [];
let over = false;

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

describe('the leader of three nodes is killed under load', () => {
  if (cluster === undefined || killLeader === undefined) {
    // oxlint-disable-next-line jest/no-disabled-tests -- said as skipped where there is no cluster
    test.skip('needs TOLLBOOK_TEST_KURRENTDB_CLUSTER and TOLLBOOK_TEST_KURRENTDB_KILL_LEADER', () => undefined);
    return;
  }

  test(
    `${desks} desks on two instances: nothing lost, nothing twice, and all goes on`,
    async () => {
      const instances = await Promise.all([Instance.start(cluster), Instance.start(cluster)]);
      closers.push(...instances.map((instance) => () => instance.kill()));
      const slugs = Array.from({ length: incidents }, () => `leader-${randomUUID().slice(0, 8)}`);
      for (const slug of slugs)
        expect((await instances[0].post('/v1/incidents', slug, incidentBody(slug))).status).toBe(201);
      const followers = instances.flatMap(({ url }) =>
        Array.from(
          { length: readersAnInstance },
          (_, n) => new Following(url, n === 0 ? '/v1/feed' : `/v1/incidents/${slugs[n]!}/feed`),
        ),
      );
      closers.push(...followers.map((follower) => () => follower.stop()));
      await wait(1_000);

      closers.push(() => {
        over = true;
      });
      let killedAtMs = Number.POSITIVE_INFINITY;
      const filed: Filed[] = [];
      const statuses = new Map<number, number>();
      const count = (status: number): void => void statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const filing = Array.from({ length: desks }, async (_, desk) => {
        const slug = slugs[desk % incidents]!;
        for (let n = 0; !over; n += 1) {
          for (let attempt = 0; ; attempt += 1) {
            const sentAtMs = performance.now();
            // A desk goes to either, as a proxy would have it.
            const instance = instances[(desk + n + attempt) % 2]!;
            const answer = await instance
              .post(`/v1/incidents/${slug}/reports`, `${desk}-${n}`, reportBody(n, 2))
              .catch(() => ({ status: 0, body: {} as Record<string, unknown> }));
            count(answer.status);
            if (answer.status === 201) {
              const figures = (answer.body['figures'] as { id: string }[]).map(({ id }) => id);
              const position = BigInt(String(answer.body['position']));
              filed.push({ slug, position, figures, sentAtMs, answeredAtMs: performance.now() });
              break;
            }
            expect([0, 503]).toContain(answer.status);
            await wait(againMs);
          }
          await wait(pauseMs);
        }
      });
      /** When a read that was sent after the kill first succeeded, and the longest that one took, by kind of read. */
      const reads = new Map<string, { firstMs: number; longestMs: number; failed: number }>();
      const reading = instances.flatMap((instance, which) =>
        [
          ['tally', `/v1/incidents/${slugs[0]!}/tally`],
          ['events', '/v1/events?limit=10'],
        ].map(async ([name, path]) => {
          const read = { firstMs: Number.POSITIVE_INFINITY, longestMs: 0, failed: 0 };
          reads.set(`${name} of instance ${which + 1}`, read);
          while (!over) {
            const sentAtMs = performance.now();
            const { status } = await instance.call('GET', path!).catch(() => ({ status: 0 }));
            const now = performance.now();
            if (sentAtMs > killedAtMs) {
              read.longestMs = Math.max(read.longestMs, now - sentAtMs);
              if (status === 200) read.firstMs = Math.min(read.firstMs, now - killedAtMs);
              else read.failed += 1;
            }
            await wait(pauseMs);
          }
        }),
      );

      await wait(beforeMs);
      killedAtMs = performance.now();
      const killed = spawnSync(killLeader, { shell: true, encoding: 'utf8' });
      expect([killed.status, killed.stderr]).toEqual([0, '']);
      await wait(afterMs);
      over = true;
      await Promise.all([...filing, ...reading]);

      const after = filed.filter(({ sentAtMs }) => sentAtMs > killedAtMs);
      const firstAgainMs = Math.min(...after.map(({ answeredAtMs }) => answeredAtMs)) - killedAtMs;
      const allAgainMs = Math.max(
        ...slugs.map((slug) => {
          const of = after.filter((each) => each.slug === slug);
          return Math.min(...of.map(({ answeredAtMs }) => answeredAtMs)) - killedAtMs;
        }),
      );
      const inOrder = after.map(({ answeredAtMs }) => answeredAtMs).toSorted((a, b) => a - b);
      const lines = [
        `answers to what was sent after the kill, by second: ${Array.from({ length: afterMs / 1_000 }, (_, second) => inOrder.filter((at) => Math.floor((at - killedAtMs) / 1_000) === second).length).join(' ')}`,
        `${filed.length} filings acknowledged, ${after.length} of them sent after the kill; answers ${JSON.stringify([...statuses])}`,
        `filing again after ${Math.round(firstAgainMs)} ms, in every incident after ${Math.round(allAgainMs)} ms`,
        ...[...reads].map(
          ([name, { firstMs, longestMs, failed }]) =>
            `${name}: again after ${Math.round(firstMs)} ms, longest ${Math.round(longestMs)} ms, ${failed} failed`,
        ),
      ];

      // All that was acknowledged is there, once, on both, and in the feeds, in order, once.
      const ofSlug = new Map(slugs.map((slug) => [slug, filed.filter((each) => each.slug === slug)]));
      for (const [slug, of] of ofSlug) {
        const last = of.reduce((most, { position }) => (position > most ? position : most), 0n);
        for (const instance of instances) {
          const { status } = await instance.call('GET', `/v1/incidents/${slug}/tally?minPosition=${last}`);
          expect(status).toBe(200);
          const stored: string[] = [];
          for (let after: string | null = '0'; after !== null;) {
            const { body } = await instance.call(
              'GET',
              `/v1/incidents/${slug}/figures?limit=1000&order=asc${after === '0' ? '' : `&after=${after}`}`,
            );
            stored.push(...(body['data'] as { id: string }[]).map(({ id }) => id));
            after = body['next'] as string | null;
          }
          expect(stored.toSorted()).toEqual(of.flatMap(({ figures }) => figures).toSorted());
        }
      }
      await wait(1_000);
      for (const follower of followers) await follower.stop();
      lines.push(
        `${followers.length} readers, connections ${followers.map(({ connections }) => connections).join(', ')}`,
      );
      process.stderr.write(`${lines.join('\n')}\n`);
      for (const [n, { told, resets }] of followers.entries()) {
        expect(resets).toEqual([]);
        const followed = n % readersAnInstance === 0 ? slugs : [slugs[n % readersAnInstance]!];
        for (const slug of followed) {
          const positions = ofSlug.get(slug)!.map(({ position }) => position);
          expect(told.get(slug)).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)).map(String));
        }
      }
      expect(allAgainMs).toBeLessThan(filingAgainMs);
      for (const { firstMs } of reads.values()) expect(firstMs).toBeLessThan(readingAgainMs);
    },
    testTimeoutMs,
  );
});
