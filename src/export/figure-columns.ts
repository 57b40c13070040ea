import type { FigureOnWire } from '../projections/figure-view.js';
import { cellColumns } from './cell-columns.js';
import type { Column, Value } from './table.js';

/** Parts the entries of a list within one cell. */
const listMark = '; ';

/** Those who relayed it, in order, each with its kind: "Reuters (press); APA (press)". */
const relaysOf = ({ attribution }: FigureOnWire): Value => {
  const relays = attribution.slice(1).map(({ name, kind }) => `${name} (${kind})`);
  return relays.length === 0 ? null : relays.join(listMark);
};

const speakerOf = ({ attribution }: FigureOnWire) => attribution[0];

/** One row for each figure, under names that the desk's spreadsheet import knows again. */
export const figureColumns = (keys: readonly string[]): readonly Column<FigureOnWire>[] => [
  { header: 'outlet', tag: '#source+outlet', value: ({ outlet }) => outlet },
  { header: 'url', tag: '#source+url', value: ({ url }) => url },
  { header: 'published_at', tag: '#date+published', value: ({ publishedAt }) => publishedAt },
  { header: 'stated_at', tag: '#date+stated', value: ({ statedAt }) => statedAt },
  { header: 'speaker', tag: '#source+speaker', value: (figure) => speakerOf(figure)?.name ?? null },
  { header: 'kind', tag: '#source+kind', value: (figure) => speakerOf(figure)?.kind ?? null },
  { header: 'named', tag: '#source+named', value: (figure) => speakerOf(figure)?.named ?? true },
  { header: 'speaker_id', tag: '#source+id', value: (figure) => speakerOf(figure)?.id ?? null },
  { header: 'body', tag: '#source+body', value: (figure) => speakerOf(figure)?.body ?? null },
  { header: 'relays', tag: '#source+relays', value: relaysOf },
  ...cellColumns<FigureOnWire>(keys),
  { header: 'quantity', tag: '#affected+kind', value: ({ quantity }) => quantity.kind },
  {
    header: 'value',
    tag: '#affected+num',
    value: ({ quantity }) => ('value' in quantity ? quantity.value : 'low' in quantity ? quantity.low : null),
  },
  {
    header: 'value_high',
    tag: '#affected+num+max',
    value: ({ quantity }) => ('high' in quantity ? quantity.high : null),
  },
  { header: 'word', tag: '#affected+word', value: ({ quantity }) => ('word' in quantity ? quantity.word : null) },
  { header: 'words', tag: '#description+words', value: ({ words }) => words },
  { header: 'basis', tag: '#affected+basis', value: ({ basis }) => basis },
  { header: 'of', tag: '#meta+of', value: ({ of }) => (of.length === 0 ? null : of.join(listMark)) },
  { header: 'hedged', tag: '#status+hedged', value: ({ hedged }) => hedged },
  { header: 'state', tag: '#status', value: ({ state }) => state },
  { header: 'low', tag: '#affected+min', value: ({ interval }) => interval.low },
  { header: 'high', tag: '#affected+max', value: ({ interval }) => interval.high },
  { header: 'origin', tag: '#source+origin', value: ({ origin }) => origin },
  { header: 'id', tag: '#meta+id', value: ({ id }) => id },
  { header: 'report', tag: '#meta+report', value: ({ report }) => report },
  { header: 'position', tag: '#meta+position', value: ({ position }) => position },
  { header: 'recorded_at', tag: '#date+recorded', value: ({ recordedAt }) => recordedAt },
  { header: 'desk', tag: '#contact+desk', value: ({ filedBy }) => filedBy.desk },
  { header: 'person', tag: '#contact+person', value: ({ filedBy }) => filedBy.person },
];
