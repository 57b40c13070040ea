import { describe, expect, it } from '@jest/globals';
import type { RevisionBody } from '../../../src/domain/tally/shapes.js';
import { day, figure, History } from './history.js';
import { killed, missing, told, type Said } from './table.js';

const m = 'authority:Ministry';
const k = 'authority:Coroner';
const a = 'official:Mayor';
const h = 'organisation:Hospital';
const victims = 'killed/side:victims';
const of = (country: string) => `killed/civilians/nationality=${country}`;

const lastOf = (history: History, cell = killed): RevisionBody | undefined =>
  history.ledger.revisions.filter((each) => each.cell === cell).at(-1);

const reason = (said: readonly Said[], cell = killed): string | undefined =>
  lastOf(told(said, cell).history, cell)?.reason;

describe('reasons of what is reported', () => {
  it.each<[string, string, readonly Said[]]>([
    ['a first figure', 'newFigure', [[m, 1, 30]]],
    [
      'a source’s own new number',
      'newFigure',
      [
        [m, 1, 30],
        [m, 2, 32],
      ],
    ],
    [
      'another number beside it',
      'newFigure',
      [
        [m, 1, 30],
        [h, 2, 40],
      ],
    ],
    [
      'another origin now leads, upward',
      'sourceChanged',
      [
        [a, 1, 30],
        [m, 2, 32],
      ],
    ],
    [
      'another origin now leads, downward: no fall to explain',
      'sourceChanged',
      [
        [a, 1, 32],
        [m, 2, 30],
      ],
    ],
    [
      'another authority now leads, downward',
      'sourceChanged',
      [
        [k, 1, 32],
        [m, 2, 30],
      ],
    ],
    [
      'two relays of one speech disagree',
      'relaysDisagree',
      [
        [m, 1, 38, { outlet: 'AFP' }],
        [m, 1, 37, { outlet: 'Xinhua' }],
      ],
    ],
    [
      'the reason that was given',
      'missingToDead',
      [
        [m, 1, 30],
        [m, 2, 32, { reason: 'missingToDead' }],
      ],
    ],
    [
      'the reason that was given, of a fall',
      'doubleCount',
      [
        [m, 1, 32],
        [m, 2, 30, { reason: 'doubleCount' }],
      ],
    ],
    [
      'the reason that was given, though another origin leads',
      'fraud',
      [
        [a, 1, 32],
        [m, 2, 30, { reason: 'fraud' }],
      ],
    ],
    [
      'a fall of a source’s own number without a reason',
      'unexplained',
      [
        [m, 1, 32],
        [m, 2, 29],
      ],
    ],
    [
      'also to a floor: "at least 29"',
      'unexplained',
      [
        [m, 1, 32],
        [m, 2, '29+'],
      ],
    ],
    [
      'also where the range begins lower',
      'unexplained',
      [
        [m, 1, '30-40'],
        [m, 2, '29-40'],
      ],
    ],
    [
      'also of a party',
      'unexplained',
      [
        ['party:Rebels', 1, 34],
        ['party:Rebels', 2, 30],
      ],
    ],
    [
      'also of one of two that made best: the mayor’s 30 and the prefect’s 28 become 25 to 28',
      'unexplained',
      [
        [a, 1, 30],
        ['official:Prefect', 2, 28],
        [a, 3, 25],
      ],
    ],
    [
      'not where the number that fell did not make best',
      'newFigure',
      [
        [m, 1, 30],
        [h, 1, 40],
        [h, 2, 35],
      ],
    ],
    [
      'not where its number rose, and best fell by another: 12 to 30 after 30',
      'sourceChanged',
      [
        [a, 1, 30],
        ['official:Prefect', 2, 12],
      ],
    ],
  ])('%s: %s', (_, expected, said) => {
    expect(reason(said)).toBe(expected);
  });

  it('does not ask why a current measure fell: people are found', () => {
    expect(
      reason(
        [
          [m, 1, 30],
          [m, 2, 5],
        ],
        missing,
      ),
    ).toBe('newFigure');
  });

  it('nor why a remainder did: the unknown become known', () => {
    expect(
      reason(
        [
          [m, 1, 30],
          [m, 2, 5],
        ],
        of('unknown'),
      ),
    ).toBe('newFigure');
  });

  it('gives the sums as the reason where only other cells were told of', () => {
    expect(reason([[m, 1, 30, { in: of('FR') }]], victims)).toBe('addsUp');
  });
});

describe('reasons of decisions', () => {
  const tell = () =>
    told([
      [a, 1, 30],
      ['official:Prefect', 2, 28],
      [h, 3, 40],
    ]);

  it.each<[string, (history: History, ids: string[]) => unknown]>([
    ['correction', (history, ids) => history.correct(ids[0] ?? '', figure(killed, 31))],
    ['retraction', (history, ids) => history.retract(ids[0] ?? '')],
    ['attributionDenied', (history, ids) => history.deny(ids[0] ?? '')],
    ['originsLinked', (history) => history.link('mayor', 'prefect')],
    ['graded', (history) => history.grade('hospital', 'authority')],
    ['pinned', (history) => history.pin(killed, 30, 30)],
    ['methodChanged', (history) => history.amend({ method: 'range/1' })],
  ])('%s', (expected, decide) => {
    const { history, ids } = tell();
    decide(history, ids);
    expect(lastOf(history)?.reason).toBe(expected);
    expect(lastOf(history)?.unexplained).toBe(false);
  });

  it.each<
    [string, (history: History, ids: string[]) => unknown, (history: History, ids: string[], undo: unknown) => unknown]
  >([
    ['reinstated', (history, ids) => history.retract(ids[0] ?? ''), (history, ids) => history.reinstate(ids[0] ?? '')],
    [
      'originsUnlinked',
      (history) => history.link('mayor', 'prefect'),
      (history, _, link) => history.unlink(String(link)),
    ],
    ['unpinned', (history) => history.pin(killed, 30, 30), (history) => history.unpin(killed)],
  ])('%s', (expected, decide, undo) => {
    const { history, ids } = tell();
    undo(history, ids, decide(history, ids));
    expect(lastOf(history)?.reason).toBe(expected);
  });

  it('schemeAmended', () => {
    const { history } = told([[m, 1, 'dozens']]);
    history.amend({ lexicon: 'acled/1' });
    expect(lastOf(history)).toMatchObject({ reason: 'schemeAmended', fall: true, unexplained: false });
  });

  it('a retraction of 32 that lets 30 stand again is a fall, and explained by that', () => {
    const { history, ids } = told([
      [m, 1, 30],
      [m, 2, 32],
    ]);
    history.retract(ids[1] ?? '');
    expect(lastOf(history)).toMatchObject({ direction: 'down', fall: true, reason: 'retraction', unexplained: false });
  });
});

describe('the fall of a derived cell', () => {
  it('is as unexplained as the fall of its part in the same filing', () => {
    const { history } = told([
      [m, 1, 32],
      [m, 2, 29],
    ]);
    expect(lastOf(history, victims)).toMatchObject({ fall: true, reason: 'unexplained', unexplained: true });
  });

  it('has the reason of the fall of its part', () => {
    const { history } = told([
      [m, 1, 32],
      [m, 2, 29, { reason: 'doubleCount' }],
    ]);
    expect(lastOf(history, victims)).toMatchObject({ fall: true, reason: 'doubleCount', unexplained: false });
  });

  it('or of a part of theirs: a Frenchman less, foreign and all with him', () => {
    const { history } = told(
      [
        [m, 1, 32],
        [m, 2, 29],
      ],
      of('FR'),
    );
    for (const cell of [of('foreign'), killed, victims])
      expect(lastOf(history, cell)).toMatchObject({ fall: true, reason: 'unexplained', unexplained: true });
  });

  it('is not asked for where another part rose as much', () => {
    const history = new History();
    history.report(m, day(1), [figure(of('FR'), 30), figure(of('DZ'), 10)]);
    history.report(m, day(2), [figure(of('FR'), 29), figure(of('DZ'), 11)]);
    expect(lastOf(history, of('FR'))?.reason).toBe('unexplained');
    expect(lastOf(history)).toMatchObject({ direction: 'first' });
  });
});

describe('an explanation', () => {
  it('names the event and the cell, and explains what took its reason from there too', () => {
    const { history, ids } = told([
      [m, 1, 32],
      [m, 2, 29],
    ]);
    const { revisions } = history.explain(ids[1] ?? '', killed, 'doubleCount');
    expect(revisions.map(({ cell, reason, unexplained }) => [cell, reason, unexplained])).toEqual([
      [killed, 'doubleCount', false],
      [victims, 'doubleCount', false],
    ]);
    expect(lastOf(history)).toMatchObject({
      reason: 'doubleCount',
      unexplained: false,
      explanation: { reason: 'doubleCount' },
    });
    expect(lastOf(history, victims)).toMatchObject({ reason: 'doubleCount', unexplained: false });
  });

  it('changes no estimate and makes no revision of its own', () => {
    const { history, ids } = told([
      [m, 1, 32],
      [m, 2, 29],
    ]);
    const count = history.ledger.revisions.length;
    const before = JSON.stringify(history.tally());
    history.explain(ids[1] ?? '', killed, 'doubleCount');
    expect([history.ledger.revisions.length, JSON.stringify(history.tally())]).toEqual([count, before]);
  });

  it('leaves another cell’s fall of the same report unexplained', () => {
    const history = new History();
    history.report(m, day(1), [figure(killed, 32), figure('injured/civilians', 50)]);
    const [dead] = history.report(m, day(2), [figure(killed, 29), figure('injured/civilians', 40)]);
    history.explain(dead ?? '', killed, 'doubleCount');
    expect(lastOf(history, 'injured/civilians')?.unexplained).toBe(true);
  });
});
