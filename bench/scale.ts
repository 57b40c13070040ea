import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '#tollbook/domain/commands.js';
import { openTollbook, type Tollbook } from '#tollbook/filing/open-tollbook.js';
import { openEmbeddedLog } from '#tollbook/log/embedded/open-embedded-log.js';
import type { EventLog } from '#tollbook/log/event-log.js';
import { inTurn, median, type Row } from './compare.ts';
import { fill } from './fill.ts';

const large = { incidents: 10_000, reportsAnIncident: 20 };
const small = { incidents: 10, reportsAnIncident: 20 };
const starts = 5;
const rounds = 7;
const filingsARound = 300;
/** What a process may have in memory, all told, with a million events. */
const memoryBarMb = 300;

const child = fileURLToPath(new URL('./scale-child.ts', import.meta.url));

interface Started {
  /** From the opening of the log on, and from the process's beginning: the rest is the program being loaded. */
  readonly ms: number;
  readonly processMs: number;
  readonly mb: number;
}

/** As the service is started: room for garbage is memory too. */
const nodeOptions = ['--max-semi-space-size=64'];

const started = (directory: string, views: string, ...then: readonly string[]): Started =>
  JSON.parse(
    execFileSync(process.execPath, [...nodeOptions, child, directory, views, ...then], { encoding: 'utf8' }),
  ) as Started;

interface Opened {
  readonly log: EventLog;
  readonly tollbook: Tollbook;
}

const open = async (directory: string): Promise<Opened> => {
  const log = await openEmbeddedLog({ directory });
  const tollbook = await openTollbook({ log, viewsDirectory: directory });
  await tollbook.projector.caughtUp();
  return { log, tollbook };
};

let opened = 0;

/** Files into an incident of its own, one after the other. @returns µs a filing */
const file = async ({ tollbook }: Opened): Promise<number> => {
  const slug = `scale-${(opened += 1)}`;
  const execute = async (command: Command): Promise<void> => {
    const outcome = await tollbook.desk.execute(slug, command, {
      desk: 'bench',
      person: null,
      correlationId: 'bench',
      idempotency: null,
      dryRun: false,
      ifMatch: null,
    });
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  };
  await execute({
    kind: 'openIncident',
    incident: { slug, title: 'T', place: 'P', from: '2026-01-01', groups: [{ id: 'people', side: 'victims' }] },
  });
  const startedAt = performance.now();
  for (let n = 0; n < filingsARound; n += 1)
    await execute({
      kind: 'fileReport',
      bodyHash: 'f'.repeat(64),
      report: {
        outlet: 'Wire',
        publishedAt: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
        attribution: [{ name: `Hospital ${n % 5}`, kind: 'organisation' }],
        figures: [{ measure: 'killed', group: 'people', quantity: { kind: 'atLeast', value: 1 + (n % 50) } }],
      },
    });
  return ((performance.now() - startedAt) * 1_000) / filingsARound;
};

const grouped = (value: number, unit: string): string => `${Math.round(value).toLocaleString('en')} ${unit}`;

/** A million events in ten thousand incidents: starting on them, and filing beside them. */
export const benchScale = async (): Promise<Row[]> => {
  const root = mkdtempSync(join(tmpdir(), 'tollbook-bench-'));
  try {
    const directory = join(root, 'large');
    const log = await openEmbeddedLog({ directory });
    const count = await fill(log, large.incidents, large.reportsAnIncident);
    await log.close();
    const full = started(directory, directory);
    const cold = Array.from({ length: starts }, () => started(directory, directory));
    const coldMs = median(cold.map(({ ms }) => ms));
    const coldProcessMs = median(cold.map(({ processMs }) => processMs));
    const coldMb = median(cold.map(({ mb }) => mb));
    const rebuiltMb = started(directory, directory, 'rebuild').mb;
    const listedMb = started(directory, directory, 'list').mb;

    const smallDirectory = join(root, 'small');
    const smallLog = await openEmbeddedLog({ directory: smallDirectory });
    await fill(smallLog, small.incidents, small.reportsAnIncident);
    await smallLog.close();
    const [many, few] = [await open(directory), await open(smallDirectory)];
    await file(many);
    await file(few);
    const filing = await inTurn(
      rounds,
      () => file(many),
      () => file(few),
    );
    for (const { tollbook, log: each } of [many, few]) {
      await tollbook.close();
      await each.close();
    }
    const bar = { atMost: 1 };
    const events = `${count.toLocaleString('en')} events`;
    return [
      {
        name: `start with checkpoints, ${events} in ${large.incidents.toLocaleString('en')} incidents`,
        ours: grouped(coldMs, 'ms'),
        floor: grouped(full.ms, 'ms'),
        floorName: 'the same with the read models made from the first event on',
        ratio: coldMs / full.ms,
        bar: { atMost: 0.02 },
      },
      {
        name: 'the same, the program being loaded included',
        ours: grouped(coldProcessMs, 'ms'),
        floor: grouped(full.processMs, 'ms'),
        floorName: 'the same with the read models made from the first event on',
        ratio: coldProcessMs / full.processMs,
        bar: null,
      },
      ...[
        { name: 'most memory of that start', mb: coldMb, bar },
        { name: 'most memory while the read models are made from the first event on', mb: full.mb, bar },
        { name: 'most memory while they are made anew beside those that are shown', mb: rebuiltMb, bar },
        { name: 'most memory while all are listed for the first time', mb: listedMb, bar: null },
      ].map(({ name, mb, bar: memoryBar }): Row => ({
        name,
        ours: grouped(mb, 'MB'),
        floor: grouped(memoryBarMb, 'MB'),
        floorName: 'the bar',
        ratio: mb / memoryBarMb,
        bar: memoryBar,
      })),
      {
        name: `one filing, after ${events}`,
        ours: grouped(filing.ours, 'µs'),
        floor: grouped(filing.floor, 'µs'),
        floorName: 'one after some 1,000 events',
        ratio: filing.ratio,
        bar: { atMost: 1.2 },
      },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
