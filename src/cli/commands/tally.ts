import type { Command } from 'commander';
import { pathOf } from '../call.js';
import { accepted, bodyOf, failed } from '../failure.js';
import type { TallyOnWire } from '../../projections/wire.js';
import { positionOption } from '../options.js';
import { show, showValue, type Runner } from '../session.js';
import { explainedText } from '../explained-text.js';
import { wholeList } from '../pages.js';
import { tallyText } from '../tally-text.js';
import { isCellExplained, isFigurePage, isTally } from '../wire.js';

interface TallyOptions {
  readonly method?: string;
  readonly at?: string;
  readonly knownAt?: string;
  readonly publishedBy?: string;
  readonly minPosition?: string;
  readonly lang?: string;
  readonly cell?: string;
  readonly explain?: string;
}

/** The tally with one cell of it, and what contradicts that one. */
const onlyCell = (tally: TallyOnWire, cell: string): TallyOnWire => {
  const cells = tally.cells.filter((estimate) => estimate.cell === cell);
  if (cells.length === 0) throw failed(`The tally of ${tally.incident} has no cell ${cell}`);
  return { ...tally, cells, contradictions: tally.contradictions.filter((each) => each.cells.includes(cell)) };
};

export const addTally = (program: Command, run: Runner): void => {
  program
    .command('tally')
    .description('show what an incident comes to')
    .argument('<slug>', 'the incident')
    .option('--method <method>', 'by another method, e.g. most-recent/1')
    .option('--at <position>', 'from the events up to a position of the log', positionOption)
    .option('--known-at <time>', 'from what was recorded by a time')
    .option('--published-by <time>', 'from what was published by a time')
    .option('--min-position <position>', 'wait until the service has reached a position', positionOption)
    .option('--lang <language>', 'language of the phrases')
    .option('--cell <cell>', 'only one cell, e.g. killed/hostages/nationality=JP')
    .option('--explain <cell>', 'one cell explained, from the number to the figures behind it')
    .action(async (slug: string, options: TallyOptions, command: Command) => {
      if (options.cell !== undefined && options.explain !== undefined)
        command.error("error: give either '--cell' or '--explain'");
      const { cell, explain, ...query } = options;
      await run(command, async (session) => {
        const columnsMax = session.terminal.columns;
        if (explain !== undefined) {
          const answer = accepted(await session.call('GET', pathOf(['incidents', slug, 'cells', explain], query)));
          // What was said in words, and where, is told by the figures.
          const figures = session.json
            ? []
            : (await wholeList(session.call, ['incidents', slug, 'figures'], isFigurePage, { cell: explain })).data;
          show(session, answer, isCellExplained, (explained) => explainedText(explained, figures));
          return;
        }
        const answer = accepted(await session.call('GET', pathOf(['incidents', slug, 'tally'], query)));
        if (cell === undefined) show(session, answer, isTally, (tally) => tallyText(tally, columnsMax));
        else showValue(session, onlyCell(bodyOf(answer, isTally), cell), (tally) => tallyText(tally, columnsMax));
      });
    });
};
