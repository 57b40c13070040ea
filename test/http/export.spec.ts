import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import papaparse from 'papaparse';
import { fileSample } from '../../src/cli/sample.js';
import { startTestService, type TestService } from './service.js';
import { unzip } from './unzip.js';

const slug = 'in-amenas-2013';
const path = `/v1/incidents/${slug}/export`;

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  await fileSample(async (method, to, body, headers) => service.call(method, to, { body, headers }));
});
afterAll(() => service.close());

type Row = Readonly<Record<string, string>>;

const csv = async (query: string) => {
  const answer = await service.must('GET', `${path}?format=csv${query}`);
  const [headers = [], tags = [], ...rows] = papaparse.parse<string[]>(answer.text, { skipEmptyLines: true }).data;
  const named = rows.map((row): Row => Object.fromEntries(headers.map((header, place) => [header, row[place] ?? ''])));
  return { answer, headers, tags, rows: named, cells: rows };
};

describe('the export of an incident', () => {
  it('gives the tally as CSV, with a row of HXL tags below the headers', async () => {
    const { answer, headers, tags, rows, cells } = await csv('');
    expect(answer.headers['content-type']).toMatch(/^text\/csv;/u);
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="${slug}-tally.csv"`);
    expect(tags).toHaveLength(headers.length);
    for (const tag of tags) expect(tag).toMatch(/^#[a-z][a-z0-9_]*(?:\+[a-z][a-z0-9_]*)*$/u);
    expect(new Set(tags).size).toBe(tags.length);
    for (const row of cells) expect(row).toHaveLength(headers.length);
    const tally = (await service.must('GET', `/v1/incidents/${slug}/tally`)).body as {
      readonly position: string;
      readonly cells: readonly { cell: string; best: { low: number; high: number | null } | null; phrase: string }[];
    };
    expect(rows.map(({ cell }) => cell)).toEqual(tally.cells.map(({ cell }) => cell));
    for (const [place, { best, phrase }] of tally.cells.entries())
      expect(rows[place]).toMatchObject({
        best_low: String(best?.low ?? ''),
        best_high: String(best?.high ?? ''),
        phrase,
        position: tally.position,
      });
    expect(rows.find(({ cell }) => cell === 'killed/hostages/nationality=JP')).toMatchObject({
      measure: 'killed',
      group: 'hostages',
      side: '',
      nationality: 'JP',
    });
    expect(rows.find(({ cell }) => cell === 'killed/side:victims')).toMatchObject({ group: '', side: 'victims' });
  });

  it('gives every figure with who said it, and every revision', async () => {
    const { rows } = await csv('&table=figures');
    const figures = (await service.must('GET', `/v1/incidents/${slug}/figures?limit=1000`)).body['data'] as {
      readonly id: string;
    }[];
    expect(rows.map(({ id }) => id)).toEqual(figures.map(({ id }) => id));
    const kidnappers = rows.find(({ speaker_id }) => speaker_id === 'kidnappers');
    expect(kidnappers).toMatchObject({ kind: 'party', named: 'false', body: '' });
    expect(rows.some(({ relays }) => relays === 'ANI (press); Reuters (press)')).toBe(true);
    const revisions = await csv('&table=revisions');
    const all = (await service.must('GET', `/v1/incidents/${slug}/revisions?limit=1000`)).body['data'] as object[];
    expect(revisions.rows).toHaveLength(all.length);
  });

  it('gives all three as sheets of one workbook', async () => {
    const response = await fetch(`${service.url}${path}?format=xlsx`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    );
    const files = unzip(Buffer.from(await response.arrayBuffer()));
    const workbook = files.get('xl/workbook.xml')?.toString() ?? '';
    expect([...workbook.matchAll(/<sheet [^>]*name="(?<name>[^"]+)"/gu)].map(({ groups }) => groups?.['name'])).toEqual(
      ['Tally', 'Figures', 'Revisions'],
    );
    const { rows } = await csv('&table=figures');
    const sheet = files.get('xl/worksheets/sheet2.xml')?.toString() ?? '';
    // Headers and tags stand above the rows.
    expect(sheet.match(/<row /gu)).toHaveLength(rows.length + 2);
    // Numbers are numbers.
    expect(sheet).toMatch(/<c [^>]*><v>34<\/v><\/c>/u);
    const texts = files.get('xl/sharedStrings.xml')?.toString() ?? sheet;
    expect(texts).toContain('Interior Minister Dahou Ould Kablia');
  });

  it('lets no text be run as a formula', async () => {
    const outlet = '=HYPERLINK("http://example.org")';
    await service.must('POST', `/v1/incidents/${slug}/reports`, {
      body: {
        outlet,
        publishedAt: '2015-03-01',
        attribution: [{ name: '@somebody', kind: 'press' }],
        figures: [{ measure: 'injured', group: 'hostages', quantity: { kind: 'exactly', value: 7 } }],
      },
    });
    const { rows } = await csv('&table=figures');
    expect(rows.at(-1)).toMatchObject({ outlet: `'${outlet}`, speaker: "'@somebody" });
  });

  it('gives the tally as Observations of schema.org', async () => {
    const answer = await service.must('GET', `${path}?format=jsonld`);
    expect(answer.headers['content-type']).toMatch(/^application\/ld\+json/u);
    const graph = answer.body['@graph'] as readonly Readonly<Record<string, unknown>>[];
    expect(answer.body['@context']).toBe('https://schema.org');
    const cells = (await service.must('GET', `/v1/incidents/${slug}/tally`)).body['cells'] as readonly {
      readonly cell: string;
      readonly best: { readonly low: number; readonly high: number | null } | null;
    }[];
    const observations = graph.filter((node) => node['@type'] === 'Observation');
    expect(observations.map((node) => [node['variableMeasured'], node['minValue'], node['maxValue']])).toEqual(
      cells.map(({ cell, best }) => [cell, best?.low, best?.high ?? undefined]),
    );
    expect(new Set(graph.map((node) => node['@id'])).size).toBe(graph.length);
  });

  it('gives where every number comes from as PROV-JSON, without a loose end', async () => {
    const { body } = await service.must('GET', `${path}?format=prov`);
    const records = (name: string) => body[name] as Readonly<Record<string, Readonly<Record<string, string>>>>;
    const [entities, agents] = [records('entity'), records('agent')];
    const figures = Object.values(entities).filter((entity) => entity['prov:type'] === 'tollbook:Figure');
    expect(figures).toHaveLength((await csv('&table=figures')).rows.length);
    for (const derived of Object.values(records('wasDerivedFrom')))
      for (const end of ['prov:generatedEntity', 'prov:usedEntity']) expect(entities[derived[end] ?? '']).toBeDefined();
    for (const attributed of Object.values(records('wasAttributedTo'))) {
      expect(entities[attributed['prov:entity'] ?? '']).toBeDefined();
      expect(agents[attributed['prov:agent'] ?? '']).toBeDefined();
    }
    const estimates = Object.values(entities).filter((entity) => entity['prov:type'] === 'tollbook:Estimate');
    expect(Object.keys(records('wasGeneratedBy'))).toHaveLength(estimates.length);
  });

  it('gives the revisions as Atom, the newest first, names and all escaped', async () => {
    await service.must('POST', `/v1/incidents/${slug}/reports`, {
      body: {
        outlet: 'A <b>& "B"</b>',
        publishedAt: '2015-03-02',
        attribution: [{ name: 'Doe & Sons <press>', kind: 'press' }],
        figures: [{ measure: 'displaced', group: 'hostages', quantity: { kind: 'exactly', value: 3 } }],
      },
    });
    const answer = await service.must('GET', `${path}?format=atom`);
    expect(answer.headers['content-type']).toMatch(/^application\/atom\+xml/u);
    const revisions = (await service.must('GET', `/v1/incidents/${slug}/revisions?limit=1000`)).body[
      'data'
    ] as object[];
    expect(answer.text.match(/<entry>/gu)).toHaveLength(revisions.length);
    expect(answer.text).toContain('Doe &amp; Sons &lt;press&gt; said');
    // Every mark that opens is one of ours, and closes.
    const marks = (pattern: RegExp): string =>
      [...answer.text.matchAll(pattern)]
        .map(({ groups }) => groups?.['name'] ?? '')
        .sort((x, y) => (x < y ? -1 : 1))
        .join(' ');
    expect(marks(/<(?<name>[a-z]+)(?: [^>]*[^/])?>/gu)).toBe(marks(/<\/(?<name>[a-z]+)>/gu));
  });

  it('gives the events as lines, and answers HEAD without them', async () => {
    const answer = await service.must('GET', `${path}?format=ndjson`);
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    const lines = answer.text.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { specversion: string }).specversion)).toEqual(
      lines.map(() => '1.0'),
    );
    expect((await service.must('HEAD', `${path}?format=csv`)).text).toBe('');
  });

  it('refuses other formats and incidents', async () => {
    expect((await service.call('GET', `${path}?format=pdf`)).status).toBe(400);
    expect((await service.call('GET', path)).status).toBe(400);
    for (const format of ['csv', 'xlsx', 'ndjson'])
      expect((await service.call('GET', `/v1/incidents/no-such/export?format=${format}`)).status).toBe(404);
  });

  it('keeps the events for auditors, the rest for readers', async () => {
    const locked = await startTestService();
    try {
      const admin = (await locked.must('POST', '/v1/keys', { body: { role: 'admin', desk: 'a' } })).body['secret'];
      const key = String(admin);
      const made = async (role: string) =>
        String((await locked.must('POST', '/v1/keys', { key, body: { role, desk: 'b' } })).body['secret']);
      const [reader, auditor] = [await made('reader'), await made('auditor')];
      const scheme = {
        slug: 'x-2016',
        title: 'X',
        place: 'X',
        from: '2016-01-01',
        home: 'BE',
        groups: [{ id: 'people', side: 'victims' }],
        headline: 'killed/people',
      };
      await locked.must('POST', '/v1/incidents', { key, body: scheme });
      const at = '/v1/incidents/x-2016/export?format=';
      expect((await locked.call('GET', `${at}csv`)).status).toBe(401);
      expect((await locked.call('GET', `${at}csv`, { key: reader })).status).toBe(200);
      expect((await locked.call('GET', `${at}ndjson`, { key: reader })).status).toBe(403);
      expect((await locked.call('GET', `${at}ndjson`, { key: auditor })).status).toBe(200);
    } finally {
      await locked.close();
    }
  });
});
