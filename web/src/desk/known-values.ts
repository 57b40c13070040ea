import type { BreakdownValue, Figure, Incident } from '../api/shapes.js';
import { readCell } from '../tally/cell-text.js';

const below = (values: readonly BreakdownValue[]): readonly string[] =>
  values.flatMap(({ id, values: inner = [] }) => [id, ...below(inner)]);

/** Values that a breakdown key declares, or else those that figures had so far. */
export function valuesOf(
  key: string,
  { incident, figures }: { readonly incident: Pick<Incident, 'breakdowns'>; readonly figures: readonly Figure[] },
): readonly string[] {
  const declared = incident.breakdowns?.find((each) => each.key === key)?.values;
  if (declared !== undefined) return below(declared);
  const seen = figures.flatMap(({ cell }) =>
    readCell(cell).breakdown.flatMap(([each, value]) => (each === key ? [value] : [])),
  );
  const standard = key === 'nationality' ? ['foreign', 'unknown', 'stateless'] : [];
  return [...new Set([...standard, ...seen])];
}
