import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import type { WriterOptions } from '../../src/log/embedded/messages.js';

/*
 * The writer's thread with a fault in it: what the file `fault` in the store's directory says befalls each commit.
 *
 * - `unsynced`: an fsync fails, and what was written does not count;
 * - `synced`: an fsync fails, and what was written is on disk all the same;
 * - `broken`: the thread breaks as soon as it has answered;
 * - `silent`: the thread breaks after the commit and before the answer.
 *
 * Erasable TypeScript.
 */
export type Fault = 'unsynced' | 'synced' | 'broken' | 'silent';

const { directory } = workerData as WriterOptions;
const prepare = (db: DatabaseSync, sql: string) => original.call(db, sql);
// oxlint-disable-next-line typescript/unbound-method -- called with its object above
const original = DatabaseSync.prototype.prepare;

DatabaseSync.prototype.prepare = function (sql) {
  const statement = prepare(this, sql);
  if (sql !== 'COMMIT') return statement;
  const commit = statement.run.bind(statement);
  statement.run = () => {
    switch (fault()) {
      case 'unsynced':
        throw fsyncError();
      case 'synced':
        commit();
        throw fsyncError();
      case 'broken':
        queueMicrotask(() => {
          throw new Error('the thread broke');
        });
        return commit();
      case 'silent':
        commit();
        process.exit(1);
        break;
      default:
        return commit();
    }
  };
  return statement;
};

/** As SQLite reports it: SQLITE_IOERR_FSYNC. */
function fsyncError(): Error {
  return Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 1034 });
}

function fault(): Fault | null {
  try {
    return readFileSync(join(directory, 'fault'), 'utf8') as Fault;
  } catch {
    return null;
  }
}

await import('../../src/log/embedded/writer-thread.js');
