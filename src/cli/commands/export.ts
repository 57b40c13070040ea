import { createReadStream, existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { pathOf } from '../call.js';
import { accepted, failed } from '../failure.js';
import { counted } from '../numbers.js';
import { progressOn } from '../progress.js';
import type { Runner } from '../session.js';

interface ExportOptions {
  readonly incident?: string;
  readonly out?: string;
}

interface Line {
  readonly position: string;
}

/** Events of one page of the export. */
const pageEvents = 1_000;
const batchType = 'application/cloudevents-batch+json';

const isPage = (body: unknown): body is readonly Line[] =>
  Array.isArray(body) && body.every((line) => typeof (line as Partial<Line> | null)?.position === 'string');

/** Position of a file's last line; `null` where it has none. */
const lastPosition = async (file: string): Promise<string | null> => {
  if (!existsSync(file)) return null;
  let last: string | null = null;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity }))
    if (line.trim() !== '') last = line;
  if (last === null) return null;
  try {
    const { position } = JSON.parse(last) as Line;
    if (typeof position === 'string') return position;
  } catch (error) {
    throw failed(`The last line of ${file} is cut off. Delete that line, and the export goes on after it.`, error);
  }
  throw failed(`The last line of ${file} is no event: it is another file. Name a new one.`);
};

export const addExport = (program: Command, run: Runner): void => {
  program
    .command('export')
    .description('print all events as CloudEvents, one a line; needs the role auditor')
    .option('--incident <slug>', 'of one incident only')
    .option('--out <file>', 'write to a file; where it has events already, go on after them')
    .action(async ({ incident, out }: ExportOptions, command: Command) => {
      await run(command, async ({ terminal, call }) => {
        const segments = incident === undefined ? ['events'] : ['incidents', incident, 'events'];
        const progress = progressOn(terminal, 'Exporting events');
        let after = out === undefined ? null : await lastPosition(out);
        let count = 0;
        for (;;) {
          const path = pathOf(segments, { after: after ?? undefined, limit: pageEvents });
          const answer = accepted(await call('GET', path, undefined, { accept: batchType }));
          const page: unknown = JSON.parse(answer.text);
          if (!isPage(page)) throw failed('The service answered with something else than events.');
          const lines = page.map((line) => `${JSON.stringify(line)}\n`).join('');
          if (out === undefined) terminal.out(lines);
          else if (lines !== '') await appendFile(out, lines);
          count += page.length;
          progress.step(count);
          const last = page.at(-1);
          if (last === undefined || page.length < pageEvents) break;
          after = last.position;
        }
        progress.end();
        if (out !== undefined) terminal.err(`${counted(count, 'event')} written to ${out}.\n`);
      });
    });
};
