import type { Contradiction, Estimate } from '../domain/tally/shapes.js';
import type { TallyOnWire } from '../projections/wire.js';
import { bestText, countText, intervalText } from './numbers.js';
import { printable } from './printable.js';
import { tableText, type Column } from './table.js';

const estimateColumns: readonly Column[] = [
  { title: 'CELL' },
  { title: 'BEST', align: 'right' },
  { title: 'REPORTED', align: 'right' },
  { title: 'CONFIRMED', align: 'right' },
  { title: 'STATUS' },
  { title: 'IN WORDS' },
];

const estimateRow = (estimate: Estimate): readonly string[] => [
  estimate.cell,
  bestText(estimate.best),
  intervalText(estimate.reported),
  countText(estimate.confirmed),
  estimate.hedged ? `${estimate.status}, hedged` : estimate.status,
  estimate.phrase,
];

const estimatesText = (estimates: readonly Estimate[], columnsMax: number | null): string =>
  tableText(estimateColumns, estimates.map(estimateRow), columnsMax);

const contradictionText = ({ text, cells }: Contradiction): string =>
  `  ${printable(text)}\n    (${cells.map(printable).join(', ')})\n`;

/** The tally as a table, what it was made by above it and what cannot be true together below. */
export const tallyText = (tally: TallyOnWire, columnsMax: number | null): string => {
  let text = `${tally.incident} at position ${tally.position} (${tally.method}, ${tally.lexicon}, rules ${tally.rules})\n`;
  if (tally.stale !== null)
    text += `STALE: stands as of position ${tally.stale.position}; a later event cannot be read: ${printable(tally.stale.error)}\n`;
  text += '\n';
  text += tally.cells.length === 0 ? 'No figures yet.\n' : estimatesText(tally.cells, columnsMax);
  if (tally.contradictions.length > 0)
    text += `\nCannot all be true:\n${tally.contradictions.map(contradictionText).join('')}`;
  return text;
};
