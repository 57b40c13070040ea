import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What is in this file can be made again from the log at any time. */
const viewsFile = 'views.db';
/** Raise it when the tables change: an older file is thrown away and made again from the log. */
const viewsVersion = 2;
/** How long to wait for another program that has the file open, in ms. */
const busyTimeoutMs = 5_000;

const tables = `
CREATE TABLE IF NOT EXISTS generations (
  name TEXT PRIMARY KEY,
  shown INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS incidents (
  generation INTEGER NOT NULL,
  slug TEXT NOT NULL,
  opened INTEGER NOT NULL,
  position INTEGER NOT NULL,
  search TEXT NOT NULL,
  incident TEXT NOT NULL,
  headline TEXT,
  complete INTEGER NOT NULL,
  PRIMARY KEY (generation, slug)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS incidents_by_opening ON incidents (generation, opened);
CREATE INDEX IF NOT EXISTS incidents_by_position ON incidents (generation, position);
CREATE TABLE IF NOT EXISTS poisoned (
  slug TEXT PRIMARY KEY,
  stale TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS checkpoints (
  name TEXT PRIMARY KEY,
  epoch TEXT NOT NULL,
  rules TEXT NOT NULL,
  position INTEGER NOT NULL,
  token TEXT NOT NULL,
  event_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${viewsVersion};
`;

/** Opens the read models' file; one that is damaged or of another version is thrown away, since the log has it all. */
export const openViews = (directory: string, onDiscarded: (reason: string) => void): DatabaseSync => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, viewsFile);
  try {
    return open(path);
  } catch (error) {
    onDiscarded(error instanceof Error ? error.message : String(error));
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    return open(path);
  }
};

const open = (path: string): DatabaseSync => {
  const db = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    // NORMAL: no fsync a transaction. A power cut may lose the last of them, whole, and the checkpoint with them.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    const found = db.prepare('PRAGMA user_version').get()?.['user_version'];
    if (found !== 0 && found !== viewsVersion) throw new Error(`version ${String(found)} of the read models`);
    const check = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (check !== 'ok') throw new Error(`the read models are damaged: ${String(check)}`);
    db.exec(tables);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};
