import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type LogEvent, LogRefusedError, LogUnavailableError } from '../event-log.js';
import { eventChecksum, streamChecksum } from './checksum.js';
import { parseBody } from './parse-body.js';
import { allRows, arrays, oneRow } from './rows.js';
import { eventColumns, type EventRow, storeFile, streamColumns, type StreamRow } from './schema.js';
import { damagedMessage, storageFault } from './storage-fault.js';

/** How long to wait for another program that has the store open, in ms. */
const busyTimeoutMs = 5_000;
/** Stream names kept in memory. */
const namesMax = 100_000;

/** What one look into the log found. It ends where an append ends. */
export interface Page {
  readonly events: readonly LogEvent[];
  /** Last position (of `eventsAfter`) or revision (of `streamFrom`) looked at, whether or not it is of interest. */
  readonly end: number;
  /** Rows looked at, and characters of JSON in them. */
  readonly rows: number;
  readonly characters: number;
}

/**
 * Reads a store that a writer thread has open. Each call is one bounded, synchronous look, in one read transaction: all
 * its statements see the same commits, so that what came in between is neither half seen nor taken for damage. It sees
 * whole appends that are on disk, nothing else. Every row is checked before it is handed out.
 */
export class StoreReader {
  readonly #directory: string;
  readonly #db: DatabaseSync;
  readonly #names = new Map<number, string>();
  readonly #begin: StatementSync;
  readonly #end: StatementSync;
  readonly #head: StatementSync;
  readonly #window: StatementSync;
  readonly #range: StatementSync;
  readonly #streamById: StatementSync;
  readonly #streamByName: StatementSync;

  constructor(directory: string) {
    this.#directory = directory;
    this.#db = this.#guard(
      () => new DatabaseSync(join(directory, storeFile), { readOnly: true, timeout: busyTimeoutMs }),
    );
    const prepare = (sql: string): StatementSync => arrays(this.#db, sql);
    this.#begin = prepare('BEGIN');
    // Ends a transaction that has read, whatever befell it. One left open would hide all that is committed thereafter.
    this.#end = prepare('ROLLBACK');
    this.#head = prepare('SELECT coalesce(max(position), 0) FROM events');
    this.#window = prepare(`SELECT ${eventColumns} FROM events WHERE position BETWEEN ? AND ? ORDER BY position`);
    this.#range = prepare(
      `SELECT ${eventColumns} FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision`,
    );
    this.#streamById = prepare(`SELECT ${streamColumns} FROM streams WHERE id = ?`);
    this.#streamByName = prepare(`SELECT ${streamColumns} FROM streams WHERE name = ?`);
  }

  /** Position of the last event; 0 where there is none. */
  head(): number {
    return this.#look(() => this.#last());
  }

  /** The event at a position, or `null`. */
  eventAt(position: number): LogEvent | null {
    return this.#look(() => {
      const row = oneRow<EventRow>(this.#window, position, position);
      if (row !== undefined) {
        this.#check(row);
        return this.#parse(row, this.#nameOf(row[1]));
      }
      if (position >= 1 && position <= this.#last())
        throw this.#damaged(`the event at position ${position} is missing`);
      return null;
    });
  }

  /**
   * Events after a position, of streams whose name begins so, among the next `rowsMax` positions and those that end the
   * last one's append; `null` at the head. There must have been an event at that position, or it is 0.
   */
  eventsAfter(after: number, rowsMax: number, prefix: string): Page | null {
    return this.#look(() => {
      const rows = this.#wholeAppends(
        allRows<EventRow>(this.#window, after + 1, after + rowsMax),
        ([position, , , rest]) => allRows<EventRow>(this.#window, position + 1, position + rest),
      );
      if (rows.length === 0) {
        const last = this.#last();
        if (last !== after) throw this.#damaged(`the event at position ${Math.min(after, last) + 1} is missing`);
        return null;
      }
      const events: LogEvent[] = [];
      let characters = 0;
      let expected = after;
      for (const row of rows) {
        expected += 1;
        // Positions are without gaps, so a gap is a loss.
        if (row[0] !== expected) throw this.#damaged(`the event at position ${expected} is missing`);
        characters += row[4].length;
        this.#check(row);
        const stream = this.#nameOf(row[1]);
        if (stream.startsWith(prefix)) events.push(this.#parse(row, stream));
      }
      return { events, end: expected, rows: rows.length, characters };
    });
  }

  /** As `eventsAfter`, for one stream, from a revision on (inclusive); `null` where the stream ends before it. */
  streamFrom(name: string, from: number, rowsMax: number): Page | null {
    return this.#look(() => {
      const stream = oneRow<StreamRow>(this.#streamByName, name);
      if (stream === undefined) return null;
      this.#checkStream(stream);
      const [id, , last] = stream;
      if (from > last) return null;
      const rows = this.#wholeAppends(
        allRows<EventRow>(this.#range, id, from, Math.min(from + rowsMax - 1, last)),
        ([, , revision, rest]) => allRows<EventRow>(this.#range, id, revision + 1, revision + rest),
      );
      let expected = from - 1;
      let characters = 0;
      const events = rows.map((row) => {
        expected += 1;
        if (row[2] !== expected) throw this.#damaged(`event ${expected} of stream ${name} is missing`);
        characters += row[4].length;
        this.#check(row);
        return this.#parse(row, name);
      });
      if (rows.length < Math.min(rowsMax, last - from + 1)) {
        throw this.#damaged(`event ${expected + 1} of stream ${name} is missing`);
      }
      return { events, end: expected, rows: rows.length, characters };
    });
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  /** Adds the rows that follow the last one in its append. */
  #wholeAppends(rows: EventRow[], remainder: (last: EventRow) => EventRow[]): readonly EventRow[] {
    const last = rows.at(-1);
    if (last === undefined || last[3] === 0) return rows;
    const whole = [...rows, ...remainder(last)];
    if (whole.at(-1)?.[3] !== 0) throw this.#damaged(`the append that holds position ${last[0]} is not whole`);
    return whole;
  }

  #last(): number {
    return oneRow<readonly [number]>(this.#head)?.[0] ?? 0;
  }

  #check([position, stream, revision, rest, body, checksum]: EventRow): void {
    if (eventChecksum(position, stream, revision, rest, body) !== checksum) {
      throw this.#damaged(`the event at position ${position} does not match its checksum`);
    }
  }

  #parse([position, , revision, , body]: EventRow, stream: string): LogEvent {
    const { id, type, data, meta } = parseBody(body);
    return { id, type, data, meta, stream, revision: BigInt(revision), position: BigInt(position) };
  }

  #nameOf(id: number): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const row = oneRow<StreamRow>(this.#streamById, id);
    if (row === undefined) throw this.#damaged(`the entry of stream number ${id} is missing`);
    this.#checkStream(row);
    if (this.#names.size >= namesMax) this.#names.clear();
    this.#names.set(id, row[1]);
    return row[1];
  }

  #checkStream([id, name, lastRevision, checksum]: StreamRow): void {
    if (streamChecksum(id, name, lastRevision) !== checksum) {
      throw this.#damaged(`the entry of stream ${name} does not match its checksum`);
    }
  }

  #damaged(finding: string): LogRefusedError {
    return new LogRefusedError(damagedMessage(this.#directory, finding));
  }

  /** All reading goes through here: one read transaction, which starts with its first statement that reads. */
  #look<T>(read: () => T): T {
    return this.#guard(() => {
      this.#begin.run();
      try {
        return read();
      } finally {
        // After an I/O error SQLite has ended it already.
        if (this.#db.isTransaction) this.#end.run();
      }
    });
  }

  #guard<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (error instanceof LogRefusedError || error instanceof LogUnavailableError) throw error;
      const fault = storageFault(error, this.#directory);
      if (fault.kind === 'io' || fault.kind === 'busy')
        throw new LogUnavailableError(fault.message, false, { cause: error });
      throw new LogRefusedError(fault.message, { cause: error });
    }
  }
}
