import type { Estimate } from '../../src/domain/tally/shapes.js';
import type { RevisionOnWire, TallyOnWire } from '../../src/projections/wire.js';

export const estimate = (given: Partial<Estimate> = {}): Estimate => ({
  cell: 'killed/hostages',
  best: { low: 30, high: 30, point: 30 },
  computed: null,
  reported: { low: 12, high: 30 },
  confirmed: 1,
  official: null,
  implied: { low: 15, high: null },
  status: 'single-source',
  hedged: false,
  asOf: '2013-01-17T22:00:00Z',
  origins: 1,
  figures: ['f1'],
  dissenting: [],
  phrase: '30, an Algerian security source said',
  revision: '1',
  ...given,
});

export const revision = (given: Partial<RevisionOnWire> = {}): RevisionOnWire => ({
  number: '1',
  position: '5',
  recordedAt: '2013-01-18T04:00:00.000Z',
  publishedAt: '2013-01-18T04:00:00Z',
  cell: 'killed/hostages',
  before: null,
  after: estimate(),
  direction: 'first',
  fall: false,
  cause: 'e1',
  reason: 'newFigure',
  unexplained: false,
  explanation: null,
  ...given,
});

export const tally = (given: Partial<TallyOnWire> = {}): TallyOnWire => ({
  incident: 'x-2013',
  epoch: 'e1',
  position: '42',
  method: 'most-authoritative/1',
  lexicon: 'plain/1',
  rules: '1',
  stale: null,
  cells: [estimate()],
  contradictions: [],
  ...given,
});
