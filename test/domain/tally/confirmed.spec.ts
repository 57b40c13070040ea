import { describe } from '@jest/globals';
import { check, missing } from './table.js';

const m = 'authority:Ministry';
const a = 'official:Mayor';
const b = 'official:Prefect';
const h = 'organisation:Hospital';
const w = 'witness:Neighbour';
const of = (country: string) => ({ in: `killed/civilians/nationality=${country}` });

describe('confirmed: the highest n that one authority, or two independent origins of kinds 1 to 4, reach', () => {
  check([
    { why: 'one authority: 30', said: [[m, 1, 30]], gives: { confirmed: 30 } },
    { why: 'with its low: 12 of 12 to 30', said: [[m, 1, '12-30']], gives: { confirmed: 12 } },
    { why: 'one official does not', said: [[a, 1, 30]], gives: { confirmed: null } },
    {
      why: 'two officials, 30 and later 32: both reach 30',
      said: [
        [a, 1, 30],
        [b, 2, 32],
      ],
      gives: { best: '32', confirmed: 30 },
    },
    {
      why: 'two officials that contradict each other made best both: 28',
      said: [
        [a, 1, 30],
        [b, 2, 28],
      ],
      gives: { best: '28-30', confirmed: 28 },
    },
    {
      why: 'of three, the second highest low',
      said: [
        [a, 1, 20],
        [b, 2, 25],
        [h, 3, 30],
      ],
      gives: { best: '25', confirmed: 20, dissenting: [2] },
    },
    {
      why: 'two of one body are one',
      said: [
        ['official:Mayor@town', 1, 30],
        ['official:Clerk@town', 1, 30],
      ],
      gives: { confirmed: null },
    },
    {
      why: 'not with the press',
      said: [
        [a, 1, 30],
        ['press:Agency', 1, 30],
      ],
      gives: { confirmed: null },
    },
    {
      why: 'not with a party',
      said: [
        [a, 1, 30],
        ['party:Rebels', 1, 30],
      ],
      gives: { confirmed: null },
    },
    {
      why: 'partials count: 20 counted by a hospital of a mayor’s 30',
      said: [
        [a, 1, 30],
        [h, 1, 20, { basis: 'partial' }],
      ],
      gives: { best: '30', confirmed: 20 },
    },
    {
      why: 'words count: an authority’s "dozens" is 24',
      said: [
        [a, 1, 30],
        [m, 1, 'dozens'],
      ],
      gives: { best: '30', confirmed: 24 },
    },
    {
      why: 'increments and sums do not',
      said: [
        [a, 1, 30],
        [h, 1, 20, { basis: 'additional' }],
        [w, 1, 30, { basis: 'sum' }],
      ],
      gives: { confirmed: null },
    },
    {
      why: 'nor an authority’s increment',
      said: [[m, 1, 7, { basis: 'additional' }]],
      gives: { best: '7+', confirmed: null },
    },
    {
      why: 'an increment that is its origin’s new total does: 23 and 7 more',
      said: [
        [m, 1, 23],
        [m, 2, 7, { basis: 'additional', of: [0] }],
      ],
      gives: { best: '30', confirmed: 30 },
    },
    {
      why: 'hedged ones aside, an authority’s too',
      said: [
        [m, 1, 30, { hedged: true }],
        [a, 1, 30],
      ],
      gives: { best: '30', confirmed: null },
    },
    {
      why: 'dissenting ones aside: a mayor’s 30, a hospital’s 40 and a witness’s 45 reach 30 only by dissent',
      said: [
        [a, 1, 30],
        [h, 2, 40],
        [w, 2, 45],
      ],
      gives: { best: '30', dissenting: [1, 2], confirmed: null },
    },
    {
      why: 'in a current measure, too, the lows of what stands',
      in: missing,
      said: [
        [a, 1, 30],
        [h, 1, 30],
      ],
      gives: { confirmed: 30 },
    },
    { why: 'null where nobody reaches 1', said: [[m, 1, 0]], gives: { best: '0', confirmed: null } },
    { why: 'null where an authority says at most 5', said: [[m, 1, '<=5']], gives: { best: '0-5', confirmed: null } },
  ]);
});

describe('confirmed: at most the high of best as shown', () => {
  check([
    {
      why: 'an authority’s older "dozens" beside a mayor’s newer 5: 5',
      said: [
        [m, 1, 'dozens'],
        [a, 2, 5],
      ],
      gives: { best: '5', confirmed: 5 },
    },
    {
      why: 'unless that is unconfirmed: the press’s 5 does not limit what the authority said',
      said: [
        [m, 1, 'dozens'],
        ['press:Agency', 2, 5],
      ],
      gives: { best: '5', status: 'unconfirmed', confirmed: 24 },
    },
    {
      why: 'an open best does not limit',
      said: [
        [m, 1, '30+'],
        ['authority:Coroner', 2, '20+'],
      ],
      gives: { best: '30+', confirmed: 30 },
    },
  ]);
});

describe('confirmed: at least the sum of the confirmed of disjoint parts', () => {
  check([
    {
      why: 'two French and three Spaniards, each by an authority, of an official’s 9: 5',
      said: [
        [a, 1, 9],
        [m, 1, 2, of('FR')],
        [m, 1, 3, of('ES')],
      ],
      gives: { best: '9', confirmed: 5 },
    },
    {
      why: 'of a cell that nobody spoke of',
      said: [
        [m, 1, 2, of('FR')],
        [m, 1, 3, of('DZ')],
      ],
      gives: { best: '5+', status: 'derived', confirmed: 5 },
    },
    {
      why: 'only what is confirmed of them: the Spaniards’ three are one witness’s',
      said: [
        [m, 1, 2, of('FR')],
        [w, 1, 3, of('ES')],
      ],
      gives: { best: '5+', confirmed: 2 },
    },
    {
      why: 'overlapping: the highest, since the two may be among the three',
      scheme: { breakdowns: [{ key: 'nationality', overlapping: true }] },
      said: [
        [m, 1, 2, of('FR')],
        [m, 1, 3, of('ES')],
      ],
      gives: { best: '3+', confirmed: 3 },
    },
    {
      why: 'at most the high of best as shown: a mayor’s 4 of yesterday is opened by the newer parts, and shown as 5 or more',
      said: [
        [a, 1, 4],
        [m, 2, 2, of('FR')],
        [m, 2, 3, of('ES')],
      ],
      gives: { best: '5+', status: 'contested', confirmed: 5 },
    },
  ]);
});
