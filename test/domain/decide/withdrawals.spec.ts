import { describe, expect, test } from '@jest/globals';
import type { Command, RetractionBody } from '../../../src/domain/commands.js';
import { figureId, file, given, killed, open, reportId } from '../given.js';

const nowhere = '11111111-1111-4111-8111-111111111111';
const retract = (retraction: Partial<RetractionBody> = {}, figure = figureId(1)): Command => ({
  kind: 'retractFigure',
  figure,
  retraction: { by: 'desk', reason: 'typing error', ...retraction },
});
const deny = (figure = figureId(1)): Command => ({ kind: 'denyAttribution', figure, reason: 'the ministry denies' });
const reinstate = (figure = figureId(1)): Command => ({ kind: 'reinstateFigure', figure, reason: 'it did say so' });
const close: Command = { kind: 'amendIncident', patch: { status: 'closed', reason: 'over' } };

const start = [open(), file([killed(31), killed(14, { breakdown: { place: 'airport' } })])] as const;

describe('a figure', () => {
  test('is retracted by the desk', () => {
    given(...start)
      .when(retract())
      .thenStored({ type: 'FigureRetracted', data: { figure: figureId(1), by: 'desk', reason: 'typing error' } });
  });

  test('is retracted by its speaker, at a time', () => {
    given(...start)
      .when(retract({ by: 'speaker', statedAt: '2016-03-24' }))
      .thenStored({
        type: 'FigureRetracted',
        data: { figure: figureId(1), by: 'speaker', statedAt: '2016-03-24', reason: 'typing error' },
      });
  });

  test('is denied by its alleged speaker', () => {
    given(...start)
      .when(deny())
      .thenStored({ type: 'AttributionDenied', data: { figure: figureId(1), reason: 'the ministry denies' } });
  });

  test.each<[string, Command]>([
    ['retracted by the desk', retract()],
    ['retracted by the outlet', retract({ by: 'outlet' })],
    ['retracted by its speaker', retract({ by: 'speaker', statedAt: '2016-03-24' })],
    ['denied', deny()],
  ])('that is %s already stays as it is', (_name, command) => {
    given(...start, command)
      .when(command)
      .thenUnchanged();
  });

  test('that one withdrawal took is withdrawn by another kind too: another fact', () => {
    expect(
      given(...start, retract())
        .when(deny())
        .thenEvents(),
    ).toHaveLength(1);
    expect(
      given(...start, retract({ by: 'speaker', statedAt: '2016-03-23' }))
        .when(retract({ by: 'speaker', statedAt: '2016-03-24' }))
        .thenEvents(),
    ).toHaveLength(1);
  });

  test('that was retracted and reinstated is retracted again', () => {
    expect(
      given(...start, retract(), reinstate())
        .when(retract())
        .thenEvents(),
    ).toHaveLength(1);
  });

  test.each<[string, Command]>([
    ['retracted', retract({}, nowhere)],
    ['denied', deny(nowhere)],
    ['reinstated', reinstate(nowhere)],
  ])('of another incident is not %s', (_name, command) => {
    given(...start)
      .when(command)
      .thenRefused('figure-not-found');
  });

  test('of a closed incident is still withdrawn: closing ends reports, not editing', () => {
    expect(
      given(...start, close)
        .when(retract())
        .thenEvents(),
    ).toHaveLength(1);
  });
});

describe('a retraction by the speaker', () => {
  test.each<[string, string, string]>([
    ['before it was said', '2016-03-22T17:59:59Z', 'not before it was said'],
    ['on the day before it was said', '2016-03-21', 'not before it was said'],
    ['after the filing', '2016-03-25T13:00:00Z', 'not after the filing'],
    ['on the day after the filing', '2016-03-26', 'not after the filing'],
  ])('%s is refused', (_name, statedAt, rule) => {
    given(...start)
      .when(retract({ by: 'speaker', statedAt }))
      .thenRefused('invalid-decision', ['/statedAt', rule]);
  });

  test.each([
    ['at the moment when it was said', '2016-03-22T18:00:00Z'],
    ['on the day when it was said, by date', '2016-03-22'],
    ['today, by date', '2016-03-25'],
  ])('%s is taken', (_name, statedAt) => {
    expect(
      given(...start)
        .when(retract({ by: 'speaker', statedAt }))
        .thenEvents(),
    ).toHaveLength(1);
  });

  test('without its time is refused, and so is a time for a retraction by another', () => {
    given(...start)
      .when(retract({ by: 'speaker' }))
      .thenRefused('invalid-decision', ['/statedAt', 'required']);
    given(...start)
      .when(retract({ by: 'desk', statedAt: '2016-03-24' }))
      .thenRefused('invalid-decision', ['/statedAt', 'only by the speaker']);
  });
});

describe('a report', () => {
  const retractReport = (retraction: Partial<RetractionBody> = {}, report = reportId(1)): Command => ({
    kind: 'retractReport',
    report,
    retraction: { by: 'outlet', reason: 'taken offline', ...retraction },
  });

  test('is retracted with all its figures', () => {
    given(...start)
      .when(retractReport())
      .thenStored(
        { type: 'FigureRetracted', data: { figure: figureId(1, 0), by: 'outlet', reason: 'taken offline' } },
        { type: 'FigureRetracted', data: { figure: figureId(1, 1), by: 'outlet', reason: 'taken offline' } },
      );
  });

  test('is retracted but for what is so already', () => {
    given(...start, retract({ by: 'outlet' }))
      .when(retractReport())
      .thenStored({ type: 'FigureRetracted', data: { figure: figureId(1, 1), by: 'outlet', reason: 'taken offline' } });
    given(...start, retractReport())
      .when(retractReport())
      .thenUnchanged();
  });

  test('is not retracted in part: a figure said later than its speaker took it back refuses all', () => {
    const later = file([killed(31, { statedAt: '2016-03-21' }), killed(32)]);
    given(open(), later)
      .when(retractReport({ by: 'speaker', statedAt: '2016-03-22T10:00:00Z' }))
      .thenRefused('invalid-decision', ['/statedAt', 'not before it was said']);
  });

  test('that is not there is not retracted', () => {
    given(...start)
      .when(retractReport({}, 'rep_nothing'))
      .thenRefused('report-not-found');
  });
});

describe('a reinstatement', () => {
  test('undoes the last withdrawal', () => {
    given(...start, retract())
      .when(reinstate())
      .thenStored({ type: 'FigureReinstated', data: { figure: figureId(1), reason: 'it did say so' } });
    const { ledger } = given(...start, retract(), deny(), reinstate());
    expect(ledger.state.figures.get(figureId(1))?.withdrawals.map(({ kind }) => kind)).toEqual(['desk']);
  });

  test('of a figure that was never withdrawn is refused', () => {
    given(...start)
      .when(reinstate())
      .thenRefused('not-withdrawn');
  });

  test('sent again changes nothing', () => {
    given(...start, retract(), reinstate())
      .when(reinstate())
      .thenUnchanged();
  });

  test('of a figure that the denial of another relay took names the one on which to undo it', () => {
    const relay = file([killed(31)], { outlet: 'AFP' });
    const { decision } = given(...start, relay, deny()).when(reinstate(figureId(2)));
    expect(decision).toMatchObject({
      kind: 'refused',
      refusal: { code: 'not-withdrawn', detail: expect.stringContaining(figureId(1)) },
    });
  });
});
