import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runHere } from './fake-terminal.js';
import { freePort, serve, tollbook, tollbookOnFullDisk, type Served } from './process.js';

/*
 * The command line as a person runs it: built, as a process, against a service that is another process, and then on
 * the log itself once that service has ended.
 */

const slug = 'in-amenas-2013';
const incident = {
  slug: 'x-2016',
  title: 'X',
  place: 'Y',
  from: '2016-03-22',
  groups: [{ id: 'people', side: 'victims' }],
};
const report = {
  outlet: 'APA',
  publishedAt: '2016-03-22T12:00:00Z',
  attribution: [{ name: 'Ministry', kind: 'authority' }],
  figures: [{ measure: 'killed', group: 'people', quantity: { kind: 'exactly', value: 30 } }],
};

let directory: string;
let log: Readonly<Record<string, string>>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollbook-cli-'));
  log = { TOLLBOOK_LOG: `embedded:${directory}`, TOLLBOOK_PORT: await freePort() };
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

test('an answer that cannot be written is told in one line, and is a failure', async () => {
  const ended = await tollbookOnFullDisk(['keys', 'list', '--json'], { TOLLBOOK_LOG: `embedded:${directory}/full` });
  expect(ended.code).toBe(1);
  expect(ended.err).toMatch(/^The output cannot be written: ENOSPC[^\n]*\n$/u);
});

describe('with a service that runs', () => {
  let served: Served;
  const run = (args: readonly string[], input?: string) => tollbook(args, { TOLLBOOK_URL: served.url }, input);

  beforeAll(async () => {
    served = await serve({ ...log, TOLLBOOK_PORT: '0' });
  });

  afterAll(async () => {
    await served.stop();
  });

  test('the sample is filed, and filing it again changes nothing', async () => {
    const first = await run(['sample', '--json']);
    expect(first).toMatchObject({ code: 0, err: '' });
    const filed: unknown = JSON.parse(first.out);
    expect(filed).toMatchObject({ incident: slug, reports: 32, figures: 106, repeated: 0 });
    const before = await run(['tally', slug, '--json']);
    expect(await run(['sample'])).toMatchObject({ code: 0, out: expect.stringContaining('nothing filed again') });
    expect(await run(['tally', slug, '--json'])).toEqual(before);
  });

  test('--json is what the service answers', async () => {
    const cases: [readonly string[], string][] = [
      [['tally', slug], `/v1/incidents/${slug}/tally`],
      [
        ['tally', slug, '--method', 'most-recent/1', '--at', '60'],
        `/v1/incidents/${slug}/tally?method=most-recent/1&at=60`,
      ],
      [['tally', slug, '--explain', 'killed/hostages'], `/v1/incidents/${slug}/cells/killed%2Fhostages`],
      [['revisions', slug], `/v1/incidents/${slug}/revisions?limit=1000`],
      [['replay', slug], `/v1/incidents/${slug}/revisions?limit=1000`],
      [['incident', 'show', slug], `/v1/incidents/${slug}`],
      [['incident', 'list'], '/v1/incidents'],
      [['keys', 'list'], '/v1/keys'],
    ];
    for (const [args, path] of cases) {
      const { code, out } = await run([...args, '--json']);
      const answer = await fetch(new URL(path, served.url));
      expect({ args, code, body: JSON.parse(out) }).toEqual({ args, code: 0, body: await answer.json() });
    }
  });

  test('an incident is opened, filed into and closed', async () => {
    expect(await run(['incident', 'open', '-'], JSON.stringify(incident))).toMatchObject({ code: 0 });
    const dry = await run(['file', 'x-2016', '-', '--dry-run'], JSON.stringify(report));
    expect(dry.out).toContain('dry run');
    expect((await run(['tally', 'x-2016'])).out).toContain('No figures yet.');
    const filed = await run(['file', 'x-2016', '-'], JSON.stringify(report));
    expect(filed.out).toMatch(/^Filed rep_/u);
    expect((await run(['file', 'x-2016', '-'], JSON.stringify(report))).out).toMatch(/^Already filed/u);
    expect((await run(['tally', 'x-2016', '--cell', 'killed/people'])).out).toContain('killed/people');
    const closed = await run(['incident', 'close', 'x-2016', '--reason', 'over']);
    expect(closed).toMatchObject({ code: 0, out: expect.stringContaining('(x-2016), closed') });
    const late = await run(['file', 'x-2016', '-', '--idempotency-key', 'late'], JSON.stringify(report));
    expect(late).toMatchObject({ code: 1, out: '', err: expect.stringContaining('closed') });
    expect(await run(['incident', 'reopen', 'x-2016', '--reason', 'again'])).toMatchObject({ code: 0 });
  });

  test('a refusal names the field and the rule, and ends with 1', async () => {
    const wrong = { ...report, figures: [{ ...report.figures[0], quantity: { kind: 'exactly', value: -1 } }] };
    const { code, out, err } = await run(['file', 'x-2016', '-'], JSON.stringify(wrong));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/\/figures\/0\/quantity\/value: .+\(min 0\)/u);
    expect(await run(['tally', 'nowhere'])).toMatchObject({ code: 1, err: expect.stringContaining('incident') });
    expect(await run(['tally'])).toMatchObject({ code: 2, out: '' });
  });

  test('the log cannot be opened beside it, and the message says what to do', async () => {
    const { code, out, err } = await tollbook(['tally', slug], log);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/in use.*--url/u);
  });

  test('a log that the environment names and nobody has is opened, whatever answers on the port', async () => {
    const other = await mkdtemp(join(tmpdir(), 'tollbook-cli-other-'));
    try {
      const beside = { TOLLBOOK_LOG: `embedded:${other}`, TOLLBOOK_PORT: new URL(served.url).port };
      // Nothing is there yet: whoever means a new log starts a service on it.
      expect((await tollbook(['tally', slug, '--json'], beside)).code).toBe(0);
      const alone = { ...beside, TOLLBOOK_PORT: await freePort() };
      expect((await tollbook(['incident', 'open', '-'], alone, JSON.stringify(incident))).code).toBe(0);
      const before = await run(['incident', 'show', 'x-2016', '--json']);
      expect(await tollbook(['file', 'x-2016', '-'], beside, JSON.stringify(report))).toMatchObject({ code: 0 });
      expect((await tollbook(['tally', 'x-2016'], beside)).out).toContain('killed/people');
      expect(await tollbook(['tally', slug], beside)).toMatchObject({ code: 1, out: '' });
      expect(await run(['incident', 'show', 'x-2016', '--json'])).toEqual(before);
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });

  test('it ends well when it is told to', async () => {
    expect(await served.stop()).toBe(0);
  });
});

describe('without a service', () => {
  // In this process, which has loaded the application already; but for the first, to see that it ends by itself.
  const run = (args: readonly string[], key?: string) =>
    runHere(args, { env: { ...log, ...(key === undefined ? {} : { TOLLBOOK_KEY: key }) } });

  test('the log is opened here and says the same', async () => {
    const { code, out, err } = await tollbook(['tally', slug, '--cell', 'killed/hostages', '--json'], log);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      incident: slug,
      cells: [{ cell: 'killed/hostages', status: 'corroborated' }],
    });
    expect(await run(['sample'])).toMatchObject({ code: 0, out: expect.stringContaining('nothing filed again') });
    const replay = await run(['replay', slug]);
    expect(replay.out).toMatch(/killed\/militants .* 32 → 29 .*UNEXPLAINED FALL/u);
  });

  test('keys are made, used and revoked, and this machine never locks itself out', async () => {
    const made = await run(['keys', 'create', '--role', 'reader', '--desk', 'paris', '--json']);
    expect(made.code).toBe(0);
    const { id, secret } = JSON.parse(made.out) as Record<'id' | 'secret', string>;
    expect(secret).toMatch(/^tbk_/u);
    expect(await run(['tally', slug], secret)).toMatchObject({ code: 0 });
    expect(await run(['keys', 'list'], secret)).toMatchObject({ code: 1, err: expect.stringContaining('admin') });
    expect(await run(['tally', slug], 'tbk_wrong')).toMatchObject({ code: 1 });
    const listed = await run(['keys', 'list']);
    expect(listed.out).toContain(id);
    expect(listed.out).not.toContain(secret);
    expect(await run(['keys', 'revoke', id])).toMatchObject({ code: 0 });
    expect(await run(['tally', slug], secret)).toMatchObject({ code: 1 });
    expect(await run(['keys', 'create', '--role', 'admin', '--desk', 'ops'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^tbk_\S+\n$/u),
    });
  });

  test('a service that is named and not there is a failure, not another log', async () => {
    const url = `http://127.0.0.1:${log['TOLLBOOK_PORT']}`;
    const { code, out, err } = await run(['tally', slug, '--url', url]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`No Tollbook service answers at ${url}`);
  });
});
