import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { backUpBeside } from '../../src/log/embedded/back-up-beside.js';
import { backupStore, restoreStore } from '../../src/log/embedded/backup.js';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import type { EventLog, LogEvent, NewLogEvent } from '../../src/log/event-log.js';
import { Opened } from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

const events = (count: number): NewLogEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    type: 'BackedUp.v1',
    data: { index, text: 'x'.repeat(900) },
    meta: null,
  }));

const open = async (directory: string): Promise<EventLog> => {
  const log = await openEmbeddedLog({ directory });
  opened.add(() => log.close());
  return log;
};

const readAll = async (log: EventLog): Promise<LogEvent[]> => {
  const read: LogEvent[] = [];
  for await (const batch of log.readAll({ after: null, streamPrefix: '' })) read.push(...batch);
  return read;
};

/** A log of some MB, more than is copied in one step. */
const filled = async (directory: string): Promise<EventLog> => {
  const log = await open(directory);
  for (let n = 0; n < 60; n += 1) await log.append('a', BigInt(n * 200 - 1), events(200));
  return log;
};

describe('a backup', () => {
  test('is of one moment and comes to its end, however much is filed meanwhile', async () => {
    const directory = opened.directory();
    const log = await filled(directory);
    const target = join(opened.directory(), 'backup');
    const before = await log.head();
    let filing = true;
    let appended = 0;
    const desk = (async () => {
      for (; filing; appended += 1) await log.append('b', BigInt(appended) - 1n, events(1));
    })();
    const totals = new Set<number>();
    let last = 0;
    const made = await backupStore(directory, target, (copied, total) => {
      totals.add(total);
      // Never from the beginning again.
      expect(copied).toBeGreaterThanOrEqual(last);
      last = copied;
    });
    filing = false;
    await desk;
    expect(totals.size).toBe(1);
    expect(appended).toBeGreaterThan(1);
    expect(made.position).toBeGreaterThanOrEqual(Number(before));
    const all = await readAll(log);
    expect(readdirSync(target)).toEqual(['log.sqlite']);
    const copy = await open(target);
    expect(await readAll(copy)).toEqual(all.slice(0, made.position));
  });
});

describe('a restored log', () => {
  test('is not made of a log that is open, whose end is elsewhere', async () => {
    const directory = opened.directory();
    const log = await filled(directory);
    expect(() => restoreStore(directory, opened.directory())).toThrow(/no backup but a log that a process has open/u);
    const made = await backUpBeside({ directory, target: join(opened.directory(), 'backup') });
    expect(made).toMatchObject({ epoch: log.epoch, position: Number(await log.head()) });
    await expect(backUpBeside({ directory, target: directory })).rejects.toThrow(/goes into an empty directory/u);
  });

  test('is not made of what an earlier attempt left behind', async () => {
    const directory = opened.directory();
    const log = await filled(directory);
    const backup = join(opened.directory(), 'backup');
    await backupStore(directory, backup);
    const target = opened.directory();
    // As of a restore, or a backup, that was killed in the middle.
    for (const left of ['log.sqlite.part', 'log.sqlite.part-wal', 'log.sqlite.part-shm', 'log.sqlite.part-journal'])
      writeFileSync(join(target, left), 'left behind '.repeat(1_000));
    const restored = restoreStore(backup, target);
    expect(restored.epoch).not.toBe(log.epoch);
    expect(readdirSync(target)).toEqual(['log.sqlite']);
    expect(await readAll(await open(target))).toEqual(await readAll(log));
    const other = opened.directory();
    copyFileSync(join(target, 'log.sqlite'), join(other, 'log.sqlite.part'));
    await backupStore(directory, other);
    expect(existsSync(join(other, 'log.sqlite.part'))).toBe(false);
  });
});
