import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { eventChecksum, streamChecksum } from './checksum.js';
import { type Head, HeadWitness } from './head-witness.js';
import type { AppendOutcome, QueuedAppend, WriteFailure } from './messages.js';
import {
  applicationId,
  createSql,
  eventColumns,
  type EventRow,
  schemaVersion,
  storeFile,
  streamColumns,
  type StreamRow,
} from './schema.js';
import { damagedMessage, storageFault } from './storage-fault.js';

/** The write-ahead log is moved into the store once it has grown by this much, in bytes. */
const checkpointBytes = 4 * 1024 * 1024;
/** Space that the write-ahead log keeps on disk after it was moved, in bytes. */
const walBytesMax = 64 * 1024 * 1024;
/** How long to wait for another program that reads the store, in ms. */
const busyTimeoutMs = 5_000;
/** Events at the end of the store that are checked at each start. */
const tailEvents = 64;

/** A failure to open or write, told in a message that can cross threads. */
export class WriteFailed extends Error {
  readonly failure: WriteFailure;
  constructor(failure: WriteFailure, cause?: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

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
  #uncheckpointedBytes: number;
  /** Set once what is on disk is no longer known: nothing may be written on top of it. */
  #stopped: string | null = null;

  /**
   * Opens the store in a directory, and makes it where there is none. The caller holds the store's lock.
   * @throws WriteFailed with words for the operator
   */
  constructor(directory: string) {
    this.#directory = directory;
    let db: DatabaseSync | undefined;
    try {
      this.#uncheckpointedBytes = syncLeftovers(directory);
      db = new DatabaseSync(join(directory, storeFile), { timeout: busyTimeoutMs });
      const witness = HeadWitness.read(directory);
      configure(db, directory);
      createWhereEmpty(db, directory, witness);
      this.#db = db;
      this.epoch = readEpoch(db, directory);
      this.#sql = prepare(db);
      this.#settleWal();
      this.#head = (db.prepare('SELECT coalesce(max(position), 0) AS head FROM events').get() as { head: number }).head;
      this.#checkStore(witness);
      this.#witness = new HeadWitness(directory);
      this.#rememberHead();
    } catch (error) {
      db?.close();
      if (error instanceof WriteFailed) throw error;
      throw new WriteFailed(refused(storageFault(error, directory).message), error);
    }
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
    try {
      this.#sql.begin.run();
      const outcomes = group.map((append) => {
        const outcome = this.#decide(append, position);
        if (outcome.ok && outcome.positions.at(-1)! > position) {
          position = outcome.positions.at(-1)!;
          for (const body of append.bodies) bytes += body.length;
        }
        return outcome;
      });
      committing = true;
      this.#sql.commit.run();
      this.#head = position;
      this.#uncheckpointedBytes += bytes;
      if (bytes > 0) this.#rememberHead();
      return outcomes;
    } catch (error) {
      throw this.#failed(error, committing);
    }
  }

  /** Moves the write-ahead log into the store where it has grown. To be called after the answers went out. */
  maintain(): void {
    if (this.#uncheckpointedBytes < checkpointBytes || this.#stopped !== null) return;
    this.#checkpoint();
  }

  close(): void {
    this.#witness.close();
    this.#db.close();
  }

  #decide({ stream, expected, bodies }: QueuedAppend, head: number): AppendOutcome {
    const known = this.#sql.stream.get(stream) as unknown as StreamRow | undefined;
    if (known !== undefined && known[3] !== streamChecksum(known[0], stream, known[2])) {
      throw this.#damaged(`the entry of stream ${stream} does not match its checksum`);
    }
    const last = known === undefined ? -1 : known[2];
    if (expected !== last) return this.#repeat(known, expected, bodies) ?? { ok: false, actual: last };

    const revision = last + bodies.length;
    const streamId = known?.[0] ?? Number(this.#sql.newStream.run(stream, revision, 0).lastInsertRowid);
    this.#sql.moveStream.run(revision, streamChecksum(streamId, stream, revision), streamId);
    const positions = bodies.map((body, index) => {
      const position = head + 1 + index;
      const rest = bodies.length - 1 - index;
      const at = last + 1 + index;
      this.#sql.insert.run(position, streamId, at, rest, body, eventChecksum(position, streamId, at, rest, body));
      return position;
    });
    return { ok: true, revision, positions };
  }

  /** The first success of an append that is there already: the same ids, in order, right after its expectation. */
  #repeat(known: StreamRow | undefined, expected: number, bodies: readonly string[]): AppendOutcome | null {
    const revision = expected + bodies.length;
    if (known === undefined || revision > known[2]) return null;
    const rows = this.#sql.range.all(known[0], expected + 1, revision) as unknown as EventRow[];
    if (rows.length !== bodies.length) {
      throw this.#damaged(`stream ${known[1]} lacks one of its events ${expected + 1} to ${revision}`);
    }
    const same = rows.every((row, index) => {
      if (eventChecksum(row[0], row[1], row[2], row[3], row[4]) !== row[5]) {
        throw this.#damaged(`the event at position ${row[0]} does not match its checksum`);
      }
      return idOf(row[4]) === idOf(bodies[index]!);
    });
    return same ? { ok: true, revision, positions: rows.map((row) => row[0]) } : null;
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

  /**
   * After a crash, frames of the write-ahead log may be in the system's cache only, or a failed fsync may have left
   * them there for good. Moved into the store and synced, all that readers see is on disk. On a full disk the sync of
   * `syncLeftovers` must do, so that the log can still be read.
   */
  #settleWal(): void {
    try {
      this.#db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
      this.#uncheckpointedBytes = 0;
    } catch (error) {
      if (storageFault(error, this.#directory).kind !== 'space') throw error;
    }
  }

  /** That the store ends where it ended, and what can be found out at each start without reading all of it. */
  #checkStore(witness: Head | null): void {
    let events = 0;
    const streams = this.#db.prepare(`SELECT ${streamColumns} FROM streams`);
    streams.setReturnArrays(true);
    for (const [id, name, lastRevision, checksum] of streams.iterate() as unknown as Iterable<StreamRow>) {
      // By its name too: where the index has lost it, the stream would be taken for a new one.
      const found = this.#sql.stream.get(name) as unknown as StreamRow | undefined;
      if (streamChecksum(id, name, lastRevision) !== checksum || found?.[0] !== id) {
        throw this.#damaged(`the entry of stream ${name} does not match its checksum or its index`);
      }
      events += lastRevision + 1;
    }
    if (events !== this.#head) {
      throw this.#damaged(
        `its streams hold ${events} events by their revisions, but its last position is ${this.#head}`,
      );
    }
    const tail = this.#db.prepare(`SELECT ${eventColumns} FROM events WHERE position > ? ORDER BY position`);
    tail.setReturnArrays(true);
    const from = Math.max(0, this.#head - tailEvents);
    const rows = tail.all(from) as unknown as EventRow[];
    rows.forEach((row, index) => {
      const position = from + 1 + index;
      if (row[0] !== position) throw this.#damaged(`the event at position ${position} is missing`);
      if (eventChecksum(row[0], row[1], row[2], row[3], row[4]) !== row[5]) {
        throw this.#damaged(`the event at position ${position} does not match its checksum`);
      }
    });
    if ((rows.at(-1)?.[3] ?? 0) !== 0) throw this.#damaged(`it ends inside the append at position ${this.#head}`);

    if (witness === null || witness.position === 0) return;
    if (witness.epoch !== this.epoch) {
      throw new WriteFailed(
        refused(
          `The files in ${this.#directory} are of two event logs: log.sqlite is of ${this.epoch}, log.head of ${witness.epoch}. Restore a backup into an empty directory, or put back the files that belong together`,
        ),
      );
    }
    const at =
      witness.position > this.#head ? undefined : (this.#sql.event.get(witness.position) as unknown as EventRow);
    if (at === undefined || idOf(at[4]) !== witness.eventId) {
      throw this.#damaged(
        `the event at position ${witness.position} had been acknowledged, but is not there (the log ends at ${this.#head}). Was log.sqlite-wal removed, or log.sqlite replaced by an older copy?`,
      );
    }
  }

  #rememberHead(): void {
    if (this.#head === 0) return;
    const [, , , , body] = this.#sql.event.get(this.#head) as unknown as EventRow;
    this.#witness.write({ epoch: this.epoch, position: this.#head, eventId: idOf(body) });
  }

  #damaged(finding: string): WriteFailed {
    return new WriteFailed(refused(damagedMessage(this.#directory, finding)));
  }
}

function refused(message: string): WriteFailure {
  return { kind: 'refused', outcomeUnknown: false, message };
}

function unavailable(message: string, outcomeUnknown: boolean): WriteFailure {
  return { kind: 'unavailable', outcomeUnknown, message };
}

/**
 * Syncs what a crashed process may have left in the system's cache; answers its size in bytes. Only while no connection
 * is open: closing a file of SQLite's would free the locks that this process holds on it.
 */
function syncLeftovers(directory: string): number {
  const wal = join(directory, `${storeFile}-wal`);
  const bytes = statSync(wal, { throwIfNoEntry: false })?.size ?? 0;
  for (const path of bytes > 0 ? [wal, directory] : [directory]) {
    const fd = openSync(path, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }
  return bytes;
}

/** Sets what durability rests on, and reads each back: SQLite takes no notice of what it cannot set. */
function configure(db: DatabaseSync, directory: string): void {
  const settings = [
    ['journal_mode', 'wal', 'wal'],
    // FULL: each commit is on disk before it is answered.
    ['synchronous', 'FULL', 2],
    // On macOS a plain fsync leaves the data in the drive's cache.
    ['fullfsync', 'ON', 1],
    ['checkpoint_fullfsync', 'ON', 1],
    // Checkpoints come after the answers, see `maintain`.
    ['wal_autocheckpoint', '0', 0],
    ['journal_size_limit', String(walBytesMax), walBytesMax],
    ['cell_size_check', 'ON', 1],
    ['trusted_schema', 'OFF', 0],
  ] as const;
  for (const [name, value, expected] of settings) {
    db.exec(`PRAGMA ${name} = ${value}`);
    const actual = Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    if (actual !== expected) {
      throw new WriteFailed(
        refused(
          `SQLite cannot keep the event log in ${directory} safe: ${name} is ${String(actual)}, not ${expected}. The directory must be on a local disk, not on a network share`,
        ),
      );
    }
  }
}

function createWhereEmpty(db: DatabaseSync, directory: string, witness: Head | null): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  const { application_id: application } = db.prepare('PRAGMA application_id').get() as { application_id: number };
  const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  if (version === schemaVersion && application === applicationId) return;
  if (application === applicationId && version > schemaVersion) {
    throw new WriteFailed(
      refused(
        `The event log in ${directory} was written by a newer Tollbook (schema ${version}, this one knows ${schemaVersion}). Start that version, or a newer one`,
      ),
    );
  }
  if (tables > 0 || version !== 0 || application !== 0) {
    throw new WriteFailed(
      refused(`${join(directory, storeFile)} is not an event log of Tollbook. Name another directory in TOLLBOOK_LOG`),
    );
  }
  if (witness !== null) {
    throw new WriteFailed(
      refused(
        damagedMessage(
          directory,
          `log.sqlite is empty or gone, but position ${witness.position} had been acknowledged`,
        ),
      ),
    );
  }
  // In one transaction: a crash leaves an empty file or a whole store.
  db.exec('BEGIN IMMEDIATE');
  db.exec(createSql);
  db.prepare("INSERT INTO meta (key, value) VALUES ('epoch', ?)").run(`e${randomBytes(6).toString('hex')}`);
  db.exec('COMMIT');
}

function readEpoch(db: DatabaseSync, directory: string): string {
  const row = db.prepare("SELECT value FROM meta WHERE key = 'epoch'").get() as { value: string } | undefined;
  if (row === undefined || !/^e[0-9a-f]{12}$/.test(row.value)) {
    throw new WriteFailed(refused(damagedMessage(directory, 'its epoch is missing')));
  }
  return row.value;
}

function prepare(db: DatabaseSync) {
  const arrays = (sql: string): StatementSync => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  return {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    rollback: db.prepare('ROLLBACK'),
    checkpoint: db.prepare('PRAGMA wal_checkpoint(PASSIVE)'),
    stream: arrays(`SELECT ${streamColumns} FROM streams WHERE name = ?`),
    newStream: db.prepare('INSERT INTO streams (name, last_revision, checksum) VALUES (?, ?, ?)'),
    moveStream: db.prepare('UPDATE streams SET last_revision = ?, checksum = ? WHERE id = ?'),
    insert: db.prepare(`INSERT INTO events (${eventColumns}) VALUES (?, ?, ?, ?, ?, ?)`),
    range: arrays(`SELECT ${eventColumns} FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision`),
    event: arrays(`SELECT ${eventColumns} FROM events WHERE position = ?`),
  };
}

function idOf(body: string): string {
  return (JSON.parse(body) as { id: string }).id;
}
