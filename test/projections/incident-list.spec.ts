import { afterEach, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { incidentStreamPrefix } from '../../src/domain/event-codec.js';
import type { Tollbook } from '../../src/filing/open-tollbook.js';
import { absorbIncident } from '../../src/projections/absorb-incident.js';
import { IncidentList, type ListCheckpoint } from '../../src/projections/incident-list.js';
import type { IncidentRow } from '../../src/projections/incident-row.js';
import { catchUpList } from '../../src/projections/list-catch-up.js';
import { MemoryLog } from '../support/memory-log.js';
import { nthReport, Opened, openIncident, request } from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

const slugs = ['x-2020', 'y-2021', 'z-2022'];

const filled = async (): Promise<{ log: MemoryLog; tollbook: Tollbook; viewsDirectory: string }> => {
  const log = new MemoryLog();
  const viewsDirectory = opened.directory();
  const tollbook = await opened.tollbook(log, { viewsDirectory });
  for (const slug of slugs)
    await tollbook.desk.execute(slug, openIncident(slug, { title: `Title of ${slug}` }), request());
  for (let n = 1; n <= 12; n += 1) await tollbook.desk.execute(slugs[n % 3]!, nthReport(n), request());
  await tollbook.projector.waitFor(await log.head(), 5_000);
  return { log, tollbook, viewsDirectory };
};

const listed = async (tollbook: Tollbook, query: Parameters<Tollbook['reader']['incidents']>[0] = {}) => {
  const read = await tollbook.reader.incidents(query);
  if (read.kind !== 'found') throw new Error(read.kind);
  return read.body;
};

const reopened = async (log: MemoryLog, viewsDirectory: string): Promise<Tollbook> => {
  const tollbook = await opened.tollbook(new MemoryLog(log.store), { viewsDirectory });
  await tollbook.projector.caughtUp();
  return tollbook;
};

test('shows each incident with its headline as the tally has it', async () => {
  const { tollbook } = await filled();
  const { data, hasMore, next } = await listed(tollbook);
  expect([hasMore, next]).toEqual([false, null]);
  expect(Object.keys(data[0]!)).toEqual([
    'slug',
    'title',
    'place',
    'from',
    'to',
    'home',
    'method',
    'lexicon',
    'headline',
    'groups',
    'measures',
    'breakdowns',
    'status',
    'position',
    'headlineEstimate',
  ]);
  for (const [at, slug] of slugs.entries()) {
    const read = await tollbook.reader.tally(slug);
    const tally = JSON.parse(read.kind === 'found' ? read.body.toString() : '') as {
      position: string;
      cells: { cell: string }[];
    };
    const row = data[at] as { slug: string; position: string; headlineEstimate: unknown };
    expect([row.slug, row.position]).toEqual([slug, tally.position]);
    expect(row.headlineEstimate).toEqual(tally.cells.find(({ cell }) => cell === 'killed/side:victims'));
  }
});

test('is paged in the order of opening, either way, and searched by words', async () => {
  const { tollbook } = await filled();
  const names = (list: { data: readonly object[] }): unknown[] =>
    list.data.map((each) => (each as { slug: string }).slug);
  const first = await listed(tollbook, { limit: 2 });
  expect([names(first), first.hasMore]).toEqual([['x-2020', 'y-2021'], true]);
  const second = await listed(tollbook, { limit: 2, after: first.next! });
  expect([names(second), second.hasMore, second.next]).toEqual([['z-2022'], false, null]);
  expect(names(await listed(tollbook, { order: 'desc', limit: 2 }))).toEqual(['z-2022', 'y-2021']);
  expect(names(await listed(tollbook, { q: 'TITLE Y-20' }))).toEqual(['y-2021']);
  expect(names(await listed(tollbook, { q: "%_' OR" }))).toEqual([]);
});

describe('is the same', () => {
  test('after a restart from its checkpoint, a rebuild, and a rebuild from nothing', async () => {
    const { log, tollbook, viewsDirectory } = await filled();
    const before = JSON.stringify(await listed(tollbook));
    await tollbook.projector.rebuild();
    expect(JSON.stringify(await listed(tollbook))).toBe(before);
    await tollbook.close();
    expect(JSON.stringify(await listed(await reopened(log, viewsDirectory)))).toBe(before);
    expect(JSON.stringify(await listed(await reopened(log, opened.directory())))).toBe(before);
  });

  test('where the file is damaged or of another log, which is then made anew', async () => {
    const { log, tollbook, viewsDirectory } = await filled();
    const before = JSON.stringify(await listed(tollbook));
    await tollbook.close();
    const other = await filled();
    await other.tollbook.close();
    expect(JSON.stringify(await listed(await reopened(log, other.viewsDirectory)))).toBe(before);
    await opened.close();
    const damaged = opened.directory();
    writeFileSync(
      join(damaged, 'views.db'),
      'this is no database, and longer than a header of one hundred bytes is'.repeat(9),
    );
    expect(JSON.stringify(await listed(await reopened(log, damaged)))).toBe(before);
    expect(viewsDirectory).not.toBe(damaged);
  });

  test('where the log was put back to an older copy: its end is not the event that the checkpoint names', async () => {
    const { log, tollbook, viewsDirectory } = await filled();
    await tollbook.close();
    const older = new MemoryLog(Object.assign(new MemoryLog().store, { epoch: log.epoch }));
    const short = await opened.tollbook(older);
    await short.desk.execute('w-2019', openIncident('w-2019'), request());
    for (let n = 0; n < 14; n += 1) await short.desk.execute('w-2019', nthReport(n), request());
    await short.close();
    const names = (await listed(await reopened(older, viewsDirectory))).data.map(
      (each) => (each as { slug: string }).slug,
    );
    expect(names).toEqual(['w-2019']);
  });

  test('where events are fed twice, in tails, and with room for few', async () => {
    const { log } = await filled();
    const rowsAfter = async (heldBytesMax: number, from: readonly (bigint | null)[]): Promise<unknown> => {
      const list = new IncidentList({ directory: opened.directory() });
      for (const position of from) {
        const after = position === null ? null : await log.checkpointAt(position);
        const rowFromStream = async (slug: string) => (await absorbIncident(log, slug)).row;
        const { signal } = new AbortController();
        const write = (rows: readonly IncidentRow[], checkpoint: ListCheckpoint | null): void =>
          list.write(rows, { epoch: log.epoch, checkpoint, poisoned: new Map() });
        await catchUpList({ log, write, rowFromStream, signal, heldBytesMax }, after);
      }
      const { rows } = list.page({ limit: 10, order: 'asc' });
      list.close();
      return rows;
    };
    const once = await rowsAfter(1_000_000, [null]);
    expect(once).toHaveLength(3);
    expect(await rowsAfter(1_000_000, [null, null])).toEqual(once);
    expect(await rowsAfter(1_000_000, [null, 7n, 20n, 7n])).toEqual(once);
    expect(await rowsAfter(4_000, [null])).toEqual(once);
  });
});

test('a rebuild goes on beside filings, and has them all', async () => {
  const { log, tollbook } = await filled();
  const rebuilding = tollbook.projector.rebuild();
  const filing = Promise.all([13, 14, 15].map((n) => tollbook.desk.execute(slugs[n % 3]!, nthReport(n), request())));
  const opening = tollbook.desk.execute('w-2023', openIncident('w-2023'), request());
  await Promise.all([rebuilding, filing, opening]);
  await tollbook.projector.waitFor(await log.head(), 5_000);
  const { data } = await listed(tollbook);
  const positions = new Map(
    data.map((each) => [(each as { slug: string }).slug, (each as { position: string }).position]),
  );
  for (const slug of [...slugs, 'w-2023']) {
    const read = await tollbook.reader.incident(slug);
    expect(positions.get(slug)).toBe(read.kind === 'found' ? (read.body as { position: string }).position : null);
  }
});

test('its checkpoint is at the head once all is written', async () => {
  const { log, tollbook, viewsDirectory } = await filled();
  await tollbook.close();
  const list = new IncidentList({ directory: viewsDirectory });
  const checkpoint = await list.resume(new MemoryLog(log.store));
  list.close();
  expect(checkpoint?.position).toBe(await log.head());
  expect(log.store.rows.every(({ stream }) => stream.startsWith(incidentStreamPrefix))).toBe(true);
});
