import type { Command } from 'commander';
import { pathOf } from '../call.js';
import { accepted } from '../failure.js';
import { keyFromContent, readInput } from '../input.js';
import { filedText } from '../filed-text.js';
import { type Runner, show } from '../session.js';
import { isFiled } from '../wire.js';

interface FileOptions {
  readonly dryRun?: true;
  readonly idempotencyKey?: string;
}

export const addFile = (program: Command, run: Runner): void => {
  program
    .command('file')
    .description('file a report with its figures')
    .argument('<slug>', 'the incident')
    .argument('<file>', 'the report as JSON; - for standard input')
    .option('--dry-run', 'answer what filing it would change, and store nothing')
    .option('--idempotency-key <key>', 'by default made from what the report says, so that it is filed once only')
    .action(async (slug: string, file: string, { dryRun, idempotencyKey }: FileOptions, command: Command) => {
      await run(command, async (session) => {
        const report = await readInput(session.terminal, file);
        const headers = { 'idempotency-key': idempotencyKey ?? keyFromContent(report) };
        const path = pathOf(['incidents', slug, 'reports'], { dryRun });
        const answer = accepted(await session.call('POST', path, report, dryRun ? {} : headers));
        const how = dryRun ? 'dryRun' : answer.headers['idempotency-replayed'] === 'true' ? 'repeated' : 'filed';
        show(session, answer, isFiled, (filed) => filedText(filed, how, session.terminal.columns));
      });
    });
};
