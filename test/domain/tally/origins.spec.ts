import { describe, expect, it } from '@jest/globals';
import { explainCell } from '../../../src/domain/tally/explain.js';
import type { AttributionLink } from '../../../src/domain/schema/report.js';
import { carries } from './attributed.js';
import { day, History } from './history.js';
import { check, killed, told } from './table.js';

const link = (name: string, rest: Partial<AttributionLink> = {}): AttributionLink => ({
  name,
  kind: 'official',
  ...rest,
});

/*
 * One origin or two? An official's 30, then an official's 28: one origin has replaced its number and 28 stands; two
 * cannot both be true (30 dead do not become 28) and give 28 to 30.
 */
const one = '28';
const two = '28-30';
const first = (
  a: AttributionLink[],
  b: AttributionLink[],
  outlets: readonly [string, string] = ['Wire', 'Wire'],
): string => {
  const history = new History();
  carries(history, a, { publishedAt: day(1), outlet: outlets[0] }, killed, 30);
  carries(history, b, { publishedAt: day(2), outlet: outlets[1] }, killed, 28);
  return history.best(killed);
};

describe('an origin', () => {
  it.each([
    ['is the name', [link('Prefect')], [link('Prefect')], one],
    ['another name is another origin', [link('Prefect')], [link('Mayor')], two],
    ['the name in lower case', [link('The PREFECT')], [link('the Prefect')], one],
    ['spaces collapsed', [link('the  Prefect ')], [link('the Prefect')], one],
    ['straight apostrophes', [link('kidnappers’ spokesman')], [link("kidnappers' spokesman")], one],
    ['NFKC: a ligature and full-width letters', [link('Oﬃce Ｘ')], [link('Office X')], one],
    [
      'is the id where the desk gave one, whatever the name',
      [link('Prefect', { id: 'p' })],
      [link('Mayor', { id: 'p' })],
      one,
    ],
    ['an id is not the name of another', [link('Prefect', { id: 'p' })], [link('Prefect', { id: 'q' })], two],
    ['relays of a named speaker do not matter', [link('Prefect'), link('AP')], [link('Prefect'), link('AFP')], one],
    [
      'an unnamed one together with its first relay',
      [link('source', { named: false }), link('AP')],
      [link('source', { named: false }), link('AP')],
      one,
    ],
    [
      '"a source" of two agencies may be two people',
      [link('source', { named: false }), link('AP')],
      [link('source', { named: false }), link('AFP')],
      two,
    ],
    [
      'only the first relay counts',
      [link('source', { named: false }), link('AP'), link('X')],
      [link('source', { named: false }), link('AP'), link('Y')],
      one,
    ],
    [
      'the relay in canonical form',
      [link('source', { named: false }), link('AP ')],
      [link('Source', { named: false }), link('ap')],
      one,
    ],
    [
      'an unnamed one with an id is that id',
      [link('source', { named: false, id: 's' }), link('AP')],
      [link('source', { named: false, id: 's' }), link('AFP')],
      one,
    ],
    [
      'named and unnamed are not one',
      [link('source'), link('AP')],
      [link('source', { named: false }), link('AP')],
      two,
    ],
  ])('%s', (_, a, b, expected) => {
    expect(first(a, b)).toBe(expected);
  });

  it('is, unnamed and without a relay, the speaker of its outlet', () => {
    const source = [link('source', { named: false })];
    expect(first(source, source, ['AP', 'AP'])).toBe(one);
    expect(first(source, source, ['AP', 'AFP'])).toBe(two);
    expect(first(source, [...source, link('AP')], ['AP', 'AFP'])).toBe(one);
  });
});

describe('linked origins', () => {
  const tell = () =>
    told([
      ['official:Prefect', 1, 30],
      ['official:Mayor', 2, 28],
      ['official:Judge', 3, 26],
    ]).history;

  it('are one from the first figure on, and apart again when unlinked', () => {
    const history = tell();
    expect(history.best(killed)).toBe('26-30');
    const linked = history.link('prefect', 'judge');
    // The judge's 26 has replaced the prefect's 30; the mayor's 28, older, cannot be true with it.
    expect(history.best(killed)).toBe('26-28');
    history.unlink(linked);
    expect(history.best(killed)).toBe('26-30');
  });

  it('stay joined by what other links join', () => {
    const history = tell();
    const a = history.link('prefect', 'mayor');
    history.link('mayor', 'judge');
    const c = history.link('judge', 'prefect');
    expect(history.best(killed)).toBe('26');
    history.unlink(a);
    expect(history.best(killed)).toBe('26');
    history.unlink(c);
    // Only the mayor and the judge: 26 for both, and the prefect's 30 against it.
    expect(history.best(killed)).toBe('26-30');
  });

  it('go by the name that was filed first, however the link names them', () => {
    const history = tell();
    history.link('judge', 'prefect');
    const origins = explainCell(history.ledger, killed)?.statements.map(({ origin }) => origin);
    expect([...new Set(origins)].sort()).toEqual(['mayor', 'prefect']);
  });

  it('take a link made before the second one has said anything', () => {
    const history = told([['official:Prefect', 1, 30]]).history;
    history.link('prefect', 'mayor');
    history.says('official:Mayor', day(2), killed, 28);
    expect(history.best(killed)).toBe(one);
  });

  it('have in a cell the highest kind that their names have there, in figures not withdrawn', () => {
    const { history, ids } = told([
      ['official:Ministry', 1, 30],
      ['witness:Neighbour', 2, 28],
      ['organisation:Hospital', 3, 40],
    ]);
    history.link('ministry', 'neighbour');
    // The neighbour's 28 counts as an official's: above the hospital's 40.
    expect(history.best(killed)).toBe('28');
    history.retract(ids[0] ?? '');
    // What is left of the joined origin here is a witness: the hospital leads.
    expect(history.best(killed)).toBe('40');
    history.reinstate(ids[0] ?? '');
    expect(history.best(killed)).toBe('28');
  });

  it('have in another cell only the kinds that their names have there', () => {
    const { history } = told([
      ['official:Ministry', 1, 30],
      ['witness:Neighbour', 2, 5, { in: 'injured/civilians' }],
      ['organisation:Hospital', 2, 9, { in: 'injured/civilians' }],
    ]);
    history.link('ministry', 'neighbour');
    expect(history.best('injured/civilians')).toBe('9');
  });
});

describe('a graded speaker', () => {
  it('has the kind it was given, for all figures of that name, from the first on', () => {
    const { history } = told([
      ['official:Mayor', 1, 30],
      ['organisation:Hospital', 2, 40],
      ['official:Mayor', 3, 5, { in: 'injured/civilians' }],
    ]);
    expect(history.best(killed)).toBe('30');
    history.grade('mayor', 'witness');
    expect(history.best(killed)).toBe('40');
    history.says('official:Mayor', day(4), killed, 31);
    expect(history.best(killed)).toBe('40');
    history.grade('mayor', 'authority');
    expect(history.best(killed)).toBe('31');
  });

  it('raises a joined origin by one name only, and only where that name has spoken', () => {
    const { history } = told([
      ['witness:Neighbour', 1, 30],
      ['witness:Friend', 2, 28],
      ['organisation:Hospital', 3, 40],
      ['witness:Friend', 2, 5, { in: 'injured/civilians' }],
      ['organisation:Hospital', 2, 9, { in: 'injured/civilians' }],
    ]);
    history.link('neighbour', 'friend');
    history.grade('neighbour', 'official');
    expect(history.best(killed)).toBe('28');
    expect(history.best('injured/civilians')).toBe('9');
  });
});

describe('independent origins', () => {
  check([
    {
      why: 'two named speakers without a body are two',
      said: [
        ['official:Prefect', 1, 30],
        ['official:Mayor', 1, 30],
      ],
      gives: { status: 'corroborated', origins: 2, confirmed: 30 },
    },
    {
      why: 'the ministry and its official are of one body: one',
      said: [
        ['authority:Ministry@gov', 1, 30],
        ['official:Officer@gov', 1, 30],
      ],
      gives: { status: 'single-source', origins: 1, confirmed: 30 },
    },
    {
      why: 'of one body, named or unnamed: one',
      said: [
        ['official:source?@gov', 1, 30, { outlet: 'AP' }],
        ['official:source?@gov', 1, 30, { outlet: 'AFP' }],
        ['official:Officer@gov', 1, 30],
      ],
      gives: { status: 'single-source', origins: 1, confirmed: null },
    },
    {
      why: 'two bodies: two',
      said: [
        ['official:Officer@gov', 1, 30],
        ['official:Captain@army', 1, 30],
      ],
      gives: { status: 'corroborated', origins: 2, confirmed: 30 },
    },
    {
      why: 'unnamed ones of one kind without a body may be one person: one',
      said: [
        ['official:source?', 1, 30, { outlet: 'AP' }],
        ['official:source?', 1, 30, { outlet: 'AFP' }],
      ],
      gives: { status: 'single-source', origins: 1, confirmed: null },
    },
    {
      why: 'unnamed ones of two kinds: two',
      said: [
        ['official:source?', 1, 30, { outlet: 'AP' }],
        ['witness:source?', 1, 30, { outlet: 'AFP' }],
      ],
      gives: { status: 'corroborated', origins: 2, confirmed: 30 },
    },
    {
      why: 'an unnamed one with a body and one without: two',
      said: [
        ['official:source?@gov', 1, 30, { outlet: 'AP' }],
        ['official:source?', 1, 30, { outlet: 'AFP' }],
      ],
      gives: { status: 'corroborated', origins: 2, confirmed: 30 },
    },
    {
      why: 'an unnamed and a named one of one kind: two',
      said: [
        ['official:source?', 1, 30],
        ['official:Mayor', 1, 30],
      ],
      gives: { status: 'corroborated', origins: 2, confirmed: 30 },
    },
    {
      why: 'an origin counts once, as its statement filed last says: the officer is of the clerk’s body by then',
      said: [
        ['official:Clerk@gov', 1, 30],
        ['official:Officer', 1, 30],
        ['official:Officer@gov', 2, 30, { basis: 'partial' }],
      ],
      gives: { best: '30', confirmed: null },
    },
  ]);
});
