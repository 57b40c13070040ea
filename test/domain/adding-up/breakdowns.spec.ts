import { describe } from '@jest/globals';
import { sumsTable } from './sums-table.js';

const all = 'killed/civilians';
const by = (key: string, value: string): string => `${all}/${key}=${value}`;

describe('a breakdown whose values are disjoint and not complete', () => {
  sumsTable([
    {
      why: 'floors add up (2 women and 3 men are at least 5), ends do not: others may have no sex given',
      told: [
        [by('sex', 'f'), 2],
        [by('sex', 'm'), 3],
      ],
      gives: { [all]: { best: '5+', status: 'derived' }, 'killed/side:victims': { best: '5+' } },
    },
    {
      why: 'a part is at most the whole less the other floors (12 - 2 = 10) and has no floor from it',
      told: [
        [all, 12],
        [by('sex', 'f'), 2],
        [by('sex', 'm'), '1+'],
      ],
      gives: { [by('sex', 'm')]: { implied: '1-10' }, [by('sex', 'f')]: { implied: '2' }, [all]: { implied: '12' } },
    },
    {
      why: 'two keys split one whole apart from each other: 7 by sex and 9 by age are at least 9, never 16',
      told: [
        [by('sex', 'f'), 7],
        [by('age', 'child'), 9],
      ],
      gives: { [all]: { best: '9+' } },
    },
  ]);
});

describe('a complete breakdown', () => {
  const scheme = { breakdowns: [{ key: 'sex', complete: true, values: [{ id: 'f' }, { id: 'm' }] }] };
  sumsTable([
    {
      why: 'ends add up too: 2 and 3 are exactly 5',
      scheme,
      told: [
        [by('sex', 'f'), 2],
        [by('sex', 'm'), 3],
      ],
      gives: { [all]: { best: '5', status: 'derived' } },
    },
    {
      why: 'a declared value that nobody speaks of stands beside one that is there: at least 2, no upper end',
      scheme,
      told: [[by('sex', 'f'), 2]],
      gives: { [all]: { best: '2+' } },
      notListed: [by('sex', 'm')],
    },
    {
      why: 'a part is at least the whole less the others: 12 - (2 to 4) leaves 8 to 10',
      scheme,
      told: [
        [all, 12],
        [by('sex', 'f'), '2-4'],
        [by('sex', 'm'), '1+'],
      ],
      gives: { [by('sex', 'm')]: { best: '1+', implied: '8-10' } },
    },
    {
      why: 'the declared value beside takes what is left of the whole, and binds where it is split again: 12 - 2 = 10 < 11',
      scheme,
      told: [
        [all, 12],
        [by('sex', 'f'), 2],
        [`${all}/age=child/sex=m`, 11],
      ],
      contradictions: [[all, `${all}/age=child/sex=m`, by('sex', 'f')]],
    },
  ]);
});

describe('an overlapping breakdown', () => {
  const scheme = { breakdowns: [{ key: 'nationality', overlapping: true }] };
  const fr = by('nationality', 'FR');
  const gb = by('nationality', 'GB');
  sumsTable([
    {
      why: 'dual nationals are counted twice: 10 French and 8 British may be 10 people, so at least 10 foreign, not 18',
      scheme,
      told: [
        [fr, 10],
        [gb, 8],
      ],
      gives: { [by('nationality', 'foreign')]: { best: '10+', confirmed: 10 }, [all]: { best: '10+', confirmed: 10 } },
    },
    {
      why: 'a part is at most its whole, whatever the others are: 10 and 8 of 12 is no contradiction',
      scheme,
      told: [
        [all, 12],
        [fr, 10],
        [gb, '8+'],
      ],
      gives: { [gb]: { implied: '8-12' }, [fr]: { implied: '10' }, [all]: { implied: '12' } },
    },
    {
      why: 'disjoint, the same floors are confirmed together: 10 + 8',
      told: [
        [fr, 10],
        [gb, 8],
      ],
      gives: { [by('nationality', 'foreign')]: { best: '18+', confirmed: 18 } },
    },
  ]);
});
