import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type TestService } from './service.js';

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, unknown>;
  readonly parameters?: { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly security?: unknown;
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

let service: TestService;
let document: Document;

beforeAll(async () => {
  service = await startTestService();
  const answer = await service.must('GET', '/openapi.json');
  document = JSON.parse(answer.text) as Document;
});
afterAll(() => service.close());

const operations = (): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );

const refsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === '$ref' ? [String(inner)] : refsIn(inner)));
};

describe('the OpenAPI document', () => {
  it('is 3.1 and refers to nothing that is not in it', () => {
    expect(document.openapi).toMatch(/^3\.1\./u);
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of refs) {
      const [, name] = /^#\/components\/schemas\/(?<name>[A-Za-z]+)$/u.exec(ref) ?? [];
      expect([ref, document.components.schemas[name ?? ''] !== undefined]).toEqual([ref, true]);
    }
  });

  it('has exactly the calls of the interface', () => {
    expect(
      operations()
        .map(([call]) => call)
        .toSorted(),
    ).toEqual(
      [
        'POST /v1/incidents',
        'GET /v1/incidents',
        'GET /v1/incidents/{slug}',
        'PATCH /v1/incidents/{slug}',
        'POST /v1/incidents/{slug}/reports',
        'GET /v1/incidents/{slug}/reports/{id}',
        'POST /v1/incidents/{slug}/reports/{id}/retraction',
        'GET /v1/incidents/{slug}/figures',
        'GET /v1/incidents/{slug}/figures/{id}',
        'POST /v1/incidents/{slug}/figures/{id}/correction',
        'POST /v1/incidents/{slug}/figures/{id}/retraction',
        'POST /v1/incidents/{slug}/figures/{id}/denial',
        'POST /v1/incidents/{slug}/figures/{id}/reinstatement',
        'GET /v1/incidents/{slug}/links',
        'POST /v1/incidents/{slug}/links',
        'DELETE /v1/incidents/{slug}/links/{id}',
        'GET /v1/incidents/{slug}/grades',
        'POST /v1/incidents/{slug}/grades',
        'PUT /v1/incidents/{slug}/pins/{cell}',
        'DELETE /v1/incidents/{slug}/pins/{cell}',
        'POST /v1/incidents/{slug}/revisions/{number}/explanation',
        'GET /v1/incidents/{slug}/tally',
        'GET /v1/incidents/{slug}/tally/diff',
        'GET /v1/incidents/{slug}/cells/{cell}',
        'GET /v1/incidents/{slug}/methods',
        'GET /v1/incidents/{slug}/revisions',
        'GET /v1/incidents/{slug}/export',
        'GET /v1/incidents/{slug}/feed',
        'GET /v1/feed',
        'GET /v1/events',
        'GET /v1/incidents/{slug}/events',
        'POST /v1/session',
        'GET /v1/session',
        'DELETE /v1/session',
        'POST /v1/keys',
        'GET /v1/keys',
        'DELETE /v1/keys/{id}',
        'POST /v1/admin/backup',
        'POST /v1/admin/rebuild',
        'POST /v1/admin/poisoned/{incident}/retry',
        'GET /health/live',
        'GET /health/ready',
        'GET /metrics',
      ].toSorted(),
    );
  });

  it('has no call that does not act, and no address that is not declared', async () => {
    for (const [call] of operations()) {
      const [method = '', path = ''] = call.split(' ');
      // A feed would not end.
      if (path.endsWith('feed')) continue;
      const answer = await service.call(method, path.replaceAll(/\{\w+\}/gu, 'x-0'));
      expect([call, answer.body['type']]).not.toEqual([call, 'urn:tollbook:problem:not-found']);
      expect([call, answer.status]).not.toEqual([call, 405]);
    }
  });

  it('names every parameter of every path, once, and each operation by a name of its own', () => {
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [call, { parameters = [] }] of operations()) {
      const inPath = [...call.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name);
      expect([call, parameters.filter((one) => one.in === 'path').map(({ name }) => name)]).toEqual([call, inPath]);
      const names = parameters.map((one) => `${one.in} ${one.name}`);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('tells what each call takes, needs and answers', () => {
    const all = Object.fromEntries(operations());
    const file = all['POST /v1/incidents/{slug}/reports']!;
    expect(file.requestBody).toMatchObject({
      required: true,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/ReportAsFiled' } } },
    });
    expect(Object.keys(file.responses)).toEqual(
      expect.arrayContaining(['201', '400', '401', '403', '404', '409', '413', '415', '422', '429', '500', '503']),
    );
    expect(file.parameters?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['slug', 'dryRun', 'Idempotency-Key']),
    );
    expect(file.security).toEqual([{ key: [] }]);
    const tally = all['GET /v1/incidents/{slug}/tally']!;
    expect(tally.responses['200']).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Tally' } } },
    });
    expect(tally.parameters?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['method', 'at', 'knownAt', 'publishedBy', 'minPosition', 'lang', 'If-None-Match']),
    );
    expect(all['DELETE /v1/incidents/{slug}/links/{id}']!.requestBody).toBeUndefined();
    expect(all['GET /health/live']!.security).toBeUndefined();
  });

  it('has a page of its own that asks nobody else', async () => {
    const page = await service.call('GET', '/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const assets = [...page.text.matchAll(/(?:src|href)=["']([^"']+)["']/gu)].map(([, url]) => url!);
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      expect(asset).not.toMatch(/^(?:https?:)?\/\//u);
      expect([asset, (await service.call('GET', new URL(asset, `${service.url}/docs`).pathname)).status]).toEqual([
        asset,
        200,
      ]);
    }
  });
});
