import { describe, expect, it } from '@jest/globals';
import { estimateOf } from '../../../src/domain/tally/ledger.js';
import { killed, told, type Said } from './table.js';

const m = 'authority:interior ministry';

const phrase = (said: readonly Said[], lang?: string, cell = killed): string => {
  const { history } = told(said);
  return estimateOf(history.ledger, cell, { lang })?.phrase ?? '';
};

describe('a phrase ready to print', () => {
  it.each<[string, readonly Said[]]>([
    ['30, the interior ministry said', [[m, 1, 30]]],
    ['at least 23, the interior ministry said', [[m, 1, '23+']]],
    ['at most 9, the interior ministry said', [[m, 1, '<=9']]],
    ['12 to 30, the interior ministry said', [[m, 1, '12-30']]],
    ['about 250, the interior ministry said', [[m, 1, '~250']]],
    ['44,374, the interior ministry said', [[m, 1, 44374]]],
    ['perhaps 30, the interior ministry said', [[m, 1, 30, { hedged: true }]]],
    [
      'at least 24, Interior Minister Dahou Ould Kablia said',
      [['authority:Interior Minister Dahou Ould Kablia', 1, 'dozens']],
    ],
    ['2, an Algerian security source said', [['official:Algerian security source?', 1, 2]]],
    ['34, a kidnapper said; unconfirmed', [['party:kidnapper?', 1, 34]]],
    [
      '28 to 30, accounts differ',
      [
        ['official:Mayor', 1, 30],
        ['official:Prefect', 2, 28],
      ],
    ],
    [
      '10 to 34, accounts differ; unconfirmed',
      [
        ['party:Rebels', 1, 34],
        ['party:Army', 2, 10],
      ],
    ],
    // Of whoever narrowed it, the one who said the number is named, not the newer one who said "at least 20".
    [
      'at least 30, the interior ministry said',
      [
        [m, 1, '30+'],
        ['authority:Coroner', 2, '20+'],
      ],
    ],
    [
      'at least 30, the interior ministry said',
      [
        [m, 1, 30],
        ['authority:Coroner', 2, '20+'],
      ],
    ],
    [
      'perhaps at least 30, Mayor said',
      [
        ['official:Mayor', 1, 30, { hedged: true }],
        ['official:Prefect', 2, 'dozens'],
      ],
    ],
    // Nobody said "20 to 35", and nobody differs: it is what both allow.
    [
      '20 to 35, taking the accounts together',
      [
        ['official:Mayor', 1, '20+'],
        ['official:Prefect', 1, '<=35'],
      ],
    ],
    // A dissenting hospital does not change what the ministry said.
    [
      '30, the interior ministry said',
      [
        [m, 1, 30],
        ['organisation:Hospital', 2, 40],
      ],
    ],
  ])('%s', (expected, said) => {
    expect(phrase(said)).toBe(expected);
  });

  it('names nobody for what nobody said: a derived cell, a raised floor', () => {
    const said: readonly Said[] = [
      [m, 1, '?'],
      ['official:Mayor', 1, 6, { in: `${killed}/nationality=foreign` }],
      [m, 1, 1, { in: `${killed}/nationality=DZ` }],
    ];
    expect(phrase(said)).toBe('at least 7, adding up what was reported');
    expect(phrase(said, 'en', 'killed/side:victims')).toBe('at least 7, adding up what was reported');
  });

  it('says that accounts differ where a method spans them', () => {
    const { history } = told(
      [
        [m, 1, 30],
        ['organisation:Hospital', 2, 40],
      ],
      killed,
      { method: 'range/1' },
    );
    expect(history.estimate(killed).phrase).toBe('30 to 40, accounts differ');
  });

  it('says of a pin whose it is', () => {
    const { history } = told([[m, 1, 30]]);
    history.pin(killed, 31, 31);
    expect(history.estimate(killed).phrase).toBe('31, set by the editors');
  });

  it('speaks French where asked, and English where a language is not known', () => {
    expect(phrase([[m, 1, '1200+']], 'fr')).toBe('au moins 1\u202f200, selon interior ministry');
    expect(phrase([[m, 1, '1200+']], 'fr-DZ')).toBe('au moins 1\u202f200, selon interior ministry');
    expect(phrase([[m, 1, '1200+']], 'tlh')).toBe('at least 1,200, the interior ministry said');
  });
});
