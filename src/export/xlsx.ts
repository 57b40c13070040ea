import writeWorkbook, { type Sheet, type SheetData } from 'write-excel-file/node';
import { headersOf, tagsOf, valuesOf, type Column, type Value } from './table.js';

export interface SheetOf {
  readonly name: string;
  readonly rows: readonly (readonly Value[])[];
}

/** A table as the rows of a sheet, its HXL tags below the names of its columns. */
export const sheetOf = <Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): SheetOf => ({
  name,
  rows: [headersOf(columns), tagsOf(columns), ...rows.map((row) => valuesOf(columns, row))],
});

/** Rows of names that stay in sight while scrolling: headers and tags. */
const stickyRows = 2;

const dataOf = ({ rows }: SheetOf): SheetData =>
  rows.map((row, place) =>
    row.map((value) => {
      if (value === null || value === '') return null;
      return place === 0 ? { value, fontWeight: 'bold' as const } : { value };
    }),
  );

/** Sheets as one XLSX workbook. Texts stay texts: nothing in them is run. */
export const workbookOf = (sheets: readonly SheetOf[]): Promise<Buffer> =>
  writeWorkbook(
    sheets.map((sheet): Sheet<never> => ({ sheet: sheet.name, data: dataOf(sheet), stickyRowsCount: stickyRows })),
  ).toBuffer();
