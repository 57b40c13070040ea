import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openTollbook } from '#tollbook/filing/open-tollbook.js';
import { openEmbeddedLog } from '#tollbook/log/embedded/open-embedded-log.js';
import { inTurn, type Row } from './compare.ts';
import { fill } from './fill.ts';

const incidents = 200;
const reportsAnIncident = 60;
const rounds = 3;

/** Making the incident list anew from the first event on, against reading the same rows and parsing them. */
export const benchRebuild = async (): Promise<Row[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'tollbook-bench-'));
  const log = await openEmbeddedLog({ directory });
  try {
    const count = await fill(log, incidents, reportsAnIncident);
    const tollbook = await openTollbook({ log, viewsDirectory: directory });
    await tollbook.projector.caughtUp();
    await tollbook.projector.rebuild();
    const db = new DatabaseSync(join(directory, 'log.sqlite'), { readOnly: true });
    const result = await inTurn(
      rounds,
      async () => {
        const startedAt = performance.now();
        await tollbook.projector.rebuild();
        return (count * 1000) / (performance.now() - startedAt);
      },
      async () => {
        const startedAt = performance.now();
        for (const row of db.prepare('SELECT position, revision, body FROM events ORDER BY position').iterate())
          JSON.parse(String(row['body']));
        return (count * 1000) / (performance.now() - startedAt);
      },
    );
    db.close();
    await tollbook.close();
    return [
      {
        name: `rebuild of ${incidents} incidents, ${count.toLocaleString('en')} events`,
        ours: `${Math.round(result.ours).toLocaleString('en')}/s`,
        floor: `${Math.round(result.floor).toLocaleString('en')}/s`,
        floorName: 'SELECT and JSON.parse of the same rows',
        ratio: result.ratio,
        bar: { atLeast: 0.6 },
      },
    ];
  } finally {
    await log.close();
    rmSync(directory, { recursive: true, force: true });
  }
};
