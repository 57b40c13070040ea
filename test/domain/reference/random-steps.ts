import fc from 'fast-check';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import { methodIds, speakerKinds, type GivenReason, type SpeakerKind } from '../../../src/domain/vocabulary.js';
import { shapes } from './random-schemes.js';

/* Random schemes, and random histories about them, of all that can be filed. Numbers pick by remainder among what is there. */

export interface SaidAt {
  /** Quarter days from the first; `null`: not said. */
  readonly quarter: number | null;
  readonly plainDate: boolean;
}

export interface Filed {
  readonly cell: number;
  readonly quantity: string;
  readonly basis: 'total' | 'partial' | 'additional' | 'sum';
  readonly of: readonly number[];
  readonly hedged: boolean;
  readonly reason: GivenReason | null;
  /** Its own speaker or time, where given. */
  readonly by: number | null;
  readonly said: SaidAt | null;
}

export type Step =
  | {
      readonly do: 'report';
      readonly by: number;
      readonly relays: number;
      readonly outlet: number;
      readonly said: SaidAt;
      readonly published: number;
      readonly publishedDate: boolean;
      readonly figures: readonly Filed[];
    }
  | { readonly do: 'correct'; readonly which: number; readonly to: Filed }
  | {
      readonly do: 'retract';
      readonly which: number;
      readonly by: 'desk' | 'outlet' | 'speaker';
      readonly after: number;
      readonly plainDate: boolean;
    }
  | { readonly do: 'retractReport'; readonly which: number }
  | { readonly do: 'deny' | 'reinstate' | 'relay'; readonly which: number; readonly outlet: number }
  | { readonly do: 'link'; readonly a: number; readonly b: number }
  | { readonly do: 'unlink'; readonly which: number }
  | { readonly do: 'grade'; readonly who: number; readonly kind: SpeakerKind }
  | { readonly do: 'pin'; readonly cell: number; readonly low: number; readonly more: number | null }
  | { readonly do: 'unpin'; readonly which: number }
  | { readonly do: 'amend'; readonly changes: Partial<Scheme> }
  | { readonly do: 'explain'; readonly which: number; readonly reason: GivenReason };

const filedOf = (cells: number): fc.Arbitrary<Filed> =>
  fc.record({
    cell: fc.nat(cells - 1),
    quantity: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 9 }).map(String) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 9 }).map((n) => `${n}+`) },
      { weight: 1, arbitrary: fc.constantFrom('~5', '~20', '~0', '3-9', '5-6', '0-4', '2-2') },
      { weight: 1, arbitrary: fc.constantFrom('<=8', '<=3', '>4', '<6', '>0', '<1') },
      { weight: 2, arbitrary: fc.constantFrom('?', 'several', 'a few', 'a couple', 'dozens', 'a dozen') },
    ),
    basis: fc.oneof(
      { weight: 6, arbitrary: fc.constant('total' as const) },
      { weight: 2, arbitrary: fc.constant('partial' as const) },
      { weight: 2, arbitrary: fc.constant('additional' as const) },
      { weight: 1, arbitrary: fc.constant('sum' as const) },
    ),
    of: fc.array(fc.nat(40), { maxLength: 2 }),
    hedged: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    reason: fc.oneof(
      { weight: 8, arbitrary: fc.constant(null) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('doubleCount' as const, 'missingToDead' as const, 'reclassified' as const),
      },
    ),
    by: fc.option(fc.nat(20), { freq: 3 }),
    said: fc.option(saidAt, { freq: 5 }),
  });

const saidAt: fc.Arbitrary<SaidAt> = fc.record({
  quarter: fc.option(fc.nat(11), { freq: 8 }),
  plainDate: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
});

const stepOf = (cells: number, amendments: readonly Partial<Scheme>[]): fc.Arbitrary<Step> => {
  const which = fc.nat(40);
  const filed = filedOf(cells);
  return fc.oneof(
    {
      weight: 14,
      arbitrary: fc.record({
        do: fc.constant('report' as const),
        by: fc.nat(20),
        relays: fc.nat(3),
        outlet: fc.nat(3),
        said: saidAt,
        published: fc.nat(4),
        publishedDate: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
        figures: fc.array(filed, { minLength: 1, maxLength: 4 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('relay' as const), which, outlet: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('correct' as const), which, to: filed }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('retract' as const),
        which,
        by: fc.constantFrom('desk' as const, 'outlet' as const, 'speaker' as const),
        after: fc.nat(4),
        plainDate: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom('deny' as const, 'reinstate' as const), which, outlet: which }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('link' as const), a: which, b: which }) },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.record({ do: fc.constant('unlink' as const), which }),
        fc.record({ do: fc.constant('unpin' as const), which }),
        fc.record({ do: fc.constant('retractReport' as const), which }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.record({ do: fc.constant('grade' as const), who: which, kind: fc.constantFrom(...speakerKinds) }),
        fc.record({
          do: fc.constant('pin' as const),
          cell: fc.nat(cells - 1),
          low: fc.nat(9),
          more: fc.option(fc.nat(4), { freq: 3 }),
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('amend' as const),
        changes: fc.oneof(
          fc.record({ lexicon: fc.constantFrom('plain/1' as const, 'acled/1' as const) }),
          fc.record({ method: fc.constantFrom(...methodIds) }),
          ...amendments.map((changes) => fc.constant(changes)),
        ),
      }),
    },
  );
};

export interface RandomIncident {
  readonly scheme: Partial<Scheme>;
  readonly cells: readonly string[];
  readonly steps: readonly Step[];
}

export const randomIncident: fc.Arbitrary<RandomIncident> = fc
  .constantFrom(...shapes)
  .chain(({ scheme, cells, amendments }) =>
    fc.record({
      scheme: fc
        .tuple(
          fc.constantFrom(...methodIds),
          fc.constantFrom('plain/1' as const, 'plain/1' as const, 'acled/1' as const),
        )
        .map(([method, lexicon]) => ({ ...scheme, method, lexicon })),
      cells: fc.constant(cells),
      steps: fc.array(stepOf(cells.length, amendments ?? []), { minLength: 1, maxLength: 14, size: 'max' }),
    }),
  );
