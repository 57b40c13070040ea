import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventChecksum, streamChecksum } from './checksum.js';
import { type Head, HeadWitness } from './head-witness.js';
import { parseBody } from './parse-body.js';
import { allRows, arrays, eachRow, oneRow, scalar } from './rows.js';
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
import { refused, WriteFailed } from './write-failed.js';

/** Space that the write-ahead log keeps on disk after it was moved into the store, in bytes. */
const walBytesMax = 64 * 1024 * 1024;
/** How long to wait for another program that reads the store, in ms. */
const busyTimeoutMs = 5_000;
/** Events at the end of the store that are checked at each start. */
const tailEvents = 64;

/** A store that is open for writing, and was found to be whole as far as a start can tell. */
export interface OpenStore {
  readonly db: DatabaseSync;
  readonly epoch: string;
  /** Position of the last event; 0 where there is none. */
  readonly head: number;
}

/**
 * Opens the store in a directory for writing, and makes it where there is none. The caller holds the store's lock.
 * Erasable TypeScript.
 * @throws WriteFailed with words for the operator
 */
export function openStore(directory: string): OpenStore {
  let db: DatabaseSync | undefined;
  try {
    syncLeftovers(directory);
    db = new DatabaseSync(join(directory, storeFile), { timeout: busyTimeoutMs });
    configure(db, directory);
    const witness = HeadWitness.read(directory);
    createWhereEmpty(db, directory, witness);
    const epoch = scalar(db, "SELECT value FROM meta WHERE key = 'epoch'");
    if (typeof epoch !== 'string' || !/^e[0-9a-f]{12}$/.test(epoch)) throw damaged(directory, 'its epoch is missing');
    settleWal(db, directory);
    const head = Number(scalar(db, 'SELECT coalesce(max(position), 0) FROM events'));
    checkWitness(db, directory, witness, epoch, head);
    checkStore(db, directory, head);
    return { db, epoch, head };
  } catch (error) {
    db?.close();
    if (error instanceof WriteFailed) throw error;
    throw new WriteFailed(refused(storageFault(error, directory).message), error);
  }
}

/**
 * Syncs what a crashed process may have left in the system's cache. Only while no connection is open: closing a file of
 * SQLite's would free the locks that this process holds on it.
 */
function syncLeftovers(directory: string): void {
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
    const actual = scalar(db, `PRAGMA ${name}`);
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
  const version = scalar(db, 'PRAGMA user_version');
  const application = scalar(db, 'PRAGMA application_id');
  const tables = scalar(db, 'SELECT count(*) FROM sqlite_schema');
  if (version === schemaVersion && application === applicationId) return;
  if (application === applicationId && Number(version) > schemaVersion) {
    throw new WriteFailed(
      refused(
        `The event log in ${directory} was written by a newer Tollbook (schema ${String(version)}, this one knows ${schemaVersion}). Start that version, or a newer one`,
      ),
    );
  }
  if (tables !== 0 || version !== 0 || application !== 0) {
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

/**
 * After a crash, frames of the write-ahead log may be in the system's cache only, or a failed fsync may have left
 * them there for good. Moved into the store and synced, all that readers see is on disk. On a full disk the sync of
 * `syncLeftovers` must do, so that the log can still be read.
 */
function settleWal(db: DatabaseSync, directory: string): void {
  try {
    db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  } catch (error) {
    if (storageFault(error, directory).kind !== 'space') throw error;
  }
}

/** What can be found out at each start without reading all of the store: its streams, its number of events, its end. */
function checkStore(db: DatabaseSync, directory: string, head: number): void {
  let events = 0;
  const byName = arrays(db, 'SELECT id FROM streams WHERE name = ?');
  const streams = arrays(db, `SELECT ${streamColumns} FROM streams`);
  for (const [id, name, lastRevision, checksum] of eachRow<StreamRow>(streams)) {
    // By its name too: where the index has lost it, the stream would be taken for a new one.
    const found = oneRow<readonly [id: number]>(byName, name);
    if (streamChecksum(id, name, lastRevision) !== checksum || found?.[0] !== id) {
      throw damaged(directory, `the entry of stream ${name} does not match its checksum or its index`);
    }
    events += lastRevision + 1;
  }
  if (events !== head) {
    throw damaged(directory, `its streams hold ${events} events by their revisions, but its last position is ${head}`);
  }
  const tail = arrays(db, `SELECT ${eventColumns} FROM events WHERE position > ? ORDER BY position`);
  const from = Math.max(0, head - tailEvents);
  const rows = allRows<EventRow>(tail, from);
  rows.forEach((row, index) => {
    const position = from + 1 + index;
    if (row[0] !== position) throw damaged(directory, `the event at position ${position} is missing`);
    if (eventChecksum(row[0], row[1], row[2], row[3], row[4]) !== row[5]) {
      throw damaged(directory, `the event at position ${position} does not match its checksum`);
    }
  });
  if ((rows.at(-1)?.[3] ?? 0) !== 0) throw damaged(directory, `it ends inside the append at position ${head}`);
}

/** That what was acknowledged last is there. */
function checkWitness(db: DatabaseSync, directory: string, witness: Head | null, epoch: string, head: number): void {
  if (witness === null) return;
  if (witness.epoch !== epoch) {
    throw new WriteFailed(
      refused(
        `The files in ${directory} are of two event logs: log.sqlite is of ${epoch}, log.head of ${witness.epoch}. Restore a backup into an empty directory, or put back the files that belong together`,
      ),
    );
  }
  const at = oneRow<readonly [body: string]>(
    arrays(db, 'SELECT body FROM events WHERE position = ?'),
    witness.position,
  );
  if (at === undefined || parseBody(at[0]).id !== witness.eventId) {
    throw damaged(
      directory,
      `the event at position ${witness.position} had been acknowledged, but is not there (the log ends at ${head}). Was log.sqlite-wal removed, or log.sqlite replaced by an older copy?`,
    );
  }
}

function damaged(directory: string, finding: string): WriteFailed {
  return new WriteFailed(refused(damagedMessage(directory, finding)));
}
