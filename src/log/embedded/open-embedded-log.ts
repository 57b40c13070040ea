import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type EventLog, LogRefusedError } from '../event-log.js';
import { AppendQueue } from './append-queue.js';
import { EmbeddedLog } from './embedded-log.js';
import { storageFault } from './storage-fault.js';
import { StoreLock } from './store-lock.js';
import { StoreReader } from './store-reader.js';

export interface EmbeddedLogOptions {
  /** Made, for this user alone, where it is not there. Must be on a local disk; one process at a time. */
  readonly directory: string;
}

/**
 * Opens the event log in a directory. Positions count from 1 without gaps.
 * @throws LogRefusedError where the directory cannot be written, is in use by a process, or holds a damaged log
 */
export async function openEmbeddedLog(options: EmbeddedLogOptions): Promise<EventLog> {
  const directory = resolve(options.directory);
  makeDirectory(directory);
  const lock = StoreLock.acquire(directory);
  let queue: AppendQueue | undefined;
  try {
    const started = await AppendQueue.start({ directory });
    queue = started.queue;
    return new EmbeddedLog(started.epoch, directory, lock, queue, new StoreReader(directory));
  } catch (error) {
    await queue?.close();
    lock.release();
    throw error;
  }
}

function makeDirectory(directory: string): void {
  try {
    const made = mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (made === undefined) return;
    // Else a power cut could take the directory away with all that was acknowledged in it.
    for (let path = directory; path.length >= dirname(made).length; path = dirname(path)) {
      const fd = openSync(path, 'r');
      fsyncSync(fd);
      closeSync(fd);
      if (path === dirname(path)) break;
    }
  } catch (error) {
    throw new LogRefusedError(storageFault(error, directory).message, { cause: error });
  }
}
