import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFeed } from './feed-reader.js';
import { inProcessToken, startService } from '../../src/app.module.js';
import { readSettings } from '../../src/settings.js';
import { figure, incident, report, reportsPath, slug, tallyPath } from './fixtures.js';
import { startTestService, type Answer, type TestService } from './service.js';

const codeOf = (answer: Answer): string => String(answer.body['type']).replace('urn:tollbook:problem:', '');

describe('while no key exists', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  it.each(['localhost', 'localhost:4711', '127.0.0.1:1', '[::1]:80', 'LOCALHOST'])(
    '%s may do everything',
    async (host) => {
      const answer = await service.call('GET', '/v1/keys', { headers: { host } });
      expect(answer.status).toBe(200);
      expect((await service.call('GET', '/v1/events', { headers: { host } })).status).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:4711',
    '192.168.0.7',
    '127.0.0.2',
    'localhost:x',
  ])('a name rebound to this machine is refused: %s', async (host) => {
    for (const path of ['/v1/incidents', '/health/ready', '/', '/openapi.json', '/nothing']) {
      const answer = await service.call('GET', path, { headers: { host } });
      expect([path, answer.status, codeOf(answer)]).toEqual([path, 403, 'loopback-only']);
    }
  });

  it.each(['https://evil.example', 'null', 'http://localhost:1', 'http://127.0.0.1.evil.example'])(
    'a page of %s changes nothing',
    async (origin) => {
      const answer = await service.call('POST', '/v1/incidents', { body: incident, headers: { origin } });
      expect([answer.status, codeOf(answer)]).toEqual([403, 'cross-site']);
      expect(await service.head()).toBe('0');
    },
  );

  it.each(['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'])(
    'who comes through a proxy is not this machine: %s',
    async (name) => {
      const answer = await service.call('GET', '/v1/incidents', { headers: { [name]: '203.0.113.7' } });
      expect([answer.status, codeOf(answer)]).toEqual([403, 'loopback-only']);
    },
  );

  it('our own page may', async () => {
    const host = new URL(service.url).host;
    const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    const answer = await service.call('POST', '/v1/incidents?dryRun=true', { body: incident, headers });
    expect(answer.status).toBe(201);
  });

  it('calls a wrong key wrong', async () => {
    const answer = await service.call('GET', '/v1/incidents', { key: 'tbk_wrong' });
    expect([answer.status, codeOf(answer)]).toEqual([401, 'unauthenticated']);
  });

  it('does not listen beyond this machine', async () => {
    const elsewhere = startService(
      {
        ...readSettings({}),
        log: { kind: 'embedded', directory: `${service.directory}/other` },
        host: '0.0.0.0',
        port: 0,
      },
      { quiet: true },
    );
    await expect(elsewhere).rejects.toThrow(
      /^TOLLBOOK_HOST 0\.0\.0\.0 is reached from other machines.*tollbook keys create/u,
    );
  });
});

describe('a key', () => {
  let service: TestService;
  const keys: Record<string, string> = {};
  const ids: Record<string, string> = {};

  const make = async (name: string, asked: object, key?: string): Promise<void> => {
    const answer = await service.must('POST', '/v1/keys', { body: asked, ...(key !== undefined && { key }) });
    keys[name] = String(answer.body['secret']);
    ids[name] = String(answer.body['id']);
  };

  beforeAll(async () => {
    service = await startTestService();
    await service.must('POST', '/v1/incidents', { body: incident });
    await make('admin', { role: 'admin', desk: 'ops', person: 'Ada' });
    for (const role of ['editor', 'desk', 'reader', 'auditor']) await make(role, { role, desk: 'afp' }, keys['admin']);
  });
  afterAll(() => service.close());

  const matrix: readonly (readonly [string, string, object | undefined, readonly string[]])[] = [
    ['GET', tallyPath, undefined, ['admin', 'editor', 'desk', 'reader', 'auditor']],
    ['GET', '/v1/incidents', undefined, ['admin', 'editor', 'desk', 'reader', 'auditor']],
    ['POST', `${reportsPath}?dryRun=true`, report(), ['admin', 'editor', 'desk']],
    ['POST', '/v1/incidents?dryRun=true', { ...incident, slug: 'z-2020' }, ['admin', 'editor']],
    [
      'POST',
      `/v1/incidents/${slug}/grades?dryRun=true`,
      { origin: 'x', kind: 'press', reason: 'y' },
      ['admin', 'editor'],
    ],
    ['GET', '/v1/events', undefined, ['auditor']],
    ['GET', `/v1/incidents/${slug}/events`, undefined, ['auditor']],
    ['GET', '/v1/keys', undefined, ['admin']],
    ['POST', '/v1/admin/rebuild', undefined, ['admin']],
  ];

  it.each(matrix)('%s %s is for those whose role includes it', async (method, path, body, allowed) => {
    for (const role of ['admin', 'editor', 'desk', 'reader', 'auditor']) {
      const answer = await service.call(method, path, { body, key: keys[role]! });
      if (allowed.includes(role)) {
        // Past the door; whether the rules take it is another question.
        expect([role, answer.status]).not.toEqual([role, 403]);
        expect(answer.status).not.toBe(401);
      } else {
        expect([role, answer.status, codeOf(answer)]).toEqual([role, 403, 'forbidden']);
        expect(answer.headers['www-authenticate']).toContain('insufficient_scope');
      }
    }
    const nobody = await service.call(method, path, { body });
    expect([nobody.status, codeOf(nobody)]).toEqual([401, 'unauthenticated']);
    expect(nobody.headers['www-authenticate']).toBe('Bearer realm="tollbook"');
  });

  it.each(['tbk_wrong', 'Basic x', ''])('a wrong one is told: %s', async (key) => {
    const answer = await service.call('GET', tallyPath, { headers: { authorization: `Bearer ${key}` } });
    expect([answer.status, codeOf(answer)]).toEqual([401, 'unauthenticated']);
    expect(answer.headers['www-authenticate']).toContain('invalid_token');
  });

  it('names the desk and person of what they file', async () => {
    const filed = await service.call('POST', reportsPath, { body: report(), key: keys['desk']! });
    expect(filed.status).toBe(201);
    const figures = await service.call('GET', `/v1/incidents/${slug}/figures`, { key: keys['reader']! });
    expect(figures.body['data']).toEqual([expect.objectContaining({ filedBy: { desk: 'afp', person: null } })]);
  });

  it('is stored without its secret, and listed without it', async () => {
    for (const secret of Object.values(keys)) expect(secret).toMatch(/^tbk_[A-Za-z0-9_-]{43}$/u);
    const listed = await service.call('GET', '/v1/keys', { key: keys['admin']! });
    expect(listed.body['data']).toHaveLength(5);
    for (const secret of Object.values(keys)) expect(listed.text).not.toContain(secret.slice(4));
    const head = await service.call('GET', '/v1/keys?limit=2&after=2', { key: keys['admin']! });
    expect(head.body).toMatchObject({ hasMore: true, next: '4' });
  });

  it('ends when revoked, at once, and does not open the service with the last', async () => {
    const gone = await service.call('DELETE', `/v1/keys/${ids['reader']}`, { key: keys['admin']! });
    expect(gone.status).toBe(200);
    expect((await service.call('GET', tallyPath, { key: keys['reader']! })).status).toBe(401);
    // The last one too: the service does not open itself again.
    for (const name of ['editor', 'desk', 'auditor', 'admin'])
      expect((await service.call('DELETE', `/v1/keys/${ids[name]}`, { key: keys['admin']! })).status).toBe(200);
    expect((await service.call('GET', '/v1/incidents')).status).toBe(401);
  });

  it('is refused where it expires in the past', async () => {
    const key = inProcessToken(service.app);
    const late = await service.call('POST', '/v1/keys', {
      body: { role: 'reader', expiresAt: '2020-01-01T00:00:00Z' },
      key,
    });
    expect([late.status, late.body['errors']]).toEqual([422, [expect.objectContaining({ pointer: '/expiresAt' })]]);
  });

  it('is made once under one Idempotency-Key', async () => {
    const key = inProcessToken(service.app);
    const asked = { body: { role: 'reader' }, key, headers: { 'idempotency-key': 'k-1' } };
    const [first, again] = await Promise.all([
      service.call('POST', '/v1/keys', asked),
      service.call('POST', '/v1/keys', asked),
    ]);
    expect(again.text).toBe(first.text);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toContain('true');
    const other = await service.call('POST', '/v1/keys', { ...asked, body: { role: 'auditor' } });
    expect([other.status, codeOf(other)]).toEqual([422, 'idempotency-key-reused']);
  });
});

describe('a feed', () => {
  it.each(['revoked', 'expired'])('ends with a heartbeat once its key is %s, and others go on', async (how) => {
    const service = await startTestService({}, { feed: { heartbeatMs: 20 } });
    try {
      await service.must('POST', '/v1/incidents', { body: incident });
      const local = readFeed(service.url, '/v1/feed');
      await local.have(1);
      const admin = await service.must('POST', '/v1/keys', { body: { role: 'admin' } });
      const adminKey = String(admin.body['secret']);
      // What was open to this machine alone ends with the first key.
      await local.ended;
      const expiresAt = how === 'expired' ? { expiresAt: new Date(Date.now() + 2_000).toISOString() } : {};
      const made = await service.must('POST', '/v1/keys', { body: { role: 'reader', ...expiresAt }, key: adminKey });
      const gone = readFeed(service.url, '/v1/feed', { authorization: `Bearer ${String(made.body['secret'])}` });
      const stays = readFeed(service.url, '/v1/feed', { authorization: `Bearer ${adminKey}` });
      await Promise.all([gone.have(1), stays.have(1)]);
      if (how === 'revoked') await service.must('DELETE', `/v1/keys/${String(made.body['id'])}`, { key: adminKey });
      await gone.ended;
      expect(gone.events.at(-1)).toMatchObject({ event: 'error', id: null });
      await service.must('POST', reportsPath, { body: report(), key: adminKey });
      expect((await stays.have(2))[1]?.event).toBe('revision');
      stays.close();
    } finally {
      await service.close();
    }
  });
});

describe('public reading', () => {
  it('lets anyone read and nobody else do anything', async () => {
    const service = await startTestService({ publicRead: true });
    try {
      await service.call('POST', '/v1/incidents', { body: incident });
      await service.call('POST', reportsPath, { body: report({ figures: [figure(3)] }) });
      await service.call('POST', '/v1/keys', { body: { role: 'admin' } });
      expect((await service.call('GET', tallyPath)).status).toBe(200);
      expect((await service.call('GET', '/v1/incidents', { headers: { host: 'tollbook.example' } })).status).toBe(200);
      expect((await service.call('POST', reportsPath, { body: report() })).status).toBe(401);
      expect((await service.call('GET', '/v1/events')).status).toBe(401);
      expect((await service.call('GET', tallyPath, { key: 'tbk_wrong' })).status).toBe(401);
    } finally {
      await service.close();
    }
  });
});

describe('CORS', () => {
  const origin = 'https://news.example';
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ publicRead: true, corsOrigins: [origin] });
    await service.call('POST', '/v1/incidents', { body: incident });
  });
  afterAll(() => service.close());

  it('lets a named page read, problems and feeds too', async () => {
    for (const path of [tallyPath, '/v1/incidents/nowhere-2020/tally', '/v1/nothing']) {
      const answer = await service.call('GET', path, { headers: { origin } });
      expect(answer.headers['access-control-allow-origin']).toBe(origin);
      expect(answer.headers['vary']).toContain('Origin');
    }
    const feed = await fetch(`${service.url}/v1/incidents/${slug}/feed`, { headers: { origin } });
    expect(feed.headers.get('access-control-allow-origin')).toBe(origin);
    await feed.body?.cancel();
  });

  it('answers a preflight, for reading only', async () => {
    const headers = {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    const answer = await service.call('OPTIONS', tallyPath, { headers });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, HEAD',
    });
    expect(answer.headers['access-control-allow-headers']).toContain('Authorization');
  });

  it('says nothing to another page', async () => {
    for (const other of ['https://evil.example', 'https://news.example.evil', 'null']) {
      const answer = await service.call('GET', tallyPath, { headers: { origin: other } });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers['vary']).toContain('Origin');
    }
  });
});
