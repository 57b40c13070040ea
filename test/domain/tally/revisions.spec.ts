import { describe, expect, it } from '@jest/globals';
import { day, figure, History } from './history.js';
import { killed, told, type Said } from './table.js';

const m = 'authority:Ministry';
const a = 'official:Mayor';
const b = 'official:Prefect';
const h = 'organisation:Hospital';

/** The cell's revisions, as direction and fall. */
const moves = (history: History, cell = killed): string[] =>
  history.ledger.revisions
    .filter((each) => each.cell === cell)
    .map(({ direction, fall }) => direction + (fall ? ' fall' : ''));

const last = (said: readonly Said[]): string | undefined => moves(told(said).history).at(-1);

describe('direction and fall', () => {
  it.each<[string, string, readonly Said[]]>([
    ['first: there was no best', 'first', [[m, 1, 30]]],
    [
      'up: the low is higher',
      'up',
      [
        [m, 1, 30],
        [m, 2, 32],
      ],
    ],
    [
      'down: the low is lower, and what is printed',
      'down fall',
      [
        [m, 1, 32],
        [m, 2, 30],
      ],
    ],
    [
      'narrowed: inside',
      'narrowed',
      [
        [m, 1, '12-30'],
        [m, 2, '19-30'],
      ],
    ],
    [
      'narrowed to one end, printed higher',
      'narrowed',
      [
        [m, 1, '12-30'],
        [m, 2, 30],
      ],
    ],
    [
      'narrowed to the low end, printed the same',
      'narrowed',
      [
        [m, 1, '12-30'],
        [m, 2, 12],
      ],
    ],
    [
      'widened: containing; 12 is printed, no longer 30',
      'widened fall',
      [
        [m, 1, 30],
        [m, 2, '12-30'],
      ],
    ],
    [
      'widened upward: 30 is printed as before',
      'widened',
      [
        [m, 1, 30],
        [m, 2, '30-40'],
      ],
    ],
    [
      'up, where they overlap: by low',
      'up',
      [
        [m, 1, '10-20'],
        [m, 2, '15-25'],
      ],
    ],
    [
      'down, where they overlap: by low',
      'down fall',
      [
        [m, 1, '15-25'],
        [m, 2, '10-20'],
      ],
    ],
    [
      'an open high counts as its low: "at least 7" to 30 is up',
      'up',
      [
        [m, 1, '7+'],
        [m, 2, 30],
      ],
    ],
    [
      'an open high counts as its low: "at least 30" to "at least 7" is down',
      'down fall',
      [
        [m, 1, '30+'],
        [m, 2, '7+'],
      ],
    ],
    [
      'an open high counts as its low: "at least 30" to 30 is the same best',
      'status',
      [
        [m, 1, '30+'],
        [m, 2, 30],
      ],
    ],
    [
      'an open high counts as its low: "at least 30" to 12 to 30 is widened',
      'widened fall',
      [
        [m, 1, '30+'],
        [m, 2, '12-30'],
      ],
    ],
    [
      'status: best is the same, and contested now',
      'status',
      [
        [m, 1, 30],
        [h, 2, 40],
      ],
    ],
    [
      'a fall by the point: about 250 to 247 is printed lower, though inside',
      'narrowed fall',
      [
        [m, 1, '~250'],
        [m, 2, 247],
      ],
    ],
    [
      'no fall by the low: 247 to about 250 is printed higher, though lower below',
      'widened',
      [
        [m, 1, 247],
        [m, 2, '~250'],
      ],
    ],
    [
      'a current measure falls too',
      'down fall',
      [
        [m, 1, 5, { in: 'killed/civilians/nationality=unknown' }],
        [m, 1, 9],
        [m, 2, 7],
      ],
    ],
  ])('%s', (_, expected, said) => {
    expect(last(said)).toBe(expected);
  });

  it('withdrawn: there is a best no more', () => {
    const { history, ids } = told([[m, 1, 30]]);
    history.retract(ids[0] ?? '');
    expect(moves(history)).toEqual(['first', 'withdrawn']);
  });

  it('withdrawn and first again where a method gives no best for a while', () => {
    const { history, ids } = told(
      [
        [m, 1, 30],
        [h, 1, 25],
      ],
      killed,
      { method: 'two-source/1' },
    );
    history.retract(ids[1] ?? '');
    history.reinstate(ids[1] ?? '');
    // One source gives none, though the cell is there: reported and confirmed.
    expect(moves(history)).toEqual(['status', 'first', 'withdrawn', 'first']);
  });
});

describe('what is a revision', () => {
  it.each<[string, readonly Said[], number]>([
    [
      'a change of best',
      [
        [m, 1, 30],
        [m, 2, 31],
      ],
      2,
    ],
    [
      'a change of reported alone',
      [
        [m, 1, 30],
        [h, 2, 40, { hedged: true }],
      ],
      2,
    ],
    [
      'a change of confirmed alone',
      [
        [a, 1, 30],
        [m, 1, 'dozens'],
      ],
      2,
    ],
    [
      'a change of status alone',
      [
        [m, 1, 30],
        [h, 2, 30],
      ],
      2,
    ],
    [
      'not the same number again',
      [
        [m, 1, 30],
        [m, 2, 30],
      ],
      1,
    ],
    [
      'not another relay',
      [
        [m, 1, 30, { outlet: 'A' }],
        [m, 1, 30, { outlet: 'B' }],
      ],
      1,
    ],
    [
      'not a floor under best',
      [
        [m, 1, 30],
        [h, 2, 20, { basis: 'partial' }],
      ],
      1,
    ],
    [
      'not a party’s claim beside others’',
      [
        [m, 1, 30],
        ['party:Rebels', 2, 90],
      ],
      1,
    ],
    [
      'not one more that agrees',
      [
        [m, 1, 30],
        [h, 2, 30],
        ['witness:Neighbour', 2, 30],
      ],
      2,
    ],
  ])('%s', (_, said, count) => {
    expect(moves(told(said).history)).toHaveLength(count);
  });

  it('comes once a filing, after all its figures: 11 and 30 in one report are not two', () => {
    const history = new History();
    history.report(m, day(1), [figure(killed, '11+'), figure(killed, 11), figure('injured/civilians', 5)]);
    expect(history.ledger.revisions.map(({ cell }) => cell)).toEqual([
      'injured/civilians',
      'injured/side:victims',
      'killed/civilians',
      'killed/side:victims',
    ]);
    expect(history.best(killed)).toBe('11');
  });

  it('is numbered in the incident from 1, and each begins where the cell’s last ended', () => {
    const { history } = told([
      [m, 1, 30],
      [h, 2, 40],
      [m, 3, 41],
    ]);
    const { revisions } = history.ledger;
    expect(revisions.map(({ number }) => number)).toEqual(revisions.map((_, at) => at + 1));
    const own = revisions.filter(({ cell }) => cell === killed);
    expect(own.map(({ before }) => before?.revision ?? null)).toEqual([
      null,
      ...own.slice(0, -1).map(({ after }) => after?.revision),
    ]);
  });

  it('names the filing’s time and the report’s publication; a decision has none', () => {
    const history = new History();
    const [id] = history.report(m, day(1), [figure(killed, 30)], { publishedAt: day(2) });
    history.retract(id ?? '');
    const [first, , second] = history.ledger.revisions;
    expect(first?.recordedAt).toBe(history.filings[1]?.[0]?.meta.recordedAt);
    expect(Date.parse(first?.publishedAt ?? '')).toBe(Date.parse(day(2)));
    expect(second?.publishedAt).toBeNull();
  });

  it('names the event that caused it: the figure, or the decision', () => {
    const history = new History();
    const [other, id] = history.report(b, day(1), [figure('injured/civilians', 5), figure(killed, 30)]);
    history.retract(id ?? '');
    const causes = history.ledger.revisions.filter(({ cell }) => cell === killed).map(({ cause }) => cause);
    expect(causes).toEqual([id, history.last()[0]?.id]);
    expect(other).not.toBe(id);
    // A whole names the part's event.
    expect(history.ledger.revisions.find(({ cell }) => cell === 'killed/side:victims')?.cause).toBe(id);
  });
});
