import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { loadEvents, type Report } from './crash-load.js';
import { CrashProcess, verifyLoad } from './crash-process.js';

const rounds = 20;
/** Latest moment of the kill after the store is open, in ms. */
const killAfterMsMax = 150;
const timeoutMs = 60_000;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tollbook-crash-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

test(
  'killed at any moment, the log keeps each acknowledged append, whole and once',
  async () => {
    const stored: Extract<Report, { kind: 'stored' }>[] = [];
    let epoch: string | undefined;
    for (let round = 0; round < rounds; round++) {
      const writer = new CrashProcess(directory, round, 'append');
      await writer.opened();
      await delay(Math.random() * killAfterMsMax);
      await writer.kill();
      expect(writer.errors).toEqual([]);
      stored.push(...writer.stored);

      // The operating system has freed the lock; what was under way is there whole, or not at all.
      const log = await openEmbeddedLog({ directory });
      try {
        expect(log.epoch).toBe((epoch ??= log.epoch));
        expect(await verifyLoad(log, stored)).toBe(Number(await log.head()));
        for (const { stream, expected, run, positions } of stored.slice(-1)) {
          expect(await log.append(stream, BigInt(expected), loadEvents(run, stream, expected))).toEqual({
            ok: true,
            revision: BigInt(expected + positions.length),
            positions: positions.map(BigInt),
          });
        }
      } finally {
        await log.close();
      }
    }
    // That the kills met a log at work.
    expect(stored.length).toBeGreaterThan(rounds * 10);
  },
  timeoutMs,
);
