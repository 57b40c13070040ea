import { describe } from '@jest/globals';
import { sumsTable } from './sums-table.js';

const all = 'killed/civilians';
const of = (value: string): string => `${all}/nationality=${value}`;

describe('nationality, with a home country', () => {
  sumsTable([
    {
      why: 'In Amenas: 30 dead with 8 Algerians leave at most 22 foreign; 22 - 2 - 1 leave at most 19 Japanese',
      told: [
        [all, 30],
        [of('DZ'), '8+'],
        [of('foreign'), '7+'],
        [of('JP'), '2+'],
        [of('GB'), '2+'],
        [of('FR'), '1+'],
      ],
      gives: {
        [of('foreign')]: { best: '7+', implied: '7-22' },
        [of('DZ')]: { best: '8+', implied: '8-23' },
        [of('JP')]: { implied: '2-19' },
        [of('GB')]: { implied: '2-19' },
        [of('FR')]: { implied: '1-18' },
      },
    },
    {
      why: 'foreign holds all others, the stateless too: 3 + 1, and home and unknown are none of them',
      told: [
        [of('FR'), 3],
        [of('stateless'), 1],
        [of('DZ'), 5],
        [of('unknown'), 2],
      ],
      gives: { [of('foreign')]: { best: '4+' }, [all]: { best: '11+' } },
    },
    {
      why: 'complete means home, foreign and unknown, never the countries: 5 + 4 + 0 are 9, the 4 not split up',
      scheme: { breakdowns: [{ key: 'nationality', complete: true }] },
      told: [
        [of('DZ'), 5],
        [of('foreign'), 4],
        [of('unknown'), 0],
        [of('FR'), 1],
        [of('GB'), '1+'],
      ],
      gives: { [all]: { best: '9' }, [of('GB')]: { implied: '1-3' }, [of('foreign')]: { implied: '4' } },
    },
    {
      why: 'complete, one of the three not spoken of: 9 - 5 home leave 0 to 4 foreign, of whom 1 is French, so 1 to 4',
      scheme: { breakdowns: [{ key: 'nationality', complete: true }] },
      told: [
        [all, 9],
        [of('DZ'), 5],
        [of('FR'), 1],
      ],
      gives: { [of('foreign')]: { best: '1-4', status: 'derived', reported: '1-4' } },
      notListed: [of('unknown')],
    },
  ]);
});

describe('nationality, without a home country', () => {
  sumsTable([
    {
      why: 'all are one level: 3 + 1 + 5 + 2, and nobody is foreign',
      scheme: { home: null },
      told: [
        [of('FR'), 3],
        [of('stateless'), 1],
        [of('DZ'), 5],
        [of('unknown'), 2],
      ],
      gives: { [all]: { best: '11+' } },
      notListed: [of('foreign')],
    },
    {
      why: 'one is at most the whole less all others: 12 - 5 - 3 = 4',
      scheme: { home: null },
      told: [
        [all, 12],
        [of('DZ'), 5],
        [of('FR'), 3],
        [of('GB'), '1+'],
      ],
      gives: { [of('GB')]: { implied: '1-4' } },
    },
  ]);
});

describe('a remainder, nationality unknown', () => {
  sumsTable([
    {
      why: 'is left out first where it is older: 4 of 10 were unknown on day 1; on day 9 all 10 have a country',
      told: [
        [all, 10, 1],
        [of('DZ'), 6, 1],
        [of('unknown'), 4, 1],
        [of('foreign'), 4, 9],
      ],
      gives: {
        [all]: { best: '10', status: 'single-source', implied: '10' },
        [of('DZ')]: { implied: '6' },
        // 10 - 6 - 4 leaves nobody: what was said of the unknown no longer holds.
        [of('unknown')]: { best: '4', implied: '0', status: 'contested' },
      },
    },
    {
      why: 'said last it stays, and what is older gives way: the 10 become 6 + 4 + 3 = at least 13',
      told: [
        [all, 10, 1],
        [of('DZ'), 6, 1],
        [of('foreign'), 4, 1],
        [of('unknown'), 3, 9],
      ],
      gives: { [all]: { best: '13+', status: 'contested', implied: '13+' }, [of('unknown')]: { best: '3' } },
    },
    {
      why: 'is never opened itself, being current: newer parts contradict it only with the whole',
      scheme: { breakdowns: [{ key: 'nationality', complete: true }] },
      told: [
        [all, 10, 9],
        [of('DZ'), 5, 9],
        [of('foreign'), 3, 9],
        [of('unknown'), 1, 1],
      ],
      // 10 - 5 - 3 leaves 2: the 1 of day 1 is left out, not opened to "at least 1".
      gives: { [of('unknown')]: { best: '1', implied: '2', status: 'contested' }, [all]: { implied: '10' } },
    },
  ]);
});
