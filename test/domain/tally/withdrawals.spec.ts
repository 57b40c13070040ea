import { describe, expect, it } from '@jest/globals';
import { day, figure, History } from './history.js';
import { killed, missing, told } from './table.js';

const m = 'authority:Ministry';

describe('a corrected figure', () => {
  it('counts as it should have been', () => {
    const { history, ids } = told([[m, 1, 30]]);
    history.correct(ids[0] ?? '', figure(killed, 13));
    expect([history.best(killed), history.estimate(killed).figures]).toEqual(['13', [ids[0]]]);
    history.correct(ids[0] ?? '', figure(killed, 14));
    expect(history.best(killed)).toBe('14');
  });

  it('moves to another cell, whose older figure it replaces, and leaves its own', () => {
    const { history, ids } = told([
      [m, 1, 6, { in: missing }],
      [m, 1, 30],
      [m, 2, 5],
    ]);
    history.correct(ids[2] ?? '', figure(missing, 5));
    expect([history.best(killed), history.best(missing)]).toEqual(['30', '5']);
  });

  it('moves to another speaker', () => {
    const { history, ids } = told([
      [m, 1, 30],
      [m, 2, 5],
    ]);
    history.correct(ids[1] ?? '', figure(killed, 5, { by: 'witness:Neighbour' }));
    expect(history.best(killed)).toBe('30');
  });

  it('inherits nothing from what was filed: not the hedge, nor the basis, nor the reason', () => {
    const { history, ids } = told([[m, 1, 30, { hedged: true, basis: 'partial' }]]);
    expect([history.best(killed), history.estimate(killed).hedged]).toEqual(['30+', true]);
    history.correct(ids[0] ?? '', figure(killed, 30));
    expect([history.best(killed), history.estimate(killed).hedged]).toEqual(['30', false]);
  });

  it('keeps its place among ties: of two authorities at one moment the one filed later leads', () => {
    const { history, ids } = told([
      [m, 1, 30],
      ['authority:Coroner', 1, 32],
    ]);
    expect(history.best(killed)).toBe('32');
    history.correct(ids[0] ?? '', figure(killed, 31));
    expect(history.best(killed)).toBe('32');
  });

  it('keeps its outlet’s place: an outlet’s earlier report does not become its last by a correction', () => {
    const { history, ids } = told([
      [m, 1, 34, { outlet: 'Reuters' }],
      [m, 1, 35, { outlet: 'Reuters' }],
    ]);
    history.correct(ids[0] ?? '', figure(killed, 33));
    expect(history.best(killed)).toBe('35');
  });
});

describe('a figure retracted by desk or outlet', () => {
  it.each(['desk', 'outlet'] as const)('is as if never filed (%s): what it had replaced stands again', (by) => {
    const { history, ids } = told([
      [m, 1, 30],
      [m, 2, 32],
    ]);
    history.retract(ids[1] ?? '', by);
    expect([history.best(killed), history.estimate(killed).figures]).toEqual(['30', [ids[0]]]);
  });

  it('takes no other relay with it', () => {
    const { history, ids } = told([
      [m, 1, 30, { outlet: 'A' }],
      [m, 1, 30, { outlet: 'B' }],
    ]);
    history.retract(ids[0] ?? '');
    expect([history.best(killed), history.estimate(killed).figures]).toEqual(['30', [ids[1]]]);
  });

  it('leaves a cell that is in the tally no more, with a revision that says so', () => {
    const { history, ids } = told([[m, 1, 30, { in: 'killed/attackers' }]]);
    const { removed, revisions } = history.retract(ids[0] ?? '');
    expect(removed).toEqual(['killed/attackers', 'killed/side:perpetrators']);
    expect(revisions.map(({ direction, after }) => [direction, after])).toEqual([
      ['withdrawn', null],
      ['withdrawn', null],
    ]);
  });
});

describe('a denied statement', () => {
  const tell = () =>
    told([
      [m, 1, 28],
      [m, 2, 30, { outlet: 'A' }],
      [m, 2, 30, { outlet: 'B' }],
    ]);

  it('takes every relay of it', () => {
    const { history, ids } = tell();
    history.deny(ids[1] ?? '');
    expect(history.best(killed)).toBe('28');
  });

  it('takes a relay filed later, also one with another number', () => {
    const { history, ids } = tell();
    history.deny(ids[1] ?? '');
    history.says(m, day(2), killed, 30, { outlet: 'C' });
    history.says(m, day(2), killed, 31, { outlet: 'D' });
    expect(history.best(killed)).toBe('28');
  });

  it.each(['30', '30+', '<=30', '>30', '<30', '~30'])(
    'takes the same number at another time, filed later: %s',
    (number) => {
      const { history, ids } = tell();
      history.deny(ids[1] ?? '');
      history.says(m, day(3), killed, number);
      expect(history.best(killed)).toBe('28');
    },
  );

  it.each([
    [
      'filed before, of an earlier time',
      () =>
        [
          [m, 1, '30+'],
          [m, 2, 30],
        ] as const,
    ],
    [
      'filed before, of a later time',
      () =>
        [
          [m, 3, '30+'],
          [m, 2, 30],
        ] as const,
    ],
  ])('takes the same number %s', (_, said) => {
    const { history, ids } = told(said());
    history.deny(ids[1] ?? '');
    expect(history.best(killed)).toBe('-');
  });

  it('takes the same number on another basis', () => {
    const { history, ids } = tell();
    history.deny(ids[1] ?? '');
    history.says(m, day(3), killed, 30, { basis: 'partial' });
    expect(history.best(killed)).toBe('28');
  });

  it('leaves another number, another cell and another origin alone', () => {
    const { history, ids } = tell();
    history.says(m, day(2), missing, 30);
    history.deny(ids[1] ?? '');
    history.says('official:Mayor', day(3), 'injured/civilians', 30);
    expect([history.best(killed), history.best(missing), history.best('injured/civilians')]).toEqual([
      '28',
      '30',
      '30',
    ]);
    history.says(m, day(4), killed, 31);
    expect(history.best(killed)).toBe('31');
  });

  it('takes the number of an origin that is the same by a link, while the link holds', () => {
    const { history, ids } = told([
      ['official:Officer', 1, 30],
      ['official:Captain', 2, 30],
    ]);
    const link = history.link('officer', 'captain');
    history.deny(ids[0] ?? '');
    expect(history.best(killed)).toBe('-');
    history.unlink(link);
    expect([history.best(killed), history.estimate(killed).figures]).toEqual(['30', [ids[1]]]);
  });

  it('does not match words by the number that a lexicon reads into them', () => {
    const { history, ids } = told([[m, 1, 'dozens']]);
    history.deny(ids[0] ?? '');
    history.says(m, day(2), killed, '24+');
    expect(history.best(killed)).toBe('24+');
  });
});

describe('a statement that its speaker retracts, at a time', () => {
  const tell = () =>
    told([
      [m, 1, 28],
      [m, 2, 30],
      [m, 4, 35],
      [m, 2, 7, { in: missing }],
    ]);

  it('leaves nothing of what it said of that cell up to then', () => {
    const { history, ids } = tell();
    history.retract(ids[2] ?? '', 'speaker', day(5));
    expect([history.best(killed), history.best(missing)]).toEqual(['-', '7']);
  });

  it('leaves what it said later', () => {
    const { history, ids } = tell();
    history.retract(ids[1] ?? '', 'speaker', day(3));
    expect(history.best(killed)).toBe('35');
    history.retract(ids[2] ?? '');
    expect(history.best(killed)).toBe('-');
  });

  it('includes the moment itself', () => {
    const { history, ids } = tell();
    history.retract(ids[1] ?? '', 'speaker', day(4));
    expect(history.best(killed)).toBe('-');
  });

  it('holds for what is filed afterwards, about before', () => {
    const { history, ids } = tell();
    history.retract(ids[1] ?? '', 'speaker', day(5));
    history.says(m, day(4.5), killed, 36);
    expect(history.best(killed)).toBe('-');
    history.says(m, day(6), killed, 37);
    expect(history.best(killed)).toBe('37');
  });

  it('takes partials and increments too, and leaves other origins alone', () => {
    const { history, ids } = told([
      ['official:Officer', 1, 28],
      ['official:Officer', 2, 20, { basis: 'partial' }],
      ['official:Officer', 2, 9, { basis: 'additional' }],
      ['witness:Neighbour', 1, 12],
    ]);
    history.retract(ids[0] ?? '', 'speaker', day(3));
    expect([history.best(killed), history.reported(killed)]).toEqual(['12', '12']);
  });
});

describe('a reinstated figure', () => {
  const tell = (): { history: History; id: string } => {
    const { history, ids } = told([[m, 1, 30]]);
    return { history, id: ids[0] ?? '' };
  };

  it('is back after a retraction', () => {
    const { history, id } = tell();
    history.retract(id);
    history.reinstate(id);
    expect(history.best(killed)).toBe('30');
  });

  it('brings back what its denial took, and what was filed meanwhile', () => {
    const { history, id } = tell();
    history.deny(id);
    const later = history.says(m, day(2), killed, '30+');
    expect(history.best(killed)).toBe('-');
    history.reinstate(id);
    expect([history.best(killed), history.estimate(killed).figures]).toEqual(['30+', [later]]);
  });

  it('has only its last withdrawal undone', () => {
    const { history, id } = tell();
    history.deny(id);
    history.retract(id);
    history.reinstate(id);
    expect(history.best(killed)).toBe('-');
    history.reinstate(id);
    expect(history.best(killed)).toBe('30');
  });

  it('leaves out what other withdrawals took', () => {
    const { history, ids } = told([
      [m, 1, 28],
      [m, 2, 30],
    ]);
    history.retract(ids[1] ?? '');
    history.retract(ids[0] ?? '', 'speaker', day(3));
    history.reinstate(ids[0] ?? '');
    expect(history.best(killed)).toBe('28');
    history.reinstate(ids[1] ?? '');
    expect(history.best(killed)).toBe('30');
  });

  it('stays out while another figure’s denial takes its number', () => {
    const { history, ids } = told([
      [m, 1, 30],
      [m, 2, 30],
    ]);
    history.retract(ids[0] ?? '');
    history.deny(ids[1] ?? '');
    history.reinstate(ids[0] ?? '');
    expect(history.best(killed)).toBe('-');
  });

  it('is as corrected', () => {
    const { history, id } = tell();
    history.correct(id, figure(killed, 31));
    history.retract(id);
    history.reinstate(id);
    expect(history.best(killed)).toBe('31');
  });
});
