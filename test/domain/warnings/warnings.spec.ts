import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../../src/domain/commands.js';
import type { IncidentAsOpened } from '../../../src/domain/schema/incident.js';
import type { AttributionLink, FigureAsFiled, ReportAsFiled } from '../../../src/domain/schema/report.js';
import { applyFiling, createLedger, tryFiling } from '../../../src/domain/tally/ledger.js';
import type { WarningCode } from '../../../src/domain/tally/shapes.js';
import { warningCodes } from '../../../src/domain/tally/shapes.js';
import { warningsOf } from '../../../src/domain/warnings/warnings.js';
import { figureId, file, given, killed, open, reportId } from '../given.js';

/** What a filing is warned of: code, pointer, and the figures that it was compared with. */
const warned = (steps: readonly Command[], command: Command): [WarningCode, string, readonly string[]][] =>
  given(...steps)
    .when(command)
    .warnings()
    .map(({ code, pointer, related }) => [code, pointer, related]);

const only = (code: WarningCode, steps: readonly Command[], command: Command) =>
  warned(steps, command).filter(([each]) => each === code);

const by = (name: string, kind: AttributionLink['kind'] = 'authority', relay = 'Reuters'): Partial<ReportAsFiled> => ({
  attribution: [
    { name, kind },
    { name: relay, kind: 'press' },
  ],
});

const at = (time: string): Partial<ReportAsFiled> => ({ publishedAt: time, statedAt: time });

const inAmenas: Partial<IncidentAsOpened> = {
  home: 'DZ',
  from: '2013-01-16',
  groups: [
    { id: 'hostages', side: 'victims' },
    { id: 'militants', side: 'perpetrators' },
  ],
  measures: [],
  breakdowns: [],
};
const hostages = (value: number, more: Partial<FigureAsFiled> = {}) => killed(value, { group: 'hostages', ...more });
const militants = (value: number, more: Partial<FigureAsFiled> = {}) => killed(value, { group: 'militants', ...more });

describe('breakdownExceedsTotal', () => {
  test('a part alone is more than its whole', () => {
    expect(
      only(
        'breakdownExceedsTotal',
        [open(), file([killed(12)])],
        file([killed(14, { breakdown: { place: 'airport' } })], by('Hospital', 'organisation')),
      ),
    ).toEqual([['breakdownExceedsTotal', '/figures/0', [figureId(1)]]]);
  });

  test('Paris 2015: three who died in hospitals come on top of a breakdown that was 129 without them', () => {
    const paris: Partial<IncidentAsOpened> = {
      home: 'FR',
      breakdowns: [
        { key: 'place', values: [{ id: 'bataclan' }, { id: 'terraces' }, { id: 'stadium' }, { id: 'hospitals' }] },
      ],
    };
    const place = (value: number, id: string) => killed(value, { breakdown: { place: id } });
    const prosecutor = file(
      [killed(129), place(89, 'bataclan'), place(39, 'terraces'), place(1, 'stadium')],
      at('2016-03-22T20:00:00Z'),
    );
    expect(warned([open(paris)], prosecutor)).toEqual([]);
    expect(
      only(
        'breakdownExceedsTotal',
        [open(paris), prosecutor],
        file([place(3, 'hospitals')], { ...by('Hospitals', 'organisation'), ...at('2016-03-23T10:00:00Z') }),
      ),
    ).toEqual([['breakdownExceedsTotal', '/figures/0', [figureId(1)]]]);
  });

  test('a part of a whole that nobody speaks of is more than the whole above that: more French than dead', () => {
    const report = file([killed(12), killed(13, { breakdown: { nationality: 'FR' } })]);
    expect(only('breakdownExceedsTotal', [open()], report).map(([, pointer]) => pointer)).toEqual(['/figures/1']);
  });

  test('so are parts of it with the others beside it: 9 French, 2 Dutch and 2 Belgians of 12', () => {
    const of = (value: number, nationality: string) => killed(value, { breakdown: { nationality } });
    const before = file([killed(12), of(2, 'NL'), of(2, 'BE')]);
    const french = file([of(9, 'FR')], at('2016-03-23T10:00:00Z'));
    expect(only('breakdownExceedsTotal', [open(), before], french)).toHaveLength(1);
    expect(only('breakdownExceedsTotal', [open(), before], file([of(8, 'FR')], at('2016-03-23T10:00:00Z')))).toEqual(
      [],
    );
  });

  test('not where the same report has the whole anew', () => {
    expect(
      only(
        'breakdownExceedsTotal',
        [open(), file([killed(12)])],
        file([killed(20), killed(14, { breakdown: { place: 'airport' } })], at('2016-03-23T10:00:00Z')),
      ),
    ).toEqual([]);
  });

  test('in one report, on each part that makes it so', () => {
    const parts = [killed(8, { breakdown: { nationality: 'BE' } }), killed(8, { breakdown: { nationality: 'FR' } })];
    expect(
      only('breakdownExceedsTotal', [open({ home: null })], file([killed(12), ...parts])).map(([, pointer]) => pointer),
    ).toEqual(['/figures/1', '/figures/2']);
  });

  test('not where the parts overlap, or the whole is only what its parts add up to', () => {
    const overlapping = open({ breakdowns: [{ key: 'role', overlapping: true }] });
    const role = (id: string) => killed(8, { breakdown: { role: id } });
    expect(only('breakdownExceedsTotal', [overlapping], file([killed(12), role('staff'), role('medics')]))).toEqual([]);
    expect(only('breakdownExceedsTotal', [open(), file([role('staff')])], file([role('medics')]))).toEqual([]);
  });

  test('not of a side that is only its groups, contested or not', () => {
    const start = [
      open(),
      file([killed(23)], at('2016-03-22T17:00:00Z')),
      file([killed(30)], { ...by('Coroner'), ...at('2016-03-22T17:00:00Z') }),
    ];
    expect(only('breakdownExceedsTotal', start, file([killed(48)], at('2016-03-23T10:00:00Z')))).toEqual([]);
  });

  test('a group is more than its side', () => {
    expect(
      only(
        'breakdownExceedsTotal',
        [open(), file([killed(12, { side: 'victims' })])],
        file([killed(14)], at('2016-03-23T10:00:00Z')),
      ),
    ).toHaveLength(1);
  });
});

describe('sumOfSides', () => {
  const sides = [open(inAmenas), file([hostages(49), militants(32)])];

  test('In Amenas 2013: 81 dead, hostages and militants counted together', () => {
    expect(
      only(
        'sumOfSides',
        sides,
        file([killed(81, { group: 'all', quantity: { kind: 'atLeast', value: 81 } })], by('AP', 'press')),
      ),
    ).toEqual([['sumOfSides', '/figures/0', [figureId(1, 0), figureId(1, 1)]]]);
  });

  test('filed as victims it would be a wrong tally', () => {
    expect(only('sumOfSides', sides, file([hostages(81)], by('Television', 'press')))).toHaveLength(1);
  });

  test('in one report', () => {
    expect(
      only('sumOfSides', [open(inAmenas)], file([hostages(30), militants(11), killed(41, { group: 'all' })])),
    ).toEqual([['sumOfSides', '/figures/2', [figureId(1, 0), figureId(1, 1)]]]);
  });

  test('with responders too', () => {
    const all = file([killed(31), killed(2, { group: 'soldiers' }), killed(3, { group: 'attackers' })]);
    for (const total of [34, 36])
      expect(
        only('sumOfSides', [open(), all], file([killed(total, { group: 'all' })], by('AP', 'press'))),
      ).toHaveLength(1);
    expect(only('sumOfSides', [open(), all], file([killed(33, { group: 'all' })], by('AP', 'press')))).toEqual([]);
  });

  test('not of a side of which nobody is said', () => {
    expect(
      only(
        'sumOfSides',
        [open(inAmenas), file([hostages(30)])],
        file([killed(30, { group: 'all' })], by('AP', 'press')),
      ),
    ).toEqual([]);
  });
});

describe('largeJump', () => {
  test.each([
    [10, 30, true],
    [10, 29, false],
    [40, 80, false],
    [40, 81, true],
    [0, 20, true],
    [30, 300, true],
    [300, 30, false],
  ])('from %i to %i: %s', (before, after, warns) => {
    const later = file([killed(after)], { ...by('Coroner'), ...at('2016-03-23T10:00:00Z') });
    expect(only('largeJump', [open(), file([killed(before)])], later)).toEqual(
      warns ? [['largeJump', '/figures/0', [figureId(1)]]] : [],
    );
  });

  test('of a number that makes no best, as a typing error may not, and of words', () => {
    const words = killed(0, { quantity: { kind: 'vague', word: 'hundreds' } });
    expect(
      only('largeJump', [open(), file([killed(31)])], file([killed(310), words], by('Witness', 'witness'))),
    ).toEqual([
      ['largeJump', '/figures/0', [figureId(1)]],
      ['largeJump', '/figures/1', [figureId(1)]],
    ]);
  });

  test('of an increment, counted from its base', () => {
    const more = file([killed(25, { basis: 'additional', of: [figureId(1)] })], {
      ...by('Official', 'official'),
      ...at('2016-03-23T10:00:00Z'),
    });
    expect(only('largeJump', [open(), file([killed(23)])], more)).toHaveLength(1);
    expect(only('largeJump', [open(), file([killed(31)])], more)).toEqual([]);
  });

  test('of a correction, which points into its own body', () => {
    expect(
      only('largeJump', [open(), file([killed(31)])], {
        kind: 'correctFigure',
        figure: figureId(1),
        corrected: killed(310),
        reason: 'misread',
      }),
    ).toEqual([['largeJump', '/figure', [figureId(1)]]]);
  });

  test('not of the first number', () => {
    expect(only('largeJump', [open()], file([killed(3000)]))).toEqual([]);
  });
});

describe('equalsOtherMeasure', () => {
  const injured = (value: number) => killed(value, { measure: 'injured' });

  test('Haiyan 2013: the number of one column read into another', () => {
    const bulletin = file([killed(1774), injured(2487)], by('Disaster council'));
    expect(warned([open()], bulletin)).toEqual([]);
    expect(only('equalsOtherMeasure', [open(), bulletin], file([killed(2487)], by('Television', 'press')))).toEqual([
      ['equalsOtherMeasure', '/figures/0', [figureId(1, 1)]],
    ]);
  });

  test('in one report it is told of the later', () => {
    expect(only('equalsOtherMeasure', [open()], file([killed(340), injured(340)]))).toEqual([
      ['equalsOtherMeasure', '/figures/1', [figureId(1, 0)]],
    ]);
  });

  test('not of small numbers, of other people, or of a number that no longer stands', () => {
    expect(only('equalsOtherMeasure', [open(), file([injured(6)])], file([killed(6)]))).toEqual([]);
    expect(
      only('equalsOtherMeasure', [open(), file([injured(31)])], file([killed(31, { group: 'soldiers' })])),
    ).toEqual([]);
    expect(
      only(
        'equalsOtherMeasure',
        [open(), file([injured(31)]), file([injured(35)], at('2016-03-22T19:00:00Z'))],
        file([killed(31)]),
      ),
    ).toEqual([]);
  });

  test('not of a union measure and its members', () => {
    expect(
      only('equalsOtherMeasure', [open(), file([killed(31)])], file([killed(31, { measure: 'deadOrMissing' })])),
    ).toEqual([]);
    expect(
      only('equalsOtherMeasure', [open(), file([killed(31, { measure: 'deadOrMissing' })])], file([killed(31)])),
    ).toEqual([]);
  });
});

describe('fallWithoutReason', () => {
  const start = [open(inAmenas), file([militants(32)])];
  const lower = (figure: Partial<FigureAsFiled> = {}) => file([militants(29, figure)], at('2016-03-23T15:00:00Z'));

  test('In Amenas 2013: the militants fall from 32 to 29 and nobody says why', () => {
    expect(only('fallWithoutReason', start, lower())).toEqual([['fallWithoutReason', '/figures/0', [figureId(1)]]]);
  });

  test('not with a reason, and not of a measure that comes and goes', () => {
    expect(only('fallWithoutReason', start, lower({ reason: 'doubleCount' }))).toEqual([]);
    expect(
      only(
        'fallWithoutReason',
        [open(inAmenas), file([militants(32, { measure: 'held' })])],
        lower({ measure: 'held' }),
      ),
    ).toEqual([]);
  });

  test('not where another source takes the lead: that says why', () => {
    expect(
      only('fallWithoutReason', [open(inAmenas), file([militants(32)], by('Official', 'official'))], lower()),
    ).toEqual([]);
  });
});

describe('sameOriginRestated', () => {
  test('its own number again, later', () => {
    expect(
      only('sameOriginRestated', [open(), file([killed(31)])], file([killed(31)], at('2016-03-23T08:00:00Z'))),
    ).toEqual([['sameOriginRestated', '/figures/0', [figureId(1)]]]);
  });

  test('under a name that was linked to it', () => {
    const link: Command = {
      kind: 'linkOrigins',
      origins: ['federal prosecutor', 'mr. dupont'],
      reason: 'his spokesman',
    };
    expect(
      only(
        'sameOriginRestated',
        [open(), file([killed(31)]), link],
        file([killed(31)], { ...by('Mr. Dupont'), ...at('2016-03-23T08:00:00Z') }),
      ),
    ).toHaveLength(1);
  });

  test('not another relay of the same statement, another origin, or a number changed in between', () => {
    const first = file([killed(31)], { statedAt: '2016-03-22T17:00:00Z' });
    expect(
      only(
        'sameOriginRestated',
        [open(), first],
        file([killed(31)], { outlet: 'AFP', statedAt: '2016-03-22T17:00:00Z' }),
      ),
    ).toEqual([]);
    expect(
      only(
        'sameOriginRestated',
        [open(), first],
        file([killed(31)], { ...by('Coroner'), ...at('2016-03-23T08:00:00Z') }),
      ),
    ).toEqual([]);
    expect(
      only(
        'sameOriginRestated',
        [open(), first, file([killed(32)], at('2016-03-22T20:00:00Z'))],
        file([killed(31)], at('2016-03-23T08:00:00Z')),
      ),
    ).toEqual([]);
  });
});

describe('likelyEcho', () => {
  const start = [
    open(),
    file([killed(31)], at('2016-03-22T17:00:00Z')),
    file([killed(34)], at('2016-03-22T20:00:00Z')),
  ];

  test('a late relay repeats a number that its speaker has replaced since', () => {
    expect(
      only('likelyEcho', start, file([killed(31)], { outlet: 'Evening Post', publishedAt: '2016-03-23T06:00:00Z' })),
    ).toEqual([['likelyEcho', '/figures/0', [figureId(1), figureId(2)]]]);
  });

  test('not where it is known when it was said, or the number is the present one or a new one', () => {
    const published = '2016-03-23T06:00:00Z';
    for (const [value, times] of [
      [31, { publishedAt: published, statedAt: '2016-03-22T17:00:00Z' }],
      [34, { publishedAt: published }],
      [35, { publishedAt: published }],
    ] as const)
      expect(only('likelyEcho', start, file([killed(value)], times))).toEqual([]);
  });

  test('a number that its alleged speaker has denied does not stand, and the desk is told', () => {
    const denial: Command = { kind: 'denyAttribution', figure: figureId(1), reason: 'never said so' };
    expect(
      only(
        'likelyEcho',
        [open(), file([killed(31)]), denial],
        file([killed(31)], { outlet: 'AFP', ...at('2016-03-23T06:00:00Z') }),
      ),
    ).toEqual([['likelyEcho', '/figures/0', [figureId(1)]]]);
  });
});

describe('likelySameReport', () => {
  const url = 'https://example.org/1';

  test('the same outlet and url', () => {
    expect(
      only(
        'likelySameReport',
        [open(), file([killed(31)], { url })],
        file([killed(40)], { outlet: ' REUTERS', url, ...by('Coroner') }),
      ),
    ).toEqual([['likelySameReport', '/url', [figureId(1)]]]);
    expect(
      only(
        'likelySameReport',
        [open(), file([killed(31)], { url })],
        file([killed(40)], { outlet: 'AFP', url, ...by('Coroner') }),
      ),
    ).toEqual([]);
  });

  test('the same speaker and figures within a day, in whatever order', () => {
    const first = file([killed(31), killed(3, { group: 'soldiers' })]);
    const again = [killed(3, { group: 'soldiers' }), killed(31)];
    expect(
      only('likelySameReport', [open(), first], file(again, { outlet: 'AFP', publishedAt: '2016-03-23T18:00:00Z' })),
    ).toEqual([['likelySameReport', '/figures', [figureId(1, 0), figureId(1, 1)]]]);
    for (const other of [
      file(again, { outlet: 'AFP', publishedAt: '2016-03-23T18:00:01Z' }),
      file(again, by('Coroner')),
      file(again.slice(1)),
      file([...again, killed(1, { group: 'attackers' })]),
    ])
      expect(only('likelySameReport', [open(), first], other)).toEqual([]);
  });

  test('not where the first was withdrawn to be filed anew', () => {
    const retracted: Command = {
      kind: 'retractReport',
      report: reportId(1),
      retraction: { by: 'desk', reason: 'misread' },
    };
    expect(
      only('likelySameReport', [open(), file([killed(31)], { url }), retracted], file([killed(31)], { url })),
    ).toEqual([]);
  });

  test('names no report of a dry run', () => {
    const ledger = createLedger();
    const filingOf = (...steps: Command[]) =>
      given(...steps.slice(0, -1))
        .when(steps.at(-1) ?? open())
        .thenEvents();
    const [first, second] = [file([killed(31)], { url }), file([killed(35)], { url })];
    applyFiling(ledger, filingOf(open()));
    const filing = filingOf(open(), first);
    for (let times = 0; times < 2; times += 1)
      expect(tryFiling(ledger, filing, () => warningsOf(filing, ledger))).toEqual([]);
    applyFiling(ledger, filing);
    expect(warningsOf(filing, ledger)).toEqual([]);
    const again = filingOf(open(), first, second);
    applyFiling(ledger, again);
    expect(warningsOf(again, ledger).map(({ code, related }) => [code, related])).toEqual([
      ['likelySameReport', [figureId(1)]],
    ]);
  });

  test('is found among many, one ledger after the other', () => {
    const ledger = createLedger();
    const { thenEvents } = given().when(open());
    applyFiling(ledger, thenEvents());
    const found: number[] = [];
    for (let number = 1; number <= 12; number += 1) {
      const steps = Array.from({ length: number }, (_, at) =>
        file([killed(at)], { url: `${url}?${at % 10}`, ...by(`Source ${at}`) }),
      );
      const { warnings } = given(open(), ...steps.slice(0, -1)).when(steps.at(-1) ?? open());
      if (warnings().some(({ code }) => code === 'likelySameReport')) found.push(number);
    }
    expect(found).toEqual([11, 12]);
  });
});

describe('relayDisagrees', () => {
  const kidnappers = (relay: string): Partial<ReportAsFiled> => ({
    outlet: relay,
    statedAt: '2016-03-22T12:00:00Z',
    attribution: [
      { name: "kidnappers' spokesman", kind: 'party', named: false, id: 'kidnappers' },
      { name: 'ANI', kind: 'press' },
      { name: relay, kind: 'press' },
    ],
  });

  test('In Amenas 2013: a relay has 35 for the 34 of the others', () => {
    const steps = [
      open(inAmenas),
      file([hostages(34)], kidnappers('Reuters')),
      file([hostages(34)], kidnappers('AFP')),
    ];
    expect(only('relayDisagrees', steps.slice(0, 2), file([hostages(34)], kidnappers('AFP')))).toEqual([]);
    expect(only('relayDisagrees', steps, file([hostages(35)], kidnappers('Rivers State News')))).toEqual([
      ['relayDisagrees', '/figures/0', [figureId(1), figureId(2)]],
    ]);
  });

  test('not where both can be true, where the outlet corrects itself, or where it was said at another time', () => {
    const steps = [open(inAmenas), file([hostages(34)], kidnappers('Reuters'))];
    const atLeast: Partial<FigureAsFiled> = { quantity: { kind: 'atLeast', value: 30 } };
    expect(only('relayDisagrees', steps, file([hostages(30, atLeast)], kidnappers('AFP')))).toEqual([]);
    expect(only('relayDisagrees', steps, file([hostages(35)], kidnappers('Reuters')))).toEqual([]);
    expect(
      only('relayDisagrees', steps, file([hostages(35)], { ...kidnappers('AFP'), statedAt: '2016-03-22T13:00:00Z' })),
    ).toEqual([]);
  });
});

describe('warnings', () => {
  const decisions: Command[] = [
    { kind: 'retractFigure', figure: figureId(1), retraction: { by: 'desk', reason: 'misread' } },
    { kind: 'amendIncident', patch: { title: 'Attacks', reason: 'shorter' } },
    { kind: 'linkOrigins', origins: ['a', 'b'], reason: 'one man' },
  ];

  test.each(decisions)('are given for figures only: none for %j', (command) => {
    expect(warned([open(), file([killed(31)])], command)).toEqual([]);
  });

  test('are the same when the same filings are folded in again', () => {
    const later = file([killed(310), killed(310, { measure: 'injured' })], {
      outlet: 'AFP',
      publishedAt: '2016-03-23T06:00:00Z',
    });
    const when = given(open(), file([killed(31)], at('2016-03-22T17:00:00Z'))).when(later);
    const first = when.warnings();
    expect(first.length).toBeGreaterThan(1);
    const again = given(open(), file([killed(31)], at('2016-03-22T17:00:00Z')), later);
    expect(warningsOf(when.thenEvents(), again.ledger)).toEqual(first);
  });

  test('say in words what to look at', () => {
    const [warning] = given(open(), file([killed(1200)]))
      .when(file([killed(12000)], by('Coroner')))
      .warnings();
    expect(warning?.detail).toBe(
      'killed/civilians was 1,200; this says 12,000, more than double. Check the number and what it counts.',
    );
  });
});

test('docs/warnings.md tells every code, and no other', async () => {
  const { readFile } = await import('node:fs/promises');
  const page = await readFile(new URL('../../../docs/warnings.md', import.meta.url), 'utf8');
  expect([...page.matchAll(/^\| `(\w+)` /gmu)].map(([, code]) => code)).toEqual([...warningCodes]);
});
