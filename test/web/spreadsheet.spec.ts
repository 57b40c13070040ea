import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../web/src/api/shapes.js';
import { contentKey } from '../../web/src/desk/spreadsheet/content-key.js';
import { fileSheet, type ReportOutcome } from '../../web/src/desk/spreadsheet/file-sheet.js';
import { cellOfPointer, groupReports } from '../../web/src/desk/spreadsheet/group-reports.js';
import { parseTable } from '../../web/src/desk/spreadsheet/parse-table.js';
import { readRow, type Matching } from '../../web/src/desk/spreadsheet/read-rows.js';
import { readTime } from '../../web/src/desk/spreadsheet/read-values.js';
import { guessRoles } from '../../web/src/desk/spreadsheet/roles.js';

const scheme: Pick<Incident, 'home' | 'groups' | 'measures' | 'breakdowns'> = {
  home: 'DZ',
  groups: [
    { id: 'hostages', side: 'victims' },
    { id: 'militants', side: 'perpetrators' },
  ],
};

const read = (text: string, members: Partial<Matching> = {}) => {
  const sheet = parseTable(text);
  const matching: Matching = { roles: guessRoles(sheet, scheme), defaults: {}, dateOrder: '', ...members };
  return groupReports(
    'x-2013',
    sheet.rows.map((row) => readRow(row, matching, scheme)),
  );
};

const bodies = (text: string, members: Partial<Matching> = {}): readonly unknown[] =>
  read(text, members).reports.map(({ body }) => JSON.parse(body(() => undefined)));

describe('a table out of a spreadsheet', () => {
  it.each([
    ['commas', 'a,b\n1,"x, y"\n'],
    ['semicolons', 'a;b\r\n1;"x, y"\r\n'],
    ['tabs', 'a\tb\n1\tx, y'],
  ])('is read with %s', (_name, text) => {
    expect(parseTable(text)).toMatchObject({
      headers: ['a', 'b'],
      tags: ['', ''],
      rows: [{ line: 2, cells: ['1', 'x, y'] }],
    });
  });

  it('knows a row of HXL tags, with headers above or without', () => {
    const both = parseTable('Source,Dead\n#source,#affected+killed\nBBC,3');
    expect(both).toMatchObject({ headers: ['Source', 'Dead'], tags: ['#source', '#affected+killed'] });
    expect(both.rows).toEqual([{ line: 3, cells: ['BBC', '3'] }]);
    const bare = parseTable('#source,#affected +killed\nBBC,3');
    expect(bare.tags).toEqual(['#source', '#affected+killed']);
    expect(bare.rows).toHaveLength(1);
  });

  it('takes off the apostrophe that an export put before what looks like a formula', () => {
    expect(parseTable("outlet\n'@afp\n'tis").rows.map(({ cells }) => cells[0])).toEqual(['@afp', "'tis"]);
  });
});

describe('the columns', () => {
  it('are matched by headers, tags, measures and parts', () => {
    const sheet = parseTable(
      'Newspaper,Date,Said by,Kind of source,Dead,Wounded,Sex,Remarks\n#source,#date+reported,#source+speaker,,#affected+killed,#affected+injured,#population+sex,\n',
    );
    expect(guessRoles(sheet, scheme)).toEqual([
      'outlet',
      'publishedAt',
      'speaker',
      'kind',
      'count:killed',
      'count:injured',
      'part:sex',
      '',
    ]);
  });

  it('of our own export are all known, and no number is taken twice', () => {
    const headers =
      'outlet,url,published_at,stated_at,speaker,kind,named,speaker_id,body,relays,cell,measure,group,side,nationality,quantity,value,value_high,word,words,basis,of,hedged,state,low,high,origin,id,report,position';
    const roles = guessRoles(parseTable(`${headers}\n`), scheme);
    expect(roles.filter((role) => role !== '')).toEqual(
      'outlet url publishedAt statedAt speaker kind named speakerId body relays cell quantity value valueHigh word words basis of hedged state id report'.split(
        ' ',
      ),
    );
  });
});

describe('a time in a cell', () => {
  it.each([
    ['2013-01-18', '', '2013-01-18'],
    ['2013-01-18 04:00', '', '2013-01-18T04:00:00Z'],
    ['2013-01-18T04:00:30+01:00', '', '2013-01-18T04:00:30+01:00'],
    ['18/01/2013', 'dmy', '2013-01-18'],
    ['1/18/2013', 'mdy', '2013-01-18'],
  ] as const)('%s (%s)', (text, order, value) => {
    expect(readTime(text, order)).toEqual({ value });
  });

  it.each(['18/01/2013', '2013-02-30', 'last Friday', '2013-01-18 25:00'])('is not guessed: %s', (text) => {
    expect(readTime(text, '')).toHaveProperty('problem');
  });
});

const head = 'outlet,published,speaker,kind,figure\n';

describe('the rows', () => {
  it('of one article are one report; what one row has of its own stays its own', () => {
    const rows = [
      'outlet,url,published,said,speaker,kind,figure',
      'Reuters,https://a.example,2013-01-18,2013-01-17,Ministry,authority,at least 7 foreign hostages killed',
      'BBC,https://b.example,2013-01-19,,Coroner,authority,8 hostages killed',
      'Reuters,https://a.example,2013-01-18,,A witness,witness,dozens missing',
    ];
    expect(bodies(rows.join('\n'))).toEqual([
      {
        outlet: 'Reuters',
        url: 'https://a.example',
        publishedAt: '2013-01-18',
        attribution: [{ name: 'Ministry', kind: 'authority' }],
        figures: [
          expect.objectContaining({ quantity: { kind: 'atLeast', value: 7 }, statedAt: '2013-01-17' }),
          expect.objectContaining({ attribution: [{ name: 'A witness', kind: 'witness' }] }),
        ],
      },
      expect.objectContaining({ outlet: 'BBC', url: 'https://b.example' }),
    ]);
  });

  it('count several measures where columns do', () => {
    const [report] = bodies(
      'outlet,date,speaker,kind,group,killed,wounded\nBBC,2013-01-18,Ministry,authority,hostages,12–30,about 250',
    );
    expect(report).toMatchObject({
      figures: [
        { measure: 'killed', group: 'hostages', quantity: { kind: 'between', low: 12, high: 30 } },
        { measure: 'injured', group: 'hostages', quantity: { kind: 'about', value: 250 } },
      ],
    });
  });

  it('with a problem tell it at its cell, and their whole report waits', () => {
    const grouped = read(
      `${head}BBC,18/01/2013,Ministry,authority,3 killed\nAP,2013-01-18,,authority,hostages killed\nAP,2013-01-18,X,press,3 killed`,
    );
    expect(grouped.problems).toEqual([
      { line: 2, role: 'publishedAt', detail: expect.stringContaining('day or the month') },
      { line: 3, role: 'speaker', detail: expect.any(String) },
      { line: 3, role: 'line', detail: expect.stringContaining('how many') },
    ]);
    expect(grouped.reports).toEqual([]);
    expect(grouped.leftOut).toBe(3);
  });

  it('that were retracted are left out, and repeated ones are filed once', () => {
    const grouped = read(
      'outlet,published,speaker,kind,figure,state,report\nBBC,2013-01-18,X,press,3 killed,retracted,\nAP,2013-01-18,X,press,3 killed,,1\nAP,2013-01-18,X,press,3 killed,,2',
    );
    expect(grouped.reports).toHaveLength(1);
    expect(grouped.repeated).toBe(1);
    expect(grouped.problems).toEqual([]);
  });

  it('take what no column says from what was given for all', () => {
    const [report] = bodies('killed\n7', {
      defaults: { outlet: 'BBC', publishedAt: '2013-01-18', speaker: 'Ministry', kind: 'authority', group: 'hostages' },
    });
    expect(report).toMatchObject({ outlet: 'BBC', figures: [{ measure: 'killed', group: 'hostages' }] });
  });

  it('keep the cell that a refusal of the service names', () => {
    const [report] = read(`${head}BBC,2013-01-18,X,press,3 killed`).reports;
    expect(report === undefined ? null : cellOfPointer(report, '/figures/0/quantity/value')).toEqual({
      line: 2,
      role: 'line',
    });
    expect(report === undefined ? null : cellOfPointer(report, '/attribution/0/name')).toEqual({
      line: 2,
      role: 'speaker',
    });
  });
});

describe('filing a sheet', () => {
  it('gives equal reports equal keys, others others', () => {
    expect(contentKey('')).toBe('6c62272e07bb014262b821756295c58d');
    expect(contentKey('a')).toBe('d228cb696f1a8caf78912b704e4a8964');
    const text = `${head}BBC,2013-01-18,X,press,3 killed`;
    expect(read(text).reports[0]?.key).toBe(read(text).reports[0]?.key);
    expect(read(text).reports[0]?.key).not.toBe(read(text.replace('3 killed', '4 killed')).reports[0]?.key);
  });

  it('waits where the service is away, goes on, and names earlier figures by what they were filed under', async () => {
    const { reports } = read(
      'outlet,url,published,speaker,kind,figure,id,of\nBBC,https://a.example,2013-01-18,X,press,3 killed,one,\nAP,https://b.example,2013-01-19,X,press,3 killed,two,one',
    );
    const sent: { readonly key: string | null; readonly body: string }[] = [];
    const answers = [503, 201, 201];
    const fetch = (_path: unknown, init?: RequestInit): Promise<Response> => {
      const status = answers.shift() ?? 500;
      sent.push({
        key: new Headers(init?.headers).get('idempotency-key'),
        body: typeof init?.body === 'string' ? init.body : '',
      });
      const answer = {
        position: '1',
        revisions: [],
        warnings: [],
        figures: [{ id: `filed-${sent.length}`, cell: '' }],
      };
      return Promise.resolve(Response.json(status === 503 ? { title: 'away' } : answer, { status }));
    };
    const outcomes: ReportOutcome[] = [];
    const waits: (string | null)[] = [];
    await fileSheet(reports, {
      slug: 'x-2013',
      key: null,
      dryRun: false,
      signal: new AbortController().signal,
      onOutcome: (_report, outcome) => outcomes.push(outcome),
      onWaiting: (problem) => waits.push(problem?.title ?? null),
      fetch,
      againMs: 1,
    });
    expect(outcomes.map(({ state }) => state)).toEqual(['filed', 'filed']);
    expect(waits[0]).toBe('away');
    expect(sent.map(({ key }) => key)).toEqual([reports[0]?.key, reports[0]?.key, reports[1]?.key]);
    expect(JSON.parse(sent[2]?.body ?? '{}')).toMatchObject({ figures: [{ of: ['filed-2'] }] });
  });
});
