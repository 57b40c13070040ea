import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type TestService } from './service.js';

/*
 * One incident, three reports: the ministry 10, the hospital 14 a day later, the ministry 12 after that. Under
 * most-authoritative/1 the ministry leads throughout, under most-recent/1 the hospital in between.
 */
let service: TestService;
const slug = 'ferry-2020';
const cell = encodeURIComponent('killed/passengers');
const positions: string[] = [];

const incident = {
  slug,
  title: 'A ferry sinks',
  place: 'Somewhere',
  from: '2020-01-01',
  groups: [{ id: 'passengers', side: 'victims' }],
};

const file = async (name: string, kind: string, publishedAt: string, value: number): Promise<void> => {
  const answer = await service.must('POST', `/v1/incidents/${slug}/reports`, {
    body: {
      outlet: 'Wire',
      publishedAt,
      attribution: [
        { name, kind },
        { name: 'Wire', kind: 'press' },
      ],
      figures: [{ measure: 'killed', group: 'passengers', quantity: { kind: 'exactly', value } }],
    },
  });
  positions.push(String(answer.body['position']));
};

const get = async (path: string): Promise<Record<string, unknown>> =>
  (await service.must('GET', `/v1/incidents/${slug}/${path}`)).body;

interface Estimated {
  readonly cell: string;
  readonly best: { readonly point: number | null } | null;
  readonly revision: string | null;
}

const pointOf = async (query: string): Promise<unknown> => {
  const { cells } = (await get(`tally${query}`)) as unknown as { cells: Estimated[] };
  return cells.find((each) => each.cell === 'killed/passengers')?.best?.point ?? null;
};

interface Revised {
  readonly number: string;
  readonly position: string;
  readonly cell: string;
  readonly reason: string;
  readonly after: Estimated | null;
}

const history = async (query: string): Promise<[number | null | undefined, string, string][]> => {
  const { data } = (await get(`revisions?cell=${cell}${query}`)) as unknown as { data: Revised[] };
  return data.map(({ after, reason, position }) => [after?.best?.point, reason, position]);
};

beforeAll(async () => {
  service = await startTestService();
  await service.must('POST', '/v1/incidents', { body: incident });
  await file('Ministry', 'authority', '2020-01-01T12:00:00Z', 10);
  await file('Hospital', 'organisation', '2020-01-02T12:00:00Z', 14);
  await file('Ministry', 'authority', '2020-01-03T12:00:00Z', 12);
});
afterAll(() => service.close());

describe('a tally as of then', () => {
  it('is that of a position, of publication, and under a method, all together', async () => {
    expect(await pointOf('')).toBe(12);
    expect(await pointOf(`?at=${positions[1]}`)).toBe(10);
    expect(await pointOf(`?at=${positions[1]}&method=most-recent/1`)).toBe(14);
    expect(await pointOf('?publishedBy=2020-01-02')).toBe(10);
    expect(await pointOf('?publishedBy=2020-01-02&method=most-recent/1')).toBe(14);
    expect(await pointOf(`?publishedBy=2020-01-02&method=most-recent/1&at=${positions[0]}`)).toBe(10);
  });

  it('takes a plain date of publication for its last moment, but never for later than the filing', async () => {
    const today = new Date().toISOString().slice(0, 10);
    await service.must('POST', '/v1/incidents', { body: { ...incident, slug: 'ferry-today' } });
    await service.must('POST', '/v1/incidents/ferry-today/reports', {
      body: {
        outlet: 'Wire',
        publishedAt: today,
        attribution: [{ name: 'Ministry', kind: 'authority' }],
        figures: [{ measure: 'killed', group: 'passengers', quantity: { kind: 'exactly', value: 3 } }],
      },
    });
    // By the moment after the filing it had been published, though the day is not over.
    const now = encodeURIComponent(new Date(Date.now() + 1).toISOString());
    const tally = await service.must('GET', `/v1/incidents/ferry-today/tally?publishedBy=${now}`);
    expect(tally.body['cells']).toHaveLength(2);
  });
});

describe('a cell explained', () => {
  interface Explained {
    readonly estimate: Estimated;
    readonly rule: { readonly method: string };
    readonly statements: readonly { readonly origin: string; readonly use: string }[];
  }
  const explained = async (query: string): Promise<Explained> =>
    (await get(`cells/${cell}${query}`)) as unknown as Explained;

  it('is as of then too, with the statements that there were, and its revision', async () => {
    const then = await explained(`?at=${positions[1]}&method=most-recent/1`);
    expect(then.estimate).toMatchObject({ best: { point: 14 }, revision: '3' });
    expect(then.rule.method).toBe('most-recent/1');
    expect(then.statements.map(({ origin, use }) => [origin, use])).toEqual([
      ['hospital', 'best'],
      ['ministry', 'overtaken'],
    ]);
    expect((await explained('?publishedBy=2020-01-01')).statements).toHaveLength(1);
  });

  it('is not there before anybody spoke of it', async () => {
    expect((await service.call('GET', `/v1/incidents/${slug}/cells/${cell}?at=1`)).status).toBe(404);
  });

  it('has another tag for each moment, and is not sent twice', async () => {
    const tags = new Set<string>();
    for (const query of ['', `?at=${positions[0]}`, `?at=${positions[1]}`, '?publishedBy=2020-01-01']) {
      const path = `/v1/incidents/${slug}/cells/${cell}${query}`;
      const etag = (await service.must('GET', path)).headers.etag ?? '';
      tags.add(etag);
      expect((await service.call('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    }
    expect(tags.size).toBe(4);
  });
});

describe('the history under a method', () => {
  it('is what that method would have written, from the first filing on', async () => {
    expect(await history('')).toEqual([
      [10, 'newFigure', positions[0]],
      [10, 'newFigure', positions[1]],
      [12, 'newFigure', positions[2]],
    ]);
    expect(await history('&method=most-recent/1')).toEqual([
      [10, 'newFigure', positions[0]],
      [14, 'sourceChanged', positions[1]],
      [12, 'sourceChanged', positions[2]],
    ]);
  });

  it('is numbered for itself, and comes in pages', async () => {
    const first = await get('revisions?method=two-source%2F1&limit=1');
    const numbers = (first['data'] as Revised[]).map(({ number }) => number);
    expect([numbers, first['hasMore'], first['next']]).toEqual([['1'], true, '1']);
    const second = await get('revisions?method=two-source%2F1&limit=1&after=1');
    expect((second['data'] as Revised[]).map(({ number }) => number)).toEqual(['2']);
  });

  it('leaves out that the incident changed its method', async () => {
    const changed = { ...incident, slug: 'ferry-changed' };
    await service.must('POST', '/v1/incidents', { body: changed });
    for (const [name, kind, day, value] of [
      ['Ministry', 'authority', '01', 10],
      ['Hospital', 'organisation', '02', 14],
    ] as const)
      await service.must('POST', '/v1/incidents/ferry-changed/reports', {
        body: {
          outlet: 'Wire',
          publishedAt: `2020-01-${day}T12:00:00Z`,
          attribution: [{ name, kind }],
          figures: [{ measure: 'killed', group: 'passengers', quantity: { kind: 'exactly', value } }],
        },
      });
    const { headers } = await service.must('GET', '/v1/incidents/ferry-changed');
    const amended = await service.must('PATCH', '/v1/incidents/ferry-changed', {
      headers: { 'if-match': headers.etag ?? '' },
      body: { method: 'most-recent/1', reason: 'as the wires do' },
    });
    expect(amended.body['revisions']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ cell: 'killed/passengers', reason: 'methodChanged', direction: 'up', fall: false }),
      ]),
    );
    const under = await service.must('GET', `/v1/incidents/ferry-changed/revisions?cell=${cell}&method=most-recent/1`);
    expect((under.body['data'] as Revised[]).map(({ reason }) => reason)).toEqual(['newFigure', 'sourceChanged']);
  });
});

describe('the difference of two tallies', () => {
  const differing = async (query: string): Promise<unknown> => {
    const { from, to, cells } = (await get(`tally/diff?${query}`)) as unknown as {
      from: object;
      to: object;
      cells: { cell: string; before: Estimated | null; after: Estimated | null }[];
    };
    const passengers = cells.find((each) => each.cell === 'killed/passengers');
    return { from, to, points: [passengers?.before?.best?.point, passengers?.after?.best?.point] };
  };

  it('is between positions, under the method that is asked for', async () => {
    const ends = `from=${positions[0]}&to=${positions[1]}`;
    expect(await differing(ends)).toMatchObject({ points: [10, 10] });
    expect(await differing(`${ends}&method=most-recent/1`)).toEqual({
      from: { position: positions[0], method: 'most-recent/1' },
      to: { position: positions[1], method: 'most-recent/1' },
      points: [10, 14],
    });
  });

  it('is between methods, as of the moment that is asked for', async () => {
    const ends = 'from=most-authoritative/1&to=most-recent/1';
    expect(await differing(`${ends}&at=${positions[1]}`)).toEqual({
      from: { position: positions[1], method: 'most-authoritative/1' },
      to: { position: positions[1], method: 'most-recent/1' },
      points: [10, 14],
    });
    expect(await differing(`${ends}&publishedBy=2020-01-02`)).toMatchObject({ points: [10, 14] });
  });

  it('refuses what both ends name already', async () => {
    for (const [query, name] of [
      [`from=${positions[0]}&to=${positions[1]}&at=${positions[0]}`, 'at'],
      ['from=range/1&to=majority/1&method=range/1', 'method'],
    ]) {
      const answer = await service.call('GET', `/v1/incidents/${slug}/tally/diff?${query}`);
      expect([answer.status, answer.body['errors']]).toEqual([400, [expect.objectContaining({ pointer: `/${name}` })]]);
    }
  });
});
