import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTollbook, type Tollbook } from '../../src/filing/open-tollbook.js';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import type { EventLog, LogEvent } from '../../src/log/event-log.js';
import { done, openIncident, scratch } from '../support/tollbook.js';
import { type Answered, commandOf, figuresAReport, incidents, slugOf } from './desks.js';

const program = fileURLToPath(new URL('./desks-child.ts', import.meta.url));

const rounds = 60;
/** The log holds about so many events before the killing begins, so that a rebuild takes its time. */
const eventsBefore = 2_000;
/** A process is killed after so many answers at most, and then some ms: by its work more than by the clock. */
const answersMax = 20;
const killAfterMsMax = 15;
/** The list is compared with one made from nothing each so many rounds. */
const comparedEach = 10;
/** Far more than it takes, which is the start of 60 processes. */
const timeoutMs = 400_000;

type Told = Answered | { readonly kind: 'open' | 'rebuilt' };

/** A process of desks, and what it has told. */
class Desks {
  readonly told: Told[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #rest = '';
  #stderr = '';
  #onTold = (): void => {};

  constructor(directory: string, round: number, task: 'filing' | 'rebuilding') {
    const args = ['--disable-warning=ExperimentalWarning', program, directory, String(round), task];
    this.#child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#ended = once(this.#child, 'close');
    // It may have died before it was told to begin; its end says so.
    this.#child.stdin!.on('error', () => {});
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      // A line that is not whole was not told.
      this.#rest = lines.pop()!;
      this.told.push(...lines.map((line) => JSON.parse(line) as Told));
      this.#onTold();
    });
  }

  get answered(): readonly Answered[] {
    return this.told.filter((each) => each.kind === 'filed');
  }

  begin(): void {
    this.#child.stdin!.end('.');
  }

  async until(condition: () => boolean): Promise<void> {
    const ended = this.#ended.then(() => 'ended');
    while (!condition()) {
      const told = new Promise<string>((resolve) => (this.#onTold = () => resolve('told')));
      if ((await Promise.race([told, ended])) === 'ended' && !condition()) throw new Error(`it ended: ${this.#stderr}`);
    }
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
    if (this.#stderr !== '') throw new Error(this.#stderr);
  }
}

const directory = scratch();
afterAll(() => directory.remove());

const open = async (viewsDirectory = directory.path): Promise<{ log: EventLog; tollbook: Tollbook }> => {
  const log = await openEmbeddedLog({ directory: directory.path });
  const tollbook = await openTollbook({ log, viewsDirectory });
  await tollbook.projector.caughtUp();
  return { log, tollbook };
};

const close = async ({ log, tollbook }: { log: EventLog; tollbook: Tollbook }): Promise<void> => {
  await tollbook.close();
  await log.close();
};

const listed = async (tollbook: Tollbook): Promise<string> => {
  const read = await tollbook.reader.incidents({});
  if (read.kind !== 'found') throw new Error(read.kind);
  return JSON.stringify(read.body);
};

beforeAll(async () => {
  const opened = await open();
  for (let n = 0; n < incidents; n += 1) {
    const request = commandOf(`0-${n}-0`).request;
    const groups = [{ id: 'people', side: 'victims' as const }];
    await opened.tollbook.desk.execute(slugOf(n), openIncident(slugOf(n), { groups }), {
      ...request,
      idempotency: null,
    });
  }
  for (let n = 0; n < eventsBefore / (figuresAReport + 1); n += 1) {
    const { slug, command, request } = commandOf(`0-${n % incidents}-${n}`);
    done(await opened.tollbook.desk.execute(slug, command, request));
  }
  await close(opened);
}, timeoutMs);

const listedFromNothing = async (): Promise<string> => {
  const views = scratch();
  const opened = await open(views.path);
  try {
    return await listed(opened.tollbook);
  } finally {
    await close(opened);
    views.remove();
  }
};

/** Throws at the first filing that is not whole, or there twice. Answers the reports by their keys. */
const reportsByKey = async (log: EventLog): Promise<ReadonlyMap<string, { position: string; figures: string[] }>> => {
  const byKey = new Map<string, { position: string; figures: string[] }>();
  let filing: LogEvent[] = [];
  const seen = new Set<unknown>();
  for await (const batch of log.readAll({ after: null, streamPrefix: 'tollbook-incident-' }))
    for (const event of batch) {
      const meta = event.meta as { filing: string; place: number; size: number; key?: string };
      if (meta.place !== filing.length) throw new Error(`place ${meta.place} at position ${event.position}`);
      filing.push(event);
      if (filing.length < meta.size) continue;
      if (seen.has(meta.filing)) throw new Error(`filing ${meta.filing} is there twice`);
      seen.add(meta.filing);
      const figures = filing.flatMap(({ data }) => (data as { figure?: string }).figure ?? []);
      if (meta.key !== undefined) byKey.set(meta.key, { position: String(event.position), figures });
      filing = [];
    }
  if (filing.length > 0) throw new Error('the log ends inside a filing');
  return byKey;
};

test(
  'killed at any moment of filing and of rebuilding: nothing acknowledged lost, nothing half, the list as from nothing',
  async () => {
    const answered = new Map<string, Answered['body']>();
    let rebuilt = 0;
    let next = new Desks(directory.path, 1, 'filing');
    try {
      for (let round = 1; round <= rounds; round += 1) {
        const process = next;
        process.begin();
        // It takes its time to start, and waits to be told.
        next = new Desks(directory.path, round + 1, round % 2 === 0 ? 'filing' : 'rebuilding');
        // Each fourth dies while it opens the log or files first; the others at any later moment.
        const answers = round % 4 === 0 ? 0 : Math.ceil(Math.random() * answersMax);
        await process.until(() => (answers === 0 ? process.told.length > 0 : process.answered.length >= answers));
        await delay(Math.random() * killAfterMsMax);
        await process.kill();
        for (const { key, body } of process.answered) answered.set(key, body);
        rebuilt += process.told.filter(({ kind }) => kind === 'rebuilt').length;

        const opened = await open();
        let list: string | null = null;
        try {
          const { log, tollbook } = opened;
          const found = await reportsByKey(log);
          for (const [key, { position, figures }] of answered) {
            const stored = found.get(key);
            const ids = figures.map(({ id }) => id).join(' ');
            if (stored?.position !== position || stored.figures.join(' ') !== ids)
              throw new Error(`${key} was acknowledged at position ${position}; there is ${JSON.stringify(stored)}`);
          }
          expect(await tollbook.projector.status()).toMatchObject({ status: 'ok', lagEvents: 0, poisoned: [] });
          // What nobody was told of is there whole, and once: the repeat says so.
          const unanswered = [...found.keys()].filter((key) => key.startsWith(`${round}-`) && !answered.has(key));
          for (const key of unanswered.slice(0, 2)) {
            const { slug, command, request } = commandOf(key);
            const again = done(await tollbook.desk.execute(slug, command, request));
            expect([again.replayed, again.body['position']]).toEqual([true, found.get(key)?.position]);
          }
          if (round % comparedEach === 0) list = await listed(tollbook);
        } finally {
          await close(opened);
        }
        if (list !== null) expect(await listedFromNothing()).toBe(list);
      }
    } finally {
      await next.kill();
    }
    expect(answered.size).toBeGreaterThan(rounds);
    expect(rebuilt).toBeGreaterThan(0);
  },
  timeoutMs,
);
