import { describe } from '@jest/globals';
import { sumsTable } from './sums-table.js';

const all = 'killed/civilians';
const in_ = (place: string): string => `${all}/place=${place}`;

/** Turkey and Syria, 2023: two countries' authorities, and in Syria two sides of a front. */
const earthquake = {
  home: null,
  breakdowns: [
    {
      key: 'place',
      complete: true,
      values: [{ id: 'TR' }, { id: 'SY', complete: true, values: [{ id: 'SY-gov' }, { id: 'SY-rebel' }] }],
    },
  ],
};

describe('places nest as declared', () => {
  sumsTable([
    {
      why: '44,374 in Turkey and 5,951 in Syria, of which 1,414 and 4,537, are 50,325',
      scheme: earthquake,
      told: [
        [in_('TR'), 44_374, 1, 'authority:AFAD'],
        [in_('SY'), 5_951, 1, 'organisation:Monitor'],
        [in_('SY-gov'), 1_414, 1, 'authority:Syrian health ministry'],
        [in_('SY-rebel'), 4_537, 1, 'organisation:White Helmets'],
      ],
      gives: {
        [all]: { best: '50325', status: 'derived', reported: '50325', asOf: null, origins: 0, confirmed: 45_788 },
        [in_('SY')]: { best: '5951', status: 'single-source', implied: '5951' },
        'killed/side:victims': { best: '50325', status: 'derived' },
      },
    },
    {
      why: 'Syria by its two parts alone: 1,414 + 4,537 = 5,951; 44,374 more are 50,325',
      scheme: earthquake,
      told: [
        [in_('TR'), 44_374],
        [in_('SY-gov'), 1_414],
        [in_('SY-rebel'), 4_537],
      ],
      gives: { [in_('SY')]: { best: '5951', status: 'derived' }, [all]: { best: '50325' } },
    },
    {
      why: 'a place two levels down counts in all above it: at least 1,414',
      scheme: earthquake,
      told: [[in_('SY-gov'), 1_414]],
      gives: { [in_('SY')]: { best: '1414+' }, [all]: { best: '1414+' } },
      notListed: [in_('SY-rebel'), in_('TR')],
    },
    {
      why: 'the whole less Turkey is Syria, less its government side the rest: 50,325 - 44,374 - 1,414 = 4,537',
      scheme: earthquake,
      told: [
        [all, 50_325],
        [in_('TR'), 44_374],
        [in_('SY-gov'), 1_414],
        [in_('SY-rebel'), '4500+'],
      ],
      gives: { [in_('SY')]: { best: '5951', status: 'derived' }, [in_('SY-rebel')]: { implied: '4537' } },
    },
  ]);
});

describe('a cell with two keys', () => {
  const two = (place: string, sex: string): string => `${all}/place=${place}/sex=${sex}`;
  sumsTable([
    {
      why: 'is a part of each of its generalisations: 7 women in Turkey are 7 women and 7 in Turkey',
      scheme: earthquake,
      told: [[two('TR', 'f'), 7]],
      gives: { [in_('TR')]: { best: '7+' }, [`${all}/sex=f`]: { best: '7+' }, [all]: { best: '7+' } },
      listed: [
        all,
        in_('TR'),
        two('TR', 'f'),
        `${all}/sex=f`,
        'killed/side:victims',
        'killed/side:victims/place=TR',
        'killed/side:victims/place=TR/sex=f',
        'killed/side:victims/sex=f',
      ],
    },
    {
      why: 'nested too: women of the government side are women in Syria',
      scheme: earthquake,
      told: [[two('SY-gov', 'f'), 7]],
      gives: { [two('SY', 'f')]: { best: '7+' }, [in_('SY-gov')]: { best: '7+' }, [in_('SY')]: { best: '7+' } },
    },
    {
      why: 'is bound from both sides: of 9 women and 5 in Turkey at most 5',
      scheme: earthquake,
      told: [
        [in_('TR'), 5],
        [`${all}/sex=f`, 9],
        [two('TR', 'f'), '1+'],
      ],
      gives: { [two('TR', 'f')]: { implied: '1-5' } },
    },
    {
      why: 'a value beside it binds its own place too: of 100 women 10 are in Turkey, so 90 in Syria, which has only 50 dead',
      scheme: earthquake,
      told: [
        [`${all}/sex=f`, 100],
        [two('TR', 'f'), 10],
        [in_('SY'), 50],
      ],
      contradictions: [[in_('SY'), two('TR', 'f'), `${all}/sex=f`]],
    },
  ]);
});
