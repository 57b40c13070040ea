import { describe, expect, it } from '@jest/globals';
import { carries } from './attributed.js';
import { day, History } from './history.js';
import { check, killed, missing } from './table.js';

const chain = [{ name: 'Ministry', kind: 'authority' as const }];

describe('said-at', () => {
  it.each([
    [
      'is when it was stated',
      { statedAt: '2020-01-02T10:00:00Z', publishedAt: '2020-01-02T12:00:00Z' },
      '2020-01-02T10:00:00.000Z',
    ],
    [
      'is when it was published, where nobody says when it was stated',
      { publishedAt: '2020-01-02T12:00:00Z' },
      '2020-01-02T12:00:00.000Z',
    ],
    [
      'of a plain date is its last moment in UTC',
      { statedAt: '2020-01-02', publishedAt: '2020-01-03T12:00:00Z' },
      '2020-01-02T23:59:59.999Z',
    ],
    [
      'of a plain date is the publication, where that is earlier',
      { statedAt: '2020-01-02', publishedAt: '2020-01-02T12:00:00Z' },
      '2020-01-02T12:00:00.000Z',
    ],
    [
      'of a plain date, published on a plain date, is the last moment of that',
      { publishedAt: '2020-01-02' },
      '2020-01-02T23:59:59.999Z',
    ],
    [
      'is an instant, whatever the offset',
      { statedAt: '2020-01-02T01:00:00+02:00', publishedAt: '2020-01-02' },
      '2020-01-01T23:00:00.000Z',
    ],
  ])('%s', (_, at, expected) => {
    const history = new History();
    carries(history, chain, at, killed, 30);
    expect(Date.parse(history.estimate(killed).asOf ?? '')).toBe(Date.parse(expected));
  });

  it('of a figure is its own where it has one', () => {
    const history = new History();
    carries(history, chain, { statedAt: day(2), publishedAt: day(3) }, killed, 30, { statedAt: day(1) });
    expect(Date.parse(history.estimate(killed).asOf ?? '')).toBe(Date.parse(day(1)));
  });

  it('decides, not the order of filing: two ways of writing one moment are one statement', () => {
    const history = new History();
    carries(history, chain, { outlet: 'A', statedAt: '2020-01-02T10:00:00Z', publishedAt: day(3) }, killed, 30);
    carries(history, chain, { outlet: 'B', statedAt: '2020-01-02T12:00:00+02:00', publishedAt: day(3) }, killed, 31);
    expect(history.best(killed)).toBe('30-31');
  });
});

describe('in a cumulative measure the dead only become more', () => {
  check([
    {
      why: 'an older 30 of another origin is 30 or more beside a newer 32: it can be true with that',
      said: [
        ['official:Mayor', 1, 30],
        ['official:Prefect', 2, 32],
      ],
      gives: { best: '32', dissenting: [], status: 'single-source' },
    },
    {
      why: 'but not with a newer 28: nobody rises again',
      said: [
        ['official:Mayor', 1, 30],
        ['official:Prefect', 2, 28],
      ],
      gives: { best: '28-30', status: 'contested' },
    },
    {
      why: 'a newer 32 is as said beside an older 30: at one moment 30, later 32',
      said: [
        ['official:Mayor', 1, 30],
        ['witness:Neighbour', 2, 32],
      ],
      gives: { best: '30', dissenting: [1], status: 'contested', reported: '30-32' },
    },
    {
      why: 'of equal said-at neither is older: 30 and 32 are both as said',
      said: [
        ['official:Mayor', 1, 30],
        ['official:Prefect', 1, 32],
      ],
      gives: { best: '30-32', status: 'contested' },
    },
  ]);
});

describe('in a current measure an older statement of another origin is not compared with a newer one', () => {
  check([
    {
      why: '30 missing yesterday say nothing about 5 today',
      in: missing,
      said: [
        ['official:Mayor', 1, 30],
        ['official:Prefect', 2, 5],
      ],
      gives: { best: '5', dissenting: [], status: 'single-source', reported: '5', origins: 1 },
    },
    {
      why: 'nor does an equal number of yesterday agree',
      in: missing,
      said: [
        ['official:Mayor', 1, 5],
        ['official:Prefect', 2, 5],
      ],
      gives: { best: '5', origins: 1, status: 'single-source' },
    },
    {
      why: 'an own measure declared current is one',
      in: 'rescuable/civilians',
      scheme: { measures: [{ id: 'rescuable', nature: 'current' }] },
      said: [
        ['official:Mayor', 1, 30],
        ['official:Prefect', 2, 5],
      ],
      gives: { best: '5', status: 'single-source' },
    },
    {
      why: 'an own measure without a nature is cumulative',
      in: 'rescued/civilians',
      scheme: { measures: [{ id: 'rescued' }] },
      said: [
        ['official:Mayor', 1, 30],
        ['official:Prefect', 2, 5],
      ],
      gives: { best: '5-30', status: 'contested' },
    },
    {
      why: 'a cell about nationality unknown, a remainder, is current in any measure: they become fewer',
      in: 'killed/civilians/nationality=unknown',
      said: [
        ['official:Mayor', 1, 30],
        ['official:Prefect', 2, 5],
      ],
      gives: { best: '5', status: 'single-source', reported: '5', dissenting: [] },
    },
    {
      why: 'also with a second key',
      in: 'killed/civilians/nationality=unknown/sex=female',
      said: [
        ['official:Mayor', 1, 30],
        ['official:Prefect', 2, 5],
      ],
      gives: { best: '5', status: 'single-source' },
    },
    {
      why: 'foreign is no remainder',
      in: 'killed/civilians/nationality=foreign',
      said: [
        ['official:Mayor', 1, 30],
        ['official:Prefect', 2, 5],
      ],
      gives: { best: '5-30', status: 'contested' },
    },
  ]);
});
