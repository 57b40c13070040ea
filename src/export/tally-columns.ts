import type { Estimate } from '../domain/tally/shapes.js';
import { cellColumns } from './cell-columns.js';
import type { Column } from './table.js';

/** Of which tally the estimates are. */
export interface TallyHead {
  readonly incident: string;
  readonly position: string;
  readonly method: string;
}

/** One row for each cell of a tally. Ends that are open, and estimates that there are none of, are empty. */
export const tallyColumns = (keys: readonly string[], head: TallyHead): readonly Column<Estimate>[] => [
  ...cellColumns<Estimate>(keys),
  { header: 'best_low', tag: '#affected+best+min', value: ({ best }) => best?.low ?? null },
  { header: 'best_high', tag: '#affected+best+max', value: ({ best }) => best?.high ?? null },
  { header: 'best_point', tag: '#affected+best+num', value: ({ best }) => best?.point ?? null },
  { header: 'reported_low', tag: '#affected+reported+min', value: ({ reported }) => reported?.low ?? null },
  { header: 'reported_high', tag: '#affected+reported+max', value: ({ reported }) => reported?.high ?? null },
  { header: 'confirmed', tag: '#affected+confirmed+min', value: ({ confirmed }) => confirmed },
  { header: 'official_low', tag: '#affected+official+min', value: ({ official }) => official?.low ?? null },
  { header: 'official_high', tag: '#affected+official+max', value: ({ official }) => official?.high ?? null },
  { header: 'implied_low', tag: '#affected+implied+min', value: ({ implied }) => implied?.low ?? null },
  { header: 'implied_high', tag: '#affected+implied+max', value: ({ implied }) => implied?.high ?? null },
  { header: 'status', tag: '#status', value: ({ status }) => status },
  { header: 'hedged', tag: '#status+hedged', value: ({ hedged }) => hedged },
  { header: 'origins', tag: '#source+origins+num', value: ({ origins }) => origins },
  { header: 'as_of', tag: '#date+as_of', value: ({ asOf }) => asOf },
  { header: 'phrase', tag: '#description+phrase', value: ({ phrase }) => phrase },
  { header: 'revision', tag: '#meta+revision', value: ({ revision }) => revision },
  { header: 'incident', tag: '#event+code', value: () => head.incident },
  { header: 'position', tag: '#meta+position', value: () => head.position },
  { header: 'method', tag: '#meta+method', value: () => head.method },
];
