import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const commits = 300;
const eventText = JSON.stringify({ data: 'x'.repeat(700) });

/** Bare node:sqlite, WAL, synchronous FULL: so many filings of two events in each commit. @returns filings a second */
export const benchGroupCommit = (filings: number): number => {
  const directory = mkdtempSync(join(tmpdir(), 'tollbook-bench-'));
  try {
    const db = new DatabaseSync(join(directory, 'floor.sqlite'));
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE event (position INTEGER PRIMARY KEY, stream TEXT, revision INTEGER, body TEXT)',
    );
    const insert = db.prepare('INSERT INTO event (stream, revision, body) VALUES (?, ?, ?)');
    const startedAt = performance.now();
    for (let commit = 0; commit < commits; commit += 1) {
      db.exec('BEGIN IMMEDIATE');
      for (let event = 0; event < filings * 2; event += 1)
        insert.run('stream', commit * filings * 2 + event, eventText);
      db.exec('COMMIT');
    }
    const seconds = (performance.now() - startedAt) / 1000;
    db.close();
    return (commits * filings) / seconds;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
