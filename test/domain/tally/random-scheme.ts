import fc from 'fast-check';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import { methodIds } from '../../../src/domain/vocabulary.js';

/*
 * Schemes with every way in which cells add up: sides, a union group across sides, union measures of both natures,
 * nationalities with and without a home, a complete key, one whose values overlap, nested places of both kinds.
 */

const sides: Scheme['groups'] = [
  { id: 'civilians', side: 'victims' },
  { id: 'tourists', side: 'victims' },
  { id: 'soldiers', side: 'responders' },
  { id: 'attackers', side: 'perpetrators' },
];

const groups: readonly Scheme['groups'][] = [
  [...sides, { id: 'defended', of: ['civilians', 'soldiers'] }],
  [...sides, { id: 'defended', of: ['civilians', 'soldiers'] }, { id: 'everybody', of: ['defended', 'tourists'] }],
  sides,
];

const measures: readonly Scheme['measures'][] = [
  [
    { id: 'deadOrMissing', of: ['killed', 'missing'], nature: 'current' },
    { id: 'toll', of: ['killed', 'presumedDead'], nature: 'cumulative' },
  ],
  [{ id: 'deadOrMissing', of: ['killed', 'missing'], nature: 'current' }],
];

const places: Scheme['breakdowns'][number] = {
  key: 'place',
  values: [
    { id: 'plant', complete: true, values: [{ id: 'north' }, { id: 'south' }] },
    { id: 'town', overlapping: true, values: [{ id: 'market' }, { id: 'square' }] },
  ],
};

const breakdowns: readonly Scheme['breakdowns'][] = [
  [],
  [
    { key: 'nationality', complete: true },
    { key: 'sex', complete: true, values: [{ id: 'female' }, { id: 'male' }] },
    { key: 'role', overlapping: true, values: [{ id: 'cook' }, { id: 'guide' }] },
    places,
  ],
  [
    { key: 'nationality', overlapping: true },
    { key: 'role', complete: true, values: [{ id: 'cook' }, { id: 'guide' }] },
    places,
  ],
];

/** What is spoken of. A group that a scheme lacks is a recorded fact all the same, and is added to nothing. */
export const cells = [
  'killed/civilians',
  'killed/civilians/nationality=foreign',
  'killed/civilians/nationality=JP',
  'killed/civilians/nationality=DZ',
  'killed/civilians/nationality=unknown',
  'killed/soldiers',
  'killed/side:victims',
  'missing/civilians',
  'deadOrMissing/civilians',
  'killed/attackers',
  'killed/civilians/nationality=JP/sex=female',
  'killed/tourists',
  'killed/defended',
  'killed/all',
  'killed/civilians/sex=female',
  'killed/civilians/sex=male',
  'killed/civilians/place=plant',
  'killed/civilians/place=north',
  'killed/civilians/place=town',
  'killed/civilians/place=market',
  'killed/civilians/place=square',
  'killed/civilians/role=cook',
  'killed/civilians/role=guide',
  'killed/side:victims/place=plant',
  'killed/soldiers/nationality=JP',
  'presumedDead/civilians',
  'missing/civilians/nationality=JP',
  'deadOrMissing/side:victims',
];

/** The first of each, so that plain histories still reach most rules. */
export const scheme: Partial<Scheme> = { groups: groups[0] ?? [], measures: measures[0] ?? [] };

const changes: readonly fc.Arbitrary<Partial<Scheme>>[] = [
  fc.record({ lexicon: fc.constantFrom('plain/1' as const, 'acled/1' as const) }),
  fc.record({ method: fc.constantFrom(...methodIds) }),
  fc.record({ home: fc.constantFrom('DZ', null) }),
  fc.record({ breakdowns: fc.constantFrom(...breakdowns) }),
  fc.record({ groups: fc.constantFrom(...groups) }),
  fc.record({ measures: fc.constantFrom(...measures) }),
];

/** What an amendment may change. */
export const amendment: fc.Arbitrary<Partial<Scheme>> = fc.oneof(...changes);

export const anyScheme: fc.Arbitrary<Partial<Scheme>> = fc.record({
  home: fc.constantFrom('DZ', 'DZ', null),
  groups: fc.constantFrom(...groups),
  measures: fc.constantFrom(...measures),
  breakdowns: fc.constantFrom(...breakdowns),
});

/** Of the cells those that one history speaks of: few, so that its figures meet. */
export const someCells: fc.Arbitrary<readonly string[]> = fc.subarray(cells, { minLength: 3, maxLength: 12 });
