import { afterEach, expect, test } from '@jest/globals';
import { streamOf } from '../../src/domain/event-codec.js';
import type { Tollbook } from '../../src/filing/open-tollbook.js';
import { openEmbeddedLog } from '../../src/log/embedded/open-embedded-log.js';
import { done, nthReport, Opened, openIncident, request, tallyOf } from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

const slug = 'clock-2020';
const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));

test('a clock that jumps back, also over a restart, never records an event before the one that came before it', async () => {
  const directory = opened.directory();
  let now = at(12);
  const start = async (): Promise<{
    tollbook: Tollbook;
    recordedAt: () => Promise<string[]>;
    end: () => Promise<void>;
  }> => {
    const log = await openEmbeddedLog({ directory });
    const tollbook = await opened.tollbook(log, { viewsDirectory: directory, clock: () => now });
    const recordedAt = async (): Promise<string[]> => {
      const times: string[] = [];
      for await (const batch of log.readStream(streamOf(slug)))
        for (const { meta } of batch) times.push((meta as { recordedAt: string }).recordedAt);
      return times;
    };
    const end = async (): Promise<void> => {
      await tollbook.close();
      await log.close();
    };
    return { tollbook, recordedAt, end };
  };

  const first = await start();
  done(await first.tollbook.desk.execute(slug, openIncident(slug), request()));
  now = at(13);
  done(await first.tollbook.desk.execute(slug, nthReport(1), request()));
  now = at(9);
  done(await first.tollbook.desk.execute(slug, nthReport(2), request()));
  await first.end();

  now = at(3);
  const second = await start();
  done(await second.tollbook.desk.execute(slug, nthReport(3), request()));
  now = at(14);
  done(await second.tollbook.desk.execute(slug, nthReport(4), request()));
  const times = await second.recordedAt();
  expect(times).toEqual(times.toSorted());
  expect([...new Set(times)]).toEqual([at(12), at(13), at(14)].map((time) => time.toISOString()));

  // What was known at a time holds all that was recorded up to it, and the lag is no negative time.
  const { position } = await tallyOf(second.tollbook, slug);
  const known = await second.tollbook.reader.tally(slug, { knownAt: at(13).toISOString() });
  const then = JSON.parse(known.kind === 'found' ? known.body.toString() : '') as {
    cells: { best: { low: number } }[];
  };
  expect(then.cells[0]?.best.low).toBe(3);
  await second.tollbook.projector.waitFor(BigInt(position), 5_000);
  expect(await second.tollbook.projector.status()).toMatchObject({ lagEvents: 0, lagSeconds: 0 });
  await second.end();
});
