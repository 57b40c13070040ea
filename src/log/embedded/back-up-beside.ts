import { LogRefusedError } from '../event-log.js';
import type { BackedUp } from './backup.js';
import type { BackupReport, BackupTask } from './backup-thread.js';
import { startWorker } from './start-worker.js';

/**
 * As `backupStore`, beside everything else that this process does.
 * @throws LogRefusedError
 */
export const backUpBeside = async (task: BackupTask): Promise<BackedUp> => {
  const worker = startWorker(import.meta.url, './backup-thread', task);
  const report = await new Promise<BackupReport>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the backup's thread ended with ${code}`)));
  });
  if (report.kind === 'failed') throw new LogRefusedError(report.message);
  return report.made;
};
