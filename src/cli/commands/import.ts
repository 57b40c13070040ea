import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { importEvents, ImportError } from '../../audit/import-events.js';
import { failed } from '../failure.js';
import { counted } from '../numbers.js';
import { refuseUrl } from '../options.js';
import { openLogItself } from '../open-log.js';
import { progressOn } from '../progress.js';
import type { Terminal } from '../terminal.js';

export const addImport = (program: Command, terminal: Terminal): void => {
  program
    .command('import')
    .description('store exported events in the log that TOLLBOOK_LOG names; again, or after a break, it goes on')
    .argument('<file>', 'an export, one CloudEvent a line; - for standard input')
    .action(async (file: string, _options: object, command: Command) => {
      refuseUrl(command);
      const log = await openLogItself(terminal.env);
      const progress = progressOn(terminal, 'Importing events');
      try {
        const input = file === '-' ? process.stdin : createReadStream(file);
        const opened = new Promise<never>((_, reject) => input.once('error', reject));
        const lines = createInterface({ input, crlfDelay: Infinity });
        const done = await Promise.race([importEvents(log, lines, ({ events }) => progress.step(events)), opened]);
        progress.end();
        const { json } = command.optsWithGlobals<{ json?: true }>();
        terminal.out(
          json === true
            ? `${JSON.stringify(done)}\n`
            : `${counted(done.events, 'event')} read, ${counted(done.events - done.known, 'event')} stored; the others were there.\n`,
        );
      } catch (error) {
        progress.end();
        if (error instanceof ImportError)
          throw failed(`${error.message}. What stands before is stored; mend the file and import it again.`, error);
        throw error;
      } finally {
        await log.close();
      }
    });
};
