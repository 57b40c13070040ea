/*
 * What lies in the directory of an embedded log, and how. These names and shapes are on disks for ever: a change is a
 * new schema version with a migration.
 *
 * This file and all that the writer thread imports must stay erasable TypeScript (no enums, no parameter properties),
 * and must take only types from the port: in development the thread runs the source as it is.
 */

/** Files of a store, within its directory. SQLite adds `-wal` and `-shm` to the first. */
export const storeFile = 'log.sqlite';
/** Locked while a process has the store open; holds nothing. */
export const lockFile = 'log.lock';
/** The last acknowledged event, so that a store that has lost its end is refused. */
export const headFile = 'log.head';

export const schemaVersion = 1;

/** "Toll", in the SQLite header: tells our stores from other SQLite files. */
export const applicationId = 0x546f6c6c;

/**
 * - `events.position` counts from 1 without gaps, so a missing row is found.
 * - `events.rest` is how many events of the same append follow: 0 ends an append.
 * - `events.body` is the JSON text `{"id","type","data","meta"}`: one text is read, checked and parsed faster than four.
 * - `streams.last_revision` says what `UNIQUE (stream, revision)` says too: where a damaged page makes one of them lie,
 *   the other disagrees.
 */
export const createSql = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    last_revision INTEGER NOT NULL,
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    rest INTEGER NOT NULL,
    body TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

/** A row of `events`, in this order of columns. */
export type EventRow = readonly [
  position: number,
  stream: number,
  revision: number,
  rest: number,
  body: string,
  checksum: number,
];

export const eventColumns = 'position, stream, revision, rest, body, checksum';

/** A row of `streams`. */
export type StreamRow = readonly [id: number, name: string, lastRevision: number, checksum: number];

export const streamColumns = 'id, name, last_revision, checksum';
