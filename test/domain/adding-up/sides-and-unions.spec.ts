import { describe } from '@jest/globals';
import { sumsTable } from './sums-table.js';

const groups = [
  { id: 'guests', side: 'victims' },
  { id: 'staff', side: 'victims' },
  { id: 'police', side: 'responders' },
  { id: 'attackers', side: 'perpetrators' },
] as const;

describe('a side and its groups', () => {
  sumsTable([
    {
      why: 'are always complete: 20 guests and 5 staff are 25 victims',
      scheme: { groups: [...groups] },
      told: [
        ['killed/guests', 20],
        ['killed/staff', 5],
      ],
      gives: { 'killed/side:victims': { best: '25', status: 'derived', implied: '25' } },
    },
    {
      why: 'a group that nobody speaks of may be any number: at least 20, no upper end',
      scheme: { groups: [...groups] },
      told: [['killed/guests', 20]],
      gives: { 'killed/side:victims': { best: '20+', implied: '20+' } },
      listed: ['killed/guests', 'killed/side:victims'],
    },
    {
      why: 'the side less the others is what is left for one: 25 - 20 = 5, said or not',
      scheme: { groups: [...groups] },
      told: [
        ['killed/side:victims', 25],
        ['killed/guests', 20],
        ['killed/staff', '1+'],
      ],
      gives: { 'killed/staff': { best: '1+', implied: '5' }, 'killed/guests': { implied: '20' } },
    },
    {
      why: 'sides are never added together, and what mixes sides is part of none',
      scheme: { groups: [...groups] },
      told: [
        ['killed/guests', 20],
        ['killed/attackers', 3],
        ['killed/all', '10'],
      ],
      gives: { 'killed/all': { best: '10', implied: '10' }, 'killed/side:perpetrators': { best: '3' } },
      listed: ['killed/all', 'killed/attackers', 'killed/guests', 'killed/side:perpetrators', 'killed/side:victims'],
    },
    {
      why: 'hold for cells with a breakdown too: 4 guests and 2 staff of France are 6 French victims',
      scheme: { groups: groups.slice(0, 2) },
      told: [
        ['killed/guests/nationality=FR', 4],
        ['killed/staff/nationality=FR', 2],
      ],
      gives: {
        'killed/side:victims/nationality=FR': { best: '6' },
        'killed/side:victims/nationality=foreign': { best: '6+' },
        'killed/side:victims': { best: '6+' },
      },
    },
  ]);
});

describe('a union group and its members', () => {
  const scheme = { groups: [...groups, { id: 'not-attackers', of: ['guests', 'staff', 'police'] }] };
  sumsTable([
    {
      why: 'are complete: 20 + 5 + 2 = 27',
      scheme,
      told: [
        ['killed/guests', 20],
        ['killed/staff', 5],
        ['killed/police', 2],
      ],
      gives: { 'killed/not-attackers': { best: '27', status: 'derived' } },
    },
    {
      why: 'and the side of a member: 27 in all less 25 victims leaves 2 police, whom nobody else speaks of',
      scheme,
      told: [
        ['killed/not-attackers', 27],
        ['killed/guests', 20],
        ['killed/staff', 5],
        ['killed/police', '1+'],
      ],
      gives: { 'killed/police': { implied: '2' }, 'killed/side:responders': { best: '2' } },
    },
    {
      why: 'bind through members that nobody speaks of: all police are responders and among the 10, so 12 cannot be',
      scheme,
      told: [
        ['killed/not-attackers', 10],
        ['killed/side:responders', 12],
      ],
      gives: { 'killed/not-attackers': { best: '10', implied: 'withheld' } },
      contradictions: [['killed/not-attackers', 'killed/side:responders']],
      listed: ['killed/not-attackers', 'killed/side:responders'],
    },
    {
      why: 'and 2 of 10 leave at most 10 - 2 = 8 guests',
      scheme,
      told: [
        ['killed/not-attackers', 10],
        ['killed/side:responders', 2],
        ['killed/guests', '3+'],
      ],
      gives: { 'killed/guests': { implied: '3-8' } },
    },
  ]);
});
