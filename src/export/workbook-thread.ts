import { parentPort } from 'node:worker_threads';
import writeWorkbook, { type Row, type Sheet } from 'write-excel-file/node';
import type { Value } from './table.js';

/*
 * Makes an XLSX workbook in a thread of its own: twenty thousand rows take seconds, in which a service would answer
 * nobody. Erasable TypeScript.
 */

/** Rows of a sheet as they come, the headers first; then that these were all. */
export type WorkbookTask =
  | { readonly kind: 'rows'; readonly sheet: string; readonly rows: readonly (readonly Value[])[] }
  | { readonly kind: 'end' };

export type WorkbookReport =
  | { readonly kind: 'made'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly message: string };

/** Rows of names that stay in sight while scrolling: headers and tags. */
const stickyRows = 2;

const sheets = new Map<string, Row[]>();

/** Texts stay texts: nothing in them is run. */
const rowOf = (row: readonly Value[], isHeader: boolean): Row =>
  row.map((value) => {
    if (value === null || value === '') return null;
    return isHeader ? { value, fontWeight: 'bold' as const } : { value };
  });

const finish = async (): Promise<WorkbookReport> => {
  try {
    const made = [...sheets].map(([sheet, data]): Sheet<never> => ({ sheet, data, stickyRowsCount: stickyRows }));
    return { kind: 'made', bytes: new Uint8Array(await writeWorkbook(made).toBuffer()) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
};

// Only `makeWorkbook` starts this thread.
parentPort?.on('message', (task: WorkbookTask) => {
  if (task.kind === 'rows') {
    const rows = sheets.get(task.sheet) ?? [];
    for (const row of task.rows) rows.push(rowOf(row, rows.length === 0));
    sheets.set(task.sheet, rows);
    return;
  }
  void finish().then((report) => {
    parentPort?.postMessage(report, report.kind === 'made' ? [report.bytes.buffer] : []);
  });
});
