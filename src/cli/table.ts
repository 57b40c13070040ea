import { printable, widthOf } from './printable.js';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const gap = '  ';
const lastColumnMin = 24;

const pad = (text: string, width: number, align: Column['align']): string => {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? space + text : text + space;
};

/** Breaks text between words into lines of at most so many columns; a longer word stays whole. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width || line === '') line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  return lines;
};

/**
 * An aligned table in plain text. Where it is wider than the terminal, its last column is wrapped; nothing is ever cut
 * off, since a cut number is another number.
 */
export const tableText = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  columnsMax: number | null,
): string => {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => row.map(printable))];
  const widths = columns.map((_, place) => Math.max(...cells.map((row) => widthOf(row[place] ?? ''))));
  const last = columns.length - 1;
  if (columnsMax !== null) {
    const before = widths.slice(0, last).reduce((sum, width) => sum + width + gap.length, 0);
    widths[last] = Math.min(widths[last] ?? 0, Math.max(lastColumnMin, columnsMax - before));
  }
  const lines: string[] = [];
  for (const row of cells) {
    const tail = wrap(row[last] ?? '', widths[last] ?? 0);
    for (const [place, part] of tail.entries()) {
      const head = columns
        .slice(0, last)
        .map((column, at) => pad(place === 0 ? (row[at] ?? '') : '', widths[at] ?? 0, column.align));
      lines.push([...head, pad(part, widths[last] ?? 0, columns[last]?.align)].join(gap).trimEnd());
    }
  }
  return `${lines.join('\n')}\n`;
};
