import { describe } from '@jest/globals';
import { missing, under } from './table.js';

const m = 'authority:Ministry';
const a = 'official:Mayor';
const h = 'organisation:Hospital';
const w = 'witness:Neighbour';

describe('lowest-corroborated/1: the lowest that two independent origins give with the same low, else the lowest', () => {
  under('lowest-corroborated/1', [
    {
      why: 'two say 30, one says 25: 30',
      said: [
        [a, 1, 30],
        [h, 1, 30],
        [w, 1, 25],
      ],
      gives: { best: '30', madeBy: [0, 1] },
    },
    {
      why: 'two pairs: the lower pair',
      said: [
        [a, 1, 30],
        [h, 1, 30],
        [w, 1, 25],
        ['witness:Friend', 1, 25],
      ],
      gives: { best: '25', madeBy: [2, 3] },
    },
    {
      why: 'no two alike: the lowest',
      said: [
        [a, 1, 30],
        [h, 1, 25],
      ],
      gives: { best: '25', madeBy: [1] },
    },
    {
      why: 'the same low, by low and then by high: 30 of 30 and "at least 30"; both gave it',
      said: [
        [a, 1, '30+'],
        [h, 1, 30],
      ],
      gives: { best: '30', madeBy: [0, 1] },
    },
    {
      why: 'else the lowest by low and then by high: 25 to 27 before 25 to 30 of one body',
      said: [
        ['official:Clerk@town', 1, '25-30'],
        ['official:Scribe@town', 1, '25-27'],
        [w, 1, 40],
      ],
      gives: { best: '25-27' },
    },
    {
      why: 'two of one body do not corroborate',
      said: [
        ['official:Clerk@town', 1, 30],
        ['official:Scribe@town', 1, 30],
        [w, 1, 25],
      ],
      gives: { best: '25' },
    },
    {
      why: 'words by acled/1, whatever the incident’s lexicon: dozens are 12 (plain/1 has 24), the lowest',
      said: [
        [h, 1, 'dozens'],
        [w, 1, 25],
      ],
      gives: { best: '12+' },
    },
    {
      why: 'a word that acled/1 lacks reads as unspecified: a couple is at least 1',
      said: [
        [h, 1, 'a couple'],
        [w, 1, 25],
      ],
      gives: { best: '1+' },
    },
    {
      why: 'those older than an authority’s number aside: yesterday’s 20 and 20',
      said: [
        [h, 1, 20],
        [w, 1, 20],
        [m, 2, 30],
      ],
      gives: { best: '30', madeBy: [2] },
    },
    {
      why: 'an authority’s words are no number, and set none aside',
      said: [
        [h, 1, 20],
        [w, 1, 20],
        [m, 2, 'hundreds'],
      ],
      gives: { best: '20' },
    },
    {
      why: 'newer ones stay beside an authority’s number',
      said: [
        [m, 1, 30],
        [h, 2, 20],
      ],
      gives: { best: '20', dissenting: [0] },
    },
    {
      why: 'of two authorities the older aside',
      said: [
        [m, 1, 20],
        ['authority:Coroner', 2, 30],
      ],
      gives: { best: '30' },
    },
    {
      why: 'not the hedged, the press, a party, partials',
      said: [
        [a, 1, 30],
        [h, 1, 10, { hedged: true }],
        ['press:Agency', 1, 11],
        ['party:Rebels', 1, 12],
        [w, 1, 13, { basis: 'partial' }],
      ],
      gives: { best: '30' },
    },
    {
      why: 'none: no estimate, and nothing else is said to be the lowest of what there is not',
      said: [['party:Rebels', 1, 34]],
      gives: { best: '-', status: 'unconfirmed' },
    },
    {
      why: 'in a current measure, of one moment',
      in: missing,
      said: [
        [a, 1, 30],
        [h, 1, 25],
      ],
      gives: { best: '25' },
    },
    {
      why: 'in a current measure an older one is not compared with a newer one at all: 3 held last week, 41 now',
      in: missing,
      said: [
        [h, 1, 3],
        [w, 1, 3],
        [a, 2, 41],
      ],
      gives: { best: '41', madeBy: [2] },
    },
  ]);
});
