import fc from 'fast-check';
import type { FigureAsFiled } from '../../../src/domain/schema/report.js';
import { day, figure, History } from './history.js';

/** One step of a random history; numbers pick, by remainder, among what exists then. */
export type Step =
  | {
      readonly do: 'report';
      readonly by: number;
      readonly outlet: number;
      readonly at: number;
      readonly figures: readonly Said[];
    }
  | { readonly do: 'correct'; readonly which: number; readonly to: Said }
  | { readonly do: 'retract'; readonly which: number; readonly by: 'desk' | 'outlet' | 'speaker' }
  | { readonly do: 'deny' | 'reinstate'; readonly which: number }
  | { readonly do: 'link'; readonly a: number; readonly b: number }
  | { readonly do: 'unlink'; readonly which: number }
  | { readonly do: 'grade'; readonly who: number; readonly kind: 'authority' | 'official' | 'press' }
  | { readonly do: 'pin'; readonly cell: number; readonly low: number }
  | { readonly do: 'unpin'; readonly cell: number }
  | { readonly do: 'amend'; readonly lexicon: 'plain/1' | 'acled/1' };

export interface Said {
  readonly cell: number;
  readonly quantity: string;
  readonly basis: 'total' | 'partial' | 'additional' | 'sum';
  readonly of: number;
  readonly hedged: boolean;
  readonly reason: 'doubleCount' | 'missingToDead' | undefined;
}

export const cells = [
  'killed/civilians',
  'killed/civilians/nationality=foreign',
  'killed/civilians/nationality=JP',
  'killed/civilians/nationality=DZ',
  'killed/civilians/nationality=unknown',
  'killed/soldiers',
  'killed/side:victims',
  'missing/civilians',
  'deadOrMissing/civilians',
  'killed/attackers',
  'killed/civilians/nationality=JP/sex=female',
];

export const speakers = [
  'authority:Ministry@state',
  'authority:Coroner',
  'official:A security source?',
  'official:Officer@state',
  'organisation:Hospital',
  'witness:Neighbour',
  'press:Daily',
  'party:Rebels',
];

export const scheme = { measures: [{ id: 'deadOrMissing', of: ['killed', 'missing'], nature: 'current' as const }] };

const said: fc.Arbitrary<Said> = fc.record({
  cell: fc.nat(cells.length - 1),
  quantity: fc.oneof(
    fc.nat(12).map(String),
    fc.nat(12).map((n) => `${n}+`),
    fc.nat(40).map((n) => `~${n}`),
    fc.constantFrom('?', 'dozens', 'several', '3-9', '<=8', '>4', '<6'),
  ),
  basis: fc.constantFrom('total', 'total', 'total', 'partial', 'additional', 'sum'),
  of: fc.nat(40),
  hedged: fc.constantFrom(false, false, false, true),
  reason: fc.constantFrom(undefined, undefined, undefined, 'doubleCount', 'missingToDead'),
});

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      by: fc.nat(speakers.length - 1),
      outlet: fc.nat(2),
      at: fc.nat(20),
      figures: fc.array(said, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('correct' as const), which: fc.nat(), to: said }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('retract' as const),
      which: fc.nat(),
      by: fc.constantFrom('desk' as const, 'outlet' as const, 'speaker' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('deny' as const, 'reinstate' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('link' as const), a: fc.nat(), b: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unlink' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('grade' as const),
      who: fc.nat(),
      kind: fc.constantFrom('authority' as const, 'official' as const, 'press' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pin' as const), cell: fc.nat(), low: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unpin' as const), cell: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('amend' as const),
      lexicon: fc.constantFrom('plain/1' as const, 'acled/1' as const),
    }),
  },
);

const pick = <T>(list: readonly T[], at: number): T | undefined =>
  list.length === 0 ? undefined : list[at % list.length];

const asFigure = (each: Said, known: readonly string[]): FigureAsFiled => {
  const named = each.basis === 'additional' || each.basis === 'sum' ? pick(known, each.of) : undefined;
  return figure(cells[each.cell] ?? '', each.quantity, {
    basis: each.basis,
    ...(named === undefined ? {} : { of: [named] }),
    ...(each.hedged ? { hedged: true } : {}),
    ...(each.reason === undefined ? {} : { reason: each.reason }),
  });
};

const names = (history: History): string[] => [
  ...new Set([...history.ledger.state.figures.keys()].flatMap((id) => history.ledger.tallier?.reading(id)?.name ?? [])),
];

/** Takes one step, where it means something then. */
export const take = (history: History, each: Step): void => {
  const known = [...history.ledger.state.figures.keys()];
  switch (each.do) {
    case 'report':
      history.report(
        speakers[each.by] ?? '',
        day(1 + each.at / 4),
        each.figures.map((one) => asFigure(one, known)),
        { outlet: ['Wire', 'Agency', 'Paper'][each.outlet] ?? 'Wire' },
      );
      return;
    case 'correct': {
      const id = pick(known, each.which);
      // Only what was filed before a figure can be named by its correction.
      if (id !== undefined) history.correct(id, asFigure(each.to, known.slice(0, known.indexOf(id))));
      return;
    }
    case 'retract': {
      const id = pick(known, each.which);
      if (id !== undefined) history.retract(id, each.by, each.by === 'speaker' ? day(6) : undefined);
      return;
    }
    case 'deny': {
      const id = pick(known, each.which);
      if (id !== undefined) history.deny(id);
      return;
    }
    case 'reinstate': {
      const gone = known.filter((id) => (history.ledger.state.figures.get(id)?.withdrawals.length ?? 0) > 0);
      const id = pick(gone, each.which);
      if (id !== undefined) history.reinstate(id);
      return;
    }
    case 'link': {
      const [a, b] = [pick(names(history), each.a), pick(names(history), each.b)];
      if (a !== undefined && b !== undefined && a !== b) history.link(a, b);
      return;
    }
    case 'unlink': {
      const id = pick([...history.ledger.state.links.keys()], each.which);
      if (id !== undefined) history.unlink(id);
      return;
    }
    case 'grade': {
      const origin = pick(names(history), each.who);
      if (origin !== undefined) history.grade(origin, each.kind);
      return;
    }
    case 'pin':
      history.pin(pick(cells, each.cell) ?? '', each.low, each.low);
      return;
    case 'unpin': {
      const cell = pick([...history.ledger.state.pins.keys()], each.cell);
      if (cell !== undefined) history.unpin(cell);
      return;
    }
    case 'amend':
      history.amend({ lexicon: each.lexicon });
      return;
    default:
      each satisfies never;
  }
};
