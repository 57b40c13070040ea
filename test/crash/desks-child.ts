import { readSync, writeSync } from 'node:fs';
import { openTollbook } from '#tollbook/filing/open-tollbook.js';
import { openEmbeddedLog } from '#tollbook/log/embedded/open-embedded-log.js';
import { commandOf, desks, keyOf, type Answered, slugOf } from './desks.ts';

/*
 * Desks that file without a pause, on the built service without HTTP, until the process is killed; where asked to, the
 * list of incidents is made anew all the time beside them. Each answer is reported before its desk goes on. Arguments:
 * directory, number of the round, `filing` or `rebuilding`. Waits for a byte first.
 */
const [directory = '', round = '', task] = process.argv.slice(2);

/** Not through process.stdout, which may hold back what it has taken. A pipe that is full is waited for. */
const report = (message: Answered | { readonly kind: 'open' | 'rebuilt' }): void => {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let at = 0; at < bytes.length;)
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
};

// Only now, so that it can start while the store is still in use. Nobody is there any more where nothing comes.
if (readSync(0, new Uint8Array(1)) === 0) process.exit();

const log = await openEmbeddedLog({ directory });
const tollbook = await openTollbook({ log, viewsDirectory: directory });
report({ kind: 'open' });

const file = async (desk: number): Promise<void> => {
  for (let n = 0; ; n += 1) {
    const key = keyOf(Number(round), desk, n);
    const { command, request } = commandOf(key);
    const outcome = await tollbook.desk.execute(slugOf(desk), command, request);
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
    report({ kind: 'filed', key, body: JSON.parse(outcome.json) as Answered['body'] });
  }
};

const rebuild = async (): Promise<void> => {
  while (task === 'rebuilding') {
    await tollbook.projector.rebuild();
    report({ kind: 'rebuilt' });
  }
};

await Promise.all([rebuild(), ...Array.from({ length: desks }, (_, desk) => file(desk))]);
