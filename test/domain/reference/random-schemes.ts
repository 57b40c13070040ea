import type { Scheme } from '../../../src/domain/schema/incident.js';

/** A scheme with the cells that are spoken of, and what it may become. */
export interface Shape {
  readonly scheme: Partial<Scheme>;
  readonly cells: readonly string[];
  readonly amendments?: readonly Partial<Scheme>[];
}

const groups = [
  { id: 'civilians', side: 'victims' as const },
  { id: 'tourists', side: 'victims' as const },
  { id: 'soldiers', side: 'responders' as const },
  { id: 'attackers', side: 'perpetrators' as const },
  { id: 'good', of: ['civilians', 'soldiers'] },
];

const places = {
  key: 'place',
  complete: true,
  values: [{ id: 'tr' }, { id: 'sy', complete: true, values: [{ id: 'sy-gov' }, { id: 'sy-rebel' }] }],
};

export const shapes: readonly Shape[] = [
  { scheme: {}, cells: ['killed/civilians'] },
  { scheme: {}, cells: ['missing/civilians'] },
  { scheme: {}, cells: ['killed/civilians', 'killed/civilians/nationality=unknown'] },
  {
    scheme: { groups },
    cells: [
      'killed/civilians',
      'killed/tourists',
      'killed/side:victims',
      'killed/soldiers',
      'killed/good',
      'killed/all',
      'killed/attackers',
    ],
    amendments: [{ groups: groups.slice(0, 4) }, { groups }],
  },
  {
    scheme: {
      groups: groups.slice(0, 3),
      measures: [
        { id: 'lost', of: ['killed', 'missing'], nature: 'current' },
        { id: 'hurt', of: ['killed', 'injured'], nature: 'cumulative' },
      ],
    },
    cells: [
      'killed/civilians',
      'missing/civilians',
      'lost/civilians',
      'lost/side:victims',
      'killed/side:victims',
      'injured/civilians',
      'hurt/civilians',
      'missing/tourists',
    ],
  },
  {
    scheme: { groups: groups.slice(0, 2) },
    cells: [
      'killed/civilians',
      'killed/civilians/nationality=foreign',
      'killed/civilians/nationality=DZ',
      'killed/civilians/nationality=JP',
      'killed/civilians/nationality=unknown',
      'killed/side:victims/nationality=JP',
      'killed/side:victims',
      'killed/civilians/nationality=stateless',
    ],
    amendments: [
      { breakdowns: [{ key: 'nationality', complete: true }] },
      { breakdowns: [{ key: 'nationality', overlapping: true }] },
      { home: null },
      { home: 'JP' },
    ],
  },
  {
    scheme: { breakdowns: [places, { key: 'sex', complete: true, values: [{ id: 'female' }, { id: 'male' }] }] },
    cells: [
      'killed/civilians',
      'killed/civilians/place=tr',
      'killed/civilians/place=sy',
      'killed/civilians/place=sy-gov',
      'killed/civilians/place=sy-rebel',
      'killed/civilians/sex=female',
      'killed/civilians/place=tr/sex=female',
      'killed/side:victims/place=sy',
    ],
    amendments: [{ breakdowns: [] }, { breakdowns: [{ ...places, overlapping: true, complete: false }] }],
  },
  {
    // Union groups of union groups, union measures of union measures, and a breakdown across them.
    scheme: {
      groups: [...groups, { id: 'everyone', of: ['good', 'tourists'] }],
      measures: [
        { id: 'lost', of: ['killed', 'missing'], nature: 'current' },
        { id: 'harmed', of: ['lost', 'injured'], nature: 'current' },
      ],
      breakdowns: [{ key: 'sex', complete: true, values: [{ id: 'female' }, { id: 'male' }] }],
    },
    cells: [
      'killed/civilians',
      'killed/good',
      'killed/everyone',
      'missing/good',
      'lost/good',
      'lost/everyone',
      'harmed/good',
      'killed/good/sex=female',
      'killed/civilians/sex=male',
      'lost/side:victims/sex=female',
    ],
  },
  {
    scheme: { breakdowns: [{ key: 'nationality', complete: true }] },
    cells: [
      'missing/civilians',
      'missing/civilians/nationality=foreign',
      'missing/civilians/nationality=DZ',
      'missing/civilians/nationality=unknown',
      'missing/civilians/nationality=FR',
      'missing/civilians/nationality=FR/sex=female',
      'missing/civilians/nationality=foreign/sex=female',
    ],
    amendments: [{ home: null, breakdowns: [] }],
  },
  {
    scheme: { breakdowns: [{ key: 'role', overlapping: true }] },
    cells: [
      'missing/civilians',
      'missing/civilians/role=staff',
      'missing/civilians/role=guest',
      'missing/civilians/nationality=DZ/role=staff',
      'missing/civilians/nationality=DZ',
      'missing/civilians/nationality=unknown',
    ],
  },
];
