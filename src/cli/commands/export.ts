import { existsSync } from 'node:fs';
import { appendFile, open, type FileHandle } from 'node:fs/promises';
import type { Command } from 'commander';
import { jsonOf, pathOf } from '../call.js';
import { batchType, eventPages, isEventPage, type EventLine } from '../event-pages.js';
import { accepted, failed } from '../failure.js';
import { counted } from '../numbers.js';
import { progressOn } from '../progress.js';
import type { Runner, Session } from '../session.js';

interface ExportOptions {
  readonly incident?: string;
  readonly out?: string;
}

/** A line is an event of at most 32 KiB, with what surrounds it. */
const lineBytesMax = 128 * 1024;

/** The last whole line of a file, and where it ends; `null` where it has none. A last line that is cut off is left out. */
const lastLine = async (file: FileHandle): Promise<{ text: string; end: number } | null> => {
  const { size } = await file.stat();
  const start = Math.max(0, size - 2 * lineBytesMax);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  const end = buffer.subarray(0, bytesRead).lastIndexOf('\n') + 1;
  if (end === 0) return null;
  const before = end < 2 ? -1 : buffer.lastIndexOf('\n', end - 2);
  return { text: buffer.toString('utf8', before + 1, end), end: start + end };
};

/**
 * Where an export that was broken off goes on: after the last whole line of its file, which must be an event of this
 * log. What comes after that line is cut off.
 * @returns the position; `null` where the file has no line yet
 */
const resumedAt = async (path: string, { terminal, call }: Session): Promise<string | null> => {
  if (!existsSync(path)) return null;
  const file = await open(path, 'r+');
  try {
    const last = await lastLine(file);
    const { size } = await file.stat();
    if (last === null && size > lineBytesMax) throw failed(`${path} is no export. Name another file.`);
    const line = jsonOf(last?.text ?? '{}') as Partial<EventLine> | null;
    if (last !== null && (typeof line?.position !== 'string' || typeof line.source !== 'string'))
      throw failed(`The last line of ${path} is no event: it is another file. Name a new one.`);
    if (last !== null) {
      const [, , slug = ''] = line?.source?.split('/') ?? [];
      const before = String(BigInt(line?.position ?? '1') - 1n);
      const answer = await call('GET', pathOf(['incidents', slug, 'events'], { after: before, limit: 1 }), undefined, {
        accept: batchType,
      });
      const page = answer.status === 404 ? null : jsonOf(accepted(answer).text);
      const [found] = isEventPage(page) ? page : [];
      if (found?.id !== line?.id || found?.position !== line?.position)
        throw failed(
          `${path} is an export of another log: what its last line tells is not in this one. Name a new file.`,
        );
    }
    const end = last?.end ?? 0;
    if (end < size) {
      await file.truncate(end);
      terminal.err(`The last line of ${path} was cut off when the export broke off; it is written anew.\n`);
    }
    return line?.position ?? null;
  } finally {
    await file.close();
  }
};

export const addExport = (program: Command, run: Runner): void => {
  program
    .command('export')
    .description('print all events as CloudEvents, one a line; needs the role auditor')
    .option('--incident <slug>', 'of one incident only')
    .option('--out <file>', 'write to a file; where it has events already, go on after them')
    .action(async ({ incident, out }: ExportOptions, command: Command) => {
      await run(command, async (session) => {
        const { terminal, call } = session;
        const progress = progressOn(terminal, 'Exporting events');
        const after = out === undefined ? null : await resumedAt(out, session);
        let count = 0;
        for await (const page of eventPages(call, incident, after)) {
          const lines = page.map((line) => `${JSON.stringify(line)}\n`).join('');
          if (out === undefined) terminal.out(lines);
          else if (lines !== '') await appendFile(out, lines);
          count += page.length;
          progress.step(count);
        }
        progress.end();
        if (out !== undefined) terminal.err(`${counted(count, 'event')} written to ${out}.\n`);
      });
    });
};
