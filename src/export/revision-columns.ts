import type { RevisionOnWire } from '../projections/wire.js';
import { cellColumns } from './cell-columns.js';
import type { Column } from './table.js';

/** One row for each change of an estimate, in the order in which they came. */
export const revisionColumns = (keys: readonly string[]): readonly Column<RevisionOnWire>[] => [
  { header: 'revision', tag: '#meta+revision', value: ({ number }) => number },
  { header: 'recorded_at', tag: '#date+recorded', value: ({ recordedAt }) => recordedAt },
  { header: 'published_at', tag: '#date+published', value: ({ publishedAt }) => publishedAt },
  ...cellColumns<RevisionOnWire>(keys),
  { header: 'before_low', tag: '#affected+before+min', value: ({ before }) => before?.best?.low ?? null },
  { header: 'before_high', tag: '#affected+before+max', value: ({ before }) => before?.best?.high ?? null },
  { header: 'after_low', tag: '#affected+after+min', value: ({ after }) => after?.best?.low ?? null },
  { header: 'after_high', tag: '#affected+after+max', value: ({ after }) => after?.best?.high ?? null },
  { header: 'direction', tag: '#status+direction', value: ({ direction }) => direction },
  { header: 'fall', tag: '#status+fall', value: ({ fall }) => fall },
  { header: 'reason', tag: '#cause', value: ({ reason }) => reason },
  { header: 'unexplained', tag: '#status+unexplained', value: ({ unexplained }) => unexplained },
  { header: 'explanation', tag: '#cause+explained', value: ({ explanation }) => explanation?.reason ?? null },
  { header: 'note', tag: '#description+note', value: ({ explanation }) => explanation?.note ?? null },
  { header: 'cause', tag: '#meta+cause', value: ({ cause }) => cause },
  { header: 'position', tag: '#meta+position', value: ({ position }) => position },
];
