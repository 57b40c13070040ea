import type { Estimate, Frame, Incident, Revision, Tally } from '../../web/src/api/shapes.js';

/* Values of the public interface's shapes, whole, so that a test says only what it is about. */

export const estimate = (cell: string, number: number | null, members: Partial<Estimate> = {}): Estimate => ({
  cell,
  best: number === null ? null : { low: number, high: number, point: number },
  computed: null,
  reported: number === null ? null : { low: number, high: number },
  confirmed: null,
  official: null,
  implied: null,
  status: 'single-source',
  hedged: false,
  asOf: '2013-01-18T12:00:00Z',
  origins: 1,
  figures: [],
  dissenting: [],
  phrase: `${number}, the ministry said`,
  revision: '1',
  ...members,
});

export const tally = (cells: readonly Estimate[], members: Partial<Tally> = {}): Tally => ({
  incident: 'x-2013',
  epoch: 'e1',
  position: '10',
  method: 'most-authoritative/1',
  lexicon: 'plain/1',
  rules: '1',
  stale: null,
  cells,
  contradictions: [],
  ...members,
});

export const frame = (position: string, members: Partial<Frame> = {}): Frame => ({
  incident: 'x-2013',
  position,
  revisions: [],
  cells: [],
  contradictions: [],
  ...members,
});

export const revision = (number: string, members: Partial<Revision> = {}): Revision => ({
  number,
  position: number,
  recordedAt: '2026-11-22T20:00:00.000Z',
  publishedAt: '2013-01-18T12:00:00Z',
  cell: 'killed/hostages',
  before: null,
  after: estimate('killed/hostages', 30),
  direction: 'up',
  fall: false,
  cause: 'c',
  reason: 'newFigure',
  unexplained: false,
  explanation: null,
  ...members,
});

export const scheme: Incident = {
  slug: 'x-2013',
  title: 'X',
  place: 'Somewhere',
  from: '2013-01-16',
  to: null,
  home: 'DZ',
  method: 'most-authoritative/1',
  lexicon: 'plain/1',
  headline: 'killed/side:victims',
  groups: [
    { id: 'hostages', side: 'victims' },
    { id: 'guards', side: 'victims' },
    { id: 'militants', side: 'perpetrators' },
  ],
  measures: [],
  breakdowns: [
    { key: 'nationality' },
    { key: 'place', values: [{ id: 'SY', values: [{ id: 'SY-gov' }, { id: 'SY-rebel' }] }] },
  ],
  status: 'open',
  position: '10',
};
