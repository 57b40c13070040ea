import type { Contradiction, Estimate } from '../../../src/domain/tally/shapes.js';
import type { Shown, Worked } from './estimates.js';
import type { Standing } from './standing.js';

/* Both sides in one form: what an estimate says, but for its phrase and the number of its revision. */

export interface Plain {
  readonly best: string;
  readonly computed: string;
  readonly reported: string;
  readonly confirmed: number | null;
  readonly official: string;
  readonly implied: string;
  readonly status: string;
  readonly hedged: boolean;
  readonly asOf: number | null;
  readonly origins: number;
  readonly figures: string;
  readonly dissenting: string;
}

type Spanned = { readonly low: number; readonly high: number | null; readonly point?: number | null } | null;

const text = (span: Spanned): string =>
  span === null
    ? 'null'
    : `${span.low}..${span.high === null || span.high === Infinity ? '' : span.high}` +
      (span.point === null || span.point === undefined ? '' : ` (${span.point})`);

const short = (ids: Iterable<string>): string =>
  [...ids]
    .map((id) => id.slice(-4))
    .toSorted()
    .join(' ');
const idsOf = (statements: readonly Standing[]): string =>
  short(statements.flatMap(({ figures }) => figures.map(({ id }) => id)));

export const ofProduct = (estimate: Estimate): Plain => ({
  best: text(estimate.best),
  computed: text(estimate.computed),
  reported: text(estimate.reported),
  confirmed: estimate.confirmed,
  official: text(estimate.official),
  implied: text(estimate.implied),
  status: estimate.status,
  hedged: estimate.hedged,
  asOf: estimate.asOf === null ? null : Date.parse(estimate.asOf),
  origins: estimate.origins,
  figures: short(estimate.figures),
  dissenting: short(estimate.dissenting),
});

export const ofReference = (shown: Shown): Plain => ({
  best: text(shown.best),
  computed: text(shown.computed),
  reported: text(shown.reported),
  confirmed: shown.confirmed,
  official: text(shown.official),
  implied: text(shown.implied),
  status: shown.status,
  hedged: shown.hedged,
  asOf: shown.asOfMs,
  origins: shown.origins,
  figures: idsOf(shown.made),
  dissenting: idsOf(shown.dissenting),
});

export const tallyOfProduct = (tally: {
  readonly cells: readonly Estimate[];
  readonly contradictions: readonly Contradiction[];
}) => ({
  cells: Object.fromEntries(tally.cells.map((estimate) => [estimate.cell, ofProduct(estimate)])),
  contradictions: tally.contradictions
    .map(({ cells, figures }) => `${cells.toSorted().join(', ')}: ${short(figures)}`)
    .toSorted(),
});

export const tallyOfReference = (worked: Worked) => ({
  cells: Object.fromEntries(
    [...worked.shown.keys()].toSorted().map((cell) => [cell, ofReference(worked.shown.get(cell) as Shown)]),
  ),
  contradictions: worked.contradictions
    .map(({ cells, figures }) => `${cells.join(', ')}: ${short(figures)}`)
    .toSorted(),
});

/** What differs in one cell, a line a member. */
export const sideBySide = (cell: string, product: Plain | undefined, reference: Plain | undefined): string[] => {
  const [ours, theirs] = [{ ...product }, { ...reference }];
  return Object.entries({ ...theirs, ...ours }).flatMap(([member]) => {
    const [a, b] = [ours, theirs].map((each) => Object.entries(each).find(([name]) => name === member)?.[1]);
    return a === b
      ? [`  ${cell} ${member}: ${String(a)}`]
      : [`! ${cell} ${member}: product ${String(a)}, reference ${String(b)}`];
  });
};
