import { describe, expect, it } from '@jest/globals';
import { day, figure, History } from './history.js';
import { check, killed, told, under } from './table.js';

/* Each of these was once a difference between the tally and a reference written from the text of the rules. */

const m = 'authority:Ministry';
const coroner = 'authority:Coroner';
const officer = 'official:Officer';
const hospital = 'organisation:Hospital';

describe('what made best under two-source/1', () => {
  under('two-source/1', [
    {
      why: 'is what as said overlaps it, as under the default: "at least 7" can be true with at least 23',
      said: [
        [m, 1, 23],
        [hospital, 2, 25],
        [coroner, 3, '7+'],
      ],
      gives: { best: '23+', madeBy: [0, 1, 2], asOf: 3 },
    },
    {
      why: 'is not who said a number below it: 20 is not at least 23',
      said: [
        [m, 1, 23],
        [hospital, 2, 25],
        [officer, 2, 20],
      ],
      gives: { best: '23+', madeBy: [0, 1], dissenting: [2] },
    },
  ]);

  it('is a floor where it is words and partial counts alone, raised by what its parts add up to', () => {
    const history = new History({ method: 'two-source/1' });
    for (const by of [m, hospital]) {
      history.says(by, day(1), 'killed/civilians/nationality=JP', 9);
      history.says(by, day(1), killed, 'several');
    }
    expect(history.best(killed)).toBe('9+');
  });
});

describe('a mere floor under an authority’s best', () => {
  check([
    {
      why: 'is an older "at least" of an authority: 7 or more, then 11',
      said: [
        [coroner, 1, '7+'],
        [m, 2, 11],
      ],
      gives: { best: '11', reported: '11', madeBy: [0, 1] },
    },
    {
      why: 'not one said at the same time: the coroner’s 7 or more is reported beside the ministry’s 11',
      said: [
        [coroner, 2, '7+'],
        [m, 2, 11],
      ],
      gives: { best: '11', reported: '7-11' },
    },
  ]);
});

describe('an increment whose F is withdrawn', () => {
  it('is spent by a later total of F’s origin all the same', () => {
    const { history, ids } = told([
      [m, 1, 23],
      [officer, 2, 25, { basis: 'additional', of: [0] }],
      [m, 3, 20],
    ]);
    history.retract(ids[0] ?? '');
    expect([history.best(killed), history.reported(killed), history.status(killed)]).toEqual([
      '20',
      '20',
      'single-source',
    ]);
  });
});

describe('of two totals of one origin said at once', () => {
  check([
    {
      why: 'words do not replace the number: 12, then 7 more and in the same breath "several"',
      said: [
        [m, 1, 12],
        [m, 2, 7, { basis: 'additional', of: [0] }],
        [m, 2, 'several'],
      ],
      gives: { best: '19', madeBy: [1] },
    },
    {
      why: 'nor where the words were filed first',
      said: [
        [m, 1, 12],
        [m, 2, 'several'],
        [m, 2, 7, { basis: 'additional', of: [0] }],
      ],
      gives: { best: '19', madeBy: [2] },
    },
  ]);
});

describe('a sum that lapsed', () => {
  it('replaces nothing: the sum before it stands again, and gives way again when its figure is back', () => {
    const history = new History();
    const soldiers = history.says(m, day(1), 'killed/soldiers', 10);
    const attackers = history.says(m, day(1), 'killed/attackers', 20);
    history.report('press:AP', day(2), [figure('killed/all', 30, { basis: 'sum', of: [soldiers, attackers] })]);
    const more = history.says(m, day(3), 'killed/civilians', 5);
    history.report('press:AP', day(3), [figure('killed/all', 35, { basis: 'sum', of: [soldiers, attackers, more] })]);
    expect(history.best('killed/all')).toBe('35');
    history.retract(more);
    expect(history.best('killed/all')).toBe('30');
    history.reinstate(more);
    expect(history.best('killed/all')).toBe('35');
  });

  it('leaves an older one replaced that the newest replaced, also where a hedged total replaced the newest', () => {
    const { history } = told([
      ['press:AP', 1, '<=8', { basis: 'sum' }],
      ['press:AP', 2, 3, { basis: 'sum', hedged: true }],
      ['press:AP', 3, 3, { hedged: true }],
    ]);
    expect(history.reported(killed)).toBe('3');
  });

  it('is one statement in whatever order two relays name its figures', () => {
    const history = new History();
    const soldiers = history.says(m, day(1), 'killed/soldiers', 10);
    const attackers = history.says(m, day(1), 'killed/attackers', 20);
    for (const [outlet, of] of [
      ['Wire', [soldiers, attackers]],
      ['Paper', [attackers, soldiers]],
    ] as const)
      history.report('press:AP', day(2), [figure('killed/all', 30, { basis: 'sum', of: [...of] })], { outlet });
    expect(history.estimate('killed/all').figures).toHaveLength(2);
  });
});

describe('the point of lowest-corroborated/1', () => {
  it('is that of any that made best: "at least 5" of two, one of whom had been quoted with 5 by the same outlet', () => {
    const { history } = told(
      [
        [m, 1, 5, { outlet: 'Agency' }],
        [m, 1, '5+', { outlet: 'Agency' }],
        [officer, 1, '5+'],
      ],
      killed,
      { method: 'lowest-corroborated/1' },
    );
    expect(history.estimate(killed).best).toEqual({ low: 5, high: null, point: 5 });
  });
});

describe('an unexplained fall', () => {
  it('is one from either of two statements of an origin that made best together', () => {
    const { history } = told([
      ['press:AP', 1, 'several', { basis: 'additional' }],
      ['press:AP', 1, 30, { basis: 'sum' }],
      ['press:AP', 2, 20],
    ]);
    const fall = history.ledger.revisions.findLast(({ cell }) => cell === killed);
    expect(fall).toMatchObject({ fall: true, reason: 'unexplained' });
  });

  it('stays so where only another speaker’s figure of the report came with a reason', () => {
    const { history } = told([[m, 1, 30]]);
    history.report(m, day(2), [figure(killed, 28), figure(killed, 'several', { by: officer, reason: 'doubleCount' })]);
    const fall = history.ledger.revisions.findLast(({ cell }) => cell === killed);
    expect(fall).toMatchObject({ fall: true, reason: 'unexplained', unexplained: true });
  });

  it('is explained by the reason that its own figure came with', () => {
    const { history } = told([[m, 1, 30]]);
    history.report(m, day(2), [figure(killed, 28, { reason: 'doubleCount' })]);
    const fall = history.ledger.revisions.findLast(({ cell }) => cell === killed);
    expect(fall).toMatchObject({ fall: true, reason: 'doubleCount', unexplained: false });
  });
});
