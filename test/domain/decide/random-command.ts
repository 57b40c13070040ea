import fc from 'fast-check';
import type { Command } from '../../../src/domain/commands.js';
import type { IncidentAsOpened, IncidentPatch } from '../../../src/domain/schema/incident.js';
import type { Quantity } from '../../../src/domain/schema/quantity.js';
import type { AttributionLink, FigureAsFiled, ReportAsFiled } from '../../../src/domain/schema/report.js';
import { bases, givenReasons, lexiconIds, methodIds, sides, speakerKinds } from '../../../src/domain/vocabulary.js';
import { brussels, figureId, linkId, reportId } from '../given.js';

/*
 * Commands as they come through their schemas, of the kind that the rules have something to say about: ids that are
 * there and ids that are not, cells that are declared and cells that are not, times before, at and after each other.
 */

const line = fc.constantFrom('the coroner', 'constructor', '戦場の記者', 'a “b” c’s');
const figureIds = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 1 }))
      .map(([filing, place]) => figureId(filing, place)),
  },
  { weight: 1, arbitrary: fc.uuid() },
);
const time = fc.constantFrom(
  '2016-03-21',
  '2016-03-22',
  '2016-03-22T18:00:00Z',
  '2016-03-22T20:00:00+01:00',
  '2016-03-23T00:30:00.5-05:00',
  '2016-03-25',
  '2016-03-25T12:05:00Z',
  '2016-03-27',
);
const people = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(1_000_000_000, 999_999_999));

const quantity: fc.Arbitrary<Quantity> = fc.oneof(
  fc.record({ kind: fc.constantFrom('exactly', 'atLeast', 'moreThan', 'atMost', 'about'), value: people }),
  fc.record({ kind: fc.constant('fewerThan'), value: people.map((value) => Math.max(1, value)) }),
  fc.tuple(people, people).map(([a, b]) => ({ kind: 'between' as const, low: Math.min(a, b), high: Math.max(a, b) })),
  fc.record({ kind: fc.constant('vague'), word: fc.constantFrom('dozens', 'A  Few', 'umpteen', 'many') }),
  fc.constant({ kind: 'unspecified' as const }),
);

const attribution: fc.Arbitrary<AttributionLink[]> = fc
  .array(
    fc.record(
      {
        name: fc.constantFrom('Federal prosecutor', 'hospital source', 'Reuters', 'The Mayor’s office'),
        kind: fc.constantFrom(...speakerKinds),
        named: fc.boolean(),
        id: fc.constantFrom('prosecutor', 'mayor'),
        body: fc.constant('city'),
      },
      { requiredKeys: ['name', 'kind'] },
    ),
    { minLength: 1, maxLength: 3 },
  )
  // Id and body belong to the speaker.
  .map((links) =>
    links.map(({ id, body, ...link }, place) =>
      place > 0 ? link : { ...link, ...(id && { id }), ...(body && { body }) },
    ),
  );

const who = fc.oneof(
  fc
    .constantFrom('civilians', 'civilians', 'soldiers', 'attackers', 'not-attackers', 'all', 'nobody')
    .map((group) => ({ group })),
  fc.constantFrom(...sides).map((side) => ({ side })),
);

const breakdown = fc.oneof(
  fc.constant({}),
  fc.record({ nationality: fc.constantFrom('BE', 'FR', 'foreign', 'unknown', 'stateless', 'XX') }),
  fc.record({ place: fc.constantFrom('airport', 'station', 'platform', 'bus') }),
  fc.record({ role: fc.constantFrom('staff', 'Staff'), sex: fc.constant('female') }),
);

const figure: fc.Arbitrary<FigureAsFiled> = fc
  .tuple(
    who,
    fc.record(
      {
        measure: fc.constantFrom('killed', 'killed', 'killed', 'missing', 'deadOrMissing', 'lost'),
        quantity,
        breakdown,
        words: line,
        basis: fc.constantFrom(...bases),
        of: fc.array(fc.oneof(figureIds, fc.constantFrom('#0', '#1', '#7', '#-1', '#')), {
          minLength: 1,
          maxLength: 3,
        }),
        hedged: fc.boolean(),
        reason: fc.constantFrom(...givenReasons),
        attribution,
        statedAt: time,
      },
      { requiredKeys: ['measure', 'quantity'] },
    ),
  )
  .map(([group, rest]) => ({ ...rest, ...group }));

const simpleFigure: fc.Arbitrary<FigureAsFiled> = fc.record({
  measure: fc.constantFrom('killed', 'missing', 'deadOrMissing'),
  group: fc.constantFrom('civilians', 'soldiers', 'not-attackers'),
  quantity: fc.record({ kind: fc.constantFrom('exactly', 'atLeast'), value: people }),
});

const report: fc.Arbitrary<ReportAsFiled> = fc.record(
  {
    outlet: fc.constantFrom('Reuters', 'AFP'),
    url: fc.constantFrom('https://example.org/1', 'https://example.org/2'),
    publishedAt: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('2016-03-23', '2016-03-25') },
      { weight: 1, arbitrary: time },
    ),
    statedAt: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('2016-03-21', '2016-03-22') },
      { weight: 1, arbitrary: time },
    ),
    attribution,
    note: line,
    figures: fc.array(fc.oneof({ weight: 12, arbitrary: simpleFigure }, { weight: 1, arbitrary: figure }), {
      minLength: 1,
      maxLength: 4,
    }),
  },
  { requiredKeys: ['outlet', 'publishedAt', 'attribution', 'figures'] },
);

const retraction = fc.oneof(
  fc.record({ by: fc.constantFrom('desk' as const, 'outlet' as const), reason: line }),
  fc.record({ by: fc.constant('speaker' as const), statedAt: time, reason: line }),
);

const cell = fc.constantFrom(
  'killed/civilians',
  'killed/side:victims',
  'missing/soldiers',
  'deadOrMissing/not-attackers',
  'killed/civilians/place=airport',
  'killed/nobody',
  'nonsense',
);

const origin = fc.constantFrom('prosecutor', 'mayor', 'Federal Prosecutor', 'hospital source @ reuters', 'reuters');

const patch: fc.Arbitrary<IncidentPatch> = fc.record(
  {
    title: line,
    to: fc.constantFrom(null, '2016-03-23', '2016-03-01'),
    home: fc.constantFrom(null, 'BE', 'FR', 'XX'),
    method: fc.constantFrom(null, ...methodIds),
    lexicon: fc.constantFrom(null, ...lexiconIds),
    headline: fc.constantFrom(null, 'killed/civilians', 'killed/nobody'),
    groups: fc.constantFrom<IncidentAsOpened['groups']>(brussels.groups, [{ id: 'civilians', side: 'victims' }]),
    measures: fc.constantFrom(null, [{ id: 'lost' }], brussels.measures ?? null),
    breakdowns: fc.constantFrom(null, [{ key: 'role', complete: true }], brussels.breakdowns ?? null),
    status: fc.constantFrom('open', 'closed'),
    reason: line,
  },
  { requiredKeys: ['reason'] },
);

const person = { reason: line };
const filing: fc.Arbitrary<Command> = fc.record({
  kind: fc.constant('fileReport'),
  report,
  bodyHash: fc.constant('00'.repeat(32)),
});

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: filing },
  { weight: 1, arbitrary: fc.constant<Command>({ kind: 'openIncident', incident: brussels }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('amendIncident'), patch }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('retractReport'),
      report: fc.integer({ min: 1, max: 5 }).map(reportId),
      retraction,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('correctFigure'),
      figure: figureIds,
      corrected: fc.oneof({ weight: 3, arbitrary: simpleFigure }, { weight: 1, arbitrary: figure }),
      ...person,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retractFigure'), figure: figureIds, retraction }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('denyAttribution'), figure: figureIds, ...person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reinstateFigure'), figure: figureIds, ...person }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('linkOrigins'), origins: fc.tuple(origin, origin), ...person }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('unlinkOrigins'),
      link: fc.integer({ min: 1, max: 5 }).map(linkId),
      ...person,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('gradeSpeaker'),
      grade: fc.record({ origin, kind: fc.constantFrom(...speakerKinds), ...person }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pinEstimate'),
      cell,
      best: fc.record({ low: people, high: fc.option(people) }),
      ...person,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unpinEstimate'), cell, ...person }) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        kind: fc.constant('explainRevision'),
        event: figureIds,
        cell,
        reason: fc.constantFrom(...givenReasons),
        note: line,
      },
      { requiredKeys: ['kind', 'event', 'cell', 'reason'] },
    ),
  },
);

/** Plain objects, as parsing gives them: fast-check also makes objects without a prototype. */
export const command = anyCommand.map((each) => structuredClone(each));

/** Reports first, so that there is something to decide about. */
export const history = fc
  .tuple(fc.array(filing, { maxLength: 4 }), fc.array(anyCommand, { maxLength: 8 }))
  .map(([reports, others]) => structuredClone([...reports, ...others]));
