import { describe, expect, it } from '@jest/globals';
import { day, figure, History } from './history.js';
import { check, killed } from './table.js';

const m = 'authority:Ministry';

describe('one thing said, carried by several relays', () => {
  check([
    {
      why: 'three outlets with the same number are one origin, said once',
      said: [
        [m, 1, 34, { outlet: 'Reuters' }],
        [m, 1, 34, { outlet: 'AFP' }],
        [m, 1, 34, { outlet: 'AP' }],
      ],
      gives: { best: '34', status: 'single-source', origins: 1, madeBy: [0, 1, 2] },
    },
    {
      why: 'In Amenas: 34, 34 and 35 do not overlap, and most outlets carry 34',
      said: [
        [m, 1, 34, { outlet: 'Reuters' }],
        [m, 1, 34, { outlet: 'AFP' }],
        [m, 1, 35, { outlet: 'Rivers State News' }],
      ],
      gives: { best: '34', reported: '34' },
    },
    {
      why: 'what most carry keeps its point: about 250, twice, and 270',
      said: [
        [m, 1, '~250', { outlet: 'A' }],
        [m, 1, '~250', { outlet: 'B' }],
        [m, 1, 270, { outlet: 'C' }],
      ],
      gives: { best: '245-255 (250)' },
    },
    {
      why: 'a hull of the tied has none: about 250, and 270',
      said: [
        [m, 1, '~250', { outlet: 'A' }],
        [m, 1, 270, { outlet: 'C' }],
      ],
      gives: { best: '245-270' },
    },
    {
      why: 'tied, the hull of the tied: 34 and 35; and that is one statement, no dissent',
      said: [
        [m, 1, 34, { outlet: 'Reuters' }],
        [m, 1, 35, { outlet: 'AFP' }],
      ],
      gives: { best: '34-35', status: 'single-source', dissenting: [] },
    },
    {
      why: 'tied two and two of five, the fifth outside: the hull of the tied only',
      said: [
        [m, 1, 34, { outlet: 'A' }],
        [m, 1, 34, { outlet: 'B' }],
        [m, 1, 36, { outlet: 'C' }],
        [m, 1, 36, { outlet: 'D' }],
        [m, 1, 50, { outlet: 'E' }],
      ],
      gives: { best: '34-36' },
    },
    {
      why: 'tied with an open high, which counts as its low: 40+ and 30 are 30 to 40',
      said: [
        [m, 1, 30, { outlet: 'A' }],
        [m, 1, '40+', { outlet: 'B' }],
      ],
      gives: { best: '30-40' },
    },
    {
      why: 'overlapping intervals: their intersection, here 30 of "at least 20" and 30',
      said: [
        [m, 1, '20+', { outlet: 'A' }],
        [m, 1, 30, { outlet: 'B' }],
      ],
      gives: { best: '30' },
    },
    {
      why: 'three that overlap by pairs only do not overlap: each is carried by one, so the hull of all',
      said: [
        [m, 1, '10-20', { outlet: 'A' }],
        [m, 1, '18-30', { outlet: 'B' }],
        [m, 1, '29-40', { outlet: 'C' }],
      ],
      gives: { best: '10-40' },
    },
    {
      why: 'one outlet counts once, by its last report: its 34 is put right by its 35, and all agree',
      said: [
        [m, 1, 34, { outlet: 'Reuters' }],
        [m, 1, 35, { outlet: 'AFP' }],
        [m, 1, 35, { outlet: 'Reuters' }],
      ],
      gives: { best: '35' },
    },
    {
      why: 'an outlet that repeats itself does not outvote another',
      said: [
        [m, 1, 34, { outlet: 'Reuters' }],
        [m, 1, 34, { outlet: 'Reuters' }],
        [m, 1, 35, { outlet: 'AFP' }],
      ],
      gives: { best: '34-35' },
    },
    {
      why: 'an outlet is its name in canonical form',
      said: [
        [m, 1, 34, { outlet: 'Reuters' }],
        [m, 1, 34, { outlet: 'REUTERS ' }],
        [m, 1, 35, { outlet: 'AFP' }],
      ],
      gives: { best: '34-35' },
    },
    {
      why: 'words count only where the statement has nothing numeric: "dozens" does not contradict 5',
      said: [
        [m, 1, 5, { outlet: 'A' }],
        [m, 1, 'dozens', { outlet: 'B' }],
        [m, 1, 'dozens', { outlet: 'C' }],
      ],
      gives: { best: '5' },
    },
    {
      why: 'words alone: "dozens" (24) and "scores" (40) are open, so they overlap from 40',
      said: [
        [m, 1, 'dozens', { outlet: 'A' }],
        [m, 1, 'scores', { outlet: 'B' }],
      ],
      gives: { best: '40+' },
    },
    {
      why: 'hedged where every figure in it is',
      said: [
        [m, 1, 30, { outlet: 'A', hedged: true }],
        [m, 1, 30, { outlet: 'B', hedged: true }],
      ],
      gives: { best: '30', hedged: true },
    },
    {
      why: 'not hedged where one relay gives it without the hedge',
      said: [
        [m, 1, 30, { outlet: 'A', hedged: true }],
        [m, 1, 30, { outlet: 'B' }],
      ],
      gives: { best: '30', hedged: false },
    },
    {
      why: 'its kind is that of the figure filed last: a witness by then, below the hospital',
      said: [
        ['organisation:Hospital', 1, 40],
        ['official:Mayor', 1, 30, { outlet: 'A' }],
        ['witness:Mayor', 1, 30, { outlet: 'B' }],
      ],
      gives: { best: '40' },
    },
    {
      why: 'its body is that of the figure filed last: of the ministry by then, so no second origin',
      said: [
        ['authority:Ministry@gov', 1, 30],
        ['official:Officer', 1, 30, { outlet: 'A' }],
        ['official:Officer@gov', 1, 30, { outlet: 'B' }],
      ],
      gives: { status: 'single-source', origins: 1 },
    },
    {
      why: 'another said-at is another statement: the later number stands',
      said: [
        [m, 1, 34, { outlet: 'A' }],
        [m, 2, 35, { outlet: 'B' }],
      ],
      gives: { best: '35', madeBy: [1] },
    },
    {
      why: 'another basis is another statement: 20 identified of 30',
      said: [
        [m, 1, 30],
        [m, 1, 20, { basis: 'partial' }],
      ],
      gives: { best: '30', madeBy: [0] },
    },
  ]);
});

describe('one report that gives a number twice', () => {
  const twice = (...numbers: (string | number)[]): History => {
    const history = new History();
    history.report(
      m,
      day(1),
      numbers.map((number) => figure(killed, number)),
    );
    return history;
  };

  it.each([
    ['"at least 11", then "the 11": the intersection', ['11+', 11], '11'],
    ['overlapping ranges: the intersection', ['10-20', '15-30'], '15-20'],
    ['30 in the headline, 32 in the text: the last', [30, 32], '32'],
    ['the last, also where that is lower', [32, 30], '30'],
    ['a number and a word: the number', [5, 'dozens'], '5'],
  ])('%s', (_, numbers, expected) => {
    expect(twice(...numbers).best(killed)).toBe(expected);
  });
});
