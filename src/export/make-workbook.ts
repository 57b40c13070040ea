import { once } from 'node:events';
import { startWorker } from '../log/embedded/start-worker.js';
import { headersOf, tagsOf, valuesOf, type Column, type Value } from './table.js';
import type { WorkbookReport, WorkbookTask } from './workbook-thread.js';

export interface SheetOf {
  readonly name: string;
  /** The rows, page by page. */
  readonly pages: AsyncIterable<readonly (readonly Value[])[]>;
}

/** A table as a sheet, its HXL tags below the names of its columns. */
export const sheetOf = <Row>(
  name: string,
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): SheetOf => ({ name, pages: rowsOf(columns, pages) });

async function* rowsOf<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): AsyncGenerator<readonly (readonly Value[])[], void> {
  yield [headersOf(columns), tagsOf(columns)];
  for await (const page of pages) yield page.map((row) => valuesOf(columns, row));
}

/** Sheets as one XLSX workbook, made in a thread of its own. Throws what their pages throw. */
export async function makeWorkbook(sheets: readonly SheetOf[]): Promise<Buffer> {
  const worker = startWorker(import.meta.url, 'workbook-thread', null);
  const tell = (task: WorkbookTask): void => {
    worker.postMessage(task);
  };
  try {
    const reported = once(worker, 'message');
    // What the pages throw comes first; a failure of the thread meanwhile is told below.
    reported.catch(() => undefined);
    for (const { name, pages } of sheets) for await (const rows of pages) tell({ kind: 'rows', sheet: name, rows });
    tell({ kind: 'end' });
    const [report] = (await reported) as [WorkbookReport];
    if (report.kind === 'failed') throw new Error(`the workbook could not be made: ${report.message}`);
    return Buffer.from(report.bytes.buffer, report.bytes.byteOffset, report.bytes.byteLength);
  } finally {
    await worker.terminate();
  }
}
