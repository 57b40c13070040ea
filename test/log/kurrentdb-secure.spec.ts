import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { type EventLog, LogRefusedError, NO_STREAM } from '../../src/log/event-log.js';
import { openKurrentDbLog } from '../../src/log/kurrentdb/open-kurrentdb-log.js';
import { type Certificate, Certificates } from './certificates.js';
import { FakeKurrentDb } from './fake-kurrentdb/fake-kurrentdb.js';
import type { FakeUser } from './fake-kurrentdb/rights.js';

/** With all that has to be percent-encoded. */
const password = 'pa:55@w/r?d#%ü';
const encoded = encodeURIComponent(password);
/** Whoever waits longer than this for a server that is there, and will never be of use, waits for ever. */
const refusedWithinMs = 10_000;
const testTimeoutMs = 60_000;

const users = new Map<string, FakeUser>([
  ['tollbook', { password, mayReadAll: true, mayWrite: true }],
  ['no-all', { password, mayReadAll: false, mayWrite: true }],
  ['no-write', { password, mayReadAll: true, mayWrite: false }],
]);

const event = (data: unknown = {}) => ({ id: crypto.randomUUID(), type: 'Tried.v1', data, meta: null });

describe('a KurrentDB with TLS and passwords', () => {
  let certificates: Certificates;
  let good: Certificate;
  const fakes: FakeKurrentDb[] = [];
  const logs: EventLog[] = [];

  beforeAll(async () => {
    certificates = await Certificates.make();
    good = await certificates.of('DNS:localhost,IP:127.0.0.1');
  }, testTimeoutMs);

  afterAll(() => certificates.remove());

  afterEach(async () => {
    await Promise.all(logs.splice(0).map((log) => log.close()));
    await Promise.all(fakes.splice(0).map((fake) => fake.close()));
  });

  const start = async (certificate: Certificate | null = good): Promise<FakeKurrentDb> => {
    const fake = await FakeKurrentDb.start(undefined, certificate === null ? null : { ...certificate, users });
    fakes.push(fake);
    return fake;
  };

  const open = async (url: string, onNotice?: (message: string) => void): Promise<EventLog> => {
    const log = await openKurrentDbLog(url, onNotice === undefined ? {} : { onNotice });
    logs.push(log);
    return log;
  };

  /** What the start is refused with. Nothing of it, causes included, has the password. */
  const refusal = async (url: string): Promise<string> => {
    const startedAtMs = performance.now();
    const error: unknown = await open(url).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(LogRefusedError);
    expect(performance.now() - startedAtMs).toBeLessThan(refusedWithinMs);
    for (const told of [inspect(error, { depth: 10, showHidden: true }), String((error as Error).stack)])
      for (const secret of [password, encoded, 'wrong-one']) expect(told).not.toContain(secret);
    return (error as Error).message;
  };

  const at = (
    { port }: FakeKurrentDb,
    options: { user?: string; tls?: string; ca?: string | null; host?: string } = {},
  ) => {
    const { user = `tollbook:${encoded}`, tls = 'true', ca = certificates.caFile, host = 'localhost' } = options;
    return `kurrentdb://${user === '' ? '' : `${user}@`}${host}:${port}?tls=${tls}${ca === null ? '' : `&tlsCAFile=${encodeURIComponent(ca)}`}`;
  };

  test(
    'serves with the right ones: appends, reads and subscriptions, whatever is in the password',
    async () => {
      const log = await open(at(await start()));
      expect(await log.append('tollbook-a', NO_STREAM, [event(1)])).toMatchObject({ ok: true });
      const read: unknown[] = [];
      for await (const batch of log.readStream('tollbook-a')) read.push(...batch.map(({ data }) => data));
      for await (const batch of log.readAll({ after: null, streamPrefix: '' }))
        read.push(...batch.map(({ data }) => data));
      const { signal } = new AbortController();
      for await (const message of log.subscribe({ after: null, streamPrefix: 'tollbook-', signal })) {
        if (message.kind === 'events') read.push(...message.events.map(({ data }) => data));
        if (message.kind === 'caughtUp') break;
      }
      expect(read).toEqual([1, 1, 1]);
    },
    testTimeoutMs,
  );

  test(
    'appends by BatchAppend there too, since one append a call answers otherwise',
    async () => {
      const fake = await start();
      const log = await open(at(fake));
      await log.append('tollbook-a', NO_STREAM, [event(1)]);
      // The other kind of call does not tell what stands there instead of what was expected.
      expect(await log.append('tollbook-a', NO_STREAM, [event(2)])).toEqual({ ok: false, actual: 0n });
    },
    testTimeoutMs,
  );

  test.each([
    [
      'a wrong password',
      { user: 'tollbook:wrong-one' },
      /does not know the user in TOLLBOOK_LOG, or not with this password$/u,
    ],
    ['a user that is not there', { user: `nobody:${encoded}` }, /does not know the user/u],
    ['no user', { user: '' }, /denies access to write: TOLLBOOK_LOG must name a user and password/u],
    ['a user that may not write', { user: `no-write:${encoded}` }, /denies access to write: .*allowed to write/u],
    ['tls=false', { tls: 'false' }, /speaks TLS, and TOLLBOOK_LOG says tls=false: say tls=true/u],
    ['no CA', { ca: null }, /not of a CA that is trusted here\. Name the CA that signed it with tlsCAFile/u],
    ['a CA that is no file', { ca: '/nowhere/ca.crt' }, /tlsCAFile \/nowhere\/ca\.crt cannot be read: ENOENT/u],
  ] as const)(
    'refuses at the start, and says why: %s',
    async (_, options, said) => {
      expect(await refusal(at(await start(), options))).toMatch(said);
    },
    testTimeoutMs,
  );

  test(
    'refuses another CA, and a file that is no certificate',
    async () => {
      const fake = await start();
      expect(await refusal(at(fake, { ca: certificates.otherCaFile }))).toMatch(/not of a CA that is trusted here/u);
      expect(await refusal(at(fake, { ca: certificates.keyFile }))).toMatch(/holds no certificate in PEM form/u);
    },
    testTimeoutMs,
  );

  test(
    'refuses a certificate that is for another name, or has expired',
    async () => {
      const named = await start(await certificates.of('DNS:node1.example'));
      expect(await refusal(at(named))).toMatch(/not for the name that TOLLBOOK_LOG calls it by/u);
      const expired = await start(await certificates.expired('DNS:localhost'));
      expect(await refusal(at(expired))).toMatch(/has expired.*Renew it/u);
    },
    testTimeoutMs,
  );

  test(
    'refuses a server that speaks no TLS where it should',
    async () => {
      expect(await refusal(at(await start(null)))).toMatch(/it speaks no TLS\. Set up its certificates/u);
    },
    testTimeoutMs,
  );

  test(
    'of several nodes that cannot be trusted says the same, and does not look for a leader for ever',
    async () => {
      const nodes = await Promise.all([start(), start(), start()]);
      const url = at(nodes[0], {
        ca: certificates.otherCaFile,
        host: `localhost:${nodes[1].port},localhost:${nodes[2].port},localhost`,
      });
      expect(await refusal(url)).toMatch(/not of a CA that is trusted here/u);
    },
    testTimeoutMs,
  );

  test(
    'a user that may not read $all is told so at the first look at the head',
    async () => {
      const log = await open(at(await start(), { user: `no-all:${encoded}` }));
      await expect(log.head()).rejects.toThrow(/denies access to read: .*allowed to read streams tollbook… and \$all/u);
    },
    testTimeoutMs,
  );

  test(
    'warns of a user that is given to a server without TLS, and does not send the password',
    async () => {
      const notices: string[] = [];
      const log = await open(at(await start(null), { tls: 'false' }), (notice) => notices.push(notice));
      await log.append('tollbook-a', NO_STREAM, [event()]);
      expect(await log.head()).toBeGreaterThan(0n);
      expect(notices).toEqual([
        expect.stringMatching(/names a user, but says tls=false: user and password are not sent/u),
      ]);
    },
    testTimeoutMs,
  );

  describe('the service on it', () => {
    const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

    /** All that it says until it ends by itself, or until it serves. */
    const run = async (url: string): Promise<{ code: number | null; out: string }> => {
      const views = await mkdtemp(join(tmpdir(), 'tollbook-secure-'));
      const env = { PATH: process.env['PATH'], TOLLBOOK_PORT: '0', TOLLBOOK_LOG: url, TOLLBOOK_VIEWS: views };
      const child = spawn(process.execPath, [program], { env });
      let out = '';
      const hear = (bytes: Buffer): void => {
        out += bytes.toString();
        // Once: a second signal would end it at once.
        if (out.includes('"url"') && !child.killed) child.kill('SIGTERM');
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      const timer = setTimeout(() => child.kill('SIGKILL'), refusedWithinMs * 2);
      const [code] = (await once(child, 'close')) as [number | null];
      clearTimeout(timer);
      await rm(views, { recursive: true, force: true });
      for (const secret of [password, encoded, 'wrong-one']) expect(out).not.toContain(secret);
      return { code, out };
    };

    test(
      'says what is wrong in one line and ends; where nothing is, it serves and ends when told',
      async () => {
        const fake = await start();
        for (const [user, said] of [
          ['tollbook:wrong-one', /does not know the user/u],
          // Only after the log was opened: it must not stay open and keep the process.
          [`no-all:${encoded}`, /denies access to read/u],
        ] as const) {
          const { code, out } = await run(at(fake, { user }));
          expect(out).toMatch(said);
          expect(out.trim().split('\n')).toHaveLength(1);
          expect(code).toBe(1);
        }
        const { code, out } = await run(at(fake));
        expect({ code, out }).toMatchObject({ code: 0 });
        expect(out).toContain(`"log":"kurrentdb://localhost:${fake.port}"`);
      },
      testTimeoutMs,
    );
  });
});
