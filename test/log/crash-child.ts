import { readSync, writeSync } from 'node:fs';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { type EventLog, LogUnavailableError, NO_STREAM } from '../../src/log/event-log.js';
import { loadEvents, type Report } from './crash-load.js';

/*
 * Appends to a log as fast as it can, and reports each answer before it goes on. Arguments: directory, number of the
 * run, and what to do: `append` until killed, `fill` until the disk is full, `hold` the store open. Waits for a byte first.
 */
const [directory, run, task] = process.argv.slice(2) as [string, string, 'append' | 'fill' | 'hold'];
const streams = Array.from({ length: 6 }, (_, index) => `load-${index}`);
/** Failures in a row after which the disk counts as full. */
const failuresMax = 5;

// Not through process.stdout, which may hold back what it has taken.
const report = (message: Report): void => {
  const line = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let at = 0; at < line.length;) {
    try {
      at += writeSync(1, line, at);
    } catch (error) {
      // The pipe is full: whoever reads it has other things to do, on a busy machine.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
};

// Only now, so that it can start while the store is still in use. Nobody is there any more where nothing comes.
if (readSync(0, new Uint8Array(1)) === 0) process.exit();

try {
  const log = await openEmbeddedLog({ directory });
  report({ kind: 'open', head: String(await log.head()) });
  if (task !== 'hold') {
    await Promise.all(streams.map((stream) => append(log, stream)));
    await log.close();
    report({ kind: 'done' });
  }
} catch (error) {
  reportError(error);
}

async function append(log: EventLog, stream: string): Promise<void> {
  let expected = Number(NO_STREAM);
  let failures = 0;
  while (failures < failuresMax) {
    try {
      const result = await log.append(stream, BigInt(expected), loadEvents(Number(run), stream, expected));
      failures = 0;
      if (result.ok) {
        report({ kind: 'stored', stream, run: Number(run), expected, positions: result.positions.map(Number) });
      }
      expected = Number(result.ok ? result.revision : result.actual);
    } catch (error) {
      failures += 1;
      reportError(error);
    }
  }
}

function reportError(error: unknown): void {
  const { name, message } = error as Error;
  report({
    kind: 'error',
    name,
    message,
    ...(error instanceof LogUnavailableError && { outcomeUnknown: error.outcomeUnknown }),
  });
}
