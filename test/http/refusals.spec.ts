import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { figure, incident, report, reportsPath, slug } from './fixtures.js';
import { startTestService, type Answer, type TestService } from './service.js';

let service: TestService;
let otherFigure = '';

beforeAll(async () => {
  service = await startTestService();
  for (const one of [slug, 'y-2014', 'closed-2012'])
    await service.must('POST', '/v1/incidents', { body: { ...incident, slug: one } });
  const closing = { status: 'closed', reason: 'over' };
  await service.must('PATCH', '/v1/incidents/closed-2012', { body: closing, headers: { 'if-match': '*' } });
  const other = await service.must('POST', '/v1/incidents/y-2014/reports', { body: report() });
  otherFigure = (other.body['figures'] as { id: string }[])[0]!.id;
});

afterAll(() => service.close());

const expectProblem = (answer: Answer, status: number, code: string): void => {
  expect({ status: answer.status, type: answer.body['type'] }).toEqual({
    status,
    type: `urn:tollbook:problem:${code}`,
  });
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(Object.keys(answer.body).slice(0, 6)).toEqual(['type', 'title', 'status', 'detail', 'instance', 'requestId']);
  expect(answer.body).toMatchObject({ status, requestId: answer.headers['x-request-id'] });
};

/** Posts and proves that nothing was stored. */
const refused = async (
  body: unknown,
  status: number,
  code: string,
  pointer?: string,
  path = reportsPath,
): Promise<Answer> => {
  const before = await service.head();
  const asked = Buffer.isBuffer(body) || typeof body === 'string' ? { bytes: body } : { body };
  const answer = await service.call('POST', path, asked);
  expectProblem(answer, status, code);
  expect(answer.body['instance']).toBe(path);
  if (pointer !== undefined) expect(answer.body['errors']).toEqual([expect.objectContaining({ pointer })]);
  expect(await service.head()).toBe(before);
  return answer;
};

const tomorrow = new Date(Date.now() + 24 * 3600 * 1000).toISOString();
const json = (value: unknown): string => JSON.stringify(value);
const withValue = (text: string): string => json(report()).replace('"value":30', `"value":${text}`);

describe('what a report is refused for, with nothing stored', () => {
  it('a body of 256 KiB + 1', async () => {
    const text = json(report());
    await refused(text + ' '.repeat(256 * 1024 + 1 - text.length), 413, 'body-too-large');
  });

  it('but not one of 256 KiB', async () => {
    const text = json(report());
    const bytes = text + ' '.repeat(256 * 1024 - text.length);
    expect((await service.call('POST', `${reportsPath}?dryRun=true`, { bytes })).status).toBe(201);
  });

  it('a chunked body of 256 KiB + 1, which says no length', async () => {
    const before = await service.head();
    const headers = { 'transfer-encoding': 'chunked' };
    const answer = await service.call('POST', reportsPath, { bytes: ' '.repeat(256 * 1024 + 1), headers });
    expectProblem(answer, 413, 'body-too-large');
    expect(await service.head()).toBe(before);
  });

  it('501 figures', async () => {
    // Broken ones: the answer is about size, and not about each figure.
    await refused(report({ figures: Array.from({ length: 501 }, () => 0) }), 413, 'too-many-figures', '/figures');
  });

  it.each([
    ['a value of -1', '-1', 'min 0'],
    ['a value of 1.5', '1.5', 'integer'],
    ['a value a little less than 1', '0.99999999999999999999', 'integer'],
    ['a value a little more than 0', '1e-400', 'integer'],
    ['10⁴⁰⁰', '1e400', 'max 1000000000'],
  ])('%s', async (_what, text, rule) => {
    const answer = await refused(withValue(text), 422, 'invalid-report', '/figures/0/quantity/value');
    expect(answer.body['errors']).toEqual([expect.objectContaining({ rule })]);
  });

  it('an unknown country', () =>
    refused(
      report({ figures: [figure(3, { breakdown: { nationality: 'XX' } })] }),
      422,
      'invalid-report',
      '/figures/0/breakdown/nationality',
    ));

  it('a breakdown key that JavaScript would pass over', async () => {
    const text = json(report({ figures: [figure(3, { breakdown: { sex: 'male' } })] }));
    await refused(
      JSON.parse(text.replace('"sex"', '"__proto__"')) as object,
      422,
      'invalid-report',
      '/figures/0/breakdown/__proto__',
    );
  });

  it('an undeclared group', () =>
    refused(report({ figures: [figure(3, { group: 'bystanders' })] }), 422, 'invalid-report', '/figures/0/group'));

  it('an unknown incident', () =>
    refused(report(), 404, 'incident-not-found', undefined, '/v1/incidents/nowhere-2020/reports'));

  it('a name that is no slug', () =>
    refused(report(), 404, 'incident-not-found', undefined, '/v1/incidents/No_Slug!/reports'));

  it('a closed incident', () =>
    refused(report(), 409, 'incident-closed', undefined, '/v1/incidents/closed-2012/reports'));

  it('invalid UTF-8', async () => {
    const text = json(report({ outlet: 'A?A' }));
    const bytes = Buffer.from(text);
    bytes[bytes.indexOf('?')] = 0xff;
    await refused(bytes, 400, 'invalid-utf8');
  });

  it('no JSON', () => refused('{"outlet":', 400, 'invalid-json'));

  it('an empty body', () => refused('', 400, 'body-required'));

  it('a member given twice', () =>
    refused(
      json(report()).replace('"value":30', '"value":30,"value":3'),
      400,
      'duplicate-member',
      '/figures/0/quantity/value',
    ));

  it('an unknown member', () => refused(report({ victims: [] }), 422, 'invalid-report', '/victims'));

  it('__proto__', () =>
    refused(json(report()).replace('{', '{"__proto__":{"x":1},'), 422, 'invalid-report', '/__proto__'));

  it('a javascript: url', () => refused(report({ url: 'javascript:alert(1)' }), 422, 'invalid-report', '/url'));

  it('a publication tomorrow', () => refused(report({ publishedAt: tomorrow }), 422, 'invalid-report', '/publishedAt'));

  it('a statement later than its publication', () =>
    refused(report({ statedAt: '2013-01-18T04:00:01Z' }), 422, 'invalid-report', '/statedAt'));

  it('`of` naming nothing', () =>
    refused(
      report({ figures: [figure(3, { basis: 'sum', of: ['0b0e7f4e-1d2c-4b5a-9f3e-2a1b3c4d5e6f'] })] }),
      422,
      'invalid-report',
      '/figures/0/of/0',
    ));

  it('a correction of a figure of another incident', () =>
    refused(
      { figure: figure(31), reason: 'a typing error' },
      404,
      'figure-not-found',
      undefined,
      `/v1/incidents/${slug}/figures/${otherFigure}/correction`,
    ));

  it('the same Idempotency-Key with another body', async () => {
    const headers = { 'idempotency-key': 'refusals-1' };
    const first = await service.call('POST', reportsPath, { body: report(), headers });
    expect(first.status).toBe(201);
    const before = await service.head();
    const again = await service.call('POST', reportsPath, { body: report({ figures: [figure(31)] }), headers });
    expectProblem(again, 422, 'idempotency-key-reused');
    expect(await service.head()).toBe(before);
  });

  it('all fields at once', async () => {
    const answer = await service.call('POST', reportsPath, {
      body: report({ outlet: '', url: 'ftp://x', figures: [figure(-1), figure(3, { words: 5 })] }),
    });
    expectProblem(answer, 422, 'invalid-report');
    const pointers = (answer.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.toSorted()).toEqual(['/figures/0/quantity/value', '/figures/1/words', '/outlet', '/url']);
  });
});

describe('what the transport refuses', () => {
  it.each([
    [
      'another type',
      'POST',
      reportsPath,
      { bytes: '<x/>', headers: { 'content-type': 'text/xml' } },
      415,
      'unsupported-media-type',
    ],
    [
      'a packed body',
      'POST',
      reportsPath,
      { bytes: '{}', headers: { 'content-encoding': 'gzip' } },
      415,
      'unsupported-media-type',
    ],
    ['no type', 'POST', reportsPath, { bytes: '{}', headers: { 'content-type': '' } }, 415, 'unsupported-media-type'],
    ['no body', 'POST', reportsPath, {}, 400, 'body-required'],
    ['an unknown parameter', 'GET', `/v1/incidents/${slug}/tally?methd=range%2F1`, {}, 400, 'invalid-query'],
    ['a parameter where there is none', 'GET', `/v1/incidents/${slug}?x=1`, {}, 400, 'invalid-query'],
    ['dryRun that is neither', 'POST', `${reportsPath}?dryRun=1`, { body: report() }, 400, 'invalid-query'],
    [
      'a long Idempotency-Key',
      'POST',
      reportsPath,
      { body: report(), headers: { 'idempotency-key': 'x'.repeat(201) } },
      400,
      'invalid-header',
    ],
    [
      'a blank in an Idempotency-Key',
      'POST',
      reportsPath,
      { body: report(), headers: { 'idempotency-key': 'a b' } },
      400,
      'invalid-header',
    ],
    ['an unknown address', 'GET', '/v1/nothing', {}, 404, 'not-found'],
    ['an unknown address at the root', 'GET', '/nothing', {}, 404, 'not-found'],
    ['a wrong method', 'PUT', '/v1/incidents', { body: {} }, 405, 'method-not-allowed'],
    ['a wrong percent encoding', 'GET', `/v1/incidents/${slug}/cells/%zz`, {}, 400, 'bad-request'],
    ['an encoding of no UTF-8', 'GET', `/v1/incidents/${slug}/cells/%ff`, {}, 400, 'bad-request'],
    ['too long an address', 'GET', `/v1/incidents/${'x'.repeat(2_100)}`, {}, 414, 'uri-too-long'],
    [
      'too long headers',
      'GET',
      '/v1/incidents',
      { headers: { 'x-long': 'x'.repeat(20_000) } },
      431,
      'headers-too-large',
    ],
    ['events as a picture', 'GET', '/v1/events', { headers: { accept: 'image/png' } }, 406, 'not-acceptable'],
    ['an unknown report', 'GET', `${reportsPath}/rep_0`, {}, 404, 'report-not-found'],
    ['an unknown figure', 'GET', `/v1/incidents/${slug}/figures/x`, {}, 404, 'figure-not-found'],
    ['an unknown cell', 'GET', `/v1/incidents/${slug}/cells/killed%2Fnobody`, {}, 404, 'cell-not-found'],
    [
      'an unknown revision',
      'POST',
      `/v1/incidents/${slug}/revisions/999/explanation`,
      { body: { reason: 'fraud' } },
      404,
      'revision-not-found',
    ],
    ['an unknown link', 'DELETE', `/v1/incidents/${slug}/links/lnk_0?reason=x`, {}, 404, 'link-not-found'],
    ['an unknown key', 'DELETE', '/v1/keys/nothing', {}, 404, 'key-not-found'],
    ['a feed of nothing', 'GET', '/v1/incidents/nowhere-2020/feed', {}, 404, 'incident-not-found'],
    [
      'a feed of something and nothing',
      'GET',
      `/v1/feed?incidents=${slug},nowhere-2020`,
      {},
      404,
      'incident-not-found',
    ],
    [
      'an amendment without If-Match',
      'PATCH',
      `/v1/incidents/${slug}`,
      { body: { title: 'Y', reason: 'z' } },
      428,
      'version-required',
    ],
    [
      'a pin without If-Match',
      'PUT',
      `/v1/incidents/${slug}/pins/killed%2Fhostages`,
      { body: { best: { low: 1, high: 1 }, reason: 'z' } },
      428,
      'version-required',
    ],
    [
      'an If-Match that is none',
      'PATCH',
      `/v1/incidents/${slug}`,
      { body: { title: 'Y', reason: 'z' }, headers: { 'if-match': 'x' } },
      400,
      'invalid-header',
    ],
    ['a slug that is taken', 'POST', '/v1/incidents', { body: incident }, 409, 'slug-taken'],
    ['a key of no role', 'POST', '/v1/keys', { body: { role: 'king' } }, 422, 'invalid-key'],
  ] as const)('%s', async (_what, method, path, asked, status, code) => {
    const before = await service.head();
    const answer = await service.call(method, path, asked);
    expectProblemBesideRaw(answer, status, code);
    expect(await service.head()).toBe(before);
  });

  it('says which methods act there', async () => {
    const answer = await service.call('PUT', '/v1/incidents', { body: {} });
    expect(answer.headers['allow']).toBe('GET, HEAD, POST');
  });

  it('bytes that are no HTTP', async () => {
    const { port, hostname } = new URL(service.url);
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write('HELLO\r\n\r\n'));
      let all = '';
      socket.on('data', (bytes) => (all += bytes.toString()));
      socket.on('end', () => resolve(all));
      socket.on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 /u);
    expect(text).toContain('application/problem+json');
    expect(text).toContain('urn:tollbook:problem:bad-request');
  });
});

/** Node itself refuses some before there is a request with an id. */
const expectProblemBesideRaw = (answer: Answer, status: number, code: string): void => {
  if (answer.headers['x-request-id'] !== undefined) {
    expectProblem(answer, status, code);
    return;
  }
  expect({ status: answer.status, type: answer.body['type'] }).toEqual({
    status,
    type: `urn:tollbook:problem:${code}`,
  });
};
