import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { type EventLog, type LogEvent, LogRefusedError, type NewLogEvent, NO_STREAM } from '../../src/log/event-log.js';
import { CrashProcess, CrashProgram, verifyLoad } from './crash-process.js';

let program: CrashProgram;
let root: string;
let directory: string;
const opened: EventLog[] = [];

beforeAll(() => {
  program = new CrashProgram();
});

afterAll(() => {
  program.remove();
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tollbook-faults-'));
  directory = join(root, 'log');
});

afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  rmSync(root, { recursive: true, force: true });
});

async function open(at = directory): Promise<EventLog> {
  const log = await openEmbeddedLog({ directory: at });
  opened.push(log);
  return log;
}

/** The message of the refusal to open. */
async function refusal(at = directory): Promise<string> {
  const error: unknown = await open(at).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LogRefusedError)) throw new Error('opened, or refused in other words', { cause: error });
  const { message } = error;
  expect(message).toContain(at);
  return message;
}

function events(count: number, text = 'x'.repeat(300)): NewLogEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    type: 'FaultTried.v1',
    data: { index, text },
    meta: null,
  }));
}

async function readAll(log: EventLog): Promise<LogEvent[]> {
  const read: LogEvent[] = [];
  for await (const batch of log.readAll({ after: null, streamPrefix: '' })) read.push(...batch);
  return read;
}

/** A closed store of 40 events in two streams. */
async function closedStore(): Promise<LogEvent[]> {
  const log = await open();
  await log.append('a', NO_STREAM, events(10));
  await log.append('b', NO_STREAM, events(20));
  await log.append('a', 9n, events(10));
  const read = await readAll(log);
  await log.close();
  return read;
}

function flip(path: string, offset: number): void {
  const bytes = readFileSync(path);
  bytes[offset]! ^= 0x10;
  const fd = openSync(path, 'r+');
  writeSync(fd, bytes, offset, 1, offset);
  closeSync(fd);
}

describe('the directory', () => {
  test('is made for this user alone', async () => {
    await open(join(directory, 'deep', 'er'));
    expect(statSync(join(directory, 'deep', 'er')).mode & 0o777).toBe(0o700);
  });

  test('under a file is refused', async () => {
    writeFileSync(directory, '');
    expect(await refusal(join(directory, 'log'))).toMatch(/cannot be written.*local disk.*TOLLBOOK_LOG/s);
    expect(await refusal(directory)).toMatch(/cannot be written/);
  });

  test('that cannot be written is refused', async () => {
    mkdirSync(directory);
    // Root may write to what is read-only; a directory in the place of the file stops root as well.
    mkdirSync(join(directory, 'log.lock'));
    expect(await refusal()).toMatch(/cannot be written/);
    rmSync(join(directory, 'log.lock'), { recursive: true });
    mkdirSync(join(directory, 'log.sqlite'));
    expect(await refusal()).toMatch(/cannot be written/);
  });
});

describe('a second process', () => {
  test('is refused, and let in when the first was killed', async () => {
    const first = new CrashProcess(program, directory, 0, 'hold');
    await first.opened();
    expect(await refusal()).toMatch(/in use: another Tollbook process.*Stop that process/);
    await first.kill();
    expect(await (await open()).head()).toBe(0n);
  });

  test('is refused within the same process, too', async () => {
    const log = await open();
    expect(await refusal()).toMatch(/in use/);
    expect((await log.append('a', NO_STREAM, events(1))).ok).toBe(true);
    await log.close();
    expect(await (await open()).head()).toBe(1n);
  });
});

describe('a full disk', () => {
  test('loses nothing that was acknowledged, says so, and works again after', async () => {
    const limited = new CrashProcess(program, directory, 0, 'fill', { fileKiB: 2_048 });
    await limited.ended();
    expect(limited.reports.at(-1)).toEqual({ kind: 'done' });
    expect(limited.stored.length).toBeGreaterThan(50);
    expect(limited.errors.length).toBeGreaterThanOrEqual(5);
    for (const error of limited.errors) {
      expect(error.name).toBe('LogRefusedError');
      expect(error.message).toMatch(/No space.*nothing of this append was stored.*Free disk space/);
    }
    // Still full: it can be read, at least.
    const full = new CrashProcess(program, directory, 1, 'fill', { fileKiB: 2_048 });
    await full.ended();
    expect(full.reports[0]).toEqual({ kind: 'open', head: String(limited.stored.flatMap((s) => s.positions).length) });

    const log = await open();
    const count = await verifyLoad(log, [...limited.stored, ...full.stored]);
    expect(count).toBe([...limited.stored, ...full.stored].flatMap((s) => s.positions).length);
    expect((await log.append('after', NO_STREAM, events(3))).ok).toBe(true);
  });
});

describe('damage', () => {
  test('of an event is found, with its position', async () => {
    await closedStore();
    const db = new DatabaseSync(join(directory, 'log.sqlite'));
    db.exec("UPDATE events SET body = replace(body, 'x', 'y') WHERE position = 7");
    db.close();
    const message = await refusal();
    expect(message).toMatch(/damaged: the event at position 7 .*checksum.*keep a copy.*restore/);
  });

  test('far from the end is found on reading', async () => {
    const log = await open();
    for (let index = 0; index < 10; index++) await log.append('a', BigInt(index * 20 - 1), events(20));
    await log.close();
    const db = new DatabaseSync(join(directory, 'log.sqlite'));
    db.exec('UPDATE events SET revision = 500 WHERE position = 50');
    db.close();
    const damaged = await open();
    await expect(readAll(damaged)).rejects.toThrow(/position 50 does not match its checksum/);
    await expect(damaged.readStream('a')[Symbol.asyncIterator]().next()).resolves.toMatchObject({ done: false });
    await expect(
      (async () => {
        for await (const _ of damaged.readStream('a', 40n)) void _;
      })(),
    ).rejects.toThrow(LogRefusedError);
    await expect(damaged.checkpointAt(50n)).rejects.toThrow(LogRefusedError);
  });

  test('a missing event is found', async () => {
    await closedStore();
    const db = new DatabaseSync(join(directory, 'log.sqlite'));
    db.exec('DELETE FROM events WHERE position = 15');
    db.close();
    expect(await refusal()).toMatch(/position 15 is missing/);
  });

  test('of any byte is found, or does no harm', async () => {
    const before = await closedStore();
    const file = join(directory, 'log.sqlite');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: statSync(file).size - 1 }), async (offset) => {
        flip(file, offset);
        try {
          const log = await openEmbeddedLog({ directory });
          try {
            expect(await readAll(log)).toEqual(before);
            for (const stream of ['a', 'b']) {
              const read: LogEvent[] = [];
              for await (const batch of log.readStream(stream)) read.push(...batch);
              expect(read).toEqual(before.filter((event) => event.stream === stream));
            }
          } finally {
            await log.close();
          }
        } catch (error) {
          if (!(error instanceof LogRefusedError)) throw error;
        } finally {
          flip(file, offset);
        }
      }),
      { numRuns: 25 },
    );
  });

  test.each([
    ['removed', (wal: string) => rmSync(wal)],
    ['damaged', (wal: string) => flip(wal, Math.floor(statSync(wal).size / 2))],
  ])('a write-ahead log that was %s is no silent loss', async (_, harm) => {
    const log = await open();
    for (let index = 0; index < 20; index++) await log.append('a', BigInt(index - 1), events(1));
    // As after a power cut. By another process, since closing a file here would free the locks of this one.
    const copy = join(root, 'copy');
    execFileSync('cp', ['-r', directory, copy]);
    await log.close();
    harm(join(copy, 'log.sqlite-wal'));
    rmSync(join(copy, 'log.sqlite-shm'));
    expect(await refusal(copy)).toMatch(/position 20 had been acknowledged/);
  });

  test('a whole copy, taken while it was written to, opens', async () => {
    const log = await open();
    await log.append('a', NO_STREAM, events(5));
    const copy = join(root, 'copy');
    execFileSync('cp', ['-r', directory, copy]);
    expect(await readAll(await open(copy))).toEqual(await readAll(log));
  });

  test('a store that is gone is not begun anew', async () => {
    await closedStore();
    rmSync(join(directory, 'log.sqlite'));
    expect(await refusal()).toMatch(/log.sqlite is empty or gone, but position 40 had been acknowledged/);
  });

  test('files of two stores are not mixed', async () => {
    await closedStore();
    execFileSync('mv', [directory, join(root, 'other')]);
    await closedStore();
    execFileSync('cp', [join(root, 'other', 'log.sqlite'), directory]);
    expect(await refusal()).toMatch(/are of two event logs/);
  });
});

describe('another file', () => {
  test('that is no SQLite file is refused', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'log.sqlite'), 'no log at all '.repeat(1_000));
    expect(await refusal()).toMatch(/damaged/);
  });

  test('of SQLite, but not ours, is refused and left alone', async () => {
    mkdirSync(directory);
    const db = new DatabaseSync(join(directory, 'log.sqlite'));
    db.exec('CREATE TABLE notes (note TEXT)');
    db.close();
    expect(await refusal()).toMatch(/not an event log of Tollbook/);
  });

  test('of a newer version is refused', async () => {
    await closedStore();
    const db = new DatabaseSync(join(directory, 'log.sqlite'));
    db.exec('PRAGMA user_version = 2');
    db.close();
    expect(await refusal()).toMatch(/newer Tollbook/);
  });
});

describe('a checkpoint', () => {
  test('ahead of the log is refused, not waited for', async () => {
    const log = await open();
    await log.append('a', NO_STREAM, events(2));
    const after = { position: 3n, token: '3' };
    const signal = AbortSignal.timeout(5_000);
    const none = { after, streamPrefix: '', signal };
    await expect(log.subscribe(none)[Symbol.asyncIterator]().next()).rejects.toThrow(/Checkpoint 3 .*ends at 2/);
    await expect(log.readAll(none)[Symbol.asyncIterator]().next()).rejects.toThrow(LogRefusedError);
  });
});
