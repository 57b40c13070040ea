import fc from 'fast-check';
import { indexScheme } from '../../../src/domain/tally/scheme-index.js';
import { buildLattice, type Lattice } from '../../../src/domain/tally/lattice.js';
import type { Entering } from '../../../src/domain/tally/sums.js';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import { plainScheme } from '../tally/history.js';

/** Bests of cells in some scheme: what the sums take in. */
export interface RandomSums {
  readonly lattice: Lattice;
  readonly bests: readonly Entering[];
}

const countries = ['DZ', 'FR', 'GB', 'foreign', 'unknown', 'stateless'] as const;
const places = ['tr', 'tr-1', 'tr-2', 'sy', 'sy-1', 'sy-2', 'sy-11'] as const;

const flags = fc.record({ complete: fc.boolean(), overlapping: fc.constantFrom(false, false, false, true) });

const schemeWith = (
  nationality: { complete: boolean; overlapping: boolean },
  [top, turkey, syria]: readonly { complete: boolean; overlapping: boolean }[],
  home: string | null,
  unionGroup: boolean,
  unionMeasure: 'none' | 'cumulative' | 'current',
): Scheme => ({
  ...plainScheme,
  home,
  groups: [
    { id: 'a', side: 'victims' },
    { id: 'b', side: 'victims' },
    { id: 'c', side: 'responders' },
    ...(unionGroup ? [{ id: 'bc', of: ['b', 'c'] }] : []),
  ],
  measures: unionMeasure === 'none' ? [] : [{ id: 'lost', of: ['killed', 'missing'], nature: unionMeasure }],
  breakdowns: [
    { key: 'nationality', ...nationality },
    {
      key: 'place',
      ...top,
      values: [
        { id: 'tr', ...turkey, values: [{ id: 'tr-1' }, { id: 'tr-2' }] },
        { id: 'sy', ...syria, values: [{ id: 'sy-1', values: [{ id: 'sy-11' }] }, { id: 'sy-2' }] },
      ],
    },
  ],
});

const scheme = fc
  .tuple(
    flags,
    fc.tuple(flags, flags, flags),
    fc.constantFrom('DZ', 'DZ', null),
    fc.boolean(),
    fc.constantFrom('none' as const, 'cumulative' as const, 'current' as const),
  )
  .map((choices) => schemeWith(...choices));

const measure = fc.constantFrom('killed', 'killed', 'killed', 'missing', 'lost');
const who = fc.constantFrom('a', 'b', 'c', 'bc', 'side:victims', 'side:responders', 'all');
const nationality = fc.constantFrom(...countries).map((value) => `/nationality=${value}`);
const place = fc.constantFrom(...places).map((value) => `/place=${value}`);
const sex = fc.constantFrom('f', 'm').map((value) => `/sex=${value}`);
const nothing = fc.constant('');

const cellOf = (...parts: [fc.Arbitrary<string>, fc.Arbitrary<string>, ...fc.Arbitrary<string>[]]) =>
  fc.tuple(...parts).map(([first, second, ...breakdown]) => `${first}/${second}${breakdown.join('')}`);

/** Kinds of incident: some keep to one way of splitting, which makes trees; some mix all there are. */
const cell: readonly fc.Arbitrary<string>[] = [
  cellOf(fc.constantFrom('killed', 'missing'), fc.constantFrom('a', 'b', 'c', 'side:victims', 'side:responders')),
  cellOf(fc.constant('killed'), fc.constant('all'), fc.oneof(nothing, nationality)),
  cellOf(fc.constant('killed'), fc.constant('all'), fc.oneof(nothing, place)),
  cellOf(fc.constantFrom('killed', 'missing', 'lost'), fc.constant('all')),
  cellOf(fc.constant('killed'), fc.constant('all'), fc.oneof(nothing, nationality), fc.oneof(nothing, place)),
  cellOf(fc.constant('killed'), who),
  cellOf(measure, who, fc.oneof(nothing, nothing, place)),
  cellOf(measure, who, fc.oneof(nothing, nothing, nationality), fc.oneof(nothing, nothing, sex)),
];

const said = fc.record({
  low: fc.nat(20),
  width: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(8), fc.constant(Infinity)),
  sinceMs: fc.integer({ min: 1, max: 4 }),
  later: fc.constantFrom(0, 0, 1),
});

export const randomSums: fc.Arbitrary<RandomSums> = fc
  .tuple(
    scheme,
    fc.nat(cell.length - 1).chain((kind) =>
      fc.uniqueArray(fc.tuple(cell[kind] ?? nothing, said), {
        minLength: 2,
        maxLength: 7,
        selector: ([text]) => text,
      }),
    ),
  )
  .map(([declared, told]) => {
    const index = indexScheme(declared);
    const known = (text: string): boolean =>
      (!text.startsWith('lost/') || index.unionMeasures.length > 0) &&
      (!text.includes('/bc') || index.unionGroups.length > 0) &&
      (!text.includes('=foreign') || declared.home !== null);
    const spoken = told.filter(([text]) => known(text));
    const lattice = buildLattice(
      spoken.map(([text]) => text),
      index,
    );
    const bests = spoken.flatMap(([text, { low, width, sinceMs, later }]): Entering[] => {
      const at = lattice.index.get(text);
      const found = at === undefined ? undefined : lattice.cells[at];
      if (at === undefined || found === undefined) return [];
      return [
        {
          cell: at,
          low,
          high: low + width,
          sinceMs,
          asOfMs: sinceMs + later,
          openable: index.natureOf(found) === 'cumulative',
          remainder: text.includes('nationality=unknown'),
          current: index.natureOf({ ...found, breakdown: [] }) === 'current',
        },
      ];
    });
    return { lattice, bests };
  })
  .filter(({ bests }) => bests.length > 0);

/** No cell is split in two ways or a part of two wholes. */
export const isTree = ({ below, above }: Lattice): boolean =>
  [...below, ...above].every((relations) => relations.length <= 1);
