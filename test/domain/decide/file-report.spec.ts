import { describe, expect, test } from '@jest/globals';
import type { FigureAsFiled, ReportAsFiled } from '../../../src/domain/schema/report.js';
import { figureId, file, given, killed, open, report, reportId, timeOf } from '../given.js';

const uuidOfNothing = '11111111-1111-4111-8111-111111111111';

describe('a report', () => {
  test('is stored as what its figures share and each figure, in its order', () => {
    const figures = [
      killed(31, { words: 'thirty-one' }),
      killed(14, { breakdown: { place: 'airport' } }),
      killed(5, { basis: 'additional', of: ['#0'] }),
    ];
    given(open())
      .when(file(figures, { url: 'https://example.org/1', note: 'night wire' }))
      .thenStored(
        {
          type: 'ReportFiled',
          data: {
            report: reportId(1),
            outlet: 'Reuters',
            url: 'https://example.org/1',
            publishedAt: '2016-03-22T18:00:00Z',
            attribution: report([]).attribution,
            note: 'night wire',
            bodyHash: 'ab'.repeat(32),
            figures: 3,
          },
        },
        {
          type: 'FigureReported',
          data: {
            figure: figureId(1, 0),
            report: reportId(1),
            place: 0,
            measure: 'killed',
            group: 'civilians',
            quantity: { kind: 'exactly', value: 31 },
            words: 'thirty-one',
          },
        },
        {
          type: 'FigureReported',
          data: {
            figure: figureId(1, 1),
            report: reportId(1),
            place: 1,
            measure: 'killed',
            group: 'civilians',
            breakdown: { place: 'airport' },
            quantity: { kind: 'exactly', value: 14 },
          },
        },
        {
          type: 'FigureReported',
          data: {
            figure: figureId(1, 2),
            report: reportId(1),
            place: 2,
            measure: 'killed',
            group: 'civilians',
            quantity: { kind: 'exactly', value: 5 },
            basis: 'additional',
            of: [figureId(1, 0)],
          },
        },
      );
  });

  test('carries in every event when, by whom and in which filing it was filed', () => {
    const { decision, thenEvents } = given(open()).when(file([killed(1), killed(2)]));
    expect(decision).toMatchObject({ kind: 'events', subject: { report: reportId(1) } });
    const events = thenEvents();
    expect(events.map(({ meta }) => [meta.place, meta.size])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
    expect(events[1]).toMatchObject({
      id: figureId(1, 0),
      meta: { recordedAt: timeOf(1), desk: 'night', person: null, correlationId: 'request-1' },
    });
  });

  test('is never recorded before the event that it follows, whatever the clock says', () => {
    const [first] = given(open())
      .when(file([killed(1)]), { now: '2016-03-24T00:00:00.000Z' })
      .thenEvents();
    expect(first?.meta.recordedAt).toBe(timeOf(0));
  });

  test('is stored in one order of members, whatever the order in which it came', () => {
    const figure: FigureAsFiled = {
      statedAt: '2016-03-22',
      quantity: { kind: 'exactly', value: 1 },
      breakdown: { sex: 'female', nationality: 'BE' },
      group: 'civilians',
      measure: 'killed',
    };
    const [, reported] = given(open())
      .when(file([figure]))
      .thenEvents();
    expect(JSON.stringify(reported?.data)).toContain(
      '"measure":"killed","group":"civilians","breakdown":{"nationality":"BE","sex":"female"},"quantity":{"kind":"exactly","value":1},"statedAt":"2016-03-22"',
    );
  });
});

test('a basis of the report is that of each figure without one of its own', () => {
  const figures = [killed(31), killed(40, { basis: 'total' }), killed(5, { basis: 'additional', of: ['#1'] })];
  const filed = given(open())
    .when(file(figures, { basis: 'partial' }))
    .thenEvents();
  expect(filed.map(({ data }) => ('basis' in data ? data.basis : null))).toEqual([
    null,
    'partial',
    'total',
    'additional',
  ]);
});

describe('a report is refused', () => {
  test('where there is no incident', () => {
    given()
      .when(file([killed(1)]))
      .thenRefused('incident-not-found');
  });

  test('where the incident is closed, until it is reopened', () => {
    const closed = { kind: 'amendIncident', patch: { status: 'closed', reason: 'over' } } as const;
    given(open(), closed)
      .when(file([killed(1)]))
      .thenRefused('incident-closed');
    const { decision } = given(open(), closed, {
      kind: 'amendIncident',
      patch: { status: 'open', reason: 'an inquest' },
    }).when(file([killed(1)]));
    expect(decision.kind).toBe('events');
  });

  test('where it has more figures than one filing may', () => {
    given(open())
      .when(file(Array.from({ length: 501 }, () => killed(1))))
      .thenRefused('too-many-figures');
  });

  test.each<[string, Partial<FigureAsFiled>, string, string]>([
    ['an undeclared group', { group: 'passengers' }, '/figures/0/group', 'declared group'],
    ['an undeclared measure', { measure: 'rescued' }, '/figures/0/measure', 'declared measure'],
    ['a measure that every object has', { measure: 'constructor' }, '/figures/0/measure', 'declared measure'],
    ['an unknown country', { breakdown: { nationality: 'XX' } }, '/figures/0/breakdown/nationality', 'known country'],
    [
      'a country in lower case',
      { breakdown: { nationality: 'be' } },
      '/figures/0/breakdown/nationality',
      'known country',
    ],
    ['a value not declared', { breakdown: { place: 'bus' } }, '/figures/0/breakdown/place', 'declared value'],
    [
      'an undeclared key with a value that is no slug',
      { breakdown: { role: 'Staff' } },
      '/figures/0/breakdown/role',
      'lower-case slug',
    ],
    [
      'a word that the lexicon lacks',
      { quantity: { kind: 'vague', word: 'umpteen' } },
      '/figures/0/quantity/word',
      'word of the lexicon',
    ],
    [
      'a statement after its publication',
      { statedAt: '2016-03-22T18:00:01Z' },
      '/figures/0/statedAt',
      'not after publishedAt',
    ],
    [
      'a statement on the day after its publication',
      { statedAt: '2016-03-23' },
      '/figures/0/statedAt',
      'not after publishedAt',
    ],
    ['of with a total', { of: [figureId(1)] }, '/figures/0/of', 'only with additional or sum'],
    [
      'of with a partial count',
      { basis: 'partial', of: [figureId(1)] },
      '/figures/0/of',
      'only with additional or sum',
    ],
    ['of naming nothing', { basis: 'sum', of: [uuidOfNothing] }, '/figures/0/of/0', 'figure filed before'],
    ['of naming itself', { basis: 'sum', of: ['#0'] }, '/figures/0/of/0', 'earlier figure of this report'],
    ['of naming a later figure', { basis: 'sum', of: ['#1'] }, '/figures/0/of/0', 'earlier figure of this report'],
    [
      'of with a reference that is none',
      { basis: 'sum', of: ['#00'] },
      '/figures/0/of/0',
      'earlier figure of this report',
    ],
    [
      'an increment on several',
      { basis: 'additional', of: [figureId(1), figureId(1, 1)] },
      '/figures/0/of',
      'one figure',
    ],
    [
      'an increment on another cell',
      { basis: 'additional', of: [figureId(1)], measure: 'injured' },
      '/figures/0/of/0',
      'same cell',
    ],
    ['a figure named twice', { basis: 'sum', of: [figureId(1), figureId(1)] }, '/figures/0/of/1', 'unique'],
  ])('with %s', (_name, figure, pointer, rule) => {
    given(open(), file([killed(10), killed(11)]))
      .when(file([killed(1, figure), killed(2)]))
      .thenRefused('invalid-report', [pointer, rule]);
  });

  test('with every error named, not only the first', () => {
    given(open())
      .when(
        file(
          [killed(1, { group: 'nobody', breakdown: { nationality: 'XX' } }), killed(2), killed(3, { measure: 'lost' })],
          {
            statedAt: '2016-03-23T00:00:00Z',
          },
        ),
      )
      .thenRefused(
        'invalid-report',
        ['/statedAt', 'not after publishedAt'],
        ['/figures/0/group', 'declared group'],
        ['/figures/0/breakdown/nationality', 'known country'],
        ['/figures/2/measure', 'declared measure'],
      );
  });

  test.each<[string, Partial<ReportAsFiled>, string, string]>([
    ['published tomorrow', { publishedAt: '2016-03-26T12:00:00Z' }, '/publishedAt', 'not after the filing'],
    ['published on the day after', { publishedAt: '2016-03-26' }, '/publishedAt', 'not after the filing'],
    [
      'published one moment after',
      { publishedAt: '2016-03-25T14:01:00.001+02:00' },
      '/publishedAt',
      'not after the filing',
    ],
  ])('%s', (_name, times, pointer, rule) => {
    given(open())
      .when(file([killed(1)], times))
      .thenRefused('invalid-report', [pointer, rule]);
  });
});

describe('a report is accepted', () => {
  test.each<[string, Partial<ReportAsFiled>]>([
    ['published at the moment of the filing', { publishedAt: '2016-03-25T12:01:00Z' }],
    ['published today, by date', { publishedAt: '2016-03-25' }],
    ['stated and published on one date', { publishedAt: '2016-03-22', statedAt: '2016-03-22' }],
    ['stated at an hour of the date of publication', { publishedAt: '2016-03-22', statedAt: '2016-03-22T23:59:59Z' }],
    ['stated on the date whose day publication was in', { statedAt: '2016-03-22' }],
    ['stated when it was published', { statedAt: '2016-03-22T19:00:00+01:00' }],
  ])('%s', (_name, times) => {
    expect(
      given(open())
        .when(file([killed(1)], times))
        .thenEvents(),
    ).toHaveLength(2);
  });

  test.each<[string, Partial<FigureAsFiled>]>([
    ['of a side', { side: 'victims' }],
    ['of a side without groups of its own', { side: 'responders' }],
    ['that mixes sides', { group: 'all' }],
    ['of a union group', { group: 'not-attackers' }],
    ['of a measure of its own', { measure: 'deadOrMissing' }],
    ['of a nested value', { breakdown: { place: 'platform' } }],
    ['of foreigners', { breakdown: { nationality: 'foreign' } }],
    ['of the stateless', { breakdown: { nationality: 'stateless' } }],
    ['with a word in other letters', { quantity: { kind: 'vague', word: ' Many  DOZENS' } }],
    ['that is a sum of nothing named', { basis: 'sum' }],
    ['that is an increment on nothing named', { basis: 'additional' }],
    ['that is a sum across cells', { basis: 'sum', of: [figureId(1), figureId(1, 1)] }],
    ['that adds to a figure filed before', { basis: 'additional', of: [figureId(1)] }],
  ])('with a figure %s', (_name, figure) => {
    expect(
      given(open(), file([killed(10), killed(3, { group: 'soldiers' })]))
        .when(file([killed(1, figure)]))
        .thenEvents(),
    ).toHaveLength(2);
  });
});

test('an increment is of the cell that its figure was corrected into', () => {
  const corrected = killed(10, { breakdown: { place: 'airport' } });
  const steps = [
    open(),
    file([killed(10)]),
    { kind: 'correctFigure', figure: figureId(1), corrected, reason: 'the airport only' },
  ] as const;
  given(...steps)
    .when(file([killed(4, { basis: 'additional', of: [figureId(1)] })]))
    .thenRefused('invalid-report', ['/figures/0/of/0', 'same cell']);
  expect(
    given(...steps)
      .when(file([killed(4, { basis: 'additional', of: [figureId(1)], breakdown: { place: 'airport' } })]))
      .thenEvents(),
  ).toHaveLength(2);
});
