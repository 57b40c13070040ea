import { Option, type Command } from 'commander';
import { countOption } from '../options.js';
import { wholeList } from '../pages.js';
import { revisionsText } from '../revision-text.js';
import { type Runner, showValue } from '../session.js';
import { isRevisionPage } from '../wire.js';

interface RevisionsOptions {
  readonly method?: string;
  readonly cell?: string;
  readonly order?: string;
  readonly after?: string;
  readonly limit?: number;
}

export const addRevisions = (program: Command, run: Runner): void => {
  program
    .command('revisions')
    .description('show how the estimates of an incident changed, and why')
    .argument('<slug>', 'the incident')
    .option('--cell <cell>', 'only of one cell')
    .option('--method <method>', 'as another method would have written it, e.g. most-recent/1')
    .addOption(new Option('--order <order>', 'oldest or newest first').choices(['asc', 'desc']))
    .option('--after <number>', 'only those after this one, in that order')
    .option('--limit <count>', 'at most so many; all by default', countOption)
    .action(async (slug: string, { limit, ...query }: RevisionsOptions, command: Command) => {
      await run(command, async (session) => {
        const page = await wholeList(
          session.call,
          ['incidents', slug, 'revisions'],
          isRevisionPage,
          { ...query },
          limit,
        );
        showValue(session, page, ({ data }) => revisionsText(data, session.terminal.columns));
      });
    });
};
