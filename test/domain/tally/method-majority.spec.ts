import { describe } from '@jest/globals';
import { missing, under } from './table.js';

const m = 'authority:Ministry';
const a = 'official:Mayor';
const b = 'official:Prefect';
const h = 'organisation:Hospital';
const w = 'witness:Neighbour';

describe('majority/1: the values that most independent origins allow, the lowest such stretch', () => {
  under('majority/1', [
    {
      why: 'two of three say 40',
      said: [
        [m, 1, 30],
        [h, 1, 40],
        [w, 1, 40],
      ],
      gives: { best: '40', madeBy: [1, 2], origins: 2 },
    },
    {
      why: 'one against one: the lower',
      said: [
        [m, 1, 40],
        [h, 1, 30],
      ],
      gives: { best: '30', madeBy: [1] },
    },
    {
      why: 'two of one body count once: one against one again',
      said: [
        [m, 1, 30],
        ['official:Clerk@town', 1, 40],
        ['official:Scribe@town', 1, 40],
      ],
      gives: { best: '30' },
    },
    {
      why: 'ranges: 10 to 20, 15 to 30 and 18 to 40 all allow 18 to 20',
      said: [
        [a, 1, '10-20'],
        [b, 1, '15-30'],
        [h, 1, '18-40'],
      ],
      gives: { best: '18-20', madeBy: [0, 1, 2] },
    },
    {
      why: 'the lowest stretch of two alike: 10 to 12 and 11 to 13, and 30 to 32 and 31 to 33, is 11 to 12',
      said: [
        [a, 1, '10-12'],
        [b, 1, '11-13'],
        [h, 1, '30-32'],
        [w, 1, '31-33'],
      ],
      gives: { best: '11-12' },
    },
    {
      why: 'read by age against the newest: 30 and 30 of yesterday allow today’s 40',
      said: [
        [a, 1, 30],
        [b, 1, 30],
        [h, 2, 40],
      ],
      gives: { best: '40', madeBy: [0, 1, 2], status: 'single-source', origins: 1 },
    },
    {
      why: 'but not today’s 20: two say 30 or more',
      said: [
        [a, 1, 30],
        [b, 1, 30],
        [h, 2, 20],
      ],
      gives: { best: '30+', status: 'contested', dissenting: [2] },
    },
    {
      why: 'of the same statements as range/1: what the default’s best has overtaken has no vote',
      said: [
        [h, 1, 40],
        [w, 1, 40],
        [m, 2, 30],
      ],
      gives: { best: '30', madeBy: [2], status: 'single-source' },
    },
    {
      why: 'not the press, however many',
      said: [
        [m, 1, 30],
        ['press:Agency', 2, 40],
        ['press:Paper', 2, 40],
      ],
      gives: { best: '30' },
    },
    {
      why: 'none: as the default',
      said: [[m, 1, 'dozens']],
      gives: { best: '24+', status: 'single-source' },
    },
    {
      why: 'in a current measure, at one moment, as said',
      in: missing,
      said: [
        [m, 1, 30],
        [h, 1, '20+'],
      ],
      gives: { best: '30', madeBy: [0, 1] },
    },
  ]);
});
