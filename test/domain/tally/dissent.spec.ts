import { describe } from '@jest/globals';
import { check, missing } from './table.js';

const m = 'authority:Ministry';
const k = 'authority:Coroner';
const h = 'organisation:Hospital';
const a = 'official:Mayor';

describe('who dissents', () => {
  check([
    {
      why: 'a newer one that does not overlap best, as said: 35 against 30',
      said: [
        [m, 1, 30],
        [h, 2, 35],
      ],
      gives: { dissenting: [1], status: 'contested', reported: '30-35', best: '30' },
    },
    {
      why: 'a newer lower one too: 25 against 30',
      said: [
        [m, 1, 30],
        [h, 2, 25],
      ],
      gives: { dissenting: [1], status: 'contested', reported: '25-30' },
    },
    {
      why: 'not an older lower one, which by age can be true with it',
      said: [
        [h, 1, 25],
        [m, 2, 30],
      ],
      gives: { dissenting: [], status: 'single-source', reported: '30' },
    },
    {
      why: 'an older higher one, overtaken: listed, and counts for nothing else',
      said: [
        [h, 1, 35],
        [m, 2, 30],
      ],
      gives: { dissenting: [0], status: 'single-source', reported: '30' },
    },
    {
      why: 'not hedged ones, which still widen what is reported',
      said: [
        [m, 1, 30],
        [h, 2, 35, { hedged: true }],
      ],
      gives: { dissenting: [], status: 'single-source', reported: '30-35' },
    },
    {
      why: 'not words',
      said: [
        [m, 1, 5],
        [h, 2, 'dozens'],
      ],
      gives: { dissenting: [], status: 'single-source', reported: '5' },
    },
    {
      why: 'not a party, which widens nothing either',
      said: [
        [m, 1, 30],
        ['party:Rebels', 2, 35],
      ],
      gives: { dissenting: [], status: 'single-source', reported: '30' },
    },
    {
      why: 'the press does, and widens, but contests nothing',
      said: [
        [m, 1, 30],
        ['press:Agency', 2, 35],
      ],
      gives: { dissenting: [1], status: 'single-source', reported: '30-35' },
    },
    {
      why: 'partials above best do',
      said: [
        [m, 1, 30],
        [h, 2, 35, { basis: 'partial' }],
      ],
      gives: { dissenting: [1], status: 'contested', reported: '30-35' },
    },
    {
      why: 'in a current measure an older one never',
      in: missing,
      said: [
        [h, 1, 35],
        [m, 2, 30],
      ],
      gives: { dissenting: [], status: 'single-source', reported: '30' },
    },
    {
      why: 'in a current measure a newer one as said',
      in: missing,
      said: [
        [m, 1, 30],
        [h, 2, 35],
      ],
      gives: { dissenting: [1], status: 'contested', reported: '30-35' },
    },
  ]);
});

describe('what is overtaken', () => {
  check([
    {
      why: 'of a lower kind than the highest that made best, and older',
      said: [
        [h, 1, 35],
        [a, 2, 30],
      ],
      gives: { dissenting: [0], status: 'single-source', reported: '30' },
    },
    {
      why: 'both are authorities',
      said: [
        [k, 1, 35],
        [m, 2, 30],
      ],
      gives: { dissenting: [0], status: 'single-source', reported: '30' },
    },
    {
      why: 'cumulative with a low under best’s: an older 20 of the same kind beside 30',
      said: [
        [a, 1, 20],
        ['official:Prefect', 2, 30],
      ],
      gives: { dissenting: [], status: 'single-source', reported: '30', origins: 1 },
    },
    {
      why: 'not one of the same kind with a higher low: 40 counted by a mayor before the prefect’s 30',
      said: [
        [a, 1, 40, { basis: 'partial' }],
        ['official:Prefect', 2, 30],
      ],
      gives: { best: '30', dissenting: [0], status: 'contested', reported: '30-40' },
    },
    {
      why: 'not one of the same said-at',
      said: [
        [h, 1, 35],
        [a, 1, 30],
      ],
      gives: { best: '30', dissenting: [0], status: 'contested', reported: '30-35' },
    },
    {
      why: 'in a current measure any older one, also of a higher kind: a ministry’s words of Monday, a mayor’s number of Tuesday',
      in: missing,
      said: [
        [m, 1, 35, { hedged: true }],
        [a, 2, 30],
      ],
      gives: { best: '30', reported: '30' },
    },
    {
      why: 'a hedged one too is kept out of what is reported once overtaken',
      said: [
        [h, 1, 35, { hedged: true }],
        [m, 2, 30],
      ],
      gives: { best: '30', reported: '30', dissenting: [] },
    },
  ]);
});

describe('since: who repeats an old number answers nobody', () => {
  check([
    {
      why: '30, a hospital’s 35, 30 again: counted from day 1, the 35 is newer and contests it',
      said: [
        [m, 1, 30],
        [h, 2, 35],
        [m, 3, 30],
      ],
      gives: { best: '30', asOf: 3, dissenting: [1], status: 'contested', reported: '30-35' },
    },
    {
      why: '30, a hospital’s 35, 31: counted from day 3, the 35 is overtaken',
      said: [
        [m, 1, 30],
        [h, 2, 35],
        [m, 3, 31],
      ],
      gives: { best: '31', dissenting: [1], status: 'single-source', reported: '31' },
    },
    {
      why: 'a hospital that repeats its old 35 is as old as its first',
      said: [
        [h, 1, 35],
        [m, 2, 30],
        [h, 3, 35],
      ],
      gives: { best: '30', dissenting: [2], status: 'single-source', reported: '30' },
    },
    {
      why: 'the run is unbroken: 30, 31, a hospital’s 35, 30 counts from the second 30',
      said: [
        [m, 1, 30],
        [m, 2, 31],
        [h, 2.5, 35],
        [m, 3, 30],
      ],
      gives: { best: '30', dissenting: [2], status: 'single-source', reported: '30' },
    },
    {
      why: 'hedged and unhedged alike: "perhaps 30", a hospital’s 35, 30',
      said: [
        [m, 1, 30, { hedged: true }],
        [h, 2, 35],
        [m, 3, 30],
      ],
      gives: { best: '30', hedged: false, status: 'contested', reported: '30-35' },
    },
    {
      why: 'a late relay of an earlier repetition moves since back: 35 of day 2 is newer than 30 of day 1',
      said: [
        [h, 2, 35],
        [m, 3, 30],
        [m, 1, 30],
      ],
      gives: { best: '30', status: 'contested', dissenting: [0] },
    },
    {
      why: 'a late filing between the two breaks the run',
      said: [
        [m, 1, 30],
        [h, 2, 35],
        [m, 3, 30],
        [m, 2.5, 31],
      ],
      gives: { best: '30', status: 'single-source', reported: '30' },
    },
    {
      why: 'what is passed over does not break it: 30, a hospital’s 35, "dozens", 30',
      said: [
        [m, 1, 30],
        [h, 2, 35],
        [m, 2.5, 'dozens'],
        [m, 3, 30],
      ],
      gives: { best: '30', status: 'contested', reported: '30-35' },
    },
    {
      why: 'what is passed over does not move it: 30, a hospital’s 35, "dozens"',
      said: [
        [m, 1, 30],
        [h, 2, 35],
        [m, 3, 'dozens'],
      ],
      gives: { best: '30', asOf: 1, status: 'contested', reported: '30-35' },
    },
    {
      why: 'another interval is another number: 30, a hospital’s 35, "at least 30" does answer',
      said: [
        [m, 1, 30],
        [h, 2, 35],
        [m, 3, '30+'],
      ],
      gives: { best: '30+', dissenting: [] },
    },
    {
      why: 'in a current measure: 5 missing on Monday, a hospital’s 9 on Tuesday, 5 again on Wednesday: contested',
      in: missing,
      said: [
        [m, 1, 5],
        [h, 2, 9],
        [m, 3, 5],
      ],
      gives: { best: '5', status: 'contested', reported: '5-9' },
    },
  ]);
});
