import type { Basis } from '../../../src/domain/vocabulary.js';
import { statementKey, withdrawnIds, type Said } from './said.js';
import { canonical, type Counted } from './origins.js';
import { closedHull, intersection, type Number_, type Span } from './words.js';

/** "one thing said, carried by several relays" */
export interface Statement extends Span, Counted {
  readonly cell: string;
  readonly saidMs: number;
  /** As filed. */
  readonly basis: Basis;
  /** What it counts as: an increment may be its origin's new total. */
  readonly countsAs: Basis;
  /** An increment that has no F (any more). */
  readonly withoutF: boolean;
  /** The origin of the F of an increment, withdrawn or not; `null` where it names none. */
  readonly originOfF: string | null;
  readonly lapsed: boolean;
  readonly numeric: boolean;
  readonly point: number | null;
  readonly hedged: boolean;
  readonly reasons: readonly string[];
  readonly relaysDisagree: boolean;
  readonly figures: readonly Said[];
}

const loweringReasons = ['doubleCount', 'reclassified', 'neverPresent', 'remainsMerged', 'fraud', 'arithmetic'];

export const lowers = ({ reasons }: Statement): boolean => reasons.some((reason) => loweringReasons.includes(reason));

/** What one report says in a statement: "the intersection if they overlap, else the last". */
const ofReport = (numbers: readonly Span[]): Span => {
  const both = intersection(numbers);
  const last = numbers.at(-1);
  if (last === undefined) throw new Error('a report without figures');
  return both.low <= both.high ? both : last;
};

/**
 * "One outlet counts once, by its last report. If the outlets' intervals overlap: their intersection. If not, relays
 * disagree: the interval that most outlets carry; tied, the hull of the tied (an open high counting as its low)."
 */
const agreed = (
  figures: readonly Said[],
  valueOf: (figure: Said) => Number_,
): { span: Span; disagree: boolean; tied: boolean } => {
  const outlets = new Map<string, Said[]>();
  for (const figure of figures) {
    const outlet = canonical(figure.outlet);
    outlets.set(outlet, [...(outlets.get(outlet) ?? []), figure]);
  }
  const spans = [...outlets.values()].map((carried) => {
    const last = Math.max(...carried.map((figure) => figure.reportPosition));
    return ofReport(carried.filter((figure) => figure.reportPosition === last).map(valueOf));
  });
  const both = intersection(spans);
  if (both.low <= both.high) return { span: both, disagree: false, tied: false };
  const carriers = (span: Span): number =>
    spans.filter((other) => other.low === span.low && other.high === span.high).length;
  const most = Math.max(...spans.map(carriers));
  const tied = spans.filter((span) => carriers(span) === most);
  const distinct = new Set(tied.map(({ low, high }) => `${low} ${high}`)).size;
  return {
    span: distinct === 1 && tied[0] !== undefined ? tied[0] : closedHull(tied),
    disagree: true,
    tied: distinct > 1,
  };
};

/** All statements of all cells, of what is not withdrawn. */
export const statementsOf = (figures: readonly Said[]): Statement[] => {
  const gone = withdrawnIds(figures);
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const left = figures.filter((figure) => !gone.has(figure.id));

  /** "additional of F: F, of the same cell…"; none "once F is withdrawn or corrected into another cell" */
  const baseOf = (figure: Said): Said | null => {
    const base = byId.get(figure.of[0] ?? '');
    return base === undefined || gone.has(base.id) || base.cell !== figure.cell ? null : base;
  };

  const valueOf = (figure: Said): Number_ => {
    const { number, basis } = figure;
    switch (basis) {
      case 'total':
      // "keeps its number"
      case 'sum':
        return number;
      // "counted, identified or buried so far: [low, ∞)"
      case 'partial':
        return { ...number, high: Infinity, point: null };
      case 'additional': {
        const base = baseOf(figure);
        if (base === null) return { ...number, high: Infinity, point: null };
        const from = valueOf(base);
        return {
          low: from.low + number.low,
          high: from.high + number.high,
          numeric: from.numeric && number.numeric,
          point: from.point === null || number.point === null ? null : from.point + number.point,
        };
      }
    }
  };

  const groups = new Map<string, Said[]>();
  for (const figure of left) groups.set(statementKey(figure), [...(groups.get(statementKey(figure)) ?? []), figure]);
  return [...groups.values()].map((all): Statement => {
    const carried = all.toSorted((a, b) => a.position - b.position);
    const [first] = carried;
    const last = carried.at(-1);
    if (first === undefined || last === undefined) throw new Error('a statement without figures');
    // "Words count only where the statement has nothing numeric."
    const numbers = carried.filter((figure) => valueOf(figure).numeric);
    const counting = numbers.length > 0 ? numbers : carried;
    const { span, disagree, tied } = agreed(counting, valueOf);
    const points = counting.map((figure) => valueOf(figure).point);
    const point = points.findLast((each) => each !== null && each >= span.low && each <= span.high) ?? null;
    // "It is hedged if every figure in it is"
    const hedged = carried.every((figure) => figure.hedged);
    const base = first.basis === 'additional' ? baseOf(first) : null;
    // "Said unhedged by F's own origin after F, it is that origin's new total."
    const newTotal = base !== null && !hedged && base.origin === first.origin && first.saidMs > base.saidMs;
    // "A joined origin's figures in a cell have the highest kind that its names have there (in figures not withdrawn)."
    const kin = left.filter((figure) => figure.origin === first.origin && figure.cell === first.cell);
    const kind = first.joined ? Math.min(...kin.map((figure) => figure.kind)) : last.kind;
    return {
      ...span,
      origin: first.origin,
      cell: first.cell,
      saidMs: first.saidMs,
      basis: first.basis,
      countsAs: newTotal ? 'total' : first.basis,
      withoutF: first.basis === 'additional' && base === null,
      originOfF: byId.get(first.basis === 'additional' ? (first.of[0] ?? '') : '')?.origin ?? null,
      // "lapses when a figure that it names is withdrawn"
      lapsed: first.basis === 'sum' && first.of.some((id) => gone.has(id)),
      numeric: numbers.length > 0,
      point: span.low === span.high ? span.low : tied ? null : point,
      hedged,
      reasons: carried.flatMap((figure) => figure.reason ?? []),
      // "its kind and body are those of the figure filed last"
      kind,
      named: last.named,
      body: last.body,
      position: last.position,
      relaysDisagree: disagree,
      figures: carried,
    };
  });
};
