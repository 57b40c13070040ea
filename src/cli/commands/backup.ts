import type { Command } from 'commander';
import { backupStore, restoreStore, type BackedUp } from '../../log/embedded/backup.js';
import { counted, grouped } from '../numbers.js';
import { embeddedDirectory } from '../open-log.js';
import { refuseUrl } from '../options.js';
import { progressOn } from '../progress.js';
import type { Terminal } from '../terminal.js';

interface RestoreOptions {
  readonly to?: string;
}

const told = (terminal: Terminal, json: boolean, made: BackedUp, what: string): void => {
  terminal.out(
    json
      ? `${JSON.stringify({ ...made, position: String(made.position) })}\n`
      : `${what} in ${made.directory}: ${counted(made.position, 'event')}, ${grouped(made.bytes)} bytes, epoch ${made.epoch}.\n`,
  );
};

/** Backup and restore work on the files of the embedded log, whether a service runs on it or not. */
export const addBackup = (program: Command, terminal: Terminal): void => {
  const json = (command: Command): boolean => command.optsWithGlobals<{ json?: true }>().json === true;
  program
    .command('backup')
    .description('copy the embedded log that TOLLBOOK_LOG names, whole, while it may be in use')
    .argument('<directory>', 'where to; must hold no log')
    .action(async (directory: string, _options: object, command: Command) => {
      refuseUrl(command);
      const progress = progressOn(terminal, 'Copying pages');
      const made = await backupStore(embeddedDirectory(terminal.env), directory, progress.step);
      progress.end();
      told(terminal, json(command), made, 'Backup');
    });
  program
    .command('restore')
    .description('put a backup into an empty directory, under a new epoch')
    .argument('<backup>', 'directory of the backup')
    .option('--to <directory>', 'where to; the directory that TOLLBOOK_LOG names by default')
    .action((backup: string, { to }: RestoreOptions, command: Command) => {
      refuseUrl(command);
      told(terminal, json(command), restoreStore(backup, to ?? embeddedDirectory(terminal.env)), 'Restored');
    });
};
