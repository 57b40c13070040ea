import type { Command } from 'commander';

export const addServe = (program: Command): void => {
  program
    .command('serve')
    .description('run the service until it is told to stop; its settings are environment variables (TOLLBOOK_…)')
    .action(async () => {
      // Importing it starts it; it says itself what went wrong and with which exit code it ends.
      await import('../../main.js');
    });
};
