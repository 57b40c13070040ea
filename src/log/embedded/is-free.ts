import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LogRefusedError } from '../event-log.js';
import { storeFile } from './schema.js';
import { StoreLock } from './store-lock.js';

/** Whether a directory holds an embedded log that no process has open now. */
export const isFree = (directory: string): boolean => {
  if (!existsSync(join(directory, storeFile))) return false;
  try {
    StoreLock.acquire(directory).release();
    return true;
  } catch (error) {
    if (error instanceof LogRefusedError) return false;
    throw error;
  }
};
