import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonEvent, KurrentDBClient, streamNameFilter } from '@kurrent/kurrentdb-client';
import { openTollbook } from '#tollbook/filing/open-tollbook.js';
import { openKurrentDbLog } from '#tollbook/log/kurrentdb/open-kurrentdb-log.js';
import type { EventLog, LogEvent } from '#tollbook/log/event-log.js';
import { inTurn, type Row } from './compare.ts';
import { type Call, load } from './load.ts';
import { fill } from './fill.ts';
import { freePort, serve } from './serve.ts';

const atOnce = 64;
const secondsARun = 4;
const warmUpSeconds = 6;
const rounds = 3;
const rebuiltIncidents = 200;
const reportsAnIncident = 60;

/** A real server, e.g. `kurrentdb://localhost:2113?tls=false`; what is filed there stays there. */
const server = process.env['TOLLBOOK_TEST_KURRENTDB'];

const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;

const incident = (slug: string): object => ({
  slug,
  title: slug,
  place: 'Here',
  from: '2020-01-01',
  home: 'DZ',
  groups: [{ id: 'hostages', side: 'victims' }],
});

const report = (client: number, n: number): object => {
  const at = new Date(Date.UTC(2020, 0, 1) + n * 1_000).toISOString();
  return {
    outlet: 'Wire',
    url: 'https://example.org/report',
    publishedAt: at,
    statedAt: at,
    attribution: [
      { name: `Hospital ${client}`, kind: 'organisation', id: `hospital-${client}` },
      { name: 'Wire', kind: 'press' },
    ],
    figures: [{ measure: 'killed', group: 'hostages', quantity: { kind: 'atLeast', value: 1 + Math.floor(n / 100) } }],
  };
};

/** So many at once, each again and again for a while. @returns how many a second */
const repeat = async (task: (which: number) => (n: number) => Promise<void>): Promise<number> => {
  let count = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + secondsARun * 1000;
  await Promise.all(
    Array.from({ length: atOnce }, async (_, which) => {
      const each = task(which);
      for (let n = 0; performance.now() < endsAt; n += 1) {
        await each(n);
        count += 1;
      }
    }),
  );
  return (count * 1000) / (performance.now() - startedAt);
};

/** Appends through the client alone: the same events as a filing's, one append each, to streams of their own. */
const bareAppends = (client: KurrentDBClient, filing: readonly LogEvent[]): Promise<number> =>
  repeat(() => {
    const stream = `bench.bare-${crypto.randomUUID()}`;
    let revision: bigint | 'no_stream' = 'no_stream';
    return async () => {
      const events = filing.map(({ type, data, meta }) =>
        jsonEvent({ id: crypto.randomUUID(), type, data: data as never, metadata: meta as never }),
      );
      const result = await client.appendToStream(stream, events, { streamState: revision });
      revision = result.nextExpectedRevision;
    };
  });

/** The same through the port of the log. */
const portAppends = (log: EventLog, filing: readonly LogEvent[]): Promise<number> =>
  repeat(() => {
    const stream = `tollbook-bench-${crypto.randomUUID()}`;
    let revision = -1n;
    return async () => {
      const result = await log.append(
        stream,
        revision,
        filing.map((event) => ({ ...event, id: crypto.randomUUID() })),
      );
      if (!result.ok) throw new Error('a conflict on a stream of our own');
      revision = result.revision;
    };
  });

const call = (path: string, body: object): Call => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  body: JSON.stringify(body),
});

const floorName = 'the client alone, the same events, an append a filing';

const against = async (
  name: string,
  ours: () => Promise<number>,
  floor: () => Promise<number>,
  bar: Row['bar'],
): Promise<Row> => {
  const result = await inTurn(rounds, ours, floor);
  return { name, ours: perSecond(result.ours), floor: perSecond(result.floor), floorName, ratio: result.ratio, bar };
};

/** While no instance runs that would follow what is appended. */
const benchPort = async (client: KurrentDBClient, log: EventLog): Promise<Row[]> => {
  let filing: readonly LogEvent[] = [];
  for await (const [first, second] of log.readAll({ after: null, streamPrefix: 'tollbook-incident-' }))
    if (first !== undefined && second !== undefined) {
      filing = [first, second];
      break;
    }
  const ours = (): Promise<number> => portAppends(log, filing);
  const floor = (): Promise<number> => bareAppends(client, filing);
  await ours();
  await floor();
  return [await against(`the log's port: append, ${atOnce} streams at once`, ours, floor, null)];
};

const benchFiling = async (connection: string, client: KurrentDBClient, log: EventLog): Promise<Row[]> => {
  const run = crypto.randomUUID().slice(0, 8);
  const directory = mkdtempSync(join(tmpdir(), 'tollbook-bench-'));
  const port = await freePort();
  const served = await serve(join(import.meta.dirname, '../dist/main.js'), port, '/health/ready', {
    TOLLBOOK_LOG: connection,
    TOLLBOOK_VIEWS: directory,
    TOLLBOOK_SAMPLE: 'false',
    TOLLBOOK_PORT: String(port),
  });
  try {
    const slugOf = (n: number): string => `bench-${run}-${n}`;
    for (let n = 0; n < atOnce; n += 1) {
      const { path, body, headers } = call('/v1/incidents', incident(slugOf(n)));
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body });
      if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
    }
    let from = 0;
    const file = (seconds: number, slug: (n: number) => string): Promise<number> => {
      // Time goes on from run to run, as it does for desks.
      from += 100_000;
      const at = from;
      return load(port, atOnce, seconds, 201, (which, n) =>
        call(`/v1/incidents/${slug(which)}/reports`, report(which, at + n)),
      );
    };
    await file(warmUpSeconds, slugOf);
    let filing: readonly LogEvent[] = [];
    for await (const batch of log.readStream(`tollbook-incident-${slugOf(0)}`, 1n)) {
      filing = batch.slice(0, 2);
      break;
    }
    if (filing.length !== 2) throw new Error('no filing of two events to go by');
    await bareAppends(client, filing);
    const rows: Row[] = [];
    const compare = async (name: string, ours: () => Promise<number>): Promise<void> => {
      rows.push(await against(name, ours, () => bareAppends(client, filing), { atLeast: 0.7 }));
    };
    await compare(`file over HTTP, ${atOnce} at once, ${atOnce} incidents`, () => file(secondsARun, slugOf));
    await compare(`file over HTTP, ${atOnce} at once, 1 incident`, () => file(secondsARun, () => slugOf(0)));
    return rows;
  } finally {
    await served.stop();
    rmSync(directory, { recursive: true, force: true });
  }
};

const benchRebuilding = async (client: KurrentDBClient, log: EventLog): Promise<Row[]> => {
  await fill(log, rebuiltIncidents, reportsAnIncident, `rebuild-${crypto.randomUUID().slice(0, 8)}`);
  const directory = mkdtempSync(join(tmpdir(), 'tollbook-bench-'));
  const tollbook = await openTollbook({ log, viewsDirectory: directory });
  try {
    await tollbook.projector.caughtUp();
    const readAll = async (): Promise<number> => {
      let count = 0;
      for await (const _ of client.readAll({ filter: streamNameFilter({ prefixes: ['tollbook-'] }) })) count += 1;
      return count;
    };
    const count = await readAll();
    await tollbook.projector.rebuild();
    const timed = async (task: () => Promise<unknown>): Promise<number> => {
      const startedAt = performance.now();
      await task();
      return (count * 1000) / (performance.now() - startedAt);
    };
    const result = await inTurn(
      rounds,
      () => timed(() => tollbook.projector.rebuild()),
      () => timed(readAll),
    );
    return [
      {
        name: `rebuild, ${count.toLocaleString('en')} events`,
        ours: perSecond(result.ours),
        floor: perSecond(result.floor),
        floorName: "the client's readAll of the same events",
        ratio: result.ratio,
        bar: { atLeast: 0.7 },
      },
    ];
  } finally {
    await tollbook.close();
    rmSync(directory, { recursive: true, force: true });
  }
};

/** The service on a real KurrentDB, against its client alone on the same server. */
export const benchKurrentDb = async (): Promise<Row[]> => {
  if (server === undefined) {
    console.error('  skipped: TOLLBOOK_TEST_KURRENTDB names no server');
    return [];
  }
  const client = KurrentDBClient.connectionString(server);
  const log = await openKurrentDbLog(server);
  try {
    // First, while the log is short.
    const rebuilding = await benchRebuilding(client, log);
    return [...(await benchPort(client, log)), ...(await benchFiling(server, client, log)), ...rebuilding];
  } finally {
    await log.close();
    await client.dispose();
  }
};
