import { parseCell, sidePrefix, type Cell } from '../domain/cell.js';
import { breakdownColumns, type Column } from './table.js';

const noCell: Cell = { measure: '', who: '', breakdown: [] };

const partsOf = (cell: string): Cell => parseCell(cell) ?? noCell;

/** A cell as text and taken apart: measure, group or side, and each key of its breakdown. */
export const cellColumns = <Row extends { readonly cell: string }>(keys: readonly string[]): readonly Column<Row>[] => [
  { header: 'cell', tag: '#indicator+code', value: ({ cell }) => cell },
  { header: 'measure', tag: '#indicator+name', value: ({ cell }) => partsOf(cell).measure },
  {
    header: 'group',
    tag: '#population+group',
    value: ({ cell }) => {
      const { who } = partsOf(cell);
      return who.startsWith(sidePrefix) ? null : who;
    },
  },
  {
    header: 'side',
    tag: '#population+side',
    value: ({ cell }) => {
      const { who } = partsOf(cell);
      return who.startsWith(sidePrefix) ? who.slice(sidePrefix.length) : null;
    },
  },
  ...breakdownColumns<Row>(keys, ({ cell }) => new Map(partsOf(cell).breakdown)),
];

/** All breakdown keys of these cells, in alphabetical order. */
export const breakdownKeysOf = (cells: Iterable<string>): readonly string[] => {
  const keys = new Set<string>();
  for (const cell of cells) for (const [key] of partsOf(cell).breakdown) keys.add(key);
  return [...keys].sort();
};
