import { describe, expect, it } from '@jest/globals';
import { check, killed, told } from './table.js';

const m = 'authority:Ministry';
const a = 'official:Mayor';
const h = 'organisation:Hospital';
const of = (country: string) => ({ in: `killed/civilians/nationality=${country}` });
const side = 'killed/side:victims';

describe('status: the first that holds', () => {
  it('pinned, before all', () => {
    const { history } = told([
      [a, 1, 30],
      [h, 2, 40],
      [m, 1, 1, of('FR')],
    ]);
    history.pin('killed/side:victims', 40, 40);
    history.pin(killed, 40, 40);
    expect([history.status(killed), history.status(side)]).toEqual(['pinned', 'pinned']);
  });

  check([
    {
      why: 'derived: no statement of its own stands; reported is best, official null, nobody dissents, as of nothing',
      look: side,
      said: [[m, 1, 30]],
      gives: {
        best: '30',
        status: 'derived',
        reported: '30',
        official: null,
        dissenting: [],
        madeBy: [],
        asOf: null,
        origins: 0,
        confirmed: 30,
      },
    },
    {
      why: 'derived, an open high counting as its low',
      look: side,
      said: [[m, 1, '30+']],
      gives: { best: '30+', status: 'derived', reported: '30' },
    },
    {
      why: 'contested where a best among its parts is contested',
      look: side,
      said: [
        [m, 1, 30],
        [h, 2, 40],
      ],
      gives: { best: '30', status: 'contested', reported: '30' },
    },
    {
      why: 'or theirs, where they have none that enters: foreign is derived, and France’s is contested',
      said: [
        [m, 1, 30, of('FR')],
        [h, 2, 40, of('FR')],
      ],
      gives: { best: '30+', status: 'contested' },
    },
    {
      why: 'not theirs where they have one that enters: foreign is said',
      said: [
        [m, 1, 30, of('FR')],
        [h, 2, 40, of('FR')],
        [m, 3, 35, of('foreign')],
      ],
      gives: { best: '35+', status: 'derived' },
    },
    {
      why: 'unconfirmed: nothing of kinds 1 to 4 made best',
      said: [['press:Agency', 1, 30]],
      gives: { status: 'unconfirmed' },
    },
    {
      why: 'unconfirmed before contested: a witness’s newer number dissents from none, since it makes best',
      said: [
        ['press:Agency', 2, 30],
        ['press:Paper', 3, 20],
      ],
      gives: { best: '20-30', status: 'unconfirmed' },
    },
    {
      why: 'unconfirmed, though an organisation’s hedged number stands beside it',
      said: [
        ['press:Agency', 1, 30],
        [h, 2, 40, { hedged: true }],
      ],
      gives: { best: '30', status: 'unconfirmed', reported: '30-40' },
    },
    {
      why: 'contested: the hull was taken',
      said: [
        [a, 1, 30],
        ['official:Prefect', 2, 28],
      ],
      gives: { status: 'contested' },
    },
    {
      why: 'contested before corroborated: two agree on 30, and a third says 40',
      said: [
        [m, 1, 30],
        [h, 1, 30],
        ['witness:Neighbour', 2, 40],
      ],
      gives: { status: 'contested', origins: 2 },
    },
    {
      why: 'corroborated: two independent origins agree',
      said: [
        [m, 1, 30],
        [h, 1, 30],
      ],
      gives: { status: 'corroborated', origins: 2 },
    },
    { why: 'single-source else', said: [[m, 1, 30]], gives: { status: 'single-source', origins: 1 } },
  ]);
});

describe('repairs after adding up', () => {
  check([
    {
      why: 'a best of class 2 is a floor, raised to the low of implied: In Amenas, "some", and parts of 6 and 1',
      said: [
        [m, 1, '?'],
        [a, 1, 6, of('foreign')],
        [m, 1, 1, of('DZ')],
      ],
      gives: { best: '7+', status: 'single-source', reported: '7', implied: '7+' },
    },
    {
      why: 'a hedged best is raised too: "perhaps 5 or more", and parts of 7',
      said: [
        [a, 1, '5+', { hedged: true }],
        [a, 1, 6, of('foreign')],
        [m, 1, 1, of('DZ')],
      ],
      gives: { best: '7+', hedged: true, implied: '7+' },
    },
    {
      why: 'only where they overlap: "perhaps 5" is not raised to 7',
      said: [
        [a, 2, 5, { hedged: true }],
        [a, 2, 6, of('foreign')],
        [m, 2, 1, of('DZ')],
      ],
      gives: { best: '5' },
    },
    {
      why: 'a best of class 1 is not raised: "at least 5" is what was said, whatever its parts add up to',
      said: [
        [a, 1, '5+'],
        [a, 1, 6, of('foreign')],
        [m, 1, 1, of('DZ')],
      ],
      gives: { best: '5+', implied: '7+', status: 'single-source' },
    },
    {
      why: 'an older best that its newer parts have overtaken is opened, shown as implied, contested; official keeps 38',
      said: [
        [m, 1, 38],
        [m, 2, 39, of('foreign')],
        [m, 2, 1, of('DZ')],
      ],
      gives: { best: '40+', status: 'contested', official: '38', implied: '40+' },
    },
    {
      why: 'an unconfirmed best that lies wholly outside implied gives way: the television’s 600, and 573 and 90 freed',
      said: [
        ['press:Television', 1, 600],
        [a, 2, 573, of('DZ')],
        [a, 2, '90+', of('foreign')],
      ],
      gives: { best: '663+', status: 'derived', asOf: null, origins: 0, madeBy: [], reported: '663' },
    },
    {
      why: 'so does one that implied lies within: the press’s "dozens" (24 or more), and parts of 30',
      said: [
        ['press:Television', 1, 'dozens'],
        [a, 2, 20, of('DZ')],
        [a, 2, 10, of('foreign')],
      ],
      gives: { best: '30+', status: 'derived' },
    },
    {
      why: 'one that merely overlaps stays: 34 by a party, of at least 7',
      said: [
        ['party:Rebels', 1, 34],
        [a, 2, 6, of('DZ')],
        [a, 2, 1, of('foreign')],
      ],
      gives: { best: '34', status: 'unconfirmed', implied: '7+' },
    },
  ]);

  it('never touch a pinned cell', () => {
    const { history } = told([
      [m, 1, '?'],
      [a, 1, 6, of('foreign')],
      [m, 1, 1, of('DZ')],
    ]);
    history.pin(killed, 2, null);
    expect(history.best(killed)).toBe('2+');
  });
});
