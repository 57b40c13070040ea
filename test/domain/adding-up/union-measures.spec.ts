import { describe } from '@jest/globals';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import { sumsTable } from './sums-table.js';

const lost: Scheme['measures'][number] = { id: 'lost', of: ['killed', 'presumedDead', 'missing'], nature: 'current' };
const scheme = { measures: [lost] };
const killed = 'killed/civilians';
const missing = 'missing/civilians';
const presumed = 'presumedDead/civilians';

describe('a union measure and its members', () => {
  sumsTable([
    {
      why: 'are complete where all were said at one time: 5 found dead, 3 presumed dead, 10 missing are 18 lost',
      scheme,
      told: [
        [killed, 5],
        [presumed, 3],
        [missing, 10],
      ],
      gives: { 'lost/civilians': { best: '18', status: 'derived', confirmed: 18 } },
    },
    {
      why: "April's missing are May's dead: of 10 missing on day 1 some are among the 14 dead of day 20; confirmed likewise",
      scheme,
      told: [
        [missing, 10, 1],
        [killed, 14, 20],
      ],
      gives: {
        'lost/civilians': { best: '14+', implied: '14+', confirmed: 14 },
        [missing]: { best: '10', implied: '10' },
      },
    },
    {
      why: 'a cumulative best stays in however old: the dead stay dead, 5 + 10',
      scheme: { measures: [{ ...lost, of: ['killed', 'missing'] }] },
      told: [
        [killed, 5, 1],
        [missing, 10, 20],
      ],
      gives: { 'lost/civilians': { best: '15', confirmed: 15 } },
    },
    {
      why: "the union's own older best binds nothing: 30 lost on day 1 neither bound the 35 dead of day 20 nor are bound",
      scheme,
      told: [
        ['lost/civilians', 30, 1],
        [killed, 35, 20],
      ],
      gives: {
        'lost/civilians': { best: '30', status: 'single-source', implied: '30', confirmed: 30 },
        [killed]: { best: '35', implied: '35' },
      },
    },
    {
      why: 'said at the same time it binds: 30 lost of whom 12 are dead leave 18 missing or presumed dead',
      scheme: { measures: [{ ...lost, of: ['killed', 'missing'] }] },
      told: [
        ['lost/civilians', 30],
        [killed, 12],
        [missing, '1+'],
      ],
      gives: { [missing]: { implied: '18' } },
    },
    {
      why: 'a union of a cumulative nature keeps its own older best in the sum, and is opened by newer parts: 35 of 30',
      scheme: { measures: [{ ...lost, nature: 'cumulative' }] },
      told: [
        ['lost/civilians', 30, 1],
        [killed, 35, 20],
      ],
      gives: { 'lost/civilians': { best: '35+', status: 'contested', implied: '35+' } },
    },
    {
      why: "a side's union measure is the sum of its groups', each by its own time: 14 dead here, 6 + 2 there",
      scheme: {
        measures: [{ ...lost, of: ['killed', 'missing'] }],
        groups: [
          { id: 'hotel', side: 'victims' },
          { id: 'street', side: 'victims' },
        ],
      },
      told: [
        ['missing/hotel', 10, 1],
        ['killed/hotel', 14, 20],
        ['missing/street', 2, 5],
        ['killed/street', 6, 5],
      ],
      gives: {
        'lost/hotel': { best: '14+' },
        'lost/street': { best: '8' },
        'lost/side:victims': { best: '22+' },
        'missing/side:victims': { best: '12' },
      },
    },
    {
      why: 'reach groups that nobody speaks of: of 10 dead victims 4 at the hotel, so 6 in the street, so 10 lost in all',
      scheme: {
        measures: [{ ...lost, of: ['killed', 'missing'] }],
        groups: [
          { id: 'hotel', side: 'victims' },
          { id: 'street', side: 'victims' },
        ],
      },
      told: [
        ['killed/side:victims', 10],
        ['killed/hotel', 4],
      ],
      gives: { 'lost/side:victims': { best: '10+' }, 'lost/hotel': { best: '4+' } },
      listed: ['killed/hotel', 'killed/side:victims', 'lost/hotel', 'lost/side:victims'],
    },
    {
      why: 'hold for the group all: 3 and 4 of whatever side are 7',
      scheme: { measures: [{ ...lost, of: ['killed', 'missing'] }] },
      told: [
        ['killed/all', 3],
        ['missing/all', 4],
      ],
      gives: { 'lost/all': { best: '7' } },
    },
    {
      why: "current is the measure's nature: the dead of unknown nationality of day 1 stay in beside day 20's missing",
      scheme: { measures: [{ ...lost, of: ['killed', 'missing'] }] },
      told: [
        [`${killed}/nationality=unknown`, 3, 1],
        [`${missing}/nationality=unknown`, 4, 20],
      ],
      gives: { 'lost/civilians/nationality=unknown': { best: '7' } },
    },
  ]);
});
