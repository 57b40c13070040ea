import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openEmbeddedLog } from '#tollbook/log/embedded/open-embedded-log.js';
import type { EventLog, NewLogEvent } from '#tollbook/log/event-log.js';

/** Events per second through the port and through bare node:sqlite, from the same run. */
export interface LogBench {
  readonly name: string;
  readonly port: number;
  readonly bare: number;
  /** `port / bare`, the median of the rounds. */
  readonly ratio: number;
}

const rounds = 5;
const concurrentStreams = 64;
const readEvents = 50_000;
const readPage = 500;

/** Durable appends: one after the other with 1, 10 and 100 events each, and 64 streams at once with one event each. */
export async function benchAppend(): Promise<readonly LogBench[]> {
  const results: LogBench[] = [];
  for (const [size, commits] of [
    [1, 400],
    [10, 200],
    [100, 60],
  ] as const) {
    results.push(
      await compare(
        `append, ${size} an append, one after the other`,
        size * commits,
        async (log) => {
          const stream = randomUUID();
          for (let commit = 0; commit < commits; commit++) {
            await log.append(stream, BigInt(commit * size - 1), events(size));
          }
        },
        (bare) => {
          const stream = randomUUID();
          for (let commit = 0; commit < commits; commit++) bare.append(stream, commit * size, events(size));
        },
      ),
    );
  }
  const turns = 40;
  results.push(
    await compare(
      `append, 1 an append, ${concurrentStreams} streams at once`,
      concurrentStreams * turns,
      async (log) => {
        const append = async (): Promise<void> => {
          const stream = randomUUID();
          for (let turn = 0; turn < turns; turn++) await log.append(stream, BigInt(turn - 1), events(1));
        };
        await Promise.all(Array.from({ length: concurrentStreams }, append));
      },
      (bare) => {
        const streams = Array.from({ length: concurrentStreams }, () => randomUUID());
        // What group commit can reach at best: all that is at once in one transaction.
        for (let turn = 0; turn < turns; turn++) {
          bare.transaction(() => {
            for (const stream of streams) for (const event of events(1)) bare.insert(stream, turn, event);
          });
        }
      },
    ),
  );
  return results;
}

/** Reading the whole log: through the port, and the same rows with a bare SELECT and JSON.parse. */
export async function benchRead(): Promise<readonly LogBench[]> {
  return inDirectory(async (directory) => {
    const log = await openEmbeddedLog({ directory });
    const stream = 'incident-bench';
    for (let at = 0; at < readEvents; at += 250) await log.append(stream, BigInt(at - 1), events(250));
    const db = new DatabaseSync(join(directory, 'log.sqlite'), { readOnly: true });
    const page = db.prepare('SELECT position, revision, body FROM events WHERE position > ? AND position <= ?');
    const whole = db.prepare('SELECT position, revision, body FROM events ORDER BY position');

    const port = async (): Promise<number> =>
      measure(readEvents, async () => {
        let count = 0;
        for await (const batch of log.readAll({ after: null, streamPrefix: 'incident-' })) count += batch.length;
        if (count !== readEvents) throw new Error(`read ${count} of ${readEvents}`);
      });
    const paged = (): Promise<number> =>
      measure(readEvents, () => {
        for (let at = 0; at < readEvents; at += readPage) {
          for (const row of page.all(at, at + readPage)) JSON.parse(String(row['body']));
        }
      });
    const iterated = (): Promise<number> =>
      measure(readEvents, () => {
        for (const row of whole.iterate()) JSON.parse(String(row['body']));
      });

    const results = [
      await median('read all, against SELECT in pages and JSON.parse', port, paged),
      await median('read all, against one SELECT, row by row, and JSON.parse', port, iterated),
    ];
    db.close();
    await log.close();
    return results;
  });
}

async function compare(
  name: string,
  count: number,
  port: (log: EventLog) => Promise<void>,
  bare: (bare: BareLog) => void,
): Promise<LogBench> {
  return inDirectory(async (directory) => {
    const log = await openEmbeddedLog({ directory: join(directory, 'port') });
    const bareLog = new BareLog(join(directory, 'bare.sqlite'));
    const result = await median(
      name,
      () => measure(count, () => port(log)),
      () => measure(count, () => bare(bareLog)),
    );
    await log.close();
    bareLog.close();
    return result;
  });
}

/** Both in turns, after one of each to warm up, so that a change in the machine's load meets both. */
async function median(name: string, port: () => Promise<number>, bare: () => Promise<number>): Promise<LogBench> {
  await port();
  await bare();
  const measured: LogBench[] = [];
  for (let round = 0; round < rounds; round++) {
    const bareRate = await bare();
    const portRate = await port();
    measured.push({ name, port: portRate, bare: bareRate, ratio: portRate / bareRate });
  }
  const [middle] = measured.toSorted((a, b) => a.ratio - b.ratio).slice(Math.floor(rounds / 2));
  if (middle === undefined) throw new Error('no rounds');
  return middle;
}

async function measure(count: number, work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - start);
}

/** As little as stores an event durably and keeps its stream in order. */
class BareLog {
  readonly #db: DatabaseSync;
  readonly #insert;
  readonly #begin;
  readonly #commit;

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE events (
        position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
        type TEXT NOT NULL, data TEXT NOT NULL, meta TEXT NOT NULL, UNIQUE (stream, revision)
      ) STRICT;
    `);
    this.#insert = this.#db.prepare(
      'INSERT INTO events (stream, revision, id, type, data, meta) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#begin = this.#db.prepare('BEGIN IMMEDIATE');
    this.#commit = this.#db.prepare('COMMIT');
  }

  append(stream: string, from: number, appended: readonly NewLogEvent[]): void {
    this.transaction(() => appended.forEach((event, index) => this.insert(stream, from + index, event)));
  }

  transaction(work: () => void): void {
    this.#begin.run();
    work();
    this.#commit.run();
  }

  insert(stream: string, revision: number, { id, type, data, meta }: NewLogEvent): void {
    this.#insert.run(stream, revision, id, type, JSON.stringify(data), JSON.stringify(meta));
  }

  close(): void {
    this.#db.close();
  }
}

/** Events of about 850 bytes as stored, as a reported figure is. */
function events(count: number): NewLogEvent[] {
  return Array.from({ length: count }, () => ({
    id: randomUUID(),
    type: 'FigureReported.v1',
    data: {
      report: 'rep_0f3a',
      cell: 'killed/hostages/nationality=JP',
      quantity: { form: 'range', low: 10, high: 20 },
      words: 'between ten and twenty hostages were said to have died in the assault on the plant',
      attribution: [
        { kind: 'official', name: 'an Algerian security source', body: 'Ministry of the Interior' },
        { kind: 'outlet', name: 'Reuters', url: 'https://example.org/world/2013/01/17/algeria' },
      ],
      outlet: 'Reuters',
      url: 'https://example.org/world/2013/01/17/algeria',
      statedAt: '2013-01-17T22:00:00Z',
      publishedAt: '2013-01-17T22:05:00Z',
      hedged: true,
      of: [],
      note: 'The source spoke on condition of anonymity; the number includes those who died in the vehicles.',
    },
    meta: { recordedAt: '2013-01-17T22:06:00Z', desk: 'desk-1', person: null, key: 'a1b2c3', hash: 'ab'.repeat(20) },
  }));
}

async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'tollbook-bench-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function rate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString('en')}/s`;
}

if (import.meta.main) {
  for (const { name, port, bare, ratio } of [...(await benchAppend()), ...(await benchRead())]) {
    console.log(`${name}: ${ratio.toFixed(2)} of bare (${rate(port)} against ${rate(bare)})`);
  }
}
