/** Most events of one page: some ms of parsing, after which the event loop has its turn. */
const pageRowsMax = 500;
/** A page of the largest events is still about 1 MiB. */
const pageRowsMin = 32;
/** What a page aims at, in characters of JSON. */
const pageCharacters = 1024 * 1024;

/** How many rows to ask for, by the size of the rows before: bounds a page in memory without reading rows twice. */
export class PageSize {
  #rows = pageRowsMin;

  get rows(): number {
    return this.#rows;
  }

  learn({ rows, characters }: { readonly rows: number; readonly characters: number }): void {
    const fitting = Math.floor((pageCharacters * rows) / Math.max(1, characters));
    this.#rows = Math.min(pageRowsMax, Math.max(pageRowsMin, fitting));
  }
}
