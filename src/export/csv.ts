import papaparse from 'papaparse';
import { headersOf, tagsOf, valuesOf, type Column, type Value } from './table.js';

/**
 * Rows as CSV (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe before it, which the
 * desk's import takes off again.
 */
const lines = (rows: readonly (readonly Value[])[]): string =>
  rows.length === 0 ? '' : `${papaparse.unparse(rows as Value[][], { escapeFormulae: true, newline: '\r\n' })}\r\n`;

/** A table as CSV, with a row of HXL tags below the names of its columns; page by page, as its rows come. */
export async function* csvOf<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): AsyncGenerator<string, void> {
  yield lines([headersOf(columns), tagsOf(columns)]);
  for await (const page of pages) if (page.length > 0) yield lines(page.map((row) => valuesOf(columns, row)));
}
