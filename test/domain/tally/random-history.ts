import fc from 'fast-check';
import type { Scheme } from '../../../src/domain/schema/incident.js';
import type { FigureAsFiled } from '../../../src/domain/schema/report.js';
import { day, figure, type History } from './history.js';
import { amendment, cells } from './random-scheme.js';

/** One step of a random history; numbers pick, by remainder, among what exists then. */
export type Step =
  | {
      readonly do: 'report';
      readonly by: number;
      readonly outlet: number;
      readonly at: number;
      readonly figures: readonly Said[];
      /** How the report's times are given: when it was said beside the publication, publication alone, or as a date. */
      readonly times: 'said' | 'published' | 'late' | 'dates';
    }
  | { readonly do: 'correct'; readonly which: number; readonly to: Said }
  | { readonly do: 'retract'; readonly which: number; readonly by: 'desk' | 'outlet' | 'speaker'; readonly at: number }
  | { readonly do: 'deny' | 'reinstate'; readonly which: number }
  | { readonly do: 'link'; readonly a: number; readonly b: number }
  | { readonly do: 'unlink'; readonly which: number }
  | { readonly do: 'grade'; readonly who: number; readonly kind: 'authority' | 'official' | 'press' }
  | { readonly do: 'pin'; readonly cell: number; readonly low: number; readonly more: number | null }
  | { readonly do: 'unpin'; readonly cell: number }
  | { readonly do: 'explain'; readonly which: number; readonly reason: 'doubleCount' | 'lateDeath' }
  | { readonly do: 'close' }
  | { readonly do: 'amend'; readonly changes: Partial<Scheme> };

export interface Said {
  readonly cell: number;
  readonly quantity: string;
  readonly basis: 'total' | 'partial' | 'additional' | 'sum';
  readonly of: number;
  /** Whose words these are, where they are not those of the report's speaker. */
  readonly by: number | null;
  readonly hedged: boolean;
  readonly reason: 'doubleCount' | 'missingToDead' | undefined;
}

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

const said: fc.Arbitrary<Said> = fc.record({
  cell: fc.nat(),
  quantity: fc.oneof(
    fc.nat(12).map(String),
    fc.nat(12).map((n) => `${n}+`),
    fc.nat(40).map((n) => `~${n}`),
    fc.constantFrom('?', 'dozens', 'several', '3-9', '<=8', '>4', '<6'),
  ),
  basis: fc.constantFrom('total', 'total', 'total', 'partial', 'additional', 'sum'),
  of: fc.nat(40),
  by: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(speakers.length - 1) }),
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
      times: fc.constantFrom('said' as const, 'said' as const, 'published' as const, 'late' as const, 'dates' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('correct' as const), which: fc.nat(), to: said }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('retract' as const),
      which: fc.nat(),
      by: fc.constantFrom('desk' as const, 'outlet' as const, 'speaker' as const),
      at: fc.nat(20),
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
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pin' as const),
      cell: fc.nat(),
      low: fc.nat(12),
      more: fc.option(fc.nat(4)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unpin' as const), cell: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('explain' as const),
      which: fc.nat(),
      reason: fc.constantFrom('doubleCount' as const, 'lateDeath' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('amend' as const), changes: amendment }) },
);

const pick = <T>(list: readonly T[], at: number): T | undefined =>
  list.length === 0 ? undefined : list[at % list.length];

const asFigure = (each: Said, known: readonly string[], among: readonly string[]): FigureAsFiled => {
  const by = each.by === null ? undefined : speakers[each.by];
  const named = each.basis === 'additional' || each.basis === 'sum' ? pick(known, each.of) : undefined;
  return figure(pick(among, each.cell) ?? '', each.quantity, {
    basis: each.basis,
    ...(by === undefined ? {} : { by }),
    ...(named === undefined ? {} : { of: [named] }),
    ...(each.hedged ? { hedged: true } : {}),
    ...(each.reason === undefined ? {} : { reason: each.reason }),
  });
};

const names = (history: History): string[] => [
  ...new Set([...history.ledger.state.figures.keys()].flatMap((id) => history.ledger.tallier?.reading(id)?.name ?? [])),
];

/** A report's times: of a late one and of plain dates many are equal. */
const timesOf = (times: (Step & { do: 'report' })['times'], at: number): [publishedAt: string, statedAt?: string] => {
  const said = day(1 + at / 4);
  switch (times) {
    case 'said':
      return [said, said];
    case 'published':
      return [said];
    case 'late':
      return [day(8), said];
    case 'dates':
      return [said.slice(0, 10), day(1 + at / 8).slice(0, 10)];
    default:
      return times satisfies never;
  }
};

/**
 * Takes one step, where it means something then.
 * @param among the cells that the history speaks of
 */
export const take = (history: History, each: Step, among: readonly string[] = cells): void => {
  const known = [...history.ledger.state.figures.keys()];
  switch (each.do) {
    case 'report': {
      const [publishedAt, statedAt] = timesOf(each.times, each.at);
      const outlet = ['Wire', 'Agency', 'Paper'][each.outlet] ?? 'Wire';
      history.report(
        speakers[each.by] ?? '',
        publishedAt,
        each.figures.map((one) => asFigure(one, known, among)),
        { outlet, statedAt },
      );
      return;
    }
    case 'correct': {
      const id = pick(known, each.which);
      // Only what was filed before a figure can be named by its correction.
      if (id !== undefined) history.correct(id, asFigure(each.to, known.slice(0, known.indexOf(id)), among));
      return;
    }
    case 'retract': {
      const id = pick(known, each.which);
      if (id !== undefined) history.retract(id, each.by, each.by === 'speaker' ? day(2 + each.at / 2) : undefined);
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
      history.pin(pick(among, each.cell) ?? '', each.low, each.more === null ? null : each.low + each.more);
      return;
    case 'unpin': {
      const cell = pick([...history.ledger.state.pins.keys()], each.cell);
      if (cell !== undefined) history.unpin(cell);
      return;
    }
    case 'explain': {
      const revision = pick(history.ledger.revisions, each.which);
      if (revision !== undefined) history.explain(revision.cause, revision.cell, each.reason);
      return;
    }
    case 'close':
      history.filing([{ type: 'IncidentClosed', data: { reason: 'over' } }]);
      return;
    case 'amend':
      history.amend(each.changes);
      return;
    default:
      each satisfies never;
  }
};
