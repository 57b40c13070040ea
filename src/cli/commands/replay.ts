import type { Command } from 'commander';
import { counted } from '../numbers.js';
import { positionOption, speedOption } from '../options.js';
import { wholeList } from '../pages.js';
import { lineWidthsOf, revisionLine } from '../revision-text.js';
import type { Runner, Session } from '../session.js';
import { coloured, type Terminal } from '../terminal.js';
import type { RevisionOnWire } from '../../projections/wire.js';
import { isRevisionPage } from '../wire.js';

interface ReplayOptions {
  readonly at?: string;
  readonly speed?: number;
}

/** Hands on one revision after the other, each as long after the one before as it was recorded, at that speed. */
async function* inTime(
  revisions: readonly RevisionOnWire[],
  speed: number | undefined,
  terminal: Terminal,
): AsyncGenerator<RevisionOnWire> {
  let before: number | undefined;
  for (const revision of revisions) {
    const recorded = Date.parse(revision.recordedAt);
    if (speed !== undefined && before !== undefined && recorded > before)
      await terminal.pause((recorded - before) / speed);
    before = recorded;
    yield revision;
  }
}

/** One list in the shape that the service gives lists, written item by item as they come. */
const printJson = async ({ terminal }: Session, revisions: AsyncIterable<RevisionOnWire>): Promise<void> => {
  terminal.out('{"data":[');
  let separator = '\n';
  for await (const revision of revisions) {
    terminal.out(`${separator}${JSON.stringify(revision)}`);
    separator = ',\n';
  }
  terminal.out('\n],"hasMore":false,"next":null}\n');
};

export const addReplay = (program: Command, run: Runner): void => {
  program
    .command('replay')
    .description('print each revision of an incident as it came')
    .argument('<slug>', 'the incident')
    .option('--at <position>', 'up to a position of the log', positionOption)
    .option('--speed <times>', 'wait between revisions as it was then, so many times faster', speedOption)
    .action(async (slug: string, { at, speed }: ReplayOptions, command: Command) => {
      await run(command, async (session) => {
        const { terminal, call } = session;
        const { data } = await wholeList(call, ['incidents', slug, 'revisions'], isRevisionPage, { order: 'asc' });
        // A revision has the position of its filing's last event, so a filing is shown whole or not at all.
        const wanted = at === undefined ? data : data.filter(({ position }) => BigInt(position) <= BigInt(at));
        const revisions = inTime(wanted, speed, terminal);
        if (session.json) {
          await printJson(session, revisions);
          return;
        }
        const widths = lineWidthsOf(wanted);
        for await (const revision of revisions) terminal.out(revisionLine(revision, widths, coloured(terminal)));
        const unexplained = wanted.filter((revision) => revision.unexplained).length;
        terminal.out(`${counted(wanted.length, 'revision')}, ${unexplained} unexplained.\n`);
      });
    });
};
