import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../../src/domain/commands.js';
import type { FigureAsFiled } from '../../../src/domain/schema/report.js';
import { figureId, file, given, killed, open } from '../given.js';

const correct = (corrected: FigureAsFiled, figure = figureId(1)): Command => ({
  kind: 'correctFigure',
  figure,
  corrected,
  reason: 'the desk misread it',
});

const start = [open(), file([killed(31), killed(14), killed(3)]), file([killed(35)])] as const;

describe('a correction', () => {
  test('holds the figure whole', () => {
    given(...start)
      .when(correct(killed(34, { group: 'soldiers' })))
      .thenStored({
        type: 'FigureCorrected',
        data: {
          figure: figureId(1),
          corrected: { measure: 'killed', group: 'soldiers', quantity: { kind: 'exactly', value: 34 } },
          reason: 'the desk misread it',
        },
      });
  });

  test('to what the figure says already changes nothing', () => {
    given(...start)
      .when(correct({ quantity: { kind: 'exactly', value: 31 }, group: 'civilians', measure: 'killed' }))
      .thenUnchanged();
    given(...start, correct(killed(34)))
      .when(correct(killed(34)))
      .thenUnchanged();
  });

  test('back to what was filed first is another correction', () => {
    expect(
      given(...start, correct(killed(34)))
        .when(correct(killed(31)))
        .thenEvents(),
    ).toHaveLength(1);
  });

  test('of a withdrawn figure, and in a closed incident, is taken', () => {
    const withdrawn: Command = { kind: 'denyAttribution', figure: figureId(1), reason: 'denied' };
    const closed: Command = { kind: 'amendIncident', patch: { status: 'closed', reason: 'over' } };
    expect(
      given(...start, withdrawn, closed)
        .when(correct(killed(34)))
        .thenEvents(),
    ).toHaveLength(1);
  });

  test('of a figure of another incident is refused', () => {
    given(...start)
      .when(correct(killed(34), '11111111-1111-4111-8111-111111111111'))
      .thenRefused('figure-not-found');
  });

  test('is checked as a figure of a report is, every error named', () => {
    given(...start)
      .when(correct(killed(1, { group: 'nobody', statedAt: '2016-03-23', breakdown: { place: 'bus' } })))
      .thenRefused(
        'invalid-figure',
        ['/figure/group', 'declared group'],
        ['/figure/breakdown/place', 'declared value'],
        ['/figure/statedAt', 'not after publishedAt'],
      );
  });
});

describe('a correction names, so that there are no cycles,', () => {
  const sumOf = (...of: string[]): FigureAsFiled => killed(99, { basis: 'sum', of });

  test('figures filed before the figure first was, by id or by place', () => {
    const resolved = given(...start)
      .when(correct(sumOf('#0', figureId(1, 1)), figureId(1, 2)))
      .thenEvents();
    expect(resolved[0]?.data).toMatchObject({ corrected: { of: [figureId(1, 0), figureId(1, 1)] } });
  });

  test.each<[string, string, string, string]>([
    ['itself by id', figureId(1, 1), figureId(1, 1), 'figure filed before'],
    ['itself by place', figureId(1, 1), '#1', 'earlier figure of this report'],
    ['a later figure of its report by id', figureId(1, 1), figureId(1, 2), 'figure filed before'],
    ['a later figure of its report by place', figureId(1, 1), '#2', 'earlier figure of this report'],
    ['a figure of a later report', figureId(1, 1), figureId(2), 'figure filed before'],
  ])('never %s', (_name, figure, named, rule) => {
    given(...start)
      .when(correct(sumOf(named), figure))
      .thenRefused('invalid-figure', ['/figure/of/0', rule]);
  });
});
