import { describe } from '@jest/globals';
import { check, missing } from './table.js';

const m = 'authority:Ministry';
const k = 'authority:Coroner';
const a = 'official:Mayor';
const b = 'official:Prefect';
const h = 'organisation:Hospital';
const w = 'witness:Neighbour';

describe('most-authoritative/1: authorities', () => {
  check([
    {
      why: 'the newest statement: 32; the other’s older 30 is 30 or more, and narrows nothing',
      said: [
        [m, 1, 30],
        [k, 2, 32],
      ],
      gives: {
        best: '32',
        status: 'single-source',
        madeBy: [1],
        reported: '32',
        confirmed: 32,
        official: '32',
        dissenting: [],
      },
    },
    {
      why: 'an older one that overlaps narrows it: at least 30, then at least 20 by another, is at least 30',
      said: [
        [m, 1, '30+'],
        [k, 2, '20+'],
      ],
      gives: { best: '30+', madeBy: [0, 1], asOf: 2 },
    },
    {
      why: 'only by its low: an older 10 to 25 leaves 20 to 40 as it is',
      said: [
        [m, 1, '10-25'],
        [k, 2, '20-40'],
      ],
      gives: { best: '20-40', madeBy: [0, 1] },
    },
    {
      why: 'each older one in turn: 25 or more of 20 to 40, then 30 or more',
      said: [
        [m, 1, '30+'],
        ['authority:Prosecutor', 2, '25+'],
        [k, 3, '20-40'],
      ],
      gives: { best: '30-40', madeBy: [0, 1, 2] },
    },
    {
      why: 'else it dissents, and is overtaken: an older 30 against 28',
      said: [
        [m, 1, 30],
        [k, 2, 28],
      ],
      gives: { best: '28', dissenting: [0], status: 'single-source', reported: '28' },
    },
    {
      why: 'the newer narrows first: 35 or more overlaps 20 to 40, then an older 38 or more overlaps 35 to 40',
      said: [
        [m, 1, '38+'],
        ['authority:Prosecutor', 2, '35+'],
        [k, 3, '20-40'],
      ],
      gives: { best: '38-40' },
    },
    {
      why: 'one that does not overlap does not stop those before it',
      said: [
        [m, 1, '25+'],
        ['authority:Prosecutor', 2, '50+'],
        [k, 3, '20-40'],
      ],
      gives: { best: '25-40', dissenting: [1] },
    },
    {
      why: 'none narrows one filed with a reason that lowers: at least 28, double counts removed; it alone made best',
      said: [
        [m, 1, '30+'],
        [k, 2, '28+', { reason: 'doubleCount' }],
      ],
      gives: { best: '28+', madeBy: [1] },
    },
    {
      why: 'repeated without the reason, it is still the number that took the double counts out',
      said: [
        [m, 1, '30+'],
        [k, 2, '28+', { reason: 'doubleCount' }],
        [k, 3, '28+'],
      ],
      gives: { best: '28+', madeBy: [2] },
    },
    {
      why: 'nor does what it took back narrow a third, newer one: at least 28, double counts removed, then at least 20',
      said: [
        [m, 1, '30+'],
        [k, 2, '28+', { reason: 'doubleCount' }],
        ['authority:Prosecutor', 3, '20+'],
      ],
      gives: { best: '28+', madeBy: [1, 2] },
    },
    {
      why: 'what was said at the same time it did not take back',
      said: [
        [m, 2, '30+'],
        [k, 2, '28+', { reason: 'doubleCount' }],
        ['authority:Prosecutor', 3, '20+'],
      ],
      gives: { best: '30+' },
    },
    {
      why: 'a reason that raises does not keep others from narrowing',
      said: [
        [m, 1, '30+'],
        [k, 2, '28+', { reason: 'missingToDead' }],
      ],
      gives: { best: '30+', madeBy: [0, 1] },
    },
    {
      why: 'equal said-at: the later position first, so 32; neither is older, 30 is as said and contests it',
      said: [
        [m, 1, 30],
        [k, 1, 32],
      ],
      gives: { best: '32', status: 'contested', dissenting: [0], reported: '30-32' },
    },
    {
      why: 'in a current measure only those with the newest said-at',
      in: missing,
      said: [
        [m, 1, '30+'],
        [k, 2, '20+'],
      ],
      gives: { best: '20+', madeBy: [1], dissenting: [], reported: '20' },
    },
    {
      why: 'in a current measure, at one moment: 7 to 9, and at least 8',
      in: missing,
      said: [
        [m, 1, '8+'],
        [k, 1, '7-9'],
      ],
      gives: { best: '8-9', madeBy: [0, 1] },
    },
  ]);
});

describe('most-authoritative/1: other kinds', () => {
  check([
    {
      why: 'the values that all allow: at least 20, 10 to 40, at most 35, at one moment',
      said: [
        [a, 1, '20+'],
        [b, 1, '10-40'],
        ['official:Judge', 1, '<=35'],
      ],
      gives: { best: '20-35', madeBy: [0, 1, 2] },
    },
    {
      why: 'an older high does not bind: at most 35 yesterday',
      said: [
        ['official:Judge', 1, '<=35'],
        [a, 2, '20+'],
        [b, 2, '10-40'],
      ],
      gives: { best: '20-40', madeBy: [0, 1, 2] },
    },
    {
      why: 'if there are none, the hull of all as said: In Amenas, 30 and a later 12',
      said: [
        [a, 1, 30],
        [b, 2, 12],
      ],
      gives: { best: '12-30', status: 'contested', reported: '12-30', madeBy: [0, 1], dissenting: [], asOf: 2 },
    },
    {
      why: 'the hull is open where its highest number is an open low: at least 30, and 12 to 20',
      said: [
        [a, 1, '30+'],
        [b, 2, '12-20'],
      ],
      gives: { best: '12+', status: 'contested', reported: '12-30' },
    },
    {
      why: 'and closed where it is not: at least 15, 10 and 20 at one moment',
      said: [
        [a, 1, '15+'],
        [b, 1, 10],
        ['official:Judge', 1, 20],
      ],
      gives: { best: '10-20', status: 'contested' },
    },
    {
      why: 'what made best are those that as said overlap it: 30 is not within 32',
      said: [
        [a, 1, 30],
        [b, 2, 32],
      ],
      gives: { best: '32', madeBy: [1], origins: 1, dissenting: [], reported: '32' },
    },
    {
      why: 'in a current measure only those with the newest said-at',
      in: missing,
      said: [
        [a, 1, 30],
        [b, 2, 12],
        ['official:Judge', 2, '10+'],
      ],
      gives: { best: '12', madeBy: [1, 2] },
    },
    {
      why: 'a lowering reason does not help an official: as wise as the other',
      said: [
        [a, 1, 30],
        [b, 2, 28, { reason: 'doubleCount' }],
      ],
      gives: { best: '28-30', status: 'contested' },
    },
  ]);
});

describe('most-authoritative/1: the highest kind in the first class', () => {
  check([
    {
      why: 'an official before a hospital before a witness, whenever they spoke',
      said: [
        [a, 1, 30],
        [h, 2, 40],
        [w, 3, 50],
      ],
      gives: { best: '30', madeBy: [0], status: 'contested', reported: '30-50', dissenting: [1, 2] },
    },
    {
      why: 'class 1: an official’s number before an authority’s words',
      said: [
        [m, 2, 'dozens'],
        [a, 1, 30],
      ],
      gives: { best: '30', status: 'single-source', confirmed: 24 },
    },
    {
      why: 'class 1: a press count before an authority’s hedged number, which is overtaken: older, and lower',
      said: [
        [m, 1, 30, { hedged: true }],
        ['press:Agency', 2, 40],
      ],
      gives: { best: '40', status: 'unconfirmed', reported: '40' },
    },
    {
      why: 'class 2, the highest kind: an authority’s words before an official’s "perhaps 30"',
      said: [
        [m, 1, 'dozens'],
        [a, 2, 30, { hedged: true }],
      ],
      gives: { best: '24+', hedged: false, reported: '24-30' },
    },
    {
      why: 'class 2: words, hedged totals and partials of one kind together: 24 or more, and 26 counted',
      said: [
        [a, 1, 'dozens'],
        [b, 2, 26, { basis: 'partial' }],
      ],
      gives: { best: '26+', madeBy: [0, 1] },
    },
    {
      why: 'class 3: increments and sums, before a party’s total',
      said: [
        ['party:Rebels', 2, 50],
        [a, 1, 7, { basis: 'additional' }],
      ],
      gives: { best: '7+', status: 'single-source', reported: '7' },
    },
    {
      why: 'class 3, the highest kind: an official’s increment before the press’s sum',
      said: [
        [a, 1, 7, { basis: 'additional' }],
        ['press:Agency', 1, 7, { basis: 'sum' }],
      ],
      gives: { best: '7+', status: 'single-source' },
    },
    {
      why: 'party last',
      said: [['party:Rebels', 1, 34]],
      gives: { best: '34', status: 'unconfirmed', reported: '34', confirmed: null, official: null },
    },
    {
      why: 'party, in the same order of classes: a total before a partial at one moment',
      said: [
        ['party:Rebels', 1, 34],
        ['party:Army', 1, 40, { basis: 'partial' }],
      ],
      gives: { best: '34', status: 'unconfirmed' },
    },
    {
      why: 'a witness before a party: its 34 is listed nowhere',
      said: [
        ['party:Rebels', 1, 34],
        [w, 2, 8],
      ],
      gives: { best: '8', status: 'single-source', reported: '8', dissenting: [] },
    },
  ]);
});

describe('a class 1 total makes no best once a newer unhedged statement of class 2 cannot be true with it', () => {
  check([
    {
      why: 'an official’s 5, then an authority’s "dozens": 24 or more',
      said: [
        [a, 1, 5],
        [m, 2, 'dozens'],
      ],
      gives: { best: '24+', status: 'single-source', madeBy: [1], reported: '24', dissenting: [] },
    },
    {
      why: 'of its own kind: an official’s 5, another’s 9 counted',
      said: [
        [a, 1, 5],
        [b, 2, 9, { basis: 'partial' }],
      ],
      gives: { best: '9+', status: 'single-source', reported: '9' },
    },
    {
      why: 'not of a lower kind: a witness saw dozens',
      said: [
        [a, 1, 5],
        [w, 2, 'dozens'],
      ],
      gives: { best: '5', status: 'single-source', dissenting: [] },
    },
    {
      why: 'not by a hedged one',
      said: [
        [a, 1, 5],
        [m, 2, 'dozens', { hedged: true }],
      ],
      gives: { best: '5' },
    },
    {
      why: 'not by one of the same said-at, nor an older one',
      said: [
        [a, 2, 5],
        [b, 2, 9, { basis: 'partial' }],
        [m, 1, 'dozens'],
      ],
      gives: { best: '5', status: 'contested', dissenting: [1], reported: '5-9' },
    },
    {
      why: 'not by one that it can be true with: 30, then "dozens"',
      said: [
        [a, 1, 30],
        [m, 2, 'dozens'],
      ],
      gives: { best: '30' },
    },
    {
      why: 'as said, in any measure: 5 missing, then 9 of them named',
      in: missing,
      said: [
        [a, 1, 5],
        [b, 2, 9, { basis: 'partial' }],
      ],
      gives: { best: '9+' },
    },
    {
      why: 'the next in class 1 leads: a mayor’s 5 refuted by the prefect’s 9 counted, a hospital’s newer 10 not',
      said: [
        [a, 1, 5],
        [b, 2, 9, { basis: 'partial' }],
        [h, 3, 10],
      ],
      gives: { best: '10', madeBy: [2] },
    },
    {
      why: 'a number repeated answers nobody: 5 said again after the 9 counted still counts from day 1',
      said: [
        [a, 1, 5],
        [b, 2, 9, { basis: 'partial' }],
        [a, 3, 5],
      ],
      // The rule says "newer", a strictly later said-at, and does not name since: the mayor's is the newest word.
      gives: { best: '5' },
    },
    {
      why: 'among parties too',
      said: [
        ['party:Rebels', 1, 34],
        ['party:Army', 2, 40, { basis: 'partial' }],
      ],
      gives: { best: '40+', status: 'unconfirmed' },
    },
    {
      why: 'an authority’s 0 by another’s "some" (at least 1)',
      said: [
        [m, 1, 0],
        [k, 2, '?'],
      ],
      gives: { best: '1+', status: 'single-source' },
    },
  ]);
});

describe('an authority’s 0 against a positive unhedged numeric total of kinds 1 to 4 that is not overtaken: the hull', () => {
  check([
    {
      why: 'nobody, and later three by a hospital: 0 to 3',
      said: [
        [m, 1, 0],
        [h, 2, 3],
      ],
      gives: { best: '0-3', status: 'contested', reported: '0-3', madeBy: [0, 1], dissenting: [] },
    },
    {
      why: 'three by a hospital, and later nobody by the ministry: overtaken',
      said: [
        [h, 1, 3],
        [m, 2, 0],
      ],
      gives: { best: '0', status: 'single-source', dissenting: [0] },
    },
    {
      why: 'open: nobody, and later at least three',
      said: [
        [m, 1, 0],
        [h, 2, '3+'],
      ],
      gives: { best: '0+', status: 'contested', reported: '0-3' },
    },
    {
      why: 'two positive ones that are not overtaken: 0 to 5',
      said: [
        [m, 1, 0],
        [h, 2, 3],
        [w, 2, 5],
      ],
      gives: { best: '0-5', status: 'contested', madeBy: [0, 1, 2] },
    },
    {
      why: 'not against the press, which only widens what is reported',
      said: [
        [m, 1, 0],
        ['press:Agency', 2, 3],
      ],
      gives: { best: '0', status: 'single-source', reported: '0-3', dissenting: [1] },
    },
    {
      why: 'not against a hedged one',
      said: [
        [m, 1, 0],
        [h, 2, 3, { hedged: true }],
      ],
      gives: { best: '0', status: 'single-source' },
    },
    {
      why: 'not against a partial, which dissents as any other',
      said: [
        [m, 1, 0],
        [h, 2, 3, { basis: 'partial' }],
      ],
      gives: { best: '0', status: 'contested', dissenting: [1], reported: '0-3' },
    },
    {
      why: 'two authorities at one moment, 3 and 0: the hull',
      said: [
        [k, 1, 3],
        [m, 1, 0],
      ],
      gives: { best: '0-3', status: 'contested' },
    },
    {
      why: 'also a hedged 0, where a newer count of at least 2 leaves the mayor’s 1 no best of its own: 0 to 1',
      said: [
        [a, 2, 1],
        [m, 2, 0, { hedged: true }],
        [b, 3, 2, { basis: 'partial' }],
      ],
      gives: { best: '0-1', status: 'contested', madeBy: [0, 1], dissenting: [2] },
    },
    {
      why: 'an official’s 0 is none: it is best, and the hospital’s 3 contests it',
      said: [
        [a, 1, 0],
        [h, 2, 3],
      ],
      gives: { best: '0', status: 'contested', dissenting: [1], reported: '0-3' },
    },
    {
      why: 'repeated, it answers nobody: its 0 still counts from day 1',
      said: [
        [m, 1, 0],
        [h, 2, 3],
        [m, 3, 0],
      ],
      gives: { best: '0-3', status: 'contested' },
    },
  ]);
});

describe('the point', () => {
  check([
    { why: 'is the one number if there is only one', said: [[m, 1, 30]], gives: { best: '30' } },
    {
      why: 'is that of "about": 245 to 255, and 250 to print',
      said: [[m, 1, '~250']],
      gives: { best: '245-255 (250)' },
    },
    { why: 'none for a range', said: [[m, 1, '12-30']], gives: { best: '12-30' } },
    {
      why: 'is of the newest that made best with a point inside: about 250, later at least 240, is 245 or more, about 250',
      said: [
        [m, 1, '~250'],
        [k, 2, '240+'],
      ],
      gives: { best: '245+ (250)' },
    },
    {
      why: 'not one outside: about 250 (245 to 255), later at most 248',
      said: [
        [m, 1, '~250'],
        [k, 2, '<=248'],
      ],
      gives: { best: '245-248' },
    },
    {
      why: 'none for a hull',
      said: [
        [a, 1, '~250'],
        [b, 2, 200],
      ],
      gives: { best: '200-255' },
    },
  ]);
});
