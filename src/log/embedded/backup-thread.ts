import { parentPort, workerData } from 'node:worker_threads';
import { backupStore, type BackedUp } from './backup.js';

/*
 * Makes a backup in a thread of its own: copying gives way to others now and then, but to read the copy from end to end
 * before it gets its name takes seconds where the log is large. Erasable TypeScript.
 */

export interface BackupTask {
  readonly directory: string;
  readonly target: string;
}

export type BackupReport =
  { readonly kind: 'made'; readonly made: BackedUp } | { readonly kind: 'failed'; readonly message: string };

// Only `backUpBeside` starts this thread.
const { directory, target } = workerData as BackupTask;
const report = await backupStore(directory, target).then(
  (made): BackupReport => ({ kind: 'made', made }),
  (error: unknown): BackupReport => ({
    kind: 'failed',
    message: error instanceof Error ? error.message : String(error),
  }),
);
parentPort?.postMessage(report);
