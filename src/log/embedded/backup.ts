import { randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { LogRefusedError } from '../event-log.js';
import { scalar } from './rows.js';
import { applicationId, headFile, schemaVersion, storeFile } from './schema.js';
import { storageFault } from './storage-fault.js';

/** Pages copied before writers get their turn again. */
const pagesAStep = 1_000;
/** A backup is made under this name, and gets its own when it is whole. */
const unfinishedFile = `${storeFile}.part`;

export interface BackedUp {
  /** Directory of the backup. */
  readonly directory: string;
  readonly epoch: string;
  /** Position of its last event; 0 where it has none. */
  readonly position: number;
  readonly bytes: number;
}

/**
 * Copies the event log of a directory while it may be written: what was acknowledged when the copy begins is in it, and
 * every append is in it whole or not at all.
 * @param target made where it is not there; must not hold a log
 * @throws LogRefusedError
 */
export const backupStore = async (
  directory: string,
  target: string,
  onProgress: (copied: number, total: number) => void = () => undefined,
): Promise<BackedUp> => {
  const source = join(resolve(directory), storeFile);
  if (!existsSync(source)) throw new LogRefusedError(`There is no event log in ${directory}`);
  const into = resolve(target);
  refuseWhereLog(into, 'A backup');
  const unfinished = join(into, unfinishedFile);
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(into, { recursive: true, mode: 0o700 });
    removeUnfinished(unfinished);
    db = new DatabaseSync(source, { readOnly: true });
    // One moment, held to the end: without it each append to the log would have the copy begin anew, and on a log that
    // is never idle it would not end. Writers are not held up; the write-ahead log grows meanwhile.
    db.exec('BEGIN');
    scalar(db, 'SELECT count(*) FROM meta');
    await backup(db, unfinished, {
      rate: pagesAStep,
      progress: ({ totalPages, remainingPages }) => onProgress(totalPages - remainingPages, totalPages),
    });
    const found = examined(unfinished);
    // Reading the copy left an empty write-ahead log and its index beside it, which would keep this name.
    removeJournals(unfinished);
    sync(unfinished);
    renameSync(unfinished, join(into, storeFile));
    sync(into);
    return { directory: into, ...found, bytes: statSync(join(into, storeFile)).size };
  } catch (error) {
    throw error instanceof LogRefusedError
      ? error
      : new LogRefusedError(storageFault(error, into).message, { cause: error });
  } finally {
    db?.close();
  }
};

/**
 * Puts a backup into an empty directory, under a new epoch: cursors and checkpoints that reach past the backup are of
 * events that are lost, and would otherwise silently skip those that are written in their place.
 * @throws LogRefusedError
 */
export const restoreStore = (backupDirectory: string, target: string): BackedUp => {
  const source = join(resolve(backupDirectory), storeFile);
  if (!existsSync(source))
    throw new LogRefusedError(`There is no backup in ${backupDirectory} (${storeFile} is missing)`);
  if (existsSync(`${source}-wal`))
    throw new LogRefusedError(
      `${backupDirectory} is no backup but a log that a process has open, or had when it was killed: what was filed last is in ${storeFile}-wal. Back it up with tollbook backup, or start Tollbook on the whole directory`,
    );
  const into = resolve(target);
  refuseWhereLog(into, 'A restored log');
  const unfinished = join(into, unfinishedFile);
  try {
    mkdirSync(into, { recursive: true, mode: 0o700 });
    removeUnfinished(unfinished);
    copyFileSync(source, unfinished);
    examined(unfinished);
    const epoch = `e${randomBytes(6).toString('hex')}`;
    const db = new DatabaseSync(unfinished);
    try {
      db.prepare("UPDATE meta SET value = ? WHERE key = 'epoch'").run(epoch);
      // One file again: a write-ahead log beside it would be left behind by the new name.
      db.exec('PRAGMA journal_mode = DELETE');
    } finally {
      db.close();
    }
    const found = examined(unfinished);
    sync(unfinished);
    renameSync(unfinished, join(into, storeFile));
    sync(into);
    return { directory: into, ...found, bytes: statSync(join(into, storeFile)).size };
  } catch (error) {
    throw error instanceof LogRefusedError
      ? error
      : new LogRefusedError(storageFault(error, into).message, { cause: error });
  }
};

const refuseWhereLog = (directory: string, what: string): void => {
  for (const file of [storeFile, `${storeFile}-wal`, headFile])
    if (existsSync(join(directory, file)))
      throw new LogRefusedError(`${what} goes into an empty directory: ${directory} has ${file} already`);
};

/** Reads a store as a whole. @throws LogRefusedError where it is none, or damaged */
const examined = (path: string): { readonly epoch: string; readonly position: number } => {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    if (scalar(db, 'PRAGMA application_id') !== applicationId)
      throw new LogRefusedError(`${path} is not an event log of Tollbook`);
    const version = scalar(db, 'PRAGMA user_version');
    if (version !== schemaVersion)
      throw new LogRefusedError(`${path} is of schema ${String(version)}; this Tollbook knows ${schemaVersion}`);
    const verdict = scalar(db, 'PRAGMA integrity_check');
    if (verdict !== 'ok') throw new LogRefusedError(`${path} is damaged: ${String(verdict)}`);
    const position = Number(scalar(db, 'SELECT coalesce(max(position), 0) FROM events'));
    const events = Number(scalar(db, 'SELECT count(*) FROM events'));
    if (events !== position)
      throw new LogRefusedError(`${path} is damaged: it has ${events} events, its last position is ${position}`);
    return { epoch: String(scalar(db, "SELECT value FROM meta WHERE key = 'epoch'")), position };
  } finally {
    db.close();
  }
};

/** Removes what was left by a copy that was broken off: SQLite would take a journal of it for one of the new copy. */
const removeUnfinished = (unfinished: string): void => {
  rmSync(unfinished, { force: true });
  removeJournals(unfinished);
};

const removeJournals = (path: string): void => {
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
};

const sync = (path: string): void => {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};
