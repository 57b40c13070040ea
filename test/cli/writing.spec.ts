import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { answerOf, runAgainst, type Request } from './fake-terminal.js';
import { revision } from './shapes.js';

const filed = {
  id: 'rep_1',
  epoch: 'e1',
  position: '42',
  figures: [{ id: 'f1', cell: 'killed/hostages' }],
  revisions: [revision()],
  warnings: [{ code: 'largeJump', pointer: '/figures/0', detail: '30 after 12.', related: ['f0'] }],
};
const accepts = () => answerOf(filed, 201);
const repeats = () => answerOf(filed, 201, { 'idempotency-replayed': 'true' });
const gateway = () => ({ status: 502, headers: {}, text: '<html>Bad Gateway</html>' });
const makesKey = () => answerOf({ id: 'key_1', secret: 'tbk_abc' }, 201);
const keyOf = (request: Request | undefined) => request?.headers['idempotency-key'];
const report = '{"outlet": "APA", "publishedAt": "2013-01-18", "figures": []}';

describe('tollbook file', () => {
  test('sends the text as it is and shows what it did', async () => {
    const { code, out, requests } = await runAgainst(accepts, ['file', 'x-2013', '-'], { input: report });
    expect(code).toBe(0);
    expect(requests).toMatchObject([{ method: 'POST', path: '/v1/incidents/x-2013/reports', body: report }]);
    expect(out).toContain('Filed rep_1 at position 42, 1 figure\n  f1  killed/hostages\n');
    expect(out).toContain('– → 30');
    expect(out).toContain('Warnings:\n  /figures/0 largeJump: 30 after 12. (see f0)');
  });

  test('the key comes from what the report says, not from how it is laid out', async () => {
    const keys = new Set<string | undefined>();
    for (const input of [report, `${report}\n`, '{"figures":[],"publishedAt":"2013-01-18","outlet":"APA"}']) {
      const { requests } = await runAgainst(accepts, ['file', 'x-2013', '-'], { input });
      keys.add(keyOf(requests[0]));
    }
    expect(keys.size).toBe(1);
    expect([...keys][0]).toMatch(/^content-[0-9a-f]{40}$/u);
    const other = await runAgainst(accepts, ['file', 'x-2013', '-'], { input: report.replace('18', '19') });
    expect(keys).not.toContain(keyOf(other.requests[0]));
    const given = await runAgainst(accepts, ['file', 'x-2013', '-', '--idempotency-key', 'k'], { input: report });
    expect(keyOf(given.requests[0])).toBe('k');
  });

  test('a repeat is told as one', async () => {
    const { out } = await runAgainst(repeats, ['file', 'x-2013', '-'], { input: report });
    expect(out).toContain('Already filed, nothing stored again: rep_1');
  });

  test('a dry run asks for one and shows no ids', async () => {
    const { out, requests } = await runAgainst(accepts, ['file', 'x-2013', '-', '--dry-run'], { input: report });
    expect(requests[0]?.path).toBe('/v1/incidents/x-2013/reports?dryRun=true');
    expect(keyOf(requests[0])).toBeUndefined();
    expect(out).toContain('Would be filed (dry run, nothing stored)');
    expect(out).not.toContain('f1');
  });

  test('reads a file, and text that is no JSON is left to the service to refuse', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'tollbook-cli-')), 'report.json');
    await writeFile(file, '\ufeff{"outlet": ');
    const { requests } = await runAgainst(accepts, ['file', 'x-2013', file]);
    expect(requests[0]?.body).toBe('{"outlet": ');
  });
});

describe('what fails', () => {
  const refusal = {
    type: 'urn:tollbook:problem:invalid-report',
    title: 'The report breaks a rule',
    status: 422,
    detail: 'The report cannot be filed',
    errors: [{ pointer: '/figures/0/quantity/value', rule: 'min 0', detail: 'is below 0' }],
  };
  const refuses = () => answerOf(refusal, 422);

  test('a refusal is said in sentences, with the field and the rule, and ends with 1', async () => {
    const { code, out, err } = await runAgainst(refuses, ['file', 'x-2013', '-'], { input: report });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toBe(
      'The report breaks a rule. The report cannot be filed.\n  /figures/0/quantity/value: is below 0 (min 0)\n',
    );
  });

  test('with --json the problem is on standard output as well, as the service gave it', async () => {
    const { code, out } = await runAgainst(refuses, ['file', 'x-2013', '-', '--json'], { input: report });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(refusal);
  });

  test('an answer that is no problem is quoted', async () => {
    const { code, err } = await runAgainst(gateway, ['tally', 'x-2013']);
    expect(code).toBe(1);
    expect(err).toContain('502: <html>Bad Gateway</html>');
  });

  test('a file that is not there, or not UTF-8, is told by name', async () => {
    const missing = await runAgainst(accepts, ['file', 'x-2013', '/nowhere/report.json']);
    expect(missing).toMatchObject({ code: 1, requests: [] });
    expect(missing.err).toContain('/nowhere/report.json');
    const broken = await runAgainst(accepts, ['file', 'x-2013', '-'], { input: Buffer.from([0x22, 0xff, 0x22]) });
    expect(broken).toMatchObject({ code: 1, requests: [] });
    expect(broken.err).toContain('Standard input is not valid UTF-8');
  });

  test.each([
    [[]],
    [['nonsense']],
    [['tally']],
    [['tally', 'x', 'y']],
    [['tally', 'x', '--colour']],
    [['tally', 'x', '--at', 'noon']],
    [['tally', 'x', '--cell', 'a/b', '--explain', 'a/b']],
    [['revisions', 'x', '--limit', '0']],
    [['revisions', 'x', '--order', 'sideways']],
    [['replay', 'x', '--speed', '-1']],
    [['keys', 'create', '--desk', 'a']],
    [['keys', 'create', '--desk', 'a', '--role', 'owner']],
    [['incident', 'close', 'x']],
    [['incident']],
  ])('wrong usage %j ends with 2 and asks the service nothing', async (args) => {
    const { code, err, out, requests } = await runAgainst(accepts, args);
    expect(code).toBe(2);
    expect(err).not.toBe('');
    expect(out).toBe('');
    expect(requests).toEqual([]);
  });

  test.each([[['--help']], [['tally', '--help']], [['help', 'keys']]])(
    '%j is help on standard output',
    async (args) => {
      const { code, out, err } = await runAgainst(accepts, args);
      expect(code).toBe(0);
      expect(out).toContain('Usage: tollbook');
      expect(err).toBe('');
    },
  );
});

describe('tollbook incident and keys', () => {
  const incident = {
    slug: 'x-2013',
    title: 'X',
    place: 'Y',
    from: '2013-01-16',
    to: null,
    home: 'DZ',
    method: 'most-authoritative/1',
    lexicon: 'plain/1',
    headline: 'killed/side:victims',
    groups: [
      { id: 'hostages', side: 'victims' },
      { id: 'all-of-them', of: ['hostages'] },
    ],
    status: 'open',
    position: '1',
  };

  const answer = () => answerOf(incident, 200, { etag: '"7"' });

  test('an amendment answers to the incident as it stands', async () => {
    const { requests, out } = await runAgainst(answer, ['incident', 'close', 'x-2013', '--reason', 'over']);
    expect(requests.map(({ method, headers }) => [method, headers['if-match']])).toEqual([
      ['GET', undefined],
      ['PATCH', '"7"'],
    ]);
    expect(requests[1]?.body).toEqual({ status: 'closed', reason: 'over' });
    expect(out).toContain('groups: hostages (victims); all-of-them (of hostages)');
    const given = await runAgainst(answer, ['incident', 'reopen', 'x-2013', '--reason', 'r', '--if-match', '"3"']);
    expect(given.requests.map(({ headers }) => headers['if-match'])).toEqual(['"3"']);
  });

  test('opening twice is one request to the service', async () => {
    const input = JSON.stringify(incident);
    const { requests } = await runAgainst(() => answerOf(incident, 201), ['incident', 'open', '-'], { input });
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/v1/incidents', body: input });
    expect(keyOf(requests[0])).toMatch(/^content-/u);
  });

  test('a secret is the only thing on standard output', async () => {
    const args = ['keys', 'create', '--role', 'desk', '--desk', 'paris', '--person', 'A', '--expires-at', '2030-01-01'];
    const { out, err, requests } = await runAgainst(makesKey, args);
    expect(out).toBe('tbk_abc\n');
    expect(err).toContain('Key key_1 made');
    expect(requests[0]?.body).toEqual({ role: 'desk', desk: 'paris', person: 'A', expiresAt: '2030-01-01' });
  });

  test('the sample shows progress only where a person reads it', async () => {
    const figures = Array.from({ length: 30 }, (_, place) => ({ id: `f${place}`, cell: 'c' }));
    const takes = () => answerOf({ ...filed, figures }, 201);
    const quiet = await runAgainst(takes, ['sample', '--json']);
    expect(quiet.err).toBe('');
    expect(JSON.parse(quiet.out)).toMatchObject({ incident: 'in-amenas-2013', reports: 32, repeated: 0 });
    const watched = await runAgainst(takes, ['sample'], { errIsTerminal: true });
    expect(watched.err).toContain('Filing the sample: 32 of 32');
    expect(watched.out).toMatch(/^Filed in-amenas-2013: 32 reports with/u);
  });
});
