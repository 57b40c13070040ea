import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type RunningService } from '../../src/app.module.js';
import { readSettings } from '../../src/settings.js';
import { scratch } from '../support/tollbook.js';

/* Sign-in of a browser, over real HTTP: what it may with its cookie, and what nobody else may with it. */

const { path, remove } = scratch();
let running: RunningService;
let secret: string;
let keyId: string;

interface Answer {
  readonly status: number;
  readonly cookie: string | null;
  readonly body: Record<string, unknown>;
}

const call = async (
  method: string,
  address: string,
  headers: Readonly<Record<string, string>> = {},
  body?: unknown,
): Promise<Answer> => {
  const response = await fetch(new URL(address, running.url), {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    cookie: response.headers.get('set-cookie'),
    body: (await response.json()) as Record<string, unknown>,
  };
};

/** As a page of the service sends it. */
type Headers = Readonly<Record<string, string>>;
const fromOurPage = (): Record<string, string> => ({ origin: running.url, 'sec-fetch-site': 'same-origin' });
const signedIn = (): Record<string, string> => ({ cookie: `tollbook_key=${secret}` });
const incident = {
  slug: 'x-2020',
  title: 'X',
  place: 'Y',
  from: '2020-01-01',
  groups: [{ id: 'people', side: 'victims' }],
};

beforeAll(async () => {
  const settings = readSettings({ TOLLBOOK_LOG: `embedded:${path}`, TOLLBOOK_PORT: '0' });
  running = await startService(settings, { quiet: true });
  expectOpen(await call('GET', '/v1/session'));
  const made = await call('POST', '/v1/keys', {}, { role: 'editor', desk: 'night' });
  secret = String(made.body['secret']);
  keyId = String(made.body['id']);
});

afterAll(async () => {
  await running.close();
  remove();
});

let open: Answer;
const expectOpen = (answer: Answer): void => {
  open = answer;
};

describe('sign-in of a browser', () => {
  it('is not needed while no key exists', () => {
    expect(open.body).toEqual({ role: 'all', desk: 'local', person: null });
  });

  it('gives a cookie that no script can read and no other site sends', async () => {
    const answer = await call('POST', '/v1/session', fromOurPage(), { key: secret });
    expect(answer).toMatchObject({ status: 201, body: { role: 'editor', desk: 'night', person: null } });
    expect(answer.cookie).toMatch(/^tollbook_key=tbk_[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/u);
    const behindTls = { ...fromOurPage(), 'x-forwarded-proto': 'https' };
    expect((await call('POST', '/v1/session', behindTls, { key: secret })).cookie).toContain('; Secure');
  });

  it('is refused with a key that is none, and to a page of another site', async () => {
    expect(await call('POST', '/v1/session', fromOurPage(), { key: 'tbk_wrong' })).toMatchObject({
      status: 401,
      cookie: null,
    });
    const foreign: Headers[] = [
      {},
      { origin: 'https://evil.example' },
      { ...fromOurPage(), 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign)
      expect(await call('POST', '/v1/session', headers, { key: secret })).toMatchObject({ status: 403, cookie: null });
  });

  it('lets the page do what the key may, by the desk of the key', async () => {
    expect((await call('GET', '/v1/session', signedIn())).body).toMatchObject({ role: 'editor', desk: 'night' });
    expect((await call('GET', '/v1/incidents')).status).toBe(401);
    expect((await call('GET', '/v1/incidents', signedIn())).status).toBe(200);
    expect((await call('POST', '/v1/incidents', { ...signedIn(), ...fromOurPage() }, incident)).status).toBe(201);
    expect((await call('GET', '/v1/keys', signedIn())).status).toBe(403);
  });

  it('lets no other page change anything with the cookie, and a program with the key itself all the same', async () => {
    const again = { ...incident, slug: 'z-2020' };
    const foreign: Headers[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { ...fromOurPage(), 'sec-fetch-site': 'cross-site' },
      { ...fromOurPage(), 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const answer = await call('POST', '/v1/incidents', { ...signedIn(), ...headers }, again);
      expect(answer).toMatchObject({ status: 403, body: { type: 'urn:tollbook:problem:cross-site' } });
    }
    const withKey = { ...signedIn(), authorization: `Bearer ${secret}` };
    expect((await call('POST', '/v1/incidents', withKey, again)).status).toBe(201);
  });

  it('ends on signing out, and with the key', async () => {
    const out = await call('DELETE', '/v1/session', { ...signedIn(), ...fromOurPage() });
    expect(out).toMatchObject({ status: 200, body: { role: 'anyone' } });
    expect(out.cookie).toMatch(/^tollbook_key=;.*Expires=Thu, 01 Jan 1970/u);
    const admin = await call('POST', '/v1/session', fromOurPage(), { key: secret });
    expect(admin.status).toBe(201);
    const app = running.app;
    const { inProcessToken } = await import('../../src/app.module.js');
    await call('DELETE', `/v1/keys/${keyId}`, { authorization: `Bearer ${inProcessToken(app)}` });
    expect((await call('GET', '/v1/session', signedIn())).body).toMatchObject({ role: 'anyone' });
    expect((await call('GET', '/v1/incidents', signedIn())).status).toBe(401);
  });
});
