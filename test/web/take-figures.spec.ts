import { describe, expect, it } from '@jest/globals';
import { blankReport, blankFigure } from '../../web/src/desk/draft.js';
import { figureOfProposal, withTaken, type Item, type Verdict } from '../../web/src/desk/copy/take-figures.js';
import { segmentsOf } from '../../web/src/desk/copy/segments.js';
import type { Proposal } from '../../web/src/extract/article.js';
import type { EarlierSpeaker } from '../../web/src/desk/speakers.js';

const copy = { text: '', outlet: 'APA', published: '2013-01-18' };

const proposal = (members: Partial<Proposal>): Proposal => ({
  measure: 'killed',
  group: 'hostages',
  breakdown: {},
  quantity: { kind: 'exactly', value: 30 },
  basis: 'total',
  of: [],
  hedged: false,
  words: 'thirty\n hostages',
  spans: [{ start: 0, end: 6 }],
  attribution: [
    { name: 'Interior Ministry', kind: 'authority' },
    { name: 'APA', kind: 'press' },
  ],
  confidence: 0.9,
  rules: [],
  ...members,
});

const item = (place: number, members: Partial<Proposal>, verdict: Verdict = 'taken'): Item => ({
  proposal: proposal(members),
  figure: figureOfProposal(proposal(members), `p${place}`, []),
  verdict,
});

describe('a proposal as a figure of the draft', () => {
  it('has its words on one line and its quantity as fields', () => {
    const figure = figureOfProposal(
      proposal({ side: 'victims', breakdown: { nationality: 'FR' }, quantity: { kind: 'between', low: 2, high: 3 } }),
      'p0',
      [],
    );
    expect(figure).toMatchObject({
      who: 'hostages',
      breakdown: [['nationality', 'FR']],
      quantity: { kind: 'between', value: '2', high: '3' },
      words: 'thirty hostages',
    });
  });

  it('takes what is known of an earlier speaker of that name', () => {
    const earlier: EarlierSpeaker = {
      link: { name: 'interior ministry', kind: 'authority', id: 'algerian-government', body: 'algerian-government' },
      origin: 'algerian-government',
      figures: 4,
    };
    const [speaker, relay] = figureOfProposal(proposal({}), 'p0', [earlier]).attribution ?? [];
    expect(speaker).toMatchObject({
      id: 'algerian-government',
      body: 'algerian-government',
      takenFrom: 'interior ministry',
    });
    expect(relay).toMatchObject({ name: 'APA', id: '' });
  });
});

describe('putting accepted figures into the report', () => {
  const source = { attribution: [{ name: 'source', kind: 'official' as const, named: false }] };

  it('gives a blank draft the outlet, the date and the chain that most share', () => {
    const draft = withTaken(blankReport, [item(0, {}), item(1, source), item(2, { measure: 'injured' })], copy);
    expect(draft).toMatchObject({ outlet: 'APA', publishedAt: { date: '2013-01-18', time: '' } });
    expect(draft.attribution.map(({ name }) => name)).toEqual(['Interior Ministry', 'APA']);
    expect(draft.figures.map(({ key, attribution }) => [key, attribution?.[0]?.name ?? null])).toEqual([
      ['f1', null],
      ['f2', 'source'],
      ['f3', null],
    ]);
  });

  it('leaves a begun draft its own, and each figure its chain', () => {
    const begun = { ...blankReport, outlet: 'Reuters', figures: [blankFigure('f4')] };
    const draft = withTaken(begun, [item(0, {})], copy);
    expect(draft.outlet).toBe('Reuters');
    expect(draft.figures.map(({ key, attribution }) => [key, attribution?.length ?? null])).toEqual([
      ['f4', null],
      ['f5', 2],
    ]);
  });

  it('puts in nothing that was not accepted, and ties an increment only to what was', () => {
    const more = { basis: 'additional' as const, of: [0] };
    const taken = withTaken(
      blankReport,
      [item(0, {}), item(1, more), item(2, {}, 'open'), item(3, {}, 'dropped')],
      copy,
    );
    expect(taken.figures.map(({ key, of }) => [key, of])).toEqual([
      ['f1', []],
      ['f2', ['f1']],
    ]);
    const alone = withTaken(blankReport, [item(0, {}, 'dropped'), item(1, more)], copy);
    expect(alone.figures.map(({ of }) => of)).toEqual([[]]);
  });
});

describe('the marked text', () => {
  it('cuts where marks begin and end, also within one another, and loses nothing', () => {
    const text = 'two of the 11 dead and 11';
    const segments = segmentsOf(text, [
      [{ start: 0, end: 18 }],
      [
        { start: 7, end: 18 },
        { start: 23, end: 25 },
      ],
    ]);
    expect(segments.map((segment) => segment.text).join('')).toBe(text);
    expect(segments.map(({ text: words, marks, begins }) => [words, marks, begins])).toEqual([
      ['two of ', [0], [0]],
      ['the 11 dead', [0, 1], [1]],
      [' and ', [], []],
      ['11', [1], []],
    ]);
  });
});
