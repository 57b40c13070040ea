import { describe, expect, it } from '@jest/globals';
import { killed, missing, told, under } from './table.js';

const m = 'authority:Ministry';
const h = 'organisation:Hospital';
const w = 'witness:Neighbour';

describe('two-source/1: at least the highest n that two independent origins of kinds 1 to 4 reach', () => {
  under('two-source/1', [
    {
      why: '30 and 25: two reach 25',
      said: [
        [m, 1, 30],
        [h, 2, 25],
      ],
      gives: { best: '25+', madeBy: [0, 1] },
    },
    {
      why: 'of three, the second highest',
      said: [
        [m, 1, 30],
        [h, 2, 25],
        [w, 2, 28],
      ],
      gives: { best: '28+' },
    },
    {
      why: 'with their lows: 12 to 30, and at least 10',
      said: [
        [m, 1, '12-30'],
        [h, 1, '10+'],
      ],
      gives: { best: '10+' },
    },
    {
      why: 'one alone, even an authority: none, unconfirmed',
      said: [[m, 1, 30]],
      gives: { best: '-', status: 'unconfirmed', confirmed: 30, official: '30' },
    },
    {
      why: 'two of one body are one: none',
      said: [
        ['authority:Ministry@gov', 1, 30],
        ['official:Officer@gov', 1, 30],
      ],
      gives: { best: '-', status: 'unconfirmed' },
    },
    {
      why: 'unnamed ones of one kind are one: none',
      said: [
        ['witness:resident?', 1, 30, { outlet: 'AP' }],
        ['witness:resident?', 1, 30, { outlet: 'AFP' }],
      ],
      gives: { best: '-', status: 'unconfirmed' },
    },
    {
      why: 'not with the press or a party',
      said: [
        [m, 1, 30],
        ['press:Agency', 1, 30],
        ['party:Rebels', 1, 30],
      ],
      gives: { best: '-' },
    },
    {
      why: 'hedged ones aside',
      said: [
        [m, 1, 30],
        [h, 1, 30, { hedged: true }],
      ],
      gives: { best: '-' },
    },
    {
      why: 'partials and words reach too: 20 counted, and dozens (24)',
      said: [
        [h, 1, 20, { basis: 'partial' }],
        [w, 1, 'dozens'],
      ],
      gives: { best: '20+' },
    },
    {
      why: 'an authority’s 0 reaches nothing: none',
      said: [
        [m, 1, 0],
        [h, 2, 3],
      ],
      gives: { best: '-', status: 'unconfirmed' },
    },
    {
      why: 'where it gives none, confirmed sets the default’s dissent aside: a mayor’s 30, one witness’s 40',
      said: [
        ['official:Mayor@town', 1, 30],
        ['official:Clerk@town', 2, 40],
      ],
      gives: { best: '-', confirmed: null },
    },
    {
      why: 'in a current measure, of one moment',
      in: missing,
      said: [
        [m, 1, 30],
        [h, 1, 25],
      ],
      gives: { best: '25+' },
    },
    {
      why: 'in a current measure an older one is not compared with a newer one at all: 41 and 40 held last week, 7 now',
      in: missing,
      said: [
        [m, 1, 41],
        [h, 1, 40],
        [w, 2, 7],
      ],
      gives: { best: '-', status: 'unconfirmed' },
    },
    {
      why: 'a sum agrees with nothing: an organisation that compiled the ministry’s 30 is no second source',
      said: [
        [m, 1, 30],
        [h, 2, 30, { basis: 'sum', of: [0] }],
      ],
      gives: { best: '-', status: 'unconfirmed', confirmed: 30 },
    },
    {
      why: 'nor is an increment, which rests on another’s number: 25 more than the ministry’s 23',
      said: [
        [m, 1, 23],
        [h, 2, 25, { basis: 'additional', of: [0] }],
      ],
      gives: { best: '-', status: 'unconfirmed', confirmed: 23 },
    },
  ]);

  it('is a floor that does not hide what was said: 30 and 25 are reported', () => {
    const { history } = told(
      [
        [m, 1, 30],
        [h, 2, 25],
      ],
      killed,
      { method: 'two-source/1' },
    );
    expect(history.reported(killed)).toBe('25-30');
  });
});
