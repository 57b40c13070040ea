import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchGroupCommit } from './group-commit.ts';
import { inTurn, type Row } from './compare.ts';
import { load, type Call } from './load.ts';
import { freePort, serve, type Served } from './serve.ts';

const secondsARun = 4;
const rounds = 3;
const warmUpSeconds = 8;
const incidents = 64;
const nationalities = ['FR', 'DE', 'GB', 'US', 'JP', 'NO', 'RO', 'PH', 'MY', 'CO', 'IT', 'ES', 'BE', 'NL', 'SE', 'PL'];

const slugOf = (n: number): string => `bench-${n}`;

const openIncident = (n: number): object => ({
  slug: slugOf(n),
  title: `Bench ${n}`,
  place: 'Here',
  from: '2020-01-01',
  home: 'DZ',
  groups: [
    { id: 'hostages', side: 'victims' },
    { id: 'militants', side: 'perpetrators' },
  ],
});

/** A report of one figure, as a desk files it: a count of a nationality that grows as time goes on. */
const report = (client: number, n: number): string => {
  const at = new Date(Date.UTC(2020, 0, 1) + n * 1_000).toISOString();
  return JSON.stringify({
    outlet: 'Wire',
    url: 'https://example.org/report',
    publishedAt: at,
    statedAt: at,
    attribution: [
      { name: `Hospital ${client}`, kind: 'organisation', id: `hospital-${client}` },
      { name: 'Wire', kind: 'press' },
    ],
    figures: [
      {
        measure: 'killed',
        group: 'hostages',
        breakdown: { nationality: nationalities[(client + n) % nationalities.length] },
        quantity: { kind: 'atLeast', value: 1 + Math.floor(n / 100) },
        words: 'at least that many',
      },
    ],
  });
};

/** More than one client files in one run. */
const filingsARunMax = 40_000;

let run = 0;

const filing = (path: (client: number) => string): ((client: number, n: number) => Call) => {
  run += 1;
  const prefix = `run-${run}`;
  // Time goes on from run to run, as it does for desks: else every report would be a late one.
  const from = run * filingsARunMax;
  return (client, n) => ({
    method: 'POST',
    path: path(client),
    headers: { 'content-type': 'application/json', 'idempotency-key': `${prefix}-${client}-${n}` },
    body: report(client, from + n),
  });
};

const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;

const withServers = async <T>(use: (ours: Served, node: Served, nest: Served) => Promise<T>): Promise<T> => {
  const directory = mkdtempSync(join(tmpdir(), 'tollbook-bench-'));
  const started: Served[] = [];
  const start = async (script: string, path: string, env: NodeJS.ProcessEnv = {}): Promise<Served> => {
    const port = await freePort();
    const served = await serve(join(import.meta.dirname, script), port, path, { ...env, TOLLBOOK_PORT: String(port) });
    started.push(served);
    return served;
  };
  try {
    const ours = await start('../dist/main.js', '/health/ready', {
      TOLLBOOK_LOG: `embedded:${directory}`,
      TOLLBOOK_SAMPLE: 'false',
    });
    return await use(ours, await start('floors/node-http.ts', '/'), await start('floors/nest-fastify.ts', '/tally'));
  } finally {
    for (const served of started) await served.stop();
    rmSync(directory, { recursive: true, force: true });
  }
};

const openAll = async (port: number): Promise<void> => {
  for (let n = 0; n < incidents; n += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/incidents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `open-${n}` },
      body: JSON.stringify(openIncident(n)),
    });
    if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  }
};

/** Filing and reading over HTTP, against services that do as little as can be done. */
export const benchHttp = (): Promise<Row[]> =>
  withServers(async (ours, node, nest) => {
    await openAll(ours.port);
    // A service that has just started still compiles what it runs; a newsroom's has run for days.
    await load(
      ours.port,
      64,
      warmUpSeconds,
      201,
      filing((client) => `/v1/incidents/${slugOf(client)}/reports`),
    );
    for (const floor of [node, nest])
      await load(
        floor.port,
        64,
        warmUpSeconds / 2,
        201,
        filing(() => '/reports'),
      );
    const rows: Row[] = [];
    const cases = [
      { name: 'file, 1 client, 1 incident', clients: 1, slug: () => slugOf(0), bar: null },
      { name: 'file, 64 clients, 64 incidents', clients: 64, slug: slugOf, bar: { atLeast: 0.5 } },
      { name: 'file, 64 clients, 1 incident', clients: 64, slug: () => slugOf(1), bar: { atLeast: 0.5 } },
    ] as const;
    for (const { name, clients, slug, bar } of cases) {
      const oursRun = () =>
        load(
          ours.port,
          clients,
          secondsARun,
          201,
          filing((client) => `/v1/incidents/${slug(client)}/reports`),
        );
      const floorRun = (port: number) => () =>
        load(
          port,
          clients,
          secondsARun,
          201,
          filing(() => '/reports'),
        );
      const againstNest = await inTurn(rounds, oursRun, floorRun(nest.port));
      rows.push({
        name,
        ours: perSecond(againstNest.ours),
        floor: perSecond(againstNest.floor),
        floorName: 'Nest on Fastify, same schema, nothing stored',
        ratio: againstNest.ratio,
        bar,
      });
      const nodeFloor = await floorRun(node.port)();
      rows.push({
        name,
        ours: perSecond(againstNest.ours),
        floor: perSecond(nodeFloor),
        floorName: 'node:http, same schema, nothing stored',
        ratio: againstNest.ours / nodeFloor,
        bar: null,
      });
      const commits = benchGroupCommit(clients);
      rows.push({
        name,
        ours: perSecond(againstNest.ours),
        floor: perSecond(commits),
        floorName: `SQLite, ${clients * 2} events a commit, in filings of two`,
        ratio: againstNest.ours / commits,
        bar: null,
      });
    }
    rows.push(...(await readRows(ours, nest)));
    return rows;
  });

const readRows = async (ours: Served, nest: Served): Promise<Row[]> => {
  const path = `/v1/incidents/${slugOf(2)}/tally`;
  const first = await fetch(`http://127.0.0.1:${ours.port}${path}`);
  await first.arrayBuffer();
  const etag = first.headers.get('etag') ?? '';
  const floorRun = () => load(nest.port, 50, secondsARun, 200, () => ({ method: 'GET', path: '/tally' }));
  const whole = await inTurn(
    rounds,
    () => load(ours.port, 50, secondsARun, 200, () => ({ method: 'GET', path })),
    floorRun,
  );
  const unchanged = await inTurn(
    rounds,
    () => load(ours.port, 50, secondsARun, 304, () => ({ method: 'GET', path, headers: { 'if-none-match': etag } })),
    floorRun,
  );
  const floorName = 'Nest on Fastify, a fixed answer';
  return [
    {
      name: 'GET tally, 200',
      ours: perSecond(whole.ours),
      floor: perSecond(whole.floor),
      floorName,
      ratio: whole.ratio,
      bar: null,
    },
    {
      name: 'GET tally, 304',
      ours: perSecond(unchanged.ours),
      floor: perSecond(unchanged.floor),
      floorName,
      ratio: unchanged.ratio,
      bar: null,
    },
  ];
};
