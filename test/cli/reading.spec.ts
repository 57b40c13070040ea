import { describe, expect, test } from '@jest/globals';
import { answerOf, runAgainst } from './fake-terminal.js';
import { estimate, revision, tally } from './shapes.js';

const always =
  (body: unknown, status = 200) =>
  () =>
    answerOf(body, status);

describe('tollbook tally', () => {
  test('shows each cell with its range, status and phrase', async () => {
    const { code, out } = await runAgainst(always(tally()), ['tally', 'x-2013']);
    expect(code).toBe(0);
    const [head, , titles, row] = out.split('\n');
    expect(head).toBe('x-2013 at position 42 (most-authoritative/1, plain/1, rules 1)');
    expect(titles?.split(/ {2,}/u)).toEqual(['CELL', 'BEST', 'REPORTED', 'CONFIRMED', 'STATUS', 'IN WORDS']);
    expect(row?.split(/ {2,}/u)).toEqual([
      'killed/hostages',
      '30',
      '12–30',
      '1',
      'single-source',
      '30, an Algerian security source said',
    ]);
  });

  test('says what cannot all be true, and that a tally is stale', async () => {
    const body = tally({
      contradictions: [{ cells: ['killed/hostages', 'killed/all'], figures: ['f1'], text: '30 are more than 20.' }],
      stale: { position: '40', error: 'unknown event' },
    });
    const { out } = await runAgainst(always(body), ['tally', 'x-2013']);
    expect(out).toContain('STALE: stands as of position 40');
    expect(out).toContain('Cannot all be true:\n  30 are more than 20.\n    (killed/hostages, killed/all)\n');
  });

  test('hands every choice of time and method to the service', async () => {
    const args = ['tally', 'x-2013', '--method', 'range/1', '--at', '7', '--known-at', '2013-01-18T00:00:00+01:00'];
    const { requests } = await runAgainst(always(tally()), [...args, '--published-by', '2013-01-17', '--lang', 'fr']);
    expect(requests.map(({ path }) => path)).toEqual([
      '/v1/incidents/x-2013/tally?method=range%2F1&at=7&knownAt=2013-01-18T00%3A00%3A00%2B01%3A00&publishedBy=2013-01-17&lang=fr',
    ]);
  });

  test('--json is the very text of the answer', async () => {
    const { out } = await runAgainst(always(tally()), ['tally', 'x-2013', '--json']);
    expect(out).toBe(`${JSON.stringify(tally())}\n`);
  });

  test('one cell of the tally, or none of that name', async () => {
    const cell = 'killed/hostages/nationality=JP';
    const body = tally({ cells: [estimate(), estimate({ cell })] });
    const { out } = await runAgainst(always(body), ['tally', 'x-2013', '--cell', cell, '--json']);
    expect(JSON.parse(out)).toEqual({ ...body, cells: [estimate({ cell })] });
    const missing = await runAgainst(always(body), ['tally', 'x-2013', '--cell', 'killed/nobody']);
    expect(missing).toMatchObject({ code: 1, out: '' });
    expect(missing.err).toContain('no cell killed/nobody');
  });

  test('--explain leads from the number to the figures behind it', async () => {
    const explained = {
      estimate: estimate({ computed: { low: 12, high: 12, point: 12 } }),
      rule: { method: 'most-authoritative/1', text: 'The newest statement of the highest kind.' },
      pin: {
        best: { low: 30, high: 30 },
        reason: 'agreed',
        by: { desk: 'paris', person: 'A' },
        at: '2013-01-19T10:00:00Z',
      },
      statements: [
        {
          origin: 'ministry',
          kind: 'authority',
          saidAt: '2013-01-19T15:00:00Z',
          interval: { low: 30, high: 30 },
          basis: 'total',
          figures: ['f1'],
          use: 'best',
          by: null,
        },
        {
          origin: 'ministry',
          kind: 'authority',
          saidAt: '2013-01-18T15:00:00Z',
          interval: { low: 12, high: null },
          basis: 'partial',
          figures: ['f2'],
          use: 'superseded',
          by: 'f1',
        },
      ],
      impliedBy: [{ bound: 'low', value: 15, cells: [], text: 'At least 15, since its parts come to 15.' }],
    };
    const figures = {
      data: [
        {
          id: 'f2',
          attribution: [{ name: 'the Ministry of the Interior', kind: 'authority' }],
          outlet: 'Agency',
          publishedAt: '2013-01-18T16:00:00Z',
          url: 'https://agency.example/1',
          words: 'a dozen counted',
          interval: { low: 12, high: 12 },
          of: [],
          hedged: false,
          state: 'superseded',
        },
      ],
      hasMore: false,
      next: null,
    };
    const args = ['tally', 'x-2013', '--explain', 'killed/hostages'];
    const { out, requests } = await runAgainst(
      ({ path }) => answerOf(path.includes('/figures') ? figures : explained),
      args,
    );
    expect(requests.map(({ path }) => path)).toEqual([
      '/v1/incidents/x-2013/cells/killed%2Fhostages',
      '/v1/incidents/x-2013/figures?cell=killed%2Fhostages&limit=1000',
    ]);
    expect(out).toContain('killed/hostages: 30, an Algerian security source said');
    expect(out).toContain(
      'The best estimate is 30, as of 2013-01-17 22:00Z. It rests on 1 independent source. At least 1 is confirmed. ' +
        'What was reported and is not overtaken goes from 12 to 30. Together with the other cells it can be at least 15.',
    );
    expect(out).toContain('Without the pin it would be 12.');
    expect(out).toContain('Rule (most-authoritative/1): The newest statement of the highest kind.');
    expect(out).toContain('Pinned to 30 by A, paris on 2013-01-19 10:00Z: agreed');
    expect(out).toContain(
      '  2013-01-18 15:00Z: the Ministry of the Interior (authority) said at least 12, counted so far. ' +
        'It was replaced by what the same speaker said at 2013-01-19 15:00Z: 30.\n' +
        '    “a dozen counted”, Agency, 2013-01-18 16:00Z, https://agency.example/1 (figure f2)\n',
    );
    // A figure that the list does not have is named by its id.
    expect(out).toContain('ministry (authority) said 30. It makes the estimate.\n    figure f1\n');
    expect(out).toContain('What follows from other cells:\n  At least 15, since its parts come to 15.\n');
  });

  test('--explain with --json is the service’s answer alone', async () => {
    const explained = { estimate: estimate(), rule: {}, pin: null, statements: [], impliedBy: [] };
    const args = ['tally', 'x-2013', '--explain', 'killed/hostages', '--at', '7', '--json'];
    const { out, requests } = await runAgainst(always(explained), args);
    expect(requests.map(({ path }) => path)).toEqual(['/v1/incidents/x-2013/cells/killed%2Fhostages?at=7']);
    expect(JSON.parse(out)).toEqual(explained);
  });
});

describe('lists', () => {
  const pages = [
    { data: [revision({ number: '1' }), revision({ number: '2' })], hasMore: true, next: '2' },
    { data: [revision({ number: '3' })], hasMore: false, next: null },
  ];
  const paged = ({ path }: { path: string }) => answerOf(path.includes('after=2') ? pages[1] : pages[0]);

  test('every page is followed, and --json is one list', async () => {
    const { out, requests } = await runAgainst(paged, ['revisions', 'x-2013', '--cell', 'killed/hostages', '--json']);
    expect(requests.map(({ path }) => path)).toEqual([
      '/v1/incidents/x-2013/revisions?cell=killed%2Fhostages&limit=1000',
      '/v1/incidents/x-2013/revisions?cell=killed%2Fhostages&after=2&limit=1000',
    ]);
    expect(JSON.parse(out)).toMatchObject({
      data: [{ number: '1' }, { number: '2' }, { number: '3' }],
      hasMore: false,
    });
  });

  test('--limit ends early and says that there is more', async () => {
    const { out, requests } = await runAgainst(paged, ['revisions', 'x-2013', '--limit', '2', '--json']);
    expect(requests).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({ hasMore: true, next: '2' });
  });

  test('incidents show their headline in words', async () => {
    const incident = {
      slug: 'x-2013',
      title: 'X',
      from: '2013-01-16',
      status: 'open',
      headline: 'killed/side:victims',
    };
    const body = { data: [{ ...incident, headlineEstimate: estimate() }], hasMore: false, next: null };
    const { out } = await runAgainst(always(body), ['incident', 'list', '--q', 'x']);
    expect(out).toContain('killed/side:victims: 30, an Algerian security source said');
  });
});

describe('tollbook replay', () => {
  const list = {
    data: [
      revision({ number: '1', position: '5', recordedAt: '2013-01-18T04:00:00.000Z' }),
      revision({ number: '2', position: '9', recordedAt: '2013-01-18T04:00:10.000Z', before: estimate() }),
      revision({
        number: '3',
        position: '12',
        recordedAt: '2013-01-18T04:00:10.000Z',
        before: estimate(),
        after: estimate({ best: { low: 12, high: 12, point: 12 } }),
        direction: 'down',
        fall: true,
        reason: 'unexplained',
        unexplained: true,
      }),
    ],
    hasMore: false,
    next: null,
  };

  test('prints each revision on a line and marks the fall that nobody explained', async () => {
    const { out, pauses } = await runAgainst(always(list), ['replay', 'x-2013']);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain(
      '1  2013-01-18 04:00Z (published 2013-01-18 04:00Z)  killed/hostages  – → 30  first, newFigure: 30, an Algerian',
    );
    expect(lines[2]).toContain('30 → 12  down, fall, UNEXPLAINED FALL');
    expect(lines[3]).toBe('3 revisions, 1 unexplained.');
    expect(pauses).toEqual([]);
  });

  test('--at keeps to whole filings up to a position', async () => {
    const { out } = await runAgainst(always(list), ['replay', 'x-2013', '--at', '11', '--json']);
    expect(JSON.parse(out)).toEqual({ data: list.data.slice(0, 2), hasMore: false, next: null });
  });

  test('--speed waits as it was then, so many times faster', async () => {
    const { pauses } = await runAgainst(always(list), ['replay', 'x-2013', '--speed', '20']);
    expect(pauses).toEqual([500]);
  });

  test('colours only a terminal that wants colours', async () => {
    const red = '\u001b[31m';
    expect((await runAgainst(always(list), ['replay', 'x-2013'], { columns: 200 })).out).toContain(red);
    expect((await runAgainst(always(list), ['replay', 'x-2013'])).out).not.toContain(red);
    const plain = await runAgainst(always(list), ['replay', 'x-2013'], { columns: 200, env: { NO_COLOR: '1' } });
    expect(plain.out).not.toContain(red);
  });
});
