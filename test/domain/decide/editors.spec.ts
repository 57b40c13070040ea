import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../../src/domain/commands.js';
import { figureId, file, given, killed, linkId, open } from '../given.js';

const link = (a: string, b: string): Command => ({ kind: 'linkOrigins', origins: [a, b], reason: 'one man' });
const unlink = (id: string): Command => ({ kind: 'unlinkOrigins', link: id, reason: 'two men' });
const pin = (cell: string, low = 38, high: number | null = 38, reason = 'the coroner'): Command => ({
  kind: 'pinEstimate',
  cell,
  best: { low, high },
  reason,
});
const unpin = (cell: string): Command => ({ kind: 'unpinEstimate', cell, reason: 'settled' });
const start = [open(), file([killed(31)]), file([killed(30)], { publishedAt: '2016-03-22T19:00:00Z' })] as const;

describe('links', () => {
  test('join two origins, by the names that the tally gives them', () => {
    const { decision, thenStored } = given(open()).when(link('Federal  Prosecutor', 'a source @ Reuters'));
    thenStored({
      type: 'OriginsLinked',
      data: { link: linkId(1), origins: ['federal prosecutor', 'a source @ reuters'], reason: 'one man' },
    });
    expect(decision).toMatchObject({ subject: { link: linkId(1) } });
  });

  test('of one origin with itself are refused', () => {
    given(open())
      .when(link('the Mayor’s office', "The mayor's  office"))
      .thenRefused('invalid-decision', ['/origins/1', 'two origins']);
  });

  test('of a pair that is linked change nothing, and name the link that is there', () => {
    const { decision } = given(open(), link('a', 'b')).when(link('B', 'a'));
    expect(decision).toEqual({ kind: 'unchanged', subject: { link: linkId(1) } });
  });

  test('beside others that join the same origins are links of their own', () => {
    expect(given(open(), link('a', 'b'), link('b', 'c')).when(link('a', 'c')).thenEvents()).toHaveLength(1);
  });

  test('are removed once, and may be made again', () => {
    given(open(), link('a', 'b'))
      .when(unlink(linkId(1)))
      .thenStored({ type: 'OriginsUnlinked', data: { link: linkId(1), reason: 'two men' } });
    given(open(), link('a', 'b'), unlink(linkId(1)))
      .when(unlink(linkId(1)))
      .thenUnchanged();
    given(open()).when(unlink('lnk_nothing')).thenRefused('link-not-found');
    expect(
      given(open(), link('a', 'b'), unlink(linkId(1)))
        .when(link('a', 'b'))
        .thenEvents(),
    ).toHaveLength(1);
  });
});

describe('grades', () => {
  const grade = (kind: 'official' | 'witness', origin = 'Federal prosecutor'): Command => ({
    kind: 'gradeSpeaker',
    grade: { origin, kind, reason: 'not the prosecutor himself' },
  });

  test('move a speaker to another kind', () => {
    given(...start)
      .when(grade('official'))
      .thenStored({
        type: 'SpeakerGraded',
        data: { origin: 'federal prosecutor', kind: 'official', reason: 'not the prosecutor himself' },
      });
  });

  test('to the kind in force change nothing, to another they do', () => {
    given(...start, grade('official'))
      .when(grade('official', 'FEDERAL PROSECUTOR'))
      .thenUnchanged();
    expect(
      given(...start, grade('official'), grade('witness'))
        .when(grade('official'))
        .thenEvents(),
    ).toHaveLength(1);
  });
});

describe('pins', () => {
  test('hold a cell at an estimate, open ends too', () => {
    given(...start)
      .when(pin('killed/civilians', 38, null))
      .thenStored({
        type: 'EstimatePinned',
        data: { cell: 'killed/civilians', best: { low: 38, high: null }, reason: 'the coroner' },
      });
  });

  test('that are there already change nothing; other numbers or another reason do', () => {
    const pinned = pin('killed/civilians');
    given(...start, pinned)
      .when(pinned)
      .thenUnchanged();
    for (const other of [pin('killed/civilians', 37), pin('killed/civilians', 38, 38, 'the registrar')])
      expect(
        given(...start, pinned)
          .when(other)
          .thenEvents(),
      ).toHaveLength(1);
  });

  test.each([
    'killed',
    'killed/nobody',
    'lost/civilians',
    'killed/side:bystanders',
    'killed/civilians/place=bus',
    'killed/civilians/sex=female/nationality=BE',
  ])('of %s are refused: there is no such cell', (cell) => {
    given(...start)
      .when(pin(cell))
      .thenRefused('cell-not-found');
    given(...start)
      .when(unpin(cell))
      .thenRefused('cell-not-found');
  });

  test('whose low is above their high are refused', () => {
    given(...start)
      .when(pin('killed/civilians', 39, 38))
      .thenRefused('invalid-decision', ['/best/low', 'low not above high']);
  });

  test('are taken off once', () => {
    given(...start, pin('killed/civilians'))
      .when(unpin('killed/civilians'))
      .thenStored({ type: 'EstimateUnpinned', data: { cell: 'killed/civilians', reason: 'settled' } });
    given(...start)
      .when(unpin('killed/civilians'))
      .thenUnchanged();
  });
});

describe('explanations', () => {
  const explain = (event: string, cell = 'killed/civilians', note?: string): Command => ({
    kind: 'explainRevision',
    event,
    cell,
    reason: 'doubleCount',
    note,
  });

  test('name the event that caused a change in a cell', () => {
    given(...start)
      .when(explain(figureId(2), 'killed/civilians', 'one body counted twice'))
      .thenStored({
        type: 'RevisionExplained',
        data: {
          event: figureId(2),
          cell: 'killed/civilians',
          reason: 'doubleCount',
          note: 'one body counted twice',
        },
      });
  });

  test.each([
    ['of an event that caused nothing', '11111111-1111-4111-8111-111111111111', 'killed/civilians'],
    ['of a cell that the event did not change', figureId(2), 'killed/soldiers'],
  ])('%s are refused', (_name, event, cell) => {
    given(...start)
      .when(explain(event, cell))
      .thenRefused('revision-not-found');
  });

  test('given already change nothing, another note does', () => {
    given(...start, explain(figureId(2)))
      .when(explain(figureId(2)))
      .thenUnchanged();
    expect(
      given(...start, explain(figureId(2)))
        .when(explain(figureId(2), 'killed/civilians', 'the coroner says so'))
        .thenEvents(),
    ).toHaveLength(1);
  });
});
