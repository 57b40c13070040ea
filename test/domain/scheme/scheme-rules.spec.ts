import { describe, expect, test } from '@jest/globals';
import { parseCell } from '../../../src/domain/cell.js';
import { incidentSchema, type BreakdownValue, type IncidentAsOpened } from '../../../src/domain/schema/incident.js';
import { checkCell, checkScheme, normaliseScheme } from '../../../src/domain/scheme-rules.js';
import { brussels } from '../given.js';

const errorsOf = (scheme: Partial<IncidentAsOpened>): (readonly string[])[] =>
  checkScheme({ ...brussels, ...scheme }).map(({ pointer, rule }) => [pointer, rule]);

const nested = (levels: number): BreakdownValue =>
  levels === 1 ? { id: 'v1' } : { id: `v${levels}`, values: [nested(levels - 1)] };

describe('a scheme', () => {
  test('that holds has no errors', () => {
    expect(errorsOf({})).toEqual([]);
    expect(incidentSchema.safeParse(brussels).success).toBe(true);
  });

  test.each<[string, Partial<IncidentAsOpened>, (readonly string[])[]]>([
    ['ends before it begins', { to: '2016-03-21' }, [['/to', 'not before from']]],
    ['has an unknown home country', { home: 'XX' }, [['/home', 'known country']]],
    [
      'declares a group twice',
      {
        groups: [
          { id: 'civilians', side: 'victims' },
          { id: 'civilians', side: 'responders' },
        ],
      },
      [['/groups/1/id', 'unique']],
    ],
    [
      'declares the group all',
      { groups: [{ id: 'all', side: 'victims' }] },
      [['/groups/0/id', 'not a standard group']],
    ],
    [
      'has a union of an undeclared group',
      {
        groups: [
          { id: 'civilians', side: 'victims' },
          { id: 'u', of: ['civilians', 'staff'] },
        ],
      },
      [['/groups/1/of/1', 'declared group']],
    ],
    [
      'has a union with perpetrators',
      {
        groups: [
          { id: 'civilians', side: 'victims' },
          { id: 'attackers', side: 'perpetrators' },
          { id: 'u', of: ['civilians', 'attackers'] },
        ],
      },
      [['/groups/2/of/1', 'no perpetrators in a union']],
    ],
    [
      'has a union that is a part of itself',
      {
        groups: [
          { id: 'civilians', side: 'victims' },
          { id: 'u', of: ['civilians', 'u'] },
        ],
      },
      [['/groups/1/of/1', 'no cycle']],
    ],
    [
      'has unions that are parts of each other',
      {
        groups: [
          { id: 'a', side: 'victims' },
          { id: 'u', of: ['a', 'w'] },
          { id: 'w', of: ['u'] },
        ],
      },
      [
        ['/groups/1/of/1', 'no cycle'],
        ['/groups/2/of/0', 'no cycle'],
      ],
    ],
    [
      'names a member twice',
      {
        groups: [
          { id: 'a', side: 'victims' },
          { id: 'u', of: ['a', 'a'] },
        ],
      },
      [['/groups/1/of/1', 'unique']],
    ],
    [
      'would count a group twice through a union',
      {
        groups: [
          { id: 'a', side: 'victims' },
          { id: 'b', side: 'responders' },
          { id: 'u', of: ['a', 'b'] },
          { id: 'w', of: ['a', 'u'] },
        ],
      },
      [['/groups/3/of/1', 'disjoint members']],
    ],
    ['declares a standard measure', { measures: [{ id: 'killed' }] }, [['/measures/0/id', 'not a standard measure']]],
    ['declares a measure twice', { measures: [{ id: 'lost' }, { id: 'lost' }] }, [['/measures/1/id', 'unique']]],
    [
      'has a union of an undeclared measure',
      { measures: [{ id: 'lost', of: ['killed', 'gone'] }] },
      [['/measures/0/of/1', 'declared measure']],
    ],
    [
      'has a union of a measure named as every object has a member',
      { measures: [{ id: 'lost', of: ['toString'] }] },
      [['/measures/0/of/0', 'declared measure']],
    ],
    [
      'has measures that are parts of each other',
      {
        measures: [
          { id: 'a', of: ['b'] },
          { id: 'b', of: ['a'] },
        ],
      },
      [
        ['/measures/0/of/0', 'no cycle'],
        ['/measures/1/of/0', 'no cycle'],
      ],
    ],
    [
      'would count a measure twice through a union',
      {
        measures: [
          { id: 'dead', of: ['killed', 'presumedDead'] },
          { id: 'lost', of: ['dead', 'missing', 'killed'] },
        ],
      },
      [['/measures/1/of/2', 'disjoint members']],
    ],
    ['declares a key twice', { breakdowns: [{ key: 'sex' }, { key: 'sex' }] }, [['/breakdowns/1/key', 'unique']]],
    [
      'declares values for nationality',
      { breakdowns: [{ key: 'nationality', values: [{ id: 'BE' }] }] },
      [['/breakdowns/0/values', 'nationality declares no values']],
    ],
    [
      'has a key that is complete without values',
      { breakdowns: [{ key: 'place', complete: true }] },
      [['/breakdowns/0/complete', 'complete needs values']],
    ],
    [
      'has a value that is complete without values',
      { breakdowns: [{ key: 'place', values: [{ id: 'SY', complete: true }] }] },
      [['/breakdowns/0/values/0/complete', 'complete needs values']],
    ],
    [
      'has a value twice, on whatever level',
      { breakdowns: [{ key: 'place', values: [{ id: 'SY', values: [{ id: 'TR' }] }, { id: 'TR' }] }] },
      [['/breakdowns/0/values/0/values/0/id', 'unique']],
    ],
    [
      'has complete nationalities without a home country',
      { home: null, breakdowns: [{ key: 'nationality', complete: true }] },
      [['/breakdowns/0/complete', 'complete needs a home country']],
    ],
    [
      'nests values too deep',
      { breakdowns: [{ key: 'place', values: [nested(11)] }] },
      [['/breakdowns/0/values/0' + '/values/0'.repeat(9) + '/values', 'at most 10 levels']],
    ],
    ['has a headline that is no cell', { headline: 'killed' }, [['/headline', 'cell in text']]],
    [
      'has a headline with its keys out of order',
      { headline: 'killed/civilians/sex=female/nationality=BE' },
      [['/headline', 'cell in text']],
    ],
    ['has a headline of an undeclared group', { headline: 'killed/staff' }, [['/headline', 'declared group']]],
    ['has a headline of an unknown side', { headline: 'killed/side:bystanders' }, [['/headline', 'known side']]],
    [
      'has two faults',
      { home: 'XX', groups: [{ id: 'all', side: 'victims' }], headline: 'nonsense' },
      [
        ['/home', 'known country'],
        ['/groups/0/id', 'not a standard group'],
      ],
    ],
  ])('that %s is refused', (_name, scheme, errors) => {
    expect(errorsOf(scheme)).toEqual(errors);
  });

  test.each<[string, Partial<IncidentAsOpened>]>([
    ['complete nationalities: home, foreign, unknown', { breakdowns: [{ key: 'nationality', complete: true }] }],
    ['overlapping nationalities', { breakdowns: [{ key: 'nationality', overlapping: true }] }],
    ['an overlapping key without values', { breakdowns: [{ key: 'role', overlapping: true }] }],
    [
      'a union of unions',
      {
        groups: [
          { id: 'a', side: 'victims' },
          { id: 'b', side: 'responders' },
          { id: 'c', side: 'victims' },
          { id: 'u', of: ['a', 'b'] },
          { id: 'w', of: ['c', 'u'] },
        ],
      },
    ],
    ['no home country', { home: null, headline: 'killed/all/nationality=stateless' }],
    ['a day of its own', { to: '2016-03-22' }],
    ['ten levels of values', { breakdowns: [{ key: 'place', values: [nested(10)] }] }],
  ])('may have %s', (_name, scheme) => {
    expect(errorsOf(scheme)).toEqual([]);
  });
});

describe('a cell', () => {
  const scheme = normaliseScheme(brussels);
  const abroad = normaliseScheme({ ...brussels, home: null });
  const errorsIn = (text: string, of = scheme) => {
    const cell = parseCell(text);
    return cell === null ? null : checkCell(of, cell).map(({ pointer, rule }) => [pointer, rule]);
  };

  test.each([
    'killed/civilians',
    'killed/all',
    'deadOrMissing/not-attackers',
    'injured/side:perpetrators/nationality=unknown/place=platform/sex=female',
    'displaced/soldiers/age=under-18',
  ])('%s is one of the incident', (text) => {
    expect(errorsIn(text)).toEqual([]);
  });

  test('without a home country has no foreigners', () => {
    expect(errorsIn('killed/civilians/nationality=JP', abroad)).toEqual([]);
    expect(errorsIn('killed/civilians/nationality=foreign', abroad)).toEqual([
      ['/breakdown/nationality', 'foreign needs a home country'],
    ]);
  });

  test.each(['__proto__', 'wing ', 'é'])('has no breakdown key %j', (key) => {
    expect(errorsIn(`killed/civilians/${key}=a`)).toEqual([[`/breakdown/${key}`, 'breakdown key']]);
  });

  test('that is wrong in several ways says all of them', () => {
    expect(errorsIn('lost/nobody/nationality=Belgian/place=bus/role=Staff')).toEqual([
      ['/measure', 'declared measure'],
      ['/group', 'declared group'],
      ['/breakdown/nationality', 'known country'],
      ['/breakdown/place', 'declared value'],
      ['/breakdown/role', 'lower-case slug'],
    ]);
    expect(errorsIn('killed/side:all/a=1/b=1/c=1/d=1/e=1/f=1')).toEqual([
      ['/side', 'known side'],
      ['/breakdown', 'at most 5 keys'],
    ]);
  });
});
