import { describe, expect, it } from '@jest/globals';
import { check, killed, missing, told } from './table.js';

const m = 'authority:Ministry';
const k = 'authority:Coroner';
const a = 'official:Mayor';
const h = 'organisation:Hospital';
const w = 'witness:Neighbour';

describe('agreeing', () => {
  check([
    {
      why: 'unhedged numeric totals of kinds 1 to 4 that overlap best: two with 30',
      said: [
        [m, 1, 30],
        [h, 2, 30],
      ],
      gives: { best: '30', status: 'corroborated', origins: 2, madeBy: [0] },
    },
    {
      why: 'an older one too, in a cumulative measure',
      said: [
        [h, 1, 30],
        [m, 2, 30],
      ],
      gives: { status: 'corroborated', origins: 2 },
    },
    {
      why: 'in a current measure none older than best',
      in: missing,
      said: [
        [h, 1, 30],
        [m, 2, 30],
      ],
      gives: { status: 'single-source', origins: 1 },
    },
    {
      why: 'in a current measure a newer one does',
      in: missing,
      said: [
        [m, 1, 30],
        [h, 2, 30],
      ],
      gives: { status: 'corroborated', origins: 2 },
    },
    {
      why: 'overlapping as said, and its low at least best’s: "at least 30" agrees with 30, "at least 20" does not',
      said: [
        [m, 2, 30],
        [h, 2, '30+'],
        [w, 2, '20+'],
      ],
      gives: { origins: 2, dissenting: [] },
    },
    {
      why: 'the point stands for the low: about 250 (245 to 255) agrees with 248',
      said: [
        [m, 1, 248],
        [h, 1, '~250'],
      ],
      gives: { origins: 2, status: 'corroborated' },
    },
    {
      why: 'and about 250 does not agree with 252, being under it',
      said: [
        [m, 1, 252],
        [h, 1, '~250'],
      ],
      gives: { origins: 1, status: 'single-source', dissenting: [] },
    },
    {
      why: 'not words, hedged numbers, partials, the press or a party',
      said: [
        [m, 1, 30],
        [h, 1, 'dozens'],
        [w, 1, 30, { hedged: true }],
        [a, 1, 30, { basis: 'partial' }],
        ['press:Agency', 1, 30],
        ['party:Rebels', 1, 30],
      ],
      gives: { origins: 1, status: 'single-source' },
    },
    {
      why: 'if none agree, how many made best: two officials whose words make 26 or more',
      said: [
        [a, 1, 'dozens'],
        ['official:Prefect', 2, 26, { basis: 'partial' }],
      ],
      gives: { best: '26+', origins: 2, status: 'single-source' },
    },
    {
      why: 'if none agree and one made best: one',
      said: [['party:Rebels', 1, 34]],
      gives: { origins: 1, status: 'unconfirmed' },
    },
    {
      why: 'in a hull both agree, though they contest each other',
      said: [
        [a, 1, 30],
        ['official:Prefect', 2, 28],
      ],
      gives: { best: '28-30', origins: 2, status: 'contested' },
    },
  ]);
});

describe('reported', () => {
  check([
    {
      why: 'the hull of best and all standing numeric statements of kinds 1 to 5 that are not overtaken',
      said: [
        [m, 1, 30],
        [h, 2, 28],
        ['press:Agency', 2, 33],
        [w, 2, 31, { hedged: true }],
      ],
      gives: { reported: '28-33' },
    },
    {
      why: 'an open high counts as its low',
      said: [
        [m, 1, '30+'],
        [h, 2, '45+'],
      ],
      gives: { best: '30+', reported: '30-45' },
    },
    { why: 'also of best: at least 7 is reported 7', said: [[m, 1, '7+']], gives: { reported: '7' } },
    {
      why: 'not words',
      said: [
        [m, 1, 30],
        [h, 2, 'hundreds'],
      ],
      gives: { reported: '30' },
    },
    {
      why: 'words that made best, as best is shown',
      said: [[m, 1, 'dozens']],
      gives: { best: '24+', reported: '24' },
    },
    {
      why: 'of parties only where a party made best',
      said: [
        ['party:Rebels', 1, 34],
        ['party:Army', 2, 50],
      ],
      gives: { best: '50', reported: '50' },
    },
    {
      why: 'parties that contradict each other: both',
      said: [
        ['party:Rebels', 1, 34],
        ['party:Army', 2, 10],
      ],
      gives: { best: '10-34', status: 'unconfirmed', reported: '10-34' },
    },
    {
      why: 'a partial under best is a mere floor: 12 identified of 30',
      said: [
        [m, 1, 30],
        [h, 2, 12, { basis: 'partial' }],
      ],
      gives: { reported: '30' },
    },
    {
      why: 'a partial above best is not: 35 counted',
      said: [
        [m, 1, 30],
        ['press:Agency', 2, 35, { basis: 'partial' }],
      ],
      gives: { reported: '30-35' },
    },
    {
      why: 'a sum not overtaken widens both ways: 12 to 40 compiled after the 30',
      said: [
        [m, 1, 30],
        ['press:Agency', 2, '12-40', { basis: 'sum' }],
      ],
      gives: { best: '30', reported: '12-40', dissenting: [] },
    },
    {
      why: 'an overtaken sum does not',
      said: [
        ['press:Agency', 1, '12-40', { basis: 'sum' }],
        [m, 2, 30],
      ],
      gives: { best: '30', reported: '30' },
    },
    {
      why: 'an authority’s older open total under an authority’s best is a mere floor: at least 20, then at least 30',
      said: [
        [m, 1, '20+'],
        [k, 2, '30+'],
      ],
      gives: { best: '30+', madeBy: [0, 1], reported: '30' },
    },
    {
      why: 'also where it made best with a newer of a lower low',
      said: [
        ['authority:Prosecutor', 1, '20+'],
        [m, 2, '30+'],
        [k, 3, '25-40'],
      ],
      gives: { best: '30-40', reported: '25-40' },
    },
  ]);
});

describe('official', () => {
  check([
    {
      why: 'what the default method makes of authorities’ numeric totals alone: the ministry’s 30, whoever contests it',
      said: [
        [m, 1, 30],
        [h, 2, 35],
      ],
      gives: { official: '30' },
    },
    {
      why: 'a hedged one too, though best is a lower kind’s',
      said: [
        [m, 1, 40, { hedged: true }],
        [a, 2, 30],
      ],
      gives: { best: '30', official: '40' },
    },
    {
      why: 'null without: words are no number',
      said: [
        [m, 1, 'dozens'],
        [a, 2, 30],
      ],
      gives: { official: null },
    },
    {
      why: 'null without: a partial is no total',
      said: [
        [m, 1, 30, { basis: 'partial' }],
        [a, 2, 30],
      ],
      gives: { official: null },
    },
    {
      why: 'null without: an official is no authority',
      said: [[a, 1, 30]],
      gives: { official: null },
    },
    {
      why: 'two authorities as the method has it: 20 or more, then 18 to 40, is 20 to 40',
      said: [
        [m, 1, '20+'],
        [k, 2, '18-40'],
      ],
      gives: { official: '20-40' },
    },
    {
      why: 'a new total by increment is a total',
      said: [
        [m, 1, 23],
        [m, 2, 7, { basis: 'additional', of: [0] }],
      ],
      gives: { official: '30' },
    },
    {
      why: 'an authority’s 0 in the hull with a hospital’s 3: the authorities alone say 0',
      said: [
        [m, 1, 0],
        [h, 2, 3],
      ],
      gives: { best: '0-3', official: '0' },
    },
  ]);
  check(
    (['two-source/1', 'range/1', 'majority/1', 'most-recent/1', 'lowest-corroborated/1'] as const).map((method) => ({
      why: `whatever the method: ${method}`,
      scheme: { method },
      said: [[m, 1, 30] as const, [h, 2, 35] as const],
      gives: { official: '30' },
    })),
  );
});

describe('hedged and as of', () => {
  check([
    {
      why: 'hedged: all that made best are',
      said: [
        [a, 1, 30, { hedged: true }],
        ['official:Prefect', 2, '25+', { hedged: true }],
      ],
      gives: { best: '30+', hedged: true, asOf: 2 },
    },
    {
      why: 'not where one of them is not',
      said: [
        [a, 1, 30, { hedged: true }],
        ['official:Prefect', 2, 'dozens'],
      ],
      gives: { best: '30+', hedged: false },
    },
    {
      why: 'as of the newest that made best, not of the newest that agrees',
      said: [
        [m, 1, 30],
        [h, 2, 30],
      ],
      gives: { asOf: 1 },
    },
    {
      why: 'as of the repetition: the number is confirmed anew',
      said: [
        [m, 1, 30],
        [m, 2, 30],
      ],
      gives: { asOf: 2, madeBy: [1] },
    },
  ]);
});

describe('a pin', () => {
  it('replaces best and keeps beside it what the method gives, and what stands beside that', () => {
    const { history, ids } = told([
      [m, 1, 30],
      [h, 2, 35],
    ]);
    history.pin(killed, 33, 34);
    const estimate = history.estimate(killed);
    expect(estimate).toMatchObject({
      best: { low: 33, high: 34, point: null },
      computed: { low: 30, high: 30, point: 30 },
      status: 'pinned',
      confirmed: 30,
      official: { low: 30, high: 30 },
      dissenting: [ids[1]],
      figures: [ids[0]],
    });
    // As reckoned from what the method gives, 30, and the hospital's 35.
    expect(history.reported(killed)).toBe('30-35');
    history.unpin(killed);
    expect(history.estimate(killed)).toMatchObject({ best: { low: 30 }, computed: null, status: 'contested' });
  });

  it('feeds the sums', () => {
    const { history } = told([[m, 1, 30]]);
    history.pin(killed, 33, 33);
    expect(history.best('killed/side:victims')).toBe('33');
  });

  it('caps confirmed by what the method gives, not by itself', () => {
    const { history } = told([[m, 1, 30]]);
    history.pin(killed, 5, 5);
    expect(history.estimate(killed).confirmed).toBe(30);
  });

  it('is a point where it is one number', () => {
    const { history } = told([[m, 1, 30]]);
    history.pin(killed, 33, 33);
    expect(history.estimate(killed).best).toEqual({ low: 33, high: 33, point: 33 });
  });
});
