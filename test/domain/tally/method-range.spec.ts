import { describe } from '@jest/globals';
import { missing, under } from './table.js';

const m = 'authority:Ministry';
const h = 'organisation:Hospital';
const w = 'witness:Neighbour';

describe('range/1: the hull of unhedged numeric totals of kinds 1 to 4 that the default’s best has not overtaken', () => {
  under('range/1', [
    {
      why: '30, and a newer 40: both, and the hull does not contest',
      said: [
        [m, 1, 30],
        [h, 2, 40],
      ],
      gives: { best: '30-40', status: 'corroborated', madeBy: [0, 1], dissenting: [], reported: '30-40' },
    },
    {
      why: 'an older 40 is overtaken by the ministry’s 30',
      said: [
        [h, 1, 40],
        [m, 2, 30],
      ],
      gives: { best: '30', madeBy: [1], status: 'single-source' },
    },
    {
      why: 'open where its highest number is an open low: 30, and at least 40',
      said: [
        [m, 1, 30],
        [h, 2, '40+'],
      ],
      gives: { best: '30+', reported: '30-40' },
    },
    {
      why: 'closed where it is not: at least 30, and 40',
      said: [
        [m, 1, '30+'],
        [h, 2, 40],
      ],
      gives: { best: '30-40' },
    },
    { why: 'one alone is its own interval', said: [[m, 1, 30]], gives: { best: '30' } },
    { why: 'without a point, being a hull: about 250', said: [[m, 1, '~250']], gives: { best: '245-255' } },
    {
      why: 'not the press, a party, the hedged, words, partials or increments',
      said: [
        [m, 1, 30],
        ['press:Agency', 2, 40],
        ['party:Rebels', 2, 41],
        [h, 2, 42, { hedged: true }],
        [w, 2, 'hundreds'],
        ['official:Mayor', 2, 33, { basis: 'partial' }],
      ],
      gives: { best: '30' },
    },
    {
      why: 'none: as the default',
      said: [
        [m, 1, 'dozens'],
        ['party:Rebels', 2, 41],
      ],
      gives: { best: '24+', status: 'single-source' },
    },
    {
      why: 'none: as the default, whose hull contests',
      said: [
        ['official:Mayor', 1, 30, { hedged: true }],
        ['official:Prefect', 2, 20, { hedged: true }],
      ],
      gives: { best: '20-30', status: 'contested' },
    },
    {
      why: 'an authority repeating itself has not overtaken what was said between',
      said: [
        [m, 1, 30],
        [h, 2, 40],
        [m, 3, 30],
      ],
      gives: { best: '30-40' },
    },
    {
      why: 'in a current measure older ones are overtaken',
      in: missing,
      said: [
        [m, 1, 30],
        [h, 2, 40],
        [w, 3, 50],
      ],
      // The default's best is the ministry's of day 1; hospital and witness are newer.
      gives: { best: '30-50' },
    },
  ]);
});
