import { describe, expect, test } from '@jest/globals';
import type { IncidentPatch } from '../../../src/domain/schema/incident.js';
import type { Command } from '../../../src/domain/commands.js';
import { normaliseScheme } from '../../../src/domain/scheme-rules.js';
import { brussels, figureId, file, given, killed, open } from '../given.js';

const amend = (patch: Partial<IncidentPatch>): Command => ({
  kind: 'amendIncident',
  patch: { reason: 'as the desk decided', ...patch },
});
const closed = amend({ status: 'closed' });

describe('an incident', () => {
  test('is opened with its scheme, defaults filled in', () => {
    given()
      .when(open())
      .thenStored({
        type: 'IncidentOpened',
        data: {
          slug: 'x-2016',
          scheme: {
            title: brussels.title,
            place: 'Brussels',
            from: '2016-03-22',
            to: null,
            home: 'BE',
            method: 'most-authoritative/1',
            lexicon: 'plain/1',
            headline: 'killed/side:victims',
            groups: brussels.groups,
            measures: [{ id: 'deadOrMissing', of: ['killed', 'presumedDead', 'missing'], nature: 'current' }],
            breakdowns: brussels.breakdowns ?? [],
          },
        },
      });
  });

  test('is never opened under a slug that was used before', () => {
    given(open()).when(open()).thenRefused('slug-taken', ['/slug', 'never used before']);
    given(open(), closed).when(open()).thenRefused('slug-taken', ['/slug', 'never used before']);
  });

  test('whose scheme breaks rules is not opened, every error named', () => {
    given()
      .when(open({ home: 'XX', to: '2016-03-21' }))
      .thenRefused('invalid-incident', ['/to', 'not before from'], ['/home', 'known country']);
  });
});

describe('an amendment', () => {
  test('holds the members that change, each whole', () => {
    given(open())
      .when(amend({ title: 'Attacks', place: 'Brussels', method: 'majority/1' }))
      .thenStored({
        type: 'IncidentAmended',
        data: { changes: { title: 'Attacks', method: 'majority/1' }, reason: 'as the desk decided' },
      });
  });

  test('puts defaults back with null (RFC 7396)', () => {
    const all = open({ to: '2016-03-23', method: 'range/1', lexicon: 'acled/1', headline: 'injured/side:victims' });
    given(all)
      .when(
        amend({ to: null, home: null, method: null, lexicon: null, headline: null, measures: null, breakdowns: null }),
      )
      .thenStored({
        type: 'IncidentAmended',
        data: {
          changes: {
            to: null,
            home: null,
            method: 'most-authoritative/1',
            lexicon: 'plain/1',
            headline: 'killed/side:victims',
            measures: [],
            breakdowns: [],
          },
          reason: 'as the desk decided',
        },
      });
  });

  test('to what is so already changes nothing', () => {
    given(open())
      .when(amend({ title: brussels.title, status: 'open', groups: brussels.groups }))
      .thenUnchanged();
    given(open()).when(amend({})).thenUnchanged();
  });

  test('is checked as a whole scheme is', () => {
    given(open())
      .when(amend({ groups: [{ id: 'civilians', side: 'victims' }], headline: 'killed/soldiers' }))
      .thenRefused('invalid-incident', ['/headline', 'declared group']);
  });

  test('that an earlier amendment makes lawful is lawful', () => {
    const after = given(open(), amend({ groups: [...brussels.groups, { id: 'medics', side: 'responders' }] })).when(
      file([killed(2, { group: 'medics' })]),
    );
    expect(after.thenEvents()).toHaveLength(2);
  });

  test.each<[string, Partial<IncidentPatch>, string, Parameters<typeof killed>[1]]>([
    ['group', { groups: [{ id: 'attackers', side: 'perpetrators' }] }, '/groups', {}],
    ['measure', { measures: null }, '/measures', { measure: 'deadOrMissing' }],
    [
      'value',
      { breakdowns: [{ key: 'place', values: [{ id: 'station' }] }] },
      '/breakdowns',
      { breakdown: { place: 'airport' } },
    ],
    ['home country', { home: null }, '/home', { breakdown: { nationality: 'foreign' } }],
  ])('that would leave a figure without its %s is refused, the figure named', (_name, patch, pointer, figure) => {
    const when = given(open(), file([killed(31, figure)])).when(amend(patch));
    when.thenRefused('invalid-incident', [pointer, 'figures keep their cells']);
    expect(when.decision).toMatchObject({ refusal: { errors: [{ detail: expect.stringContaining(figureId(1)) }] } });
  });

  test('keeps the cells of withdrawn figures, which may be reinstated, and of pins', () => {
    given(open(), file([killed(4, { group: 'soldiers' })]), {
      kind: 'retractFigure',
      figure: figureId(1),
      retraction: { by: 'desk', reason: 'doubt' },
    })
      .when(amend({ groups: [{ id: 'civilians', side: 'victims' }] }))
      .thenRefused('invalid-incident', ['/groups', 'figures keep their cells']);
    given(open(), { kind: 'pinEstimate', cell: 'killed/soldiers', best: { low: 4, high: 4 }, reason: 'desk' })
      .when(amend({ groups: [{ id: 'civilians', side: 'victims' }] }))
      .thenRefused('invalid-incident', ['/groups', 'pins keep their cells']);
  });

  test('asks for the cell that a figure was corrected into, and no more for the one it was filed in', () => {
    const corrected: Command = {
      kind: 'correctFigure',
      figure: figureId(1),
      corrected: killed(4),
      reason: 'civilians, not soldiers',
    };
    expect(
      given(open(), file([killed(4, { group: 'soldiers' })]), corrected)
        .when(amend({ groups: [{ id: 'civilians', side: 'victims' }] }))
        .thenEvents(),
    ).toHaveLength(1);
  });
});

describe('closing', () => {
  test('is an event of its own, reopening an amendment', () => {
    given(open())
      .when(closed)
      .thenStored({ type: 'IncidentClosed', data: { reason: 'as the desk decided' } });
    given(open(), closed)
      .when(amend({ status: 'open' }))
      .thenStored({ type: 'IncidentAmended', data: { changes: {}, reopened: true, reason: 'as the desk decided' } });
  });

  test('what is closed, and opening what is open, changes nothing', () => {
    given(open(), closed).when(closed).thenUnchanged();
    given(open())
      .when(amend({ status: 'open' }))
      .thenUnchanged();
  });

  test('and amending in one request are one filing', () => {
    given(open())
      .when(amend({ to: '2016-03-23', status: 'closed' }))
      .thenStored(
        { type: 'IncidentAmended', data: { changes: { to: '2016-03-23' }, reason: 'as the desk decided' } },
        { type: 'IncidentClosed', data: { reason: 'as the desk decided' } },
      );
  });

  test('leaves the scheme open to editors', () => {
    expect(
      given(open(), closed)
        .when(amend({ title: 'Attacks' }))
        .thenEvents(),
    ).toHaveLength(1);
  });
});

test('normalising a scheme twice gives what once gives', () => {
  const once = normaliseScheme(brussels);
  expect(
    JSON.stringify(
      normaliseScheme({
        ...once,
        groups: [...once.groups],
        measures: [...once.measures],
        breakdowns: [...once.breakdowns],
      }),
    ),
  ).toBe(JSON.stringify(once));
});
