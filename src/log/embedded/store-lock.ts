import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LogRefusedError } from '../event-log.js';
import { lockFile } from './schema.js';
import { storageFault } from './storage-fault.js';

/**
 * Holds a store for one process: two writers would each number the same events. The operating system frees the lock
 * when the process ends, however it ends, so there is nothing stale to clean up after a crash. It is a lock of SQLite's
 * on an empty file of its own, since Node itself offers no file locks.
 */
export class StoreLock {
  readonly #db: DatabaseSync;

  private constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * @param inUse what to say where somebody has it
   * @throws LogRefusedError where another process, or this one, has the store open, or the directory is not
   *   writable
   */
  static acquire(directory: string, inUse = logInUse(directory)): StoreLock {
    let db: DatabaseSync | undefined;
    try {
      db = new DatabaseSync(join(directory, lockFile), { timeout: 0 });
      db.exec('BEGIN EXCLUSIVE');
      return new StoreLock(db);
    } catch (error) {
      db?.close();
      const fault = storageFault(error, directory);
      throw new LogRefusedError(fault.kind === 'busy' ? inUse : fault.message, { cause: error });
    }
  }

  release(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}

const logInUse = (directory: string): string =>
  `The event log in ${directory} is in use: another Tollbook process has it open. Stop that process, or talk to it with --url, or name another directory in TOLLBOOK_LOG`;
