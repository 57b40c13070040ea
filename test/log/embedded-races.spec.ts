import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, StatementSync } from 'node:sqlite';
import { StoreReader } from '../../src/log/embedded/store-reader.js';
import { StoreWriter } from '../../src/log/embedded/store-writer.js';
import { type LogEvent, LogUnavailableError } from '../../src/log/event-log.js';

let directory: string;
let writer: StoreWriter;
let reader: StoreReader;
/** Events of stream `a` so far. */
let stored: number;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tollbook-races-'));
  writer = new StoreWriter(directory);
  reader = new StoreReader(directory);
  stored = 0;
});

afterEach(() => {
  jest.restoreAllMocks();
  reader.close();
  writer.close();
  rmSync(directory, { recursive: true, force: true });
});

/** One append in one transaction, as the writer's thread commits it. */
function commit(size: number, characters = 10): void {
  const data = 'x'.repeat(characters);
  const bodies = Array.from({ length: size }, () =>
    JSON.stringify({ id: randomUUID(), type: 'RaceTried.v1', data, meta: null }),
  );
  expect(writer.commit([{ stream: 'a', expected: stored - 1, bodies }])).toMatchObject([{ ok: true }]);
  stored += size;
}

/** Writes more than the write-ahead log keeps, so that it is moved into the store and the next commit begins it anew. */
function turnWal(): void {
  for (let index = 0; index < 6; index++) commit(28, 30_000);
  writer.maintain(true);
  commit(1);
}

/** Looks into the log, and writes before the n-th statement of the look. Null where the look has not that many. */
function lookWithWrite<T>(statement: number, write: () => void, look: () => T): { readonly seen: T } | null {
  let count = 0;
  let writing = false;
  const between = (): void => {
    if (writing) return;
    count += 1;
    if (count !== statement) return;
    writing = true;
    write();
    writing = false;
  };
  for (const method of ['all', 'get', 'run'] as const) {
    const original = StatementSync.prototype[method] as unknown as (
      this: StatementSync,
      ...given: SQLInputValue[]
    ) => never;
    jest.spyOn(StatementSync.prototype, method).mockImplementation(function (this: StatementSync, ...given: unknown[]) {
      between();
      return original.apply(this, given as SQLInputValue[]);
    });
  }
  try {
    const seen = look();
    return count < statement ? null : { seen };
  } finally {
    jest.restoreAllMocks();
  }
}

const numbers = (events: readonly LogEvent[] = []): number[] => events.map(({ position }) => Number(position));
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe.each([
  ['a commit', () => commit(3)],
  ['a write-ahead log begun anew', turnWal],
])('%s between any two statements of a look', (_, write) => {
  /** Tries each place in the look; `expected` gives what may be seen, by the positions before and after the write. */
  function everywhere<T>(look: (before: number) => T, check: (seen: T, before: number, after: number) => void): void {
    let statement = 1;
    for (; ; statement++) {
      commit(2);
      const before = stored;
      const looked = lookWithWrite(statement, write, () => look(before));
      if (looked === null) break;
      expect(stored).toBeGreaterThan(before);
      check(looked.seen, before, stored);
    }
    // It takes one statement to begin, and one to end, at least.
    expect(statement).toBeGreaterThan(3);
  }

  test('at the head shows none or all of its events, and no damage', () => {
    everywhere(
      (before) => reader.eventsAfter(before, 1_000, ''),
      (page, before, after) => {
        expect([[], range(before + 1, after)]).toContainEqual(numbers(page?.events));
        expect(numbers(reader.eventsAfter(before, 1_000, '')?.events)).toEqual(range(before + 1, after));
      },
    );
  });

  test('before the head does not change what is there', () => {
    everywhere(
      (before) => reader.eventsAfter(before - 2, 1, ''),
      (page, before) => expect(numbers(page?.events)).toEqual([before - 1, before]),
    );
  });

  test('shows none or all of its events in the stream, too', () => {
    everywhere(
      (before) => reader.streamFrom('a', before, 1_000),
      (page, before, after) => expect([[], range(before + 1, after)]).toContainEqual(numbers(page?.events)),
    );
  });

  test('leaves a page that ends inside an append whole', () => {
    everywhere(
      (before) => reader.streamFrom('a', before - 2, 1),
      (page, before) => expect(numbers(page?.events)).toEqual([before - 1, before]),
    );
  });

  test('shows the next event, or that there is none yet', () => {
    everywhere(
      (before) => reader.eventAt(before + 1),
      (event, before) => expect([null, BigInt(before + 1)]).toContainEqual(event?.position ?? null),
    );
  });

  test('shows the head before or after', () => {
    everywhere(
      () => reader.head(),
      (head, before, after) => expect([before, after]).toContain(head),
    );
  });
});

describe('a look that fails', () => {
  test.each([
    ['with its transaction open', false],
    ['and has ended its transaction, as SQLite does after an I/O error', true],
  ])('%s, hides nothing from the next', (_, ended) => {
    reader.close();
    const prepare = jest.spyOn(DatabaseSync.prototype, 'prepare');
    reader = new StoreReader(directory);
    const db = prepare.mock.contexts[0] as DatabaseSync;
    prepare.mockRestore();
    commit(2);
    jest.spyOn(StatementSync.prototype, 'all').mockImplementationOnce(() => {
      if (ended) db.exec('ROLLBACK');
      throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 266 });
    });
    const failing = (): unknown => reader.eventsAfter(0, 10, '');
    expect(failing).toThrow(LogUnavailableError);
    jest.restoreAllMocks();
    commit(1);
    expect(numbers(reader.eventsAfter(0, 10, '')?.events)).toEqual([1, 2, 3]);
  });
});

describe('another program that reads the store', () => {
  test('keeps what it saw, while the log goes on, is moved, and is whole thereafter', () => {
    commit(3);
    const other = new DatabaseSync(join(directory, 'log.sqlite'), { readOnly: true });
    const count = other.prepare('SELECT count(*) AS events FROM events');
    other.exec('BEGIN');
    expect(count.get()).toEqual({ events: 3 });
    turnWal();
    turnWal();
    expect(count.get()).toEqual({ events: 3 });
    expect(reader.head()).toBe(stored);
    other.exec('COMMIT');
    expect(count.get()).toEqual({ events: stored });
    turnWal();
    other.close();
    reader.close();
    writer.close();
    writer = new StoreWriter(directory);
    reader = new StoreReader(directory);
    expect(writer.head).toBe(stored);
    let read = 0;
    for (let page = reader.eventsAfter(0, 100, ''); page !== null; page = reader.eventsAfter(read, 100, '')) {
      read = page.end;
    }
    expect(read).toBe(stored);
  });
});

describe('a write-ahead log that is never idle', () => {
  test('is moved into the store all the same', () => {
    const checkpoints = jest.spyOn(StatementSync.prototype, 'get');
    const moved = (): boolean =>
      (checkpoints.mock.contexts as StatementSync[]).some((each) => each.sourceSQL.includes('wal_checkpoint'));
    for (let written = 0; written < 30; written++) {
      commit(28, 30_000);
      writer.maintain(false);
    }
    expect(moved()).toBe(false);
    for (let written = 0; written < 15; written++) {
      commit(28, 30_000);
      writer.maintain(false);
    }
    expect(moved()).toBe(true);
  });
});

describe('an event that goes missing', () => {
  test.each([
    ['at a position that is asked for', 2, () => reader.eventAt(2)],
    ['at the end, after it was read', 3, () => reader.eventsAfter(3, 10, '')],
    ['at the beginning of a page', 1, () => reader.eventsAfter(0, 10, '')],
    ['within a page', 2, () => reader.eventsAfter(0, 10, '')],
  ])('%s is damage', (_, position, look) => {
    for (let index = 0; index < 3; index++) commit(1);
    const other = new DatabaseSync(join(directory, 'log.sqlite'));
    other.exec(`DELETE FROM events WHERE position = ${position}`);
    other.close();
    expect(look).toThrow(`the event at position ${position} is missing`);
  });
});
