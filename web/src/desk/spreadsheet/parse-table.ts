import papaparse from 'papaparse';

/** A sheet as text gave it: every row with its cells, nothing made of them yet. */
export interface Sheet {
  readonly headers: readonly string[];
  /** HXL tags by column; empty texts where there is none. */
  readonly tags: readonly string[];
  readonly rows: readonly SheetRow[];
  /** What of the text is no table, for people. */
  readonly problems: readonly string[];
}

export interface SheetRow {
  /** Its line in the sheet, from 1, as a spreadsheet counts. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** HXL wants its tags within the first rows. */
const tagRowsMax = 25;
const tagPattern = /^#\s*[a-z][a-z0-9_]*/iu;

const isTagRow = (cells: readonly string[]): boolean => {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.length > 0 && filled.every((cell) => tagPattern.test(cell.trim()));
};

/** An export puts an apostrophe before what a spreadsheet would run as a formula; it is no part of the text. */
const unescaped = (cell: string): string => cell.trim().replace(/^'(?=[=+\-@\t\r])/u, '');

const delimiters = ['\t', ';', ',', '|'];

/** What parts the names of the columns parts the rows too; cells may hold anything. */
function delimiterOf(text: string): string {
  const first = (text.split(/\r?\n/u).find((line) => line.trim() !== '') ?? '').replaceAll(/"(?:[^"]|"")*"/gu, '');
  const counted = delimiters.map((mark) => [mark, first.split(mark).length] as const);
  return counted.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ',';
}

/** Reads CSV or what is copied out of a spreadsheet, with whatever parts its cells; with or without a row of HXL tags. */
export function parseTable(text: string): Sheet {
  const { data, errors } = papaparse.parse<string[]>(text, { delimiter: delimiterOf(text) });
  const lines = data
    .map((cells, place): SheetRow => ({ line: place + 1, cells: cells.map(unescaped) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const tagged = lines.slice(0, tagRowsMax).findIndex(({ cells }) => isTagRow(cells));
  const headerAt = tagged > 0 ? tagged - 1 : tagged === 0 ? -1 : 0;
  const tags = tagged < 0 ? [] : (lines[tagged]?.cells ?? []);
  const named = headerAt < 0 ? tags : (lines[headerAt]?.cells ?? []);
  const rows = lines.slice(tagged < 0 ? 1 : tagged + 1);
  const width = Math.max(named.length, tags.length, ...rows.map(({ cells }) => cells.length), 0);
  const columns = Array.from({ length: width }, (_, place) => place);
  return {
    headers: columns.map((place) => named[place] ?? ''),
    tags: columns.map((place) => (tags[place] ?? '').toLowerCase().replaceAll(/\s+/gu, '')),
    rows,
    problems: errors.map(({ message, row }) => (row === undefined ? message : `line ${row + 1}: ${message}`)),
  };
}
