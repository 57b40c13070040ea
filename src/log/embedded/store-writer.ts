import type { DatabaseSync } from 'node:sqlite';
import { eventChecksum, streamChecksum } from './checksum.js';
import { HeadWitness } from './head-witness.js';
import type { AppendOutcome, QueuedAppend } from './messages.js';
import { openStore } from './open-store.js';
import { parseBody } from './parse-body.js';
import { allRows, arrays, oneRow } from './rows.js';
import { eventColumns, type EventRow, streamColumns, type StreamRow } from './schema.js';
import { damagedMessage, storageFault } from './storage-fault.js';
import { refused, unavailable, WriteFailed } from './write-failed.js';

/**
 * The write-ahead log is moved into the store once it has grown by about this much, in bytes. Thereafter it is written
 * over from its beginning, which syncs in two thirds of the time of a file that grows.
 */
const checkpointBytes = 4 * 1024 * 1024;
/** As much, in bytes, while appends wait: a log that is never idle must not grow without end. */
const busyCheckpointBytes = 8 * checkpointBytes;
/** What a commit writes beside its events, in bytes: it touches a page in each of three trees. */
const commitBytes = 3 * 4_096;
/** Rows of one statement, where there are so many. */
const rowsAtOnce = 10;
/** Columns of a row of `events`. */
const rowColumns = 6;

/**
 * The one writer of a store: takes groups of appends, decides each by what the stream holds, and commits the group
 * with one fsync. Synchronous, so it belongs in a thread of its own. Erasable TypeScript.
 */
export class StoreWriter {
  readonly epoch: string;
  readonly #directory: string;
  readonly #db: DatabaseSync;
  readonly #witness: HeadWitness;
  readonly #sql: ReturnType<typeof prepare>;
  #head: number;
  #uncheckpointedBytes = 0;
  /** Set once what is on disk is no longer known: nothing may be written on top of it. */
  #stopped: string | null = null;

  /**
   * Opens the store in a directory, and makes it where there is none. The caller holds the store's lock.
   * @throws WriteFailed with words for the operator
   */
  constructor(directory: string) {
    this.#directory = directory;
    const { db, epoch, head } = openStore(directory);
    this.#db = db;
    this.epoch = epoch;
    this.#head = head;
    try {
      this.#sql = prepare(db);
      this.#witness = new HeadWitness(directory);
    } catch (error) {
      db.close();
      throw new WriteFailed(refused(storageFault(error, directory).message), error);
    }
    const last = oneRow<EventRow>(this.#sql.event, head);
    if (last !== undefined) this.#remember(last[4]);
  }

  /** Position of the last event; 0 where there is none. */
  get head(): number {
    return this.#head;
  }

  /**
   * Decides and stores a group of appends in their order, in one transaction. When it returns, all of it is on disk.
   * @throws WriteFailed: then none of the group may be answered as decided, conflicts included
   */
  commit(group: readonly QueuedAppend[]): readonly AppendOutcome[] {
    if (this.#stopped !== null) throw new WriteFailed(unavailable(this.#stopped, false));
    let committing = false;
    let position = this.#head;
    let bytes = 0;
    let lastBody: string | undefined;
    let outcomes: readonly AppendOutcome[];
    try {
      this.#sql.begin.run();
      outcomes = group.map((append) => {
        const outcome = this.#decide(append, position);
        // A repeat adds nothing: its positions lie before.
        if (outcome.ok && outcome.position > position) {
          position += append.bodies.length;
          lastBody = append.bodies.at(-1);
          for (const body of append.bodies) bytes += body.length;
        }
        return outcome;
      });
      committing = true;
      this.#sql.commit.run();
    } catch (error) {
      throw this.#failed(error, committing);
    }
    // It is on disk: nothing from here on may make it look otherwise.
    this.#head = position;
    if (lastBody !== undefined) {
      this.#uncheckpointedBytes += bytes + commitBytes;
      this.#remember(lastBody);
    }
    return outcomes;
  }

  /**
   * Moves the write-ahead log into the store where it has grown. To be called after the answers went out.
   * @param idle whether no append waits
   */
  maintain(idle: boolean): void {
    const bytes = idle ? checkpointBytes : busyCheckpointBytes;
    if (this.#uncheckpointedBytes < bytes || this.#stopped !== null) return;
    this.#checkpoint();
  }

  close(): void {
    this.#witness.close();
    this.#db.close();
  }

  #decide({ stream, expected, bodies }: QueuedAppend, head: number): AppendOutcome {
    const known = oneRow<StreamRow>(this.#sql.stream, stream);
    if (known !== undefined && known[3] !== streamChecksum(known[0], stream, known[2])) {
      throw this.#damaged(`the entry of stream ${stream} does not match its checksum`);
    }
    const last = known === undefined ? -1 : known[2];
    if (expected !== last) return this.#repeat(known, expected, bodies) ?? { ok: false, actual: last };

    const revision = last + bodies.length;
    const streamId = known?.[0] ?? Number(this.#sql.newStream.run(stream, revision, 0).lastInsertRowid);
    this.#sql.moveStream.run(revision, streamChecksum(streamId, stream, revision), streamId);
    this.#insert(streamId, last + 1, head + 1, bodies);
    return { ok: true, revision, position: head + 1 };
  }

  /** Inserts events from a revision and a position on: many in one statement, which takes two thirds of the time. */
  #insert(streamId: number, revision: number, position: number, bodies: readonly string[]): void {
    const many = bodies.length - (bodies.length % rowsAtOnce);
    let values: (number | string)[] = [];
    bodies.forEach((body, index) => {
      const at = position + index;
      const rest = bodies.length - 1 - index;
      const checksum = eventChecksum(at, streamId, revision + index, rest, body);
      values.push(at, streamId, revision + index, rest, body, checksum);
      if (index < many && values.length < rowsAtOnce * rowColumns) return;
      (index < many ? this.#sql.insertMany : this.#sql.insert).run(...values);
      values = [];
    });
  }

  /** The first success of an append that is there already: the same events, in order, right after its expectation. */
  #repeat(known: StreamRow | undefined, expected: number, bodies: readonly string[]): AppendOutcome | null {
    const revision = expected + bodies.length;
    if (known === undefined || revision > known[2]) return null;
    const rows = allRows<EventRow>(this.#sql.range, known[0], expected + 1, revision);
    if (rows.length !== bodies.length) {
      throw this.#damaged(`stream ${known[1]} lacks one of its events ${expected + 1} to ${revision}`);
    }
    const [first] = rows;
    const same = rows.every((row, index) => {
      if (eventChecksum(row[0], row[1], row[2], row[3], row[4]) !== row[5]) {
        throw this.#damaged(`the event at position ${row[0]} does not match its checksum`);
      }
      // Appended one by one, with others in between, they are not the same append.
      return row[4] === bodies[index] && row[0] === (first?.[0] ?? 0) + index;
    });
    return same && first !== undefined ? { ok: true, revision, position: first[0] } : null;
  }

  #failed(error: unknown, committing: boolean): WriteFailed {
    try {
      if (this.#db.isTransaction) this.#sql.rollback.run();
    } catch (rollbackError) {
      this.#stopped = `The event log in ${this.#directory} has stopped: a write could not be undone. Restart Tollbook (${String(rollbackError)})`;
    }
    if (error instanceof WriteFailed) {
      this.#stopped = error.message;
      return error;
    }
    const fault = storageFault(error, this.#directory);
    if (fault.kind === 'space') {
      // What is in the write-ahead log may still fit into the store, and then the log has room again.
      this.#checkpoint();
      return new WriteFailed(refused(fault.message), error);
    }
    if (fault.kind === 'busy') return new WriteFailed(unavailable(fault.message, false), error);
    // After an fsync that failed, nobody knows what is on disk, and a second fsync may wrongly succeed: so no more
    // writes from this process. At the next start the store is recovered from what is there.
    this.#stopped = `${fault.message}. The log takes no more appends until Tollbook is restarted`;
    if (fault.kind === 'damaged') return new WriteFailed(refused(fault.message), error);
    return new WriteFailed(unavailable(this.#stopped, committing), error);
  }

  #checkpoint(): void {
    try {
      this.#sql.checkpoint.get();
      this.#uncheckpointedBytes = 0;
    } catch (error) {
      const fault = storageFault(error, this.#directory);
      if (fault.kind === 'space' || fault.kind === 'busy') {
        // The events are safe in the write-ahead log. Try again after as much as before.
        this.#uncheckpointedBytes = 0;
      } else {
        this.#stopped = `${fault.message}. The log takes no more appends until Tollbook is restarted`;
      }
    }
  }

  #remember(lastBody: string): void {
    this.#witness.write({ epoch: this.epoch, position: this.#head, eventId: parseBody(lastBody).id });
  }

  #damaged(finding: string): WriteFailed {
    return new WriteFailed(refused(damagedMessage(this.#directory, finding)));
  }
}

function insertSql(rows: number): string {
  const row = `(${Array.from({ length: rowColumns }, () => '?').join(', ')})`;
  return `INSERT INTO events (${eventColumns}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`;
}

function prepare(db: DatabaseSync) {
  return {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    rollback: db.prepare('ROLLBACK'),
    checkpoint: db.prepare('PRAGMA wal_checkpoint(PASSIVE)'),
    stream: arrays(db, `SELECT ${streamColumns} FROM streams WHERE name = ?`),
    newStream: db.prepare('INSERT INTO streams (name, last_revision, checksum) VALUES (?, ?, ?)'),
    moveStream: db.prepare('UPDATE streams SET last_revision = ?, checksum = ? WHERE id = ?'),
    insert: db.prepare(insertSql(1)),
    insertMany: db.prepare(insertSql(rowsAtOnce)),
    range: arrays(
      db,
      `SELECT ${eventColumns} FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision`,
    ),
    event: arrays(db, `SELECT ${eventColumns} FROM events WHERE position = ?`),
  };
}
