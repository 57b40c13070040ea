import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { openStore } from '../../src/log/embedded/open-store.js';
import { scalar } from '../../src/log/embedded/rows.js';
import { type EventLog, type LogEvent, LogRefusedError, type NewLogEvent } from '../../src/log/event-log.js';
import { CrashProcess, CrashProgram } from './crash-process.js';

/* Files that were cut off or changed, and a place that cannot be written: told, or of no harm. Never a silent loss. */

/** Root may write wherever it likes, so that another user has to try. */
const nobody = process.getuid?.() === 0 ? 65_534 : undefined;

let root: string;
let directory: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tollbook-torn-'));
  directory = join(root, 'log');
});

afterEach(() => {
  execFileSync('chmod', ['-R', 'u+w', root]);
  rmSync(root, { recursive: true, force: true });
});

const events = (count: number): NewLogEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    type: 'TornTried.v1',
    data: { index, text: 'x'.repeat(400) },
    meta: null,
  }));

const readAll = async (log: EventLog): Promise<LogEvent[]> => {
  const read: LogEvent[] = [];
  for await (const batch of log.readAll({ after: null, streamPrefix: '' })) read.push(...batch);
  return read;
};

/** Appends 60 events in 30 appends to two streams, and answers them. */
const fill = async (log: EventLog): Promise<LogEvent[]> => {
  for (let n = 0; n < 30; n += 1)
    await log.append(n % 2 === 0 ? 'a' : 'b', BigInt(2 * Math.floor(n / 2)) - 1n, events(2));
  return readAll(log);
};

/** Every event that was acknowledged is there, or the log is refused in words that say what to do. */
const wholeOrRefused = async (at: string, before: readonly LogEvent[]): Promise<'whole' | 'refused'> => {
  let log: EventLog | undefined;
  try {
    log = await openEmbeddedLog({ directory: at });
    expect(await readAll(log)).toEqual(before);
    return 'whole';
  } catch (error) {
    if (!(error instanceof LogRefusedError)) throw error;
    expect(error.message).toContain(at);
    expect(error.message).toMatch(/restore the latest backup|not an event log/u);
    return 'refused';
  } finally {
    await log?.close();
  }
};

/** A copy of the log as a killed process, or a power cut, leaves it: with the write-ahead log. */
const copyWhileOpen = async (): Promise<{ before: LogEvent[]; copy: string }> => {
  const log = await openEmbeddedLog({ directory });
  const before = await fill(log);
  const copy = join(root, 'copy');
  // By another process, since closing a file here would free the locks of this one.
  execFileSync('cp', ['-r', directory, copy]);
  await log.close();
  return { before, copy };
};

const again = (copy: string): string => {
  const at = join(root, 'again');
  rmSync(at, { recursive: true, force: true });
  cpSync(copy, at, { recursive: true });
  // Of no worth without the process that made it.
  rmSync(join(at, 'log.sqlite-shm'), { force: true });
  return at;
};

describe('a file cut off', () => {
  test('the store, at any length', async () => {
    const log = await openEmbeddedLog({ directory });
    const before = await fill(log);
    await log.close();
    const { size } = statSync(join(directory, 'log.sqlite'));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: size - 1 }), async (length) => {
        const at = again(directory);
        truncateSync(join(at, 'log.sqlite'), length);
        expect(await wholeOrRefused(at, before)).toBe('refused');
      }),
      { numRuns: 20, examples: [[0], [1], [100], [4_096], [size - 1]] },
    );
  });

  test('the write-ahead log, at any length', async () => {
    const { before, copy } = await copyWhileOpen();
    const { size } = statSync(join(copy, 'log.sqlite-wal'));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: size - 1 }), async (length) => {
        const at = again(copy);
        truncateSync(join(at, 'log.sqlite-wal'), length);
        expect(await wholeOrRefused(at, before)).toBe('refused');
      }),
      { numRuns: 20, examples: [[0], [31], [32], [size - 1]] },
    );
    expect(await wholeOrRefused(again(copy), before)).toBe('whole');
  });

  test('the record of the last acknowledged event: the store stands alone', async () => {
    const log = await openEmbeddedLog({ directory });
    const before = await fill(log);
    await log.close();
    for (const text of ['', '{"epoch":"e0', 'x'.repeat(128)]) {
      const at = again(directory);
      writeFileSync(join(at, 'log.head'), text);
      expect(await wholeOrRefused(at, before)).toBe('whole');
    }
  });
});

test('a byte of the write-ahead log flipped, anywhere', async () => {
  const { before, copy } = await copyWhileOpen();
  const bytes = readFileSync(join(copy, 'log.sqlite-wal'));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (offset) => {
      const at = again(copy);
      const flipped = Buffer.from(bytes);
      flipped[offset]! ^= 0x10;
      writeFileSync(join(at, 'log.sqlite-wal'), flipped);
      await wholeOrRefused(at, before);
    }),
    { numRuns: 20, examples: [[0], [12], [24], [40]] },
  );
});

describe('a place that cannot be written', () => {
  let program: CrashProgram;
  beforeAll(() => {
    program = new CrashProgram();
  });
  afterAll(() => program.remove());

  /** What a process of another user is told that tries to append, and the files as they were. */
  const refusedTo = async (): Promise<string> => {
    const child = new CrashProcess(program, directory, 0, 'fill', { uid: nobody });
    await child.ended();
    expect(child.stored).toEqual([]);
    const [error] = child.errors;
    expect(error?.name).toBe('LogRefusedError');
    return error?.message ?? '';
  };

  test('an existing log in a read-only directory is refused, in words, and left as it was', async () => {
    const log = await openEmbeddedLog({ directory });
    const before = await fill(log);
    await log.close();
    chmodSync(root, 0o755);
    for (const file of readdirSync(directory)) chmodSync(join(directory, file), 0o444);
    chmodSync(directory, 0o555);
    expect(await refusedTo()).toMatch(/cannot be written.*this user may write to.*TOLLBOOK_LOG or the permissions/u);
    chmodSync(directory, 0o755);
    for (const file of readdirSync(directory)) chmodSync(join(directory, file), 0o644);
    expect(await wholeOrRefused(directory, before)).toBe('whole');
  });

  test('a new log in a read-only directory is refused, in words', async () => {
    chmodSync(root, 0o555);
    expect(await refusedTo()).toMatch(/cannot be written/u);
    chmodSync(root, 0o755);
    expect(readdirSync(root)).toEqual([]);
  });
});

test('what durability rests on is set, and read back, at each start', async () => {
  const log = await openEmbeddedLog({ directory });
  await fill(log);
  await log.close();
  for (let start = 0; start < 2; start += 1) {
    const { db } = openStore(directory);
    const values = ['journal_mode', 'synchronous', 'fullfsync', 'checkpoint_fullfsync'].map((name) =>
      scalar(db, `PRAGMA ${name}`),
    );
    expect(values).toEqual(['wal', 2, 1, 1]);
    db.close();
  }
});

test('a backup of the store alone opens: what is beside it belongs to another process', async () => {
  const log = await openEmbeddedLog({ directory });
  const before = await fill(log);
  await log.close();
  const at = join(root, 'alone');
  execFileSync('mkdir', [at]);
  copyFileSync(join(directory, 'log.sqlite'), join(at, 'log.sqlite'));
  expect(await wholeOrRefused(at, before)).toBe('whole');
});
