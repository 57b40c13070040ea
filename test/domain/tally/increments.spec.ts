import { describe, expect, it } from '@jest/globals';
import { day, figure, History } from './history.js';
import { check, killed, told } from './table.js';

const m = 'authority:Ministry';
const officer = 'official:Officer';
const more = { basis: 'additional', of: [0] } as const;

describe('"seven more", of F by F’s own origin, after F, unhedged: its new total', () => {
  check([
    {
      why: 'In Amenas: 12, then 7 more, is 19, and replaces the 12',
      said: [
        [officer, 1, 12],
        [officer, 2, 7, more],
      ],
      gives: { best: '19', reported: '19', madeBy: [1], asOf: 2 },
    },
    {
      why: 'F’s interval moved by that of the increment: 10 to 12, and 2 to 3 more, is 12 to 15',
      said: [
        [officer, 1, '10-12'],
        [officer, 2, '2-3', more],
      ],
      gives: { best: '12-15' },
    },
    {
      why: 'at least 10, and 5 more: at least 15',
      said: [
        [officer, 1, '10+'],
        [officer, 2, 5, more],
      ],
      gives: { best: '15+' },
    },
    {
      why: '10, and at least 5 more: at least 15',
      said: [
        [officer, 1, 10],
        [officer, 2, '5+', more],
      ],
      gives: { best: '15+' },
    },
    {
      why: 'a chain: 12, 7 more, 3 more than that is 22',
      said: [
        [officer, 1, 12],
        [officer, 2, 7, more],
        [officer, 3, 3, { basis: 'additional', of: [1] }],
      ],
      gives: { best: '22', reported: '22' },
    },
    {
      why: 'being a total, it is replaced by the next one',
      said: [
        [officer, 1, 12],
        [officer, 2, 7, more],
        [officer, 3, 18],
      ],
      gives: { best: '18', reported: '18' },
    },
    {
      why: 'hedged it is no total: 12 stands, and "perhaps 7 more" beside it reaches 19',
      said: [
        [officer, 1, 12],
        [officer, 2, 7, { ...more, hedged: true }],
      ],
      gives: { best: '12', dissenting: [], reported: '12-19' },
    },
  ]);

  it('becomes one when another link makes the two origins one, and none again when that is removed', () => {
    const { history } = told([
      [officer, 1, 12],
      ['official:Captain', 2, 7, more],
    ]);
    expect(history.best(killed)).toBe('12');
    const link = history.link('officer', 'captain');
    expect(history.best(killed)).toBe('19');
    history.unlink(link);
    expect(history.best(killed)).toBe('12');
  });
});

describe('an increment to another’s number', () => {
  check([
    {
      why: 'In Amenas: the ministry’s 23, an official’s 25 more bodies: 23, contested, reported 23 to 48',
      said: [
        [m, 1, 23],
        [officer, 2, 25, more],
      ],
      gives: { best: '23', status: 'contested', reported: '23-48', dissenting: [1], confirmed: 23 },
    },
    {
      why: 'is spent once F’s origin states a later total',
      said: [
        [m, 1, 23],
        [officer, 2, 25, more],
        [m, 3, 38],
      ],
      gives: { best: '38', status: 'single-source', reported: '38', dissenting: [] },
    },
    {
      why: 'also where that is filed first: what counts is when it was said',
      said: [
        [m, 1, 23],
        [m, 3, 38],
        [officer, 2, 25, more],
      ],
      gives: { best: '38', reported: '38', dissenting: [] },
    },
    {
      why: 'is not spent by a total that is passed over: "dozens" does not answer it',
      said: [
        [m, 1, 30],
        [officer, 2, 25, more],
        [m, 3, 'dozens'],
      ],
      gives: { best: '30', status: 'contested', reported: '30-55', dissenting: [1] },
    },
    {
      why: 'is spent once its own origin states a later total',
      said: [
        [m, 1, 23],
        [officer, 2, 25, more],
        [officer, 3, 24, {}],
      ],
      gives: { best: '23', reported: '23-24', dissenting: [2] },
    },
    {
      why: 'is not spent by a partial of its own origin',
      said: [
        [m, 1, 23],
        [officer, 2, 25, more],
        [officer, 3, 20, { basis: 'partial' }],
      ],
      gives: { best: '23', reported: '23-48' },
    },
    {
      why: 'is not spent by a third origin’s total',
      said: [
        [m, 1, 23],
        [officer, 2, 25, more],
        ['witness:Neighbour', 3, 23],
      ],
      gives: { best: '23', reported: '23-48', status: 'contested' },
    },
    {
      why: 'agrees with nothing: class 3, no total',
      said: [
        ['organisation:Hospital', 1, 23],
        ['witness:Neighbour', 2, 7, more],
        [officer, 3, 30],
      ],
      gives: { best: '30', origins: 1, status: 'single-source' },
    },
  ]);

  it('reads as its own low and more once F is withdrawn, and moves again when F is back', () => {
    const { history, ids } = told([
      [m, 1, 23],
      [officer, 2, 25, more],
    ]);
    history.retract(ids[0] ?? '');
    expect([history.best(killed), history.status(killed)]).toEqual(['25+', 'single-source']);
    history.reinstate(ids[0] ?? '');
    expect([history.best(killed), history.reported(killed)]).toEqual(['23', '23-48']);
  });

  it('moves when F is corrected', () => {
    const { history, ids } = told([
      [m, 1, 23],
      [officer, 2, 25, more],
    ]);
    history.correct(ids[0] ?? '', figure(killed, 20));
    expect([history.best(killed), history.reported(killed)]).toEqual(['20', '20-45']);
  });

  it('reads as its own low and more once F is corrected into another cell', () => {
    const { history, ids } = told([
      [m, 1, 23],
      [officer, 2, 25, more],
    ]);
    history.correct(ids[0] ?? '', figure('injured/civilians', 23));
    expect([history.best(killed), history.best('injured/civilians')]).toEqual(['25+', '23']);
  });

  it('loses its base with every link of a chain: 5 and 3 more of a withdrawn 30 are at least 8', () => {
    const { history, ids } = told([
      [officer, 1, 30],
      [officer, 2, 5, more],
      [officer, 3, 3, { basis: 'additional', of: [1] }],
    ]);
    expect(history.best(killed)).toBe('38');
    history.retract(ids[0] ?? '');
    expect(history.best(killed)).toBe('8+');
  });
});

describe('an increment without F', () => {
  check([
    {
      why: 'under best is a mere floor: seven more, of which number nobody said, beside 23',
      said: [
        [m, 1, 23],
        [officer, 2, 7, { basis: 'additional' }],
      ],
      gives: { best: '23', reported: '23', status: 'single-source', dissenting: [] },
    },
    {
      why: 'above best it dissents: 40 more cannot be within 23',
      said: [
        [m, 1, 23],
        [officer, 2, 40, { basis: 'additional' }],
      ],
      gives: { best: '23', reported: '23-40', status: 'contested', dissenting: [1] },
    },
    {
      why: 'two of one origin stand side by side until spent',
      said: [
        [m, 1, 23],
        [officer, 2, 40, { basis: 'additional' }],
        [officer, 3, 30, { basis: 'additional' }],
      ],
      gives: { dissenting: [1, 2], reported: '23-40' },
    },
    {
      why: 'is spent by its own origin’s later total',
      said: [
        [m, 1, 23],
        [officer, 2, 40, { basis: 'additional' }],
        [officer, 3, 23],
      ],
      gives: { dissenting: [], reported: '23', status: 'corroborated' },
    },
  ]);
});

describe('a sum of others’ figures', () => {
  const sum = { basis: 'sum', of: [0, 1] } as const;

  check([
    {
      why: 'In Amenas: 23 and 48 by two officials, compiled by the press: keeps its number, class 3',
      said: [
        [m, 1, 23, { in: 'injured/civilians' }],
        [m, 1, 32, { in: 'killed/attackers' }],
        ['press:AP', 2, '81+', { ...sum, in: 'killed/all' }],
      ],
      in: 'killed/all',
      gives: { best: '81+', status: 'unconfirmed', confirmed: null },
    },
    {
      why: 'agrees with nothing, also by an organisation',
      said: [
        [m, 1, 30],
        ['organisation:Hospital', 1, 30, { basis: 'sum' }],
      ],
      gives: { best: '30', origins: 1, status: 'single-source' },
    },
    {
      why: 'keeps its number when a figure that it names is replaced',
      said: [
        [m, 1, 10, { in: 'killed/soldiers' }],
        [m, 1, 20, { in: 'killed/attackers' }],
        ['press:AP', 2, 30, { ...sum, in: 'killed/all' }],
        [m, 3, 15, { in: 'killed/soldiers' }],
      ],
      in: 'killed/all',
      gives: { best: '30' },
    },
  ]);

  const compiled = (): { history: History; ids: string[] } =>
    told([
      [m, 1, 10, { in: 'killed/soldiers' }],
      [m, 1, 20, { in: 'killed/attackers' }],
      ['press:AP', 2, 30, { ...sum, in: 'killed/all' }],
    ]);

  it.each<[string, (history: History, id: string) => unknown]>([
    ['retracted by the desk', (history, id) => history.retract(id)],
    ['denied', (history, id) => history.deny(id)],
    ['retracted by its speaker', (history, id) => history.retract(id, 'speaker', day(2))],
  ])('lapses when a figure that it names is %s, and is back with it', (_, withdraw) => {
    const { history, ids } = compiled();
    withdraw(history, ids[1] ?? '');
    expect(history.best('killed/all')).toBe('-');
    history.reinstate(ids[1] ?? '');
    expect(history.best('killed/all')).toBe('30');
  });

  it('keeps its number when a figure that it names is corrected: what was compiled was compiled', () => {
    const { history, ids } = compiled();
    history.correct(ids[1] ?? '', figure('killed/attackers', 21));
    expect(history.best('killed/all')).toBe('30');
  });
});
