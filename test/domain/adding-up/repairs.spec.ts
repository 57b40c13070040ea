import { describe } from '@jest/globals';
import { sumsTable } from './sums-table.js';

const all = 'killed/civilians';
const women = `${all}/sex=f`;
const men = `${all}/sex=m`;

describe('a floor is raised to what its parts add up to', () => {
  sumsTable([
    {
      why: 'words: some were killed, and 3 women and 4 men are at least 7',
      told: [
        [all, '?'],
        [women, 3],
        [men, 4],
      ],
      gives: { [all]: { best: '7+', status: 'single-source', reported: '7', implied: '7+' } },
    },
    {
      why: 'a partial count: 5 identified so far, of at least 7',
      told: [
        [all, 5, 1, 'authority:Coroner', { basis: 'partial' }],
        [women, 3],
        [men, 4],
      ],
      gives: { [all]: { best: '7+', status: 'single-source' } },
    },
    {
      why: 'a hedged range: perhaps 5 to 9, of at least 7, becomes 7 to 9',
      told: [
        [all, '5-9', 1, 'authority:Ministry', { hedged: true }],
        [women, 3],
        [men, 4],
      ],
      gives: { [all]: { best: '7-9', implied: '7-9' } },
    },
    {
      why: 'never lowered: at least 20 said, at most 15 possible is no floor to raise but a contradiction with its whole',
      told: [
        [all, 15, 2],
        [women, '20+', 1],
      ],
      gives: { [women]: { best: '20+' }, [all]: { best: '15' } },
      contradictions: [[all, women]],
    },
    {
      why: 'a number said unhedged is not raised: "at least 5" keeps its words, and implied says 7',
      told: [
        [all, '5+'],
        [women, 3],
        [men, 4],
      ],
      gives: { [all]: { best: '5+', implied: '7+', status: 'single-source' } },
    },
    {
      why: 'never under a pin',
      told: [
        [all, '?'],
        [women, 3],
        [men, 4],
      ],
      pins: [[all, 1, null]],
      gives: { [all]: { best: '1+', status: 'pinned', implied: '7+' } },
    },
  ]);
});

describe('a best that newer parts passed is opened', () => {
  sumsTable([
    {
      why: '38 at the time; 20 women and 30 men later are at least 50, contested, and the host still says 38',
      told: [
        [all, 38, 1],
        [women, 20, 5],
        [men, 30, 5],
      ],
      gives: {
        [all]: { best: '50+', status: 'contested', implied: '50+', reported: '38-50', official: '38', asOf: 1 },
        [women]: { best: '20', implied: '20' },
        'killed/side:victims': { best: '50+', status: 'contested' },
      },
    },
    {
      why: 'one newer part is enough: 38, of whom 20 were women and now 30 are men',
      told: [
        [all, 38, 1],
        [women, 20, 1],
        [men, 30, 5],
      ],
      gives: { [all]: { best: '50+', status: 'contested' }, [women]: { best: '20', implied: '20' } },
    },
    {
      why: 'repeating an old number answers nobody: 38 since day 1, said again on day 9, is opened all the same',
      told: [
        [all, 38, 1],
        [women, 20, 5],
        [men, 30, 5],
        [all, 38, 9],
      ],
      gives: { [all]: { best: '50+', status: 'contested' } },
    },
    {
      why: 'a part is opened under a newer complete whole: 5 women and 3 men of 10 are 2 short, so 5 at the time are 7',
      scheme: { breakdowns: [{ key: 'sex', complete: true, values: [{ id: 'f' }, { id: 'm' }] }] },
      told: [
        [women, 5, 1],
        [men, 3, 5],
        [all, 10, 5],
      ],
      gives: { [women]: { best: '7', status: 'contested', implied: '7' }, [all]: { best: '10', implied: '10' } },
    },
    {
      why: 'the oldest that mends it: of two older parts the first said is opened, 10 - 3 = 7',
      scheme: { breakdowns: [{ key: 'sex', complete: true, values: [{ id: 'f' }, { id: 'm' }] }] },
      told: [
        [women, 5, 2],
        [men, 3, 1],
        [all, 10, 5],
      ],
      gives: {
        [men]: { best: '5', status: 'contested' },
        [women]: { best: '5', status: 'single-source', implied: '5' },
      },
    },
    {
      why: 'the oldest may not be the one that mends it: opening the whole 10 does nothing for parts that are too few',
      scheme: { breakdowns: [{ key: 'sex', complete: true, values: [{ id: 'f' }, { id: 'm' }] }] },
      told: [
        [all, 10, 1],
        [women, 5, 2],
        [men, 3, 5],
      ],
      gives: { [women]: { best: '7', status: 'contested' }, [all]: { best: '10', status: 'single-source' } },
    },
    {
      why: 'in a current measure nothing is opened: the 38 held on day 1 and the 50 of day 5 contradict each other',
      told: [
        ['held/civilians', 38, 1],
        ['held/civilians/sex=f', 20, 5],
        ['held/civilians/sex=m', 30, 5],
      ],
      gives: { 'held/civilians': { best: '38', implied: 'withheld' } },
      contradictions: [['held/civilians', 'held/civilians/sex=f', 'held/civilians/sex=m']],
    },
    {
      why: 'a pin is opened in the sums and stays as it is shown',
      // Pins are decided when they are recorded, after all that the tests say; so a newer pin stands over an older one.
      told: [],
      pins: [
        [all, 5, 5],
        [women, 9, 9],
      ],
      gives: { [all]: { best: '5', status: 'pinned', implied: '9+' } },
    },
  ]);
});

describe('an unconfirmed best gives way to what adds up', () => {
  const paper = 'press:Paper';
  sumsTable([
    {
      why: 'where it lies wholly outside: 5 of the press, 7 by parts',
      told: [
        [all, 5, 1, paper],
        [women, 3],
        [men, 4],
      ],
      gives: { [all]: { best: '7+', status: 'derived', asOf: null, origins: 0, reported: '7' } },
    },
    {
      why: 'where implied lies within it: the press says 5 to 90, parts leave exactly 7',
      scheme: { breakdowns: [{ key: 'sex', complete: true, values: [{ id: 'f' }, { id: 'm' }] }] },
      told: [
        [all, '5-90', 1, paper],
        [women, 3],
        [men, 4],
      ],
      gives: { [all]: { best: '7', status: 'derived' } },
    },
    {
      why: 'and stays where it says more: 12 within "at least 7"',
      told: [
        [all, 12, 1, paper],
        [women, 3],
        [men, 4],
      ],
      gives: { [all]: { best: '12', status: 'unconfirmed', implied: '7+' } },
    },
  ]);
});
