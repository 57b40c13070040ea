import { describe } from '@jest/globals';
import { missing, under } from './table.js';

const m = 'authority:Ministry';
const h = 'organisation:Hospital';
const w = 'witness:Neighbour';

describe('most-recent/1: unhedged numeric totals of kinds 1 to 4 together, as authorities are', () => {
  under('most-recent/1', [
    {
      why: 'the newest, of whatever kind: a witness’s 32 after the ministry’s 30',
      said: [
        [m, 1, 30],
        [w, 2, 32],
      ],
      gives: { best: '32', madeBy: [1], status: 'single-source', dissenting: [], official: '30' },
    },
    {
      why: 'the newest, also where it is lower; the ministry’s higher number is of a higher kind, not overtaken',
      said: [
        [m, 1, 30],
        [w, 2, 28],
      ],
      gives: { best: '28', status: 'contested', dissenting: [0], reported: '28-30' },
    },
    {
      why: 'older ones narrow it where they overlap: at least 30, then 20 to 40',
      said: [
        [m, 1, '30+'],
        [w, 2, '20-40'],
      ],
      gives: { best: '30-40', madeBy: [0, 1] },
    },
    {
      why: 'none narrows one filed with a reason that lowers',
      said: [
        [m, 1, '30+'],
        [h, 2, '28+', { reason: 'doubleCount' }],
      ],
      gives: { best: '28+', madeBy: [1] },
    },
    {
      why: 'equal said-at: the one filed later first',
      said: [
        [h, 1, 30],
        [m, 1, 32],
        [w, 1, 31],
      ],
      gives: { best: '31', status: 'contested', reported: '30-32' },
    },
    {
      why: 'not the press, a party, the hedged, words, partials or increments, however new',
      said: [
        [m, 1, 30],
        ['press:Agency', 2, 40],
        ['party:Rebels', 2, 41],
        [h, 2, 42, { hedged: true }],
        [w, 2, 'hundreds'],
        ['official:Mayor', 2, 33, { basis: 'partial' }],
        ['official:Prefect', 2, 3, { basis: 'additional' }],
      ],
      gives: { best: '30', madeBy: [0] },
    },
    {
      why: 'none: as the default, the press before the party',
      said: [
        ['press:Agency', 1, 40],
        ['party:Rebels', 2, 41],
      ],
      gives: { best: '40', status: 'unconfirmed' },
    },
    {
      why: 'none: as the default, an authority’s words',
      said: [
        [m, 1, 'dozens'],
        ['party:Rebels', 2, 41],
      ],
      gives: { best: '24+', status: 'single-source' },
    },
    {
      why: 'in a current measure only those with the newest said-at',
      in: missing,
      said: [
        [m, 1, '30+'],
        [w, 2, '20-40'],
      ],
      gives: { best: '20-40', madeBy: [1], dissenting: [] },
    },
  ]);
});
