import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { figure, incident, report, reportsPath, slug, tallyPath } from './fixtures.js';
import { startTestService, type TestService } from './service.js';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const at = (rest: string): string => `/v1/incidents/${slug}/${rest}`;
const hostages = encodeURIComponent('killed/hostages');

describe('a desk’s day', () => {
  let figureId = '';
  let reportId = '';

  it('opens an incident', async () => {
    const answer = await service.call('POST', '/v1/incidents', { body: incident });
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/incidents/${slug}`);
    expect(answer.body).toMatchObject({ slug, status: 'open', position: '1', revisions: [], warnings: [] });
  });

  it('tries a report without storing it', async () => {
    const before = await service.head();
    const answer = await service.call('POST', `${reportsPath}?dryRun=true`, { body: report() });
    expect(answer.status).toBe(201);
    expect(answer.body['figures']).toEqual([{ id: expect.any(String), cell: 'killed/hostages' }]);
    expect(answer.body['revisions']).toEqual(
      expect.arrayContaining([expect.objectContaining({ cell: 'killed/hostages', direction: 'first' })]),
    );
    expect(await service.head()).toBe(before);
    expect((await service.call('GET', tallyPath)).body['cells']).toEqual([]);
  });

  it('files it once, however often it sends it', async () => {
    const headers = { 'idempotency-key': 'day-1' };
    const first = await service.call('POST', reportsPath, { body: report(), headers });
    expect(first.status).toBe(201);
    expect(Object.keys(first.body)).toEqual(['id', 'epoch', 'position', 'figures', 'revisions', 'warnings']);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    reportId = String(first.body['id']);
    figureId = (first.body['figures'] as { id: string }[])[0]!.id;
    expect(first.headers['location']).toBe(`${reportsPath}/${reportId}`);
    const again = await service.call('POST', reportsPath, { body: report(), headers });
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('reads the tally, and again without its bytes', async () => {
    const tally = await service.call('GET', tallyPath);
    expect(tally.status).toBe(200);
    expect(tally.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(tally.headers['cache-control']).toBe('no-cache');
    expect(tally.body['cells']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ cell: 'killed/hostages', best: { low: 30, high: 30, point: 30 } }),
      ]),
    );
    const etag = tally.headers.etag!;
    expect(etag).toMatch(/^(?:W\/)?".+"$/u);
    for (const given of [etag, `"x", ${etag}`, '*', `W/${etag.replace(/^W\//u, '')}`]) {
      const same = await service.call('GET', tallyPath, { headers: { 'if-none-match': given } });
      expect([same.status, same.text, same.headers.etag]).toEqual([304, '', etag]);
    }
    expect((await service.call('GET', tallyPath, { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
    // Another question has another answer.
    expect((await service.call('GET', `${tallyPath}?method=range%2F1`)).headers.etag).not.toBe(etag);
  });

  it.each([['tally'], [`cells/${hostages}`], ['methods'], ['revisions'], ['figures'], ['feed'], ['tally?lang=en']])(
    'asks only for the headers of %s',
    async (rest) => {
      const answer = await service.call('HEAD', at(rest));
      expect([answer.status, answer.text]).toEqual([200, '']);
    },
  );

  it('reads what is one thing', async () => {
    expect((await service.call('GET', `/v1/incidents/${slug}`)).body).toMatchObject({
      slug,
      home: 'DZ',
      status: 'open',
    });
    expect((await service.call('GET', at(`reports/${reportId}`))).body).toMatchObject({ id: reportId });
    expect((await service.call('GET', at(`figures/${figureId}`))).body).toMatchObject({
      id: figureId,
      report: reportId,
      cell: 'killed/hostages',
      state: 'standing',
      filedBy: { desk: 'local', person: null },
    });
    const explained = await service.call('GET', at(`cells/${hostages}`));
    expect(Object.keys(explained.body)).toEqual(['estimate', 'rule', 'pin', 'statements', 'impliedBy']);
  });

  it('reads lists page by page', async () => {
    for (const value of [31, 32]) {
      const later = report({
        publishedAt: `2013-01-${value - 12}T04:00:00Z`,
        statedAt: undefined,
        figures: [figure(value)],
      });
      expect((await service.call('POST', reportsPath, { body: later })).status).toBe(201);
    }
    const all = await service.call('GET', at('figures'));
    expect(all.body).toMatchObject({ hasMore: false, next: null });
    const first = await service.call('GET', at('figures?limit=2'));
    expect(first.body['hasMore']).toBe(true);
    const rest = await service.call('GET', at(`figures?limit=2&after=${String(first.body['next'])}`));
    expect([...(first.body['data'] as object[]), ...(rest.body['data'] as object[])]).toEqual(all.body['data']);
    const newest = await service.call('GET', at('revisions?order=desc&limit=1&cell=killed%2Fhostages'));
    expect(newest.body['data']).toEqual([expect.objectContaining({ cell: 'killed/hostages' })]);
    const listed = await service.call('GET', '/v1/incidents?q=an%20incident');
    expect(listed.body['data']).toEqual([expect.objectContaining({ slug })]);
  });

  it('waits for a position, and not for ever', async () => {
    const position = String(
      (await service.call('POST', reportsPath, { body: report({ url: 'https://a.example/1' }) })).body['position'],
    );
    expect((await service.call('GET', `${tallyPath}?minPosition=${position}`)).body['position']).toBe(position);
    const started = Date.now();
    const late = await service.call('GET', `${tallyPath}?minPosition=999999`);
    expect([late.status, late.body['type']]).toEqual([503, 'urn:tollbook:problem:projection-behind']);
    expect(Number(late.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Date.now() - started).toBeLessThan(7_000);
  });

  it('corrects, retracts, reinstates, and retracts twice', async () => {
    const corrected = await service.call('POST', at(`figures/${figureId}/correction`), {
      body: { figure: figure(29), reason: 'misread' },
    });
    expect(corrected.status).toBe(201);
    const retraction = { body: { by: 'desk', reason: 'wrong page' } };
    expect((await service.call('POST', at(`figures/${figureId}/retraction`), retraction)).status).toBe(201);
    const again = await service.call('POST', at(`figures/${figureId}/retraction`), retraction);
    expect([again.status, again.body['revisions']]).toEqual([201, []]);
    const back = await service.call('POST', at(`figures/${figureId}/reinstatement`), {
      body: { reason: 'right after all' },
    });
    expect(back.status).toBe(201);
    const twice = await service.call('POST', at(`figures/${figureId}/reinstatement`), {
      body: { reason: 'right after all' },
    });
    expect([twice.status, twice.body['revisions']]).toEqual([201, []]);
  });

  it('retracts a report whole, and denies', async () => {
    const other = await service.call('POST', reportsPath, { body: report({ url: 'https://a.example/2' }) });
    const [one] = other.body['figures'] as { id: string }[];
    expect(
      (await service.call('POST', at(`figures/${one!.id}/denial`), { body: { reason: 'never said so' } })).status,
    ).toBe(201);
    const retraction = { body: { by: 'outlet', reason: 'taken down' } };
    expect((await service.call('POST', at(`reports/${String(other.body['id'])}/retraction`), retraction)).status).toBe(
      201,
    );
  });

  it('explains a revision', async () => {
    const revisions = await service.call('GET', at('revisions?limit=1'));
    const [{ number }] = revisions.body['data'] as [{ number: string }];
    const body = { reason: 'doubleCount', note: 'two lists' };
    expect((await service.call('POST', at(`revisions/${number}/explanation`), { body })).status).toBe(201);
    const after = await service.call('GET', at('revisions?limit=1'));
    expect(after.body['data']).toEqual([expect.objectContaining({ explanation: expect.objectContaining(body) })]);
  });
});

describe('an editor’s day', () => {
  it('joins, parts and grades', async () => {
    const figures = await service.call('GET', at('figures?limit=1'));
    const [{ origin }] = figures.body['data'] as [{ origin: string }];
    const other = await service.call('POST', reportsPath, {
      body: report({ attribution: [{ name: 'Interior ministry', kind: 'authority' }], figures: [figure(28)] }),
    });
    expect(other.status).toBe(201);
    const joined = await service.call('POST', at('links'), {
      body: { origins: [origin, 'interior ministry'], reason: 'the same man' },
    });
    expect(joined.status).toBe(201);
    const id = String(joined.body['id']);
    expect(id).toMatch(/^lnk_/u);
    const told = (await service.call('GET', at('links'))).body;
    expect(told).toEqual({
      data: [
        {
          id,
          origins: [origin, 'interior ministry'],
          position: joined.body['position'],
          recordedAt: expect.stringMatching(/Z$/u),
          reason: 'the same man',
          filedBy: { desk: 'local', person: null },
        },
      ],
      hasMore: false,
      next: null,
    });
    const noReason = await service.call('DELETE', at(`links/${id}`));
    expect([noReason.status, noReason.body['errors']]).toEqual([
      422,
      [expect.objectContaining({ pointer: '/reason', rule: 'required' })],
    ]);
    expect((await service.call('DELETE', at(`links/${id}?reason=another%20man`))).status).toBe(200);
    expect((await service.call('GET', at('links'))).body).toEqual({ data: [], hasMore: false, next: null });
    const grade = (body: Readonly<Record<string, string>>) => service.call('POST', at('grades'), { body });
    expect((await grade({ origin, kind: 'press', reason: 'a slip' })).status).toBe(201);
    await grade({ origin: 'Interior ministry', kind: 'party', reason: 'it fights' });
    const graded = await grade({ origin, kind: 'witness', reason: 'was there' });
    expect(graded.status).toBe(201);
    // Of each speaker the last, in the order given.
    const first = await service.call('GET', at('grades?limit=1'));
    expect(first.body).toMatchObject({
      data: [{ origin: 'interior ministry', kind: 'party', reason: 'it fights' }],
      hasMore: true,
    });
    const rest = await service.call('GET', at(`grades?after=${String(first.body['next'])}`));
    expect(rest.body).toMatchObject({
      data: [{ origin, kind: 'witness', reason: 'was there', position: graded.body['position'] }],
      hasMore: false,
    });
  });

  it('pins and unpins against the version read', async () => {
    const path = at(`pins/${hostages}`);
    const read = async (): Promise<string> => (await service.call('GET', at(`cells/${hostages}`))).headers.etag!;
    const etag = await read();
    const body = { best: { low: 38, high: 38 }, reason: 'the coroner on the phone' };
    const pinned = await service.call('PUT', path, { body, headers: { 'if-match': etag } });
    expect(pinned.status).toBe(200);
    const stale = await service.call('PUT', path, {
      body: { ...body, reason: 'once more' },
      headers: { 'if-match': etag },
    });
    expect([stale.status, stale.body['type']]).toEqual([412, 'urn:tollbook:problem:stale-version']);
    expect((await service.call('GET', at(`cells/${hostages}`))).body['estimate']).toMatchObject({
      best: { low: 38, high: 38 },
      status: 'pinned',
    });
    const off = await service.call('DELETE', `${path}?reason=printed`, { headers: { 'if-match': await read() } });
    expect(off.status).toBe(200);
    const inBody = { body: { reason: 'printed' }, headers: { 'if-match': '*' } };
    expect((await service.call('PUT', path, { body, headers: { 'if-match': '*' } })).status).toBe(200);
    expect((await service.call('DELETE', path, inBody)).status).toBe(200);
  });

  it('amends against the version read', async () => {
    const { headers } = await service.call('GET', `/v1/incidents/${slug}`);
    const patch = { title: 'A new title', reason: 'clearer' };
    const answer = await service.call('PATCH', `/v1/incidents/${slug}`, {
      body: patch,
      headers: { 'if-match': headers.etag! },
    });
    expect([answer.status, answer.body['title']]).toEqual([200, 'A new title']);
    const stale = await service.call('PATCH', `/v1/incidents/${slug}`, {
      body: { ...patch, title: 'Another' },
      headers: { 'if-match': headers.etag!, 'content-type': 'application/merge-patch+json' },
    });
    expect(stale.status).toBe(412);
  });
});

describe('an auditor’s day', () => {
  it('reads events as CloudEvents, page by page', async () => {
    const page = await service.call('GET', '/v1/events?limit=2');
    expect(page.headers['content-type']).toBe('application/cloudevents-batch+json');
    const events = JSON.parse(page.text) as Record<string, unknown>[];
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      specversion: '1.0',
      source: `/incidents/${slug}`,
      type: 'tollbook.IncidentOpened.v1',
      datacontenttype: 'application/json',
      position: '1',
    });
    expect(page.headers['link']).toBe('</v1/events?limit=2&after=2>; rel="next"');
  });

  it('reads all of them, line by line, as the pages give them', async () => {
    const lines = await service.call('GET', `/v1/incidents/${slug}/events`, {
      headers: { accept: 'application/x-ndjson' },
    });
    expect(lines.headers['content-type']).toBe('application/x-ndjson');
    const events = lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const page = await service.call('GET', `/v1/incidents/${slug}/events?limit=1000`);
    expect(events).toEqual(JSON.parse(page.text));
    const head = await service.call('HEAD', '/v1/events', { headers: { accept: 'application/x-ndjson' } });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it('finds no events of no incident', async () => {
    const answer = await service.call('GET', '/v1/incidents/nowhere-2020/events', {
      headers: { accept: 'application/x-ndjson' },
    });
    expect(answer.status).toBe(404);
  });
});

describe('an operator’s day', () => {
  it('looks after the service', async () => {
    expect((await service.call('GET', '/health/live')).body).toEqual({ status: 'ok' });
    const ready = await service.call('GET', '/health/ready');
    expect(ready.status).toBe(200);
    expect(Object.keys(ready.body)).toEqual([
      'status',
      'epoch',
      'log',
      'appendedTo',
      'projectedTo',
      'lagEvents',
      'lagSeconds',
      'poisoned',
    ]);
    const metrics = await service.call('GET', '/metrics');
    expect(metrics.headers['content-type']).toContain('text/plain');
    expect(metrics.text).toMatch(
      /tollbook_http_requests_total\{method="POST",route="\/v1\/incidents\/:slug\/reports",status="201"\} \d+/u,
    );
    expect(metrics.text).toMatch(/tollbook_filings_total\{outcome="stored"\} \d+/u);
    expect(metrics.text).toContain('tollbook_feed_readers 0');
    expect((await service.call('POST', '/v1/admin/rebuild')).status).toBe(201);
    expect((await service.call('POST', `/v1/admin/poisoned/${slug}/retry`)).body).toMatchObject({
      result: 'notPoisoned',
    });
  });
});
