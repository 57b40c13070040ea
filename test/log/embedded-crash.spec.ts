import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { StoreLock } from '../../src/log/embedded/store-lock.js';
import { StoreReader } from '../../src/log/embedded/store-reader.js';
import { StoreWriter } from '../../src/log/embedded/store-writer.js';
import type { LogEvent } from '../../src/log/event-log.js';
import { loadEvents, type Report } from './crash-load.js';
import { CrashProcess, CrashProgram, verifyEvents, verifyLoad } from './crash-process.js';

type Stored = Extract<Report, { kind: 'stored' }>;

const rounds = 100;
/**
 * A process is killed after so many answers at most, and then some ms. By its work more than by the clock, so that a slow
 * machine has no less to find, and a fast one no more to read.
 */
const answersMax = 40;
const killAfterMsMax = 10;
/** Far more than it takes, which is the start of 100 processes. */
const timeoutMs = 400_000;

let program: CrashProgram;
let directory: string;
beforeAll(() => {
  program = new CrashProgram();
});
afterAll(() => {
  program.remove();
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tollbook-crash-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Recovers the store as a start does, in this thread, which is faster; answers its epoch and all its events. */
function recover(): { readonly epoch: string; readonly head: number; readonly events: readonly LogEvent[] } {
  // The operating system has freed it.
  const lock = StoreLock.acquire(directory);
  try {
    const writer = new StoreWriter(directory);
    const reader = new StoreReader(directory);
    const events: LogEvent[] = [];
    for (let page = reader.eventsAfter(0, 500, ''); page !== null; page = reader.eventsAfter(page.end, 500, '')) {
      events.push(...page.events);
    }
    const { epoch, head } = writer;
    reader.close();
    writer.close();
    return { epoch, head, events };
  } finally {
    lock.release();
  }
}

test(
  'killed at any moment, the log keeps each acknowledged append, whole and once',
  async () => {
    const stored: Stored[] = [];
    /** The last append that each process was answered. */
    const last: Stored[] = [];
    let epoch: string | undefined;
    let awaited = 0;
    let next = new CrashProcess(program, directory, 0, 'append');
    try {
      for (let round = 1; round <= rounds; round++) {
        const writer = next;
        await writer.opened();
        // Each fourth dies over its first appends.
        const answers = round % 4 === 0 ? 0 : Math.ceil(Math.random() * answersMax);
        await writer.storedAtLeast(answers);
        awaited += answers;
        await delay(Math.random() * killAfterMsMax);
        // It takes its time to start, and waits to be told.
        next = new CrashProcess(program, directory, round, 'append');
        await writer.kill();
        expect(writer.errors).toEqual([]);
        stored.push(...writer.stored);
        last.push(...writer.stored.slice(-1));

        // What was under way is there whole, or not at all.
        const found = recover();
        expect(found.epoch).toBe((epoch ??= found.epoch));
        verifyEvents(found.events, stored);
        expect(found.events).toHaveLength(found.head);
      }
    } finally {
      await next.kill();
    }
    expect(stored.length).toBeGreaterThanOrEqual(awaited);

    const log = await openEmbeddedLog({ directory });
    try {
      expect(await verifyLoad(log, stored)).toBe(Number(await log.head()));
      for (const { stream, expected, run, positions } of last) {
        expect(await log.append(stream, BigInt(expected), loadEvents(run, stream, expected))).toEqual({
          ok: true,
          revision: BigInt(expected + positions.length),
          positions: positions.map(BigInt),
        });
      }
      expect(await verifyLoad(log, stored)).toBe(Number(await log.head()));
    } finally {
      await log.close();
    }
  },
  timeoutMs,
);
