import { describe, expect, it } from '@jest/globals';
import { historyOf, type SumsCase } from './sums-table.js';

const all = 'killed/civilians';
const women = `${all}/sex=f`;
const men = `${all}/sex=m`;

const cases: readonly (Omit<SumsCase, 'contradictions' | 'gives'> & { readonly says: string })[] = [
  {
    why: 'parts that are too many: numbers, groups, who said them and when, and the sum',
    told: [
      [all, 1_038],
      [women, 20],
      [men, '1030+', 1, 'organisation:Red Cross'],
    ],
    says:
      'These cannot all be true: civilians killed: 1,038, Ministry said on 2020-01-01; ' +
      'civilians killed (sex f): 20, Ministry said on 2020-01-01; ' +
      'civilians killed (sex m): at least 1,030, Red Cross said on 2020-01-01. ' +
      'What is counted of civilians killed adds up to at least 1,050, more than the 1,038.',
  },
  {
    why: 'parts that are too few of a complete whole',
    scheme: { breakdowns: [{ key: 'sex', complete: true, values: [{ id: 'f' }, { id: 'm' }] }] },
    told: [
      ['presumedDead/all', 10],
      ['presumedDead/all/sex=f', 3],
      ['presumedDead/all/sex=m', 4],
    ],
    says:
      'These cannot all be true: people presumed dead: 10, Ministry said on 2020-01-01; ' +
      'people presumed dead (sex f): 3, Ministry said on 2020-01-01; ' +
      'people presumed dead (sex m): 4, Ministry said on 2020-01-01. ' +
      'All that is counted of people presumed dead adds up to at most 7, less than the 10.',
  },
  {
    why: 'two ways of counting a whole that nobody gave',
    scheme: { breakdowns: [{ key: 'sex', complete: true, values: [{ id: 'f' }, { id: 'm' }] }] },
    told: [
      ['killed/all/sex=f', 3],
      ['killed/all/sex=m', 4],
      ['killed/all/age=child', 9],
    ],
    says:
      'These cannot all be true: people killed (age child): 9, Ministry said on 2020-01-01; ' +
      'people killed (sex f): 3, Ministry said on 2020-01-01; ' +
      'people killed (sex m): 4, Ministry said on 2020-01-01. ' +
      'What is counted of people killed adds up to at least 9 one way and to at most 7 another.',
  },
  {
    why: 'a side before its groups, a pin by the editors (of a current measure: nothing is opened)',
    told: [['held/side:victims', 5]],
    pins: [['held/civilians', 6, 6]],
    says:
      'These cannot all be true: victims held: 5, Ministry said on 2020-01-01; ' +
      'civilians held: 6, set by the editors. ' +
      'What is counted of victims held adds up to at least 6, more than the 5.',
  },
  {
    why: 'where no one cell shows it, the numbers alone: all soldiers are responders and among the 10',
    scheme: {
      groups: [
        { id: 'civilians', side: 'victims' },
        { id: 'soldiers', side: 'responders' },
        { id: 'both', of: ['civilians', 'soldiers'] },
      ],
    },
    told: [
      ['killed/both', 10],
      ['killed/side:responders', 12],
    ],
    says:
      'These cannot all be true: responders killed: 12, Ministry said on 2020-01-01; ' +
      'both killed: 10, Ministry said on 2020-01-01.',
  },
];

describe('the sentence of a contradiction', () => {
  it.each(cases.map((each) => [each.why, each] as const))('%s', (_, { says, ...each }) => {
    expect(
      historyOf(each)
        .tally()
        .contradictions.map((contradiction) => contradiction.text),
    ).toEqual([says]);
  });
});
