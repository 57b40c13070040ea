import { describe, expect, it } from '@jest/globals';
import { day, History } from '../tally/history.js';
import { sumsTable, toldTo } from './sums-table.js';

const all = 'killed/civilians';
const women = `${all}/sex=f`;
const men = `${all}/sex=m`;
const children = `${all}/age=child`;

describe('bests that cannot all be true and that time does not mend', () => {
  sumsTable([
    {
      why: 'said at one time: 20 women and 30 men of 38; bests stay, implied is withheld from all cells joined to them',
      told: [
        [all, 38],
        [women, 20],
        [men, 30],
        [children, 4],
        ['injured/civilians', 9],
      ],
      gives: {
        [all]: { best: '38', implied: 'withheld', status: 'single-source' },
        [women]: { best: '20', implied: 'withheld' },
        [children]: { best: '4', implied: 'withheld' },
        // Nobody speaks of the side: what its parts' bests alone add up to, by group 38 and by sex at least 50.
        'killed/side:victims': { best: '38-50', implied: 'withheld', status: 'contested' },
        // Another measure is joined to none of it.
        'injured/civilians': { implied: '9' },
      },
      contradictions: [[all, women, men]],
    },
    {
      why: 'a part that is newer than its whole raises it; one that is older and too large cannot be mended',
      told: [
        [women, 20, 1],
        [all, 15, 5],
      ],
      gives: { [all]: { best: '15' }, [women]: { best: '20' } },
      contradictions: [[all, women]],
    },
    {
      why: 'none can be left out of the set: 9 women are too many of 8 alone, whatever the men are',
      told: [
        [all, 8],
        [women, 9],
        [men, 5],
      ],
      contradictions: [[all, women]],
    },
    {
      why: 'the oldest are left out of the set first: any two of three are too many of 10, and those of days 3 and 2 stay',
      told: [
        [all, 10, 9],
        [`${all}/place=a`, 6, 1],
        [`${all}/place=b`, 6, 2],
        [`${all}/place=c`, 6, 3],
      ],
      contradictions: [[all, `${all}/place=b`, `${all}/place=c`]],
    },
    {
      why: 'by cell where they are as old: a before b before c',
      told: [
        [all, 10],
        [`${all}/place=a`, 6],
        [`${all}/place=b`, 6],
        [`${all}/place=c`, 6],
      ],
      // killed/civilians goes first where it can; it cannot. Then a can, b and c cannot.
      contradictions: [[all, `${all}/place=b`, `${all}/place=c`]],
    },
    {
      why: 'the search goes on without the members: a second set elsewhere in the same sums',
      told: [
        [`${all}/place=a`, 5],
        [`${all}/place=a/sex=f`, 6],
        [`${all}/place=b`, 7],
        [`${all}/place=b/sex=f`, 8],
      ],
      contradictions: [
        [`${all}/place=a`, `${all}/place=a/sex=f`],
        [`${all}/place=b`, `${all}/place=b/sex=f`],
      ],
      // By place 5 and 7, by sex 6 and 8, unbounded above.
      gives: { [all]: { best: '14+', status: 'contested' } },
    },
    {
      why: 'a whole without a statement runs from the lower to the higher end where its parts cross: at least 9, at most 7',
      scheme: {
        breakdowns: [
          { key: 'sex', complete: true, values: [{ id: 'f' }, { id: 'm' }] },
          { key: 'age', complete: true, values: [{ id: 'adult' }, { id: 'child' }] },
        ],
      },
      told: [
        [women, 3],
        [men, 4],
        [children, 2],
        [`${all}/age=adult`, 7],
      ],
      gives: {
        [all]: { best: '7-9', status: 'contested', reported: '7-9', implied: 'withheld', origins: 0, asOf: null },
      },
      contradictions: [[`${all}/age=adult`, children, women, men]],
    },
    {
      why: 'bests that nobody of kinds 1 to 4 made are in no set and in no sum shown',
      told: [
        [all, 38],
        [women, 20],
        [men, 30],
        [`${all}/place=a`, 90, 1, 'press:Paper'],
        [`${all}/place=a/sex=f`, 4],
      ],
      gives: { [`${all}/place=a`]: { best: '90', status: 'unconfirmed', implied: 'withheld' } },
      contradictions: [[all, women, men]],
    },
    {
      why: "what is shown in a contradiction leaves April's missing out too: 15 women dead, not 25 lost",
      scheme: { measures: [{ id: 'lost', of: ['killed', 'missing'], nature: 'current' }] },
      told: [
        ['missing/civilians', 10, 1],
        [all, 14, 20],
        [women, 15, 20],
      ],
      gives: { 'lost/civilians': { best: '15+', status: 'contested' } },
      contradictions: [[all, women]],
    },
    {
      why: 'opening comes first: the 10 of day 1 become at least 12, and what is left contradicts itself',
      told: [
        [all, 10, 1],
        [women, 12, 5],
        [`${all}/place=a/sex=f`, 13, 5],
      ],
      gives: { [all]: { best: '10', implied: 'withheld' } },
      contradictions: [[`${all}/place=a/sex=f`, women]],
    },
  ]);

  it('gives the figures behind them, and ends when one is corrected', () => {
    const history = new History();
    const [whole = '', , third = ''] = toldTo(history, [
      [all, 38],
      [women, 20],
      [men, 30],
    ]);
    const figures = history.tally().contradictions[0]?.figures;
    expect(figures).toHaveLength(3);
    expect(figures).toContain(whole);
    expect(figures).toContain(third);
    history.says('authority:Ministry', day(2), men, 18);
    expect(history.tally().contradictions).toEqual([]);
    expect(history.implied(men)).toBe('18');
  });
});
