import { describe, expect, it } from '@jest/globals';
import { check, killed, told, type Case } from './table.js';

/** One authority says it: best is the interval as said. */
const reads = (said: string, best: string, why: string): Case => ({
  why: `${said} is ${best}: ${why}`,
  said: [['authority:Ministry', 1, said]],
  gives: { best },
});

describe('a quantity read as an interval', () => {
  check([
    reads('30', '30', 'exactly n is [n, n]'),
    reads('0', '0', '"nobody was killed" is exactly 0'),
    reads('7+', '7+', 'at least n is [n, ∞)'),
    reads('>7', '8+', 'more than n is [n+1, ∞)'),
    reads('<=9', '0-9', 'at most n is [0, n]'),
    reads('<9', '0-8', 'fewer than n is [0, n-1]'),
    reads('<1', '0', 'fewer than one is nobody'),
    reads('12-30', '12-30', 'between is [a, b]'),
    reads('12-12', '12', 'a range of one number is that number'),
    reads('?', '1+', 'unspecified is [1, ∞)'),
    reads('1000000000', '1000000000', 'the highest number there is'),
  ]);
});

describe('"about n" is n ± the lesser of a tenth and half a unit of its last digit that is not zero', () => {
  check([
    reads('~253', '252-254 (253)', 'half a unit of the 3 is 0.5, so 1 at least'),
    reads('~250', '245-255 (250)', 'half of ten is 5, a tenth 25'),
    reads('~1200', '1150-1250 (1200)', 'half of a hundred is 50, a tenth 120'),
    reads('~100', '90-110 (100)', 'a tenth is 10, half of a hundred 50'),
    reads('~10', '9-11 (10)', 'a tenth is 1, half of ten 5'),
    reads('~40', '36-44 (40)', 'a tenth is 4, half of ten 5'),
    reads('~50', '45-55 (50)', 'both are 5'),
    reads('~5', '4-6 (5)', 'half of one is 0.5, so 1'),
    reads('~1', '0-2 (1)', 'one either way'),
    reads('~0', '0-1', 'never below 0, and the point is the 0'),
  ]);
});

describe('a vague word read by a lexicon', () => {
  const plain: [string, number][] = [
    ['a couple', 2],
    ['a few', 3],
    ['several', 3],
    ['a dozen', 12],
    ['dozens', 24],
    ['many dozens', 36],
    ['scores', 40],
    ['hundreds', 200],
    ['thousands', 2000],
  ];
  const acled: [string, number][] = [
    ['several', 3],
    ['a few', 3],
    ['many', 3],
    ['dozens', 12],
    ['hundreds', 100],
  ];
  check(plain.map(([word, low]) => reads(word, `${low}+`, 'plain/1, a lower bound without an upper')));
  check(
    acled.map(([word, low]) => ({
      ...reads(word, `${low}+`, 'acled/1, a lower bound without an upper'),
      scheme: { lexicon: 'acled/1' as const },
    })),
  );

  it('reads old words anew when the incident changes its lexicon, and a word that it lacks as unspecified', () => {
    const { history } = told([
      ['authority:Ministry', 1, 'hundreds'],
      ['authority:Ministry', 1, 'scores', { in: 'injured/civilians' }],
    ]);
    expect([history.best(killed), history.best('injured/civilians')]).toEqual(['200+', '40+']);
    history.amend({ lexicon: 'acled/1' });
    expect([history.best(killed), history.best('injured/civilians')]).toEqual(['100+', '1+']);
  });
});

describe('what is numeric makes class 1, what is not makes class 2', () => {
  // An organisation's exact 50 stands below an authority's total only where that is of class 1 too.
  const against = (said: string, best: string, why: string): Case => ({
    why: `an authority's ${said} beside a hospital's earlier 50 gives ${best}: ${why}`,
    said: [
      ['organisation:Hospital', 1, 50],
      ['authority:Ministry', 2, said],
    ],
    gives: { best },
  });
  check([
    against('60+', '60+', 'at least is numeric'),
    against('<=60', '0-60', 'at most is numeric'),
    against('~60', '55-65 (60)', 'about is numeric'),
    against('dozens', '50', 'words are not, and can be true with 50'),
    against('?', '50', 'unspecified is not, and can be true with 50'),
  ]);
});

describe('basis', () => {
  check([
    {
      why: 'partial is [low, ∞): "30 identified" of whatever number',
      said: [['authority:Ministry', 1, 30, { basis: 'partial' }]],
      gives: { best: '30+' },
    },
    {
      why: 'partial of a range is at least its low',
      said: [['authority:Ministry', 1, '12-30', { basis: 'partial' }]],
      gives: { best: '12+' },
    },
    {
      why: 'a sum keeps its number: press added up 12 to 30',
      said: [['press:Agency', 1, '12-30', { basis: 'sum' }]],
      gives: { best: '12-30', status: 'unconfirmed' },
    },
    {
      why: 'additional without `of` is [its low, ∞)',
      said: [['official:Officer', 1, 7, { basis: 'additional' }]],
      gives: { best: '7+' },
    },
  ]);
});
