import { describe, expect, it } from '@jest/globals';
import { day } from './history.js';
import { check, killed, missing, told } from './table.js';

const m = 'authority:Ministry';

describe('of one origin, the newest total stands', () => {
  check([
    {
      why: 'and replaces everything older: 32 after 30',
      said: [
        [m, 1, 30],
        [m, 2, 32],
      ],
      gives: { best: '32', madeBy: [1] },
    },
    {
      why: 'also where it is lower',
      said: [
        [m, 1, 32],
        [m, 2, 29],
      ],
      gives: { best: '29', dissenting: [], reported: '29' },
    },
    {
      why: 'also where it is vaguer, as long as it is a number: "at least 20" after 30',
      said: [
        [m, 1, 30],
        [m, 2, '20+'],
      ],
      gives: { best: '20+' },
    },
    {
      why: 'what arrives late, about an earlier time, does not stand while a newer one does',
      said: [
        [m, 2, 32],
        [m, 1, 30],
      ],
      gives: { best: '32', reported: '32', dissenting: [] },
    },
    {
      why: 'it replaces an older partial, even a higher one: 40 counted, then 30 in all',
      said: [
        [m, 1, 40, { basis: 'partial' }],
        [m, 2, 30],
      ],
      gives: { best: '30', reported: '30', dissenting: [] },
    },
    {
      why: 'it replaces an older increment without F',
      said: [
        ['organisation:Hospital', 1, 40, { basis: 'additional' }],
        ['organisation:Hospital', 2, 30],
      ],
      gives: { best: '30', reported: '30', dissenting: [] },
    },
    {
      why: 'it replaces an older sum of its own',
      said: [
        ['press:Agency', 1, 40, { basis: 'sum' }],
        ['press:Agency', 2, 30],
      ],
      gives: { best: '30', reported: '30', dissenting: [] },
    },
  ]);
});

describe('words do not replace the number before them that they can be true with', () => {
  check([
    {
      why: '30, then "dozens" (24 or more): passed over',
      said: [
        [m, 1, 30],
        [m, 2, 'dozens'],
      ],
      gives: { best: '30', asOf: 1, madeBy: [0] },
    },
    {
      why: '5, then "dozens": 5 cannot be 24 or more, and is replaced',
      said: [
        [m, 1, 5],
        [m, 2, 'dozens'],
      ],
      gives: { best: '24+', asOf: 2 },
    },
    {
      why: '"can be true with" is as said, in any measure: 5 dead do not become "dozens" by growing',
      said: [
        [m, 1, '5-23'],
        [m, 2, 'dozens'],
      ],
      gives: { best: '24+' },
    },
    {
      why: 'and in a current measure too: 30 missing, then "dozens"',
      in: missing,
      said: [
        [m, 1, 30],
        [m, 2, 'dozens'],
      ],
      gives: { best: '30', asOf: 1 },
    },
    {
      why: 'words replace words: "dozens" after "scores"',
      said: [
        [m, 1, 'scores'],
        [m, 2, 'dozens'],
      ],
      gives: { best: '24+', asOf: 2 },
    },
    {
      why: 'they do not replace a hedged number either',
      said: [
        [m, 1, 30, { hedged: true }],
        [m, 2, 'dozens'],
      ],
      gives: { best: '30', asOf: 1 },
    },
    {
      why: 'the number before them is the one that stands: words passed over do not shield it from "hundreds"',
      said: [
        [m, 1, 30],
        [m, 2, 'dozens'],
        [m, 3, 'hundreds'],
      ],
      gives: { best: '200+', asOf: 3 },
    },
    {
      why: 'a number said before words that replaced it does not come back: 5, "dozens", "a few"',
      said: [
        [m, 1, 5],
        [m, 2, 'dozens'],
        [m, 3, 'a few'],
      ],
      gives: { best: '3+', asOf: 3 },
    },
    {
      why: 'filed late, words between two numbers change nothing',
      said: [
        [m, 1, 5],
        [m, 3, 30],
        [m, 2, 'dozens'],
      ],
      gives: { best: '30', asOf: 3 },
    },
    {
      why: 'filed late, a number before words that can be true with it stands again: "dozens", and 30 the day before',
      said: [
        [m, 2, 'dozens'],
        [m, 1, 30],
      ],
      gives: { best: '30', asOf: 1 },
    },
  ]);
});

describe('a hedged number does not replace the unhedged one before it that it can be true with', () => {
  check([
    {
      why: '30, then "perhaps at least 20": passed over',
      said: [
        [m, 1, 30],
        [m, 2, '20+', { hedged: true }],
      ],
      gives: { best: '30', hedged: false, asOf: 1 },
    },
    {
      why: '30, then "perhaps 40": replaced',
      said: [
        [m, 1, 30],
        [m, 2, 40, { hedged: true }],
      ],
      gives: { best: '40', hedged: true, asOf: 2 },
    },
    {
      why: 'a hedged number replaces a hedged one: "perhaps 30", then "perhaps 20 or more"',
      said: [
        [m, 1, 30, { hedged: true }],
        [m, 2, '20+', { hedged: true }],
      ],
      gives: { best: '20+', hedged: true, asOf: 2 },
    },
    {
      why: 'a hedged number replaces words, which are no number: "dozens", then "perhaps 30"',
      said: [
        [m, 1, 'dozens'],
        [m, 2, 30, { hedged: true }],
      ],
      gives: { best: '30', hedged: true, asOf: 2 },
    },
    {
      why: 'an unhedged number replaces a hedged one',
      said: [
        [m, 1, 40, { hedged: true }],
        [m, 2, 30],
      ],
      gives: { best: '30', hedged: false },
    },
    {
      why: 'hedged words: the words rule keeps 30',
      said: [
        [m, 1, 30],
        [m, 2, 'dozens', { hedged: true }],
      ],
      gives: { best: '30', hedged: false },
    },
    {
      why: 'both passed over, one after the other: 30, "dozens", "perhaps 30 or more"',
      said: [
        [m, 1, 30],
        [m, 2, 'dozens'],
        [m, 3, '30+', { hedged: true }],
      ],
      gives: { best: '30', asOf: 1 },
    },
  ]);
});

describe('beside the newest total', () => {
  check([
    {
      why: 'a partial that is newer stands: 30, then 40 counted by an officer would dissent, 20 does not',
      said: [
        [m, 1, 30],
        [m, 2, 20, { basis: 'partial' }],
      ],
      gives: { best: '30', dissenting: [], reported: '30' },
    },
    {
      why: 'a later partial that cannot be true with an older total replaces that: 30, then 40 counted',
      said: [
        [m, 1, 30],
        [m, 2, 40, { basis: 'partial' }],
      ],
      gives: { best: '40+', status: 'single-source', dissenting: [] },
    },
    {
      why: 'a partial of the same said-at is not later: both stand, and the total makes best',
      said: [
        [m, 1, 30],
        [m, 1, 40, { basis: 'partial' }],
      ],
      gives: { best: '30' },
    },
    {
      why: 'a partial later than words passed over still stands beside the number: 30, "dozens", 20 identified',
      said: [
        [m, 1, 30],
        [m, 3, 'dozens'],
        [m, 2, 20, { basis: 'partial' }],
        ['organisation:Hospital', 2, 25, { basis: 'partial' }],
      ],
      gives: { best: '30', confirmed: 30 },
    },
    {
      why: 'the newest partial replaces the one before, also where it is lower',
      said: [
        ['official:Officer', 1, 40, { basis: 'partial' }],
        ['official:Officer', 2, 20, { basis: 'partial' }],
      ],
      gives: { best: '20+', reported: '20' },
    },
    {
      why: 'the newest sum replaces the one before',
      said: [
        ['press:Agency', 1, 40, { basis: 'sum' }],
        ['press:Agency', 2, 20, { basis: 'sum' }],
      ],
      gives: { best: '20', reported: '20' },
    },
    {
      why: 'a partial filed late, older than the total, does not stand',
      said: [
        ['official:Officer', 2, 30],
        ['official:Officer', 1, 40, { basis: 'partial' }],
      ],
      gives: { best: '30', reported: '30', dissenting: [] },
    },
    {
      why: 'a newer sum stands beside a total, whatever it says: 30, then "with others’, 50"',
      said: [
        ['organisation:Hospital', 1, 30],
        ['organisation:Hospital', 2, 50, { basis: 'sum' }],
      ],
      gives: { best: '30', dissenting: [1], status: 'contested', reported: '30-50' },
    },
  ]);

  check([
    {
      why: 'words do not replace a count before them that they can be true with: 40 identified, then "dozens" dead',
      said: [
        [m, 1, 40, { basis: 'partial' }],
        [m, 2, 'dozens'],
      ],
      gives: { best: '40+', confirmed: 40, status: 'single-source' },
    },
    {
      why: 'nor does that count silence words that say more: 10 identified, then "hundreds" dead',
      said: [
        [m, 1, 10, { basis: 'partial' }],
        [m, 2, 'hundreds'],
      ],
      gives: { best: '200+', confirmed: 200, reported: '200' },
    },
    {
      why: 'nor does a hedged total take back what was counted: 40 identified, then "perhaps 45" in all',
      said: [
        [m, 1, 40, { basis: 'partial' }],
        [m, 2, 45, { hedged: true }],
      ],
      gives: { best: '45', confirmed: 40 },
    },
    {
      why: 'a hedged total that cannot be true with it does: 40 identified, then "perhaps 35"',
      said: [
        [m, 1, 40, { basis: 'partial' }],
        [m, 2, 35, { hedged: true }],
      ],
      gives: { best: '35', hedged: true, confirmed: null },
    },
  ]);

  it('gives the total back when the partial that replaced it is withdrawn', () => {
    const { history, ids } = told([
      [m, 1, 30],
      [m, 2, 40, { basis: 'partial' }],
    ]);
    history.retract(ids[1] ?? '');
    expect(history.best(killed)).toBe('30');
  });

  it('takes the next statement from there: after the partial, a total again', () => {
    const { history } = told([
      [m, 1, 30],
      [m, 2, 40, { basis: 'partial' }],
    ]);
    history.says(m, day(3), killed, 41);
    expect([history.best(killed), history.reported(killed)]).toEqual(['41', '41']);
  });
});
