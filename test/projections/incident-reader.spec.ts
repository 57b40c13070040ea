import { afterEach, describe, expect, test } from '@jest/globals';
import type { Tollbook } from '../../src/filing/open-tollbook.js';
import type { Read } from '../../src/projections/incident-reader.js';
import type { TallyOnWire } from '../../src/projections/wire.js';
import { MemoryLog } from '../support/memory-log.js';
import { done, fileReport, killed, nthReport, Opened, openIncident, request, tallyJson } from '../support/tollbook.js';

const opened = new Opened();
afterEach(() => opened.close());

const slug = 'x-2020';

const bodyOf = <T>(read: Read<T>): T => {
  if (read.kind !== 'found') throw new Error(JSON.stringify(read));
  return read.body;
};

const start = async (): Promise<{ tollbook: Tollbook; log: MemoryLog }> => {
  const log = new MemoryLog();
  let minute = 0;
  const clock = (): Date => new Date(Date.UTC(2026, 0, 1) + minute++ * 60_000);
  const tollbook = await opened.tollbook(log, { clock });
  done(await tollbook.desk.execute(slug, openIncident(slug), request()));
  return { tollbook, log };
};

describe('a tally of the past', () => {
  test('is byte for byte what it was then, by position and by time', async () => {
    const { tollbook } = await start();
    const then: { position: string; json: string }[] = [];
    for (let n = 1; n <= 8; n += 1) {
      const command = n === 5 ? nthReport(n, 2) : nthReport(n);
      const { body } = done(await tollbook.desk.execute(slug, command, request()));
      then.push({ position: String(body['position']), json: await tallyJson(tollbook, slug) });
    }
    for (const { position, json } of then) {
      const at = await tollbook.reader.tally(slug, { at: position });
      expect(bodyOf(at).toString()).toBe(json);
      // Inside a filing it rounds down to before it.
      const inside = bodyOf(await tollbook.reader.tally(slug, { at: String(Number(position) + 1) }));
      expect(inside.toString()).toBe(json);
    }
    const revisions = bodyOf(await tollbook.reader.revisions(slug, {})).data as {
      position: string;
      recordedAt: string;
    }[];
    for (const { position, recordedAt } of revisions)
      expect(bodyOf(await tollbook.reader.tally(slug, { knownAt: recordedAt })).toString()).toBe(
        then.find((each) => each.position === position)?.json,
      );
    const both = await tollbook.reader.tally(slug, { at: '99', knownAt: revisions[0]!.recordedAt });
    expect(bodyOf(both).toString()).toBe(then[0]?.json);
    expect(await tollbook.reader.tally(slug, { at: '0' })).toMatchObject({ refusal: { code: 'incident-not-found' } });
  });

  test('by publication leaves out later reports and what speaks of them, as is known now', async () => {
    const { tollbook } = await start();
    const published = (day: number, value: number) =>
      fileReport([killed(value)], {
        publishedAt: `2020-01-0${day}`,
        attribution: [{ name: `Paper ${day}`, kind: 'press' }],
      });
    await tollbook.desk.execute(slug, published(4, 40), request());
    const early = done(await tollbook.desk.execute(slug, published(2, 20), request()));
    const late = done(await tollbook.desk.execute(slug, published(6, 60), request()));
    const figureOf = (body: Record<string, unknown>): string => (body['figures'] as { id: string }[])[0]!.id;
    await tollbook.desk.execute(slug, { kind: 'denyAttribution', figure: figureOf(late.body), reason: 'r' }, request());
    await tollbook.desk.execute(
      slug,
      { kind: 'correctFigure', figure: figureOf(early.body), corrected: killed(22), reason: 'misread' },
      request(),
    );
    const best = async (publishedBy: string): Promise<unknown> => {
      const tally = JSON.parse(bodyOf(await tollbook.reader.tally(slug, { publishedBy })).toString()) as TallyOnWire;
      return tally.cells.find(({ cell }) => cell === 'killed/civilians')?.best?.point;
    };
    expect([await best('2020-01-01'), await best('2020-01-02'), await best('2020-01-03T00:00:00Z')]).toEqual([
      undefined,
      22,
      22,
    ]);
    expect(await best('2020-01-09')).toBe(40);
  });

  test('has a tag that names what it depends on, and nothing else', async () => {
    const { tollbook } = await start();
    await tollbook.desk.execute(slug, nthReport(1), request());
    const tag = async (query: Parameters<typeof tollbook.reader.tally>[1]): Promise<string | null> => {
      const read = await tollbook.reader.tally(slug, query);
      return read.kind === 'found' ? read.etag : null;
    };
    const [now, at3, range] = [await tag({}), await tag({ at: '3' }), await tag({ method: 'range/1' })];
    expect(now).toMatch(/^"[^"]+-3-r1"$/u);
    expect(at3).toBe(now);
    expect(range).not.toBe(now);
    await tollbook.desk.execute(slug, nthReport(2), request());
    expect(await tag({ at: '3' })).toBe(now);
    expect(await tag({})).not.toBe(now);
  });
});

test('a position not reached in time is told, one of this service is there at once', async () => {
  const { tollbook } = await start();
  const { body } = done(await tollbook.desk.execute(slug, nthReport(1), request()));
  const own = await tollbook.reader.tally(slug, { minPosition: String(body['position']) });
  expect(own.kind).toBe('found');
  expect(await tollbook.projector.waitFor(999n, 10)).toBe(false);
});

test('two tallies differ in the cells that they have differently', async () => {
  const { tollbook } = await start();
  await tollbook.desk.execute(slug, nthReport(1), request());
  await tollbook.desk.execute(slug, fileReport([killed(1, { group: 'attackers' })]), request());
  const diff = bodyOf(await tollbook.reader.tallyDiff(slug, { from: '3', to: '5' })) as {
    from: unknown;
    cells: { cell: string; before: unknown }[];
  };
  expect(diff.from).toEqual({ position: '3', method: 'most-authoritative/1' });
  expect(diff.cells.map(({ cell, before }) => [cell, before])).toEqual([
    ['killed/attackers', null],
    ['killed/side:perpetrators', null],
  ]);
  const methods = bodyOf(await tollbook.reader.tallyDiff(slug, { from: 'most-authoritative/1', to: 'two-source/1' }));
  expect((methods as { cells: unknown[] }).cells.length).toBeGreaterThan(0);
  const table = bodyOf(await tollbook.reader.methods(slug)) as { methods: string[]; cells: { best: object }[] };
  expect(Object.keys(table.cells[0]!.best)).toEqual(table.methods);
});

test('lists are paged both ways, and by cell', async () => {
  const { tollbook } = await start();
  for (let n = 1; n <= 5; n += 1) await tollbook.desk.execute(slug, nthReport(n), request());
  const numbers = async (query: Parameters<typeof tollbook.reader.revisions>[1]): Promise<unknown> => {
    const { data, hasMore, next } = bodyOf(await tollbook.reader.revisions(slug, query));
    return [(data as { number: string }[]).map(({ number }) => Number(number)), hasMore, next];
  };
  expect(await numbers({ limit: 3 })).toEqual([[1, 2, 3], true, '3']);
  expect(await numbers({ limit: 3, after: '9' })).toEqual([[10], false, null]);
  expect(await numbers({ limit: 3, order: 'desc' })).toEqual([[10, 9, 8], true, '8']);
  expect(await numbers({ limit: 3, order: 'desc', after: '3' })).toEqual([[2, 1], false, null]);
  expect(await numbers({ cell: 'killed/side:victims', limit: 2 })).toEqual([[2, 4], true, '4']);
  expect(await numbers({ cell: 'killed/nobody' })).toEqual([[], false, null]);
  const figures = bodyOf(await tollbook.reader.figures(slug, { limit: 2, order: 'desc' })).data as Record<
    string,
    unknown
  >[];
  expect(figures.map(({ position }) => position)).toEqual(['11', '9']);
});

test('figures say how they stand', async () => {
  const { tollbook } = await start();
  const ids: string[] = [];
  for (const [n, by] of ['Ministry', 'Ministry', 'Coroner', 'Mayor', 'Paper'].entries()) {
    const { body } = done(await tollbook.desk.execute(slug, nthReport(n + 1, n + 1, by), request()));
    ids.push((body['figures'] as { id: string }[])[0]!.id);
  }
  const [, , corrected, retracted, denied] = ids as [string, string, string, string, string];
  await tollbook.desk.execute(
    slug,
    { kind: 'correctFigure', figure: corrected, corrected: killed(7), reason: 'r' },
    request(),
  );
  await tollbook.desk.execute(
    slug,
    { kind: 'retractFigure', figure: retracted, retraction: { by: 'desk', reason: 'r' } },
    request(),
  );
  await tollbook.desk.execute(slug, { kind: 'denyAttribution', figure: denied, reason: 'r' }, request());
  const figures = bodyOf(await tollbook.reader.figures(slug, {})).data as Record<string, unknown>[];
  expect(figures.map(({ state }) => state)).toEqual(['superseded', 'standing', 'corrected', 'retracted', 'denied']);
  expect(Object.keys(figures[0]!)).toEqual([
    'id',
    'report',
    'cell',
    'position',
    'recordedAt',
    'statedAt',
    'publishedAt',
    'outlet',
    'url',
    'attribution',
    'origin',
    'quantity',
    'words',
    'interval',
    'basis',
    'of',
    'hedged',
    'state',
    'filedBy',
  ]);
  expect(figures[2]).toMatchObject({
    origin: 'coroner',
    interval: { low: 7, high: 7 },
    filedBy: { desk: 'night', person: null },
  });
  const report = bodyOf(await tollbook.reader.report(slug, String(figures[2]!['report']))) as {
    position: string;
    figures: unknown[];
  };
  expect([report.position, report.figures]).toEqual(['7', [figures[2]]]);
  expect(await tollbook.reader.figure(slug, 'nothing')).toMatchObject({ refusal: { code: 'figure-not-found' } });
});
