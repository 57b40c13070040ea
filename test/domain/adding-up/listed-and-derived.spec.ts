import { describe, expect, it } from '@jest/globals';
import { day, figure, History } from '../tally/history.js';
import { ministry, sumsTable } from './sums-table.js';

describe('which cells are listed', () => {
  sumsTable([
    {
      why: 'those with a figure and those above them, never what only completes a sum',
      scheme: { measures: [{ id: 'lost', of: ['killed', 'missing'] }] },
      told: [['killed/civilians', 3]],
      listed: ['killed/civilians', 'killed/side:victims', 'lost/civilians', 'lost/side:victims'],
    },
    {
      why: 'but for a whole that can be any number: at most 3 women say nothing of the whole',
      told: [['killed/civilians/sex=f', '<=3']],
      // Civilians are all the victims there are, so that at most 3 women are among these; of both wholes nothing is known.
      listed: ['killed/civilians/sex=f', 'killed/side:victims/sex=f'],
    },
    {
      why: 'a side with a figure stands alone, its groups are not above it',
      told: [['killed/side:victims', 3]],
      listed: ['killed/side:victims'],
    },
    {
      why: 'a pinned cell without a figure is listed, and what is above it',
      told: [],
      pins: [['killed/civilians', 4, 4]],
      gives: { 'killed/side:victims': { best: '4', status: 'derived' } },
      listed: ['killed/civilians', 'killed/side:victims'],
    },
  ]);
});

describe('a cell whose figures are all lapsed', () => {
  it('is listed like a whole: what its parts add up to, and not at all where that is any number', () => {
    const history = new History();
    const [women = ''] = history.report(ministry, day(1), [figure('killed/civilians/sex=f', 3)]);
    history.report('press:Paper', day(1), [figure('killed/all', 4, { basis: 'sum', of: [women] })]);
    const men = history.says(ministry, day(2), 'killed/all/sex=m', 1);
    expect(history.status('killed/all')).toBe('unconfirmed');
    history.retract(women);
    expect(history.estimate('killed/all')).toMatchObject({
      best: { low: 1, high: null },
      status: 'derived',
      origins: 0,
    });
    history.retract(men);
    expect(history.tally().cells).toEqual([]);
  });
});

describe('a whole without a statement of its own', () => {
  sumsTable([
    {
      why: 'is derived: no time, no origins, reported is best with an open high as its low',
      told: [
        ['killed/civilians/sex=f', 3, 2],
        ['killed/civilians/sex=m', '4-6', 3],
      ],
      gives: {
        'killed/civilians': {
          best: '7+',
          status: 'derived',
          asOf: null,
          origins: 0,
          reported: '7',
          implied: '7+',
          official: null,
        },
        'killed/side:victims': { best: '7+', status: 'derived', reported: '7' },
      },
    },
    {
      why: 'is reported as closed as it is derived',
      scheme: { groups: [{ id: 'civilians', side: 'victims' }] },
      told: [['killed/civilians', '4-6']],
      gives: { 'killed/side:victims': { best: '4-6', reported: '4-6', status: 'derived' } },
    },
    {
      why: 'is contested where a best among its parts is, however far down',
      told: [
        ['killed/civilians/sex=f', 3, 2],
        ['killed/civilians/sex=f', 5, 2, 'authority:Prosecutor'],
      ],
      gives: {
        'killed/civilians/sex=f': { status: 'contested' },
        'killed/civilians': { status: 'contested' },
        'killed/side:victims': { status: 'contested' },
      },
    },
    {
      why: 'is not where the contested part stands under one with a best of its own that is not',
      scheme: { breakdowns: [{ key: 'place', values: [{ id: 'SY', values: [{ id: 'SY-gov' }] }] }] },
      told: [
        ['killed/all/place=SY-gov', 3, 2],
        ['killed/all/place=SY-gov', 5, 2, 'authority:Prosecutor'],
        ['killed/all/place=SY', 9, 2],
      ],
      gives: { 'killed/all/place=SY': { status: 'single-source' }, 'killed/all': { best: '9+', status: 'derived' } },
    },
    {
      why: 'confirms the sum of what its disjoint parts confirm, whatever it is a sum of: 3 and 2, the 9 of one witness not',
      told: [
        ['killed/civilians/place=a', 3],
        ['killed/civilians/place=b', 2],
        ['killed/civilians/place=c', 9, 1, 'witness:A'],
      ],
      gives: { 'killed/civilians': { best: '14+', confirmed: 5 } },
    },
  ]);
});

describe('what enters', () => {
  sumsTable([
    {
      why: 'unconfirmed bests do not: what only the press counted is in no sum',
      told: [
        ['killed/civilians/sex=f', 3],
        ['killed/civilians/sex=m', 40, 1, 'press:Paper'],
      ],
      gives: {
        'killed/civilians': { best: '3+' },
        'killed/civilians/sex=m': { best: '40', status: 'unconfirmed' },
      },
    },
    {
      why: 'they do not bind either: 2 of the press against a floor of 3 women',
      told: [
        ['killed/civilians/sex=f', 3],
        ['killed/civilians', 10, 1, 'press:Paper'],
      ],
      gives: {
        'killed/civilians/sex=f': { implied: '3' },
        'killed/civilians': { best: '10', status: 'unconfirmed', implied: '3+' },
      },
    },
    {
      why: 'pinned ones do, also over a best that nobody confirmed: 3 + 40',
      told: [
        ['killed/civilians/sex=f', 3],
        ['killed/civilians/sex=m', 39, 1, 'press:Paper'],
      ],
      pins: [['killed/civilians/sex=m', 40, 40]],
      gives: { 'killed/civilians': { best: '43+', status: 'derived' } },
    },
    {
      why: 'a pin binds its parts: 10 pinned less 3 women leave at most 7 men',
      told: [
        ['killed/civilians/sex=f', 3],
        ['killed/civilians/sex=m', '1+'],
        ['killed/civilians', 30],
      ],
      pins: [['killed/civilians', 10, 10]],
      gives: {
        'killed/civilians': { best: '10', status: 'pinned' },
        'killed/civilians/sex=m': { implied: '1-7' },
      },
    },
  ]);
});
