/** What a cell of a table holds; `null` is an empty one. */
export type Value = string | number | boolean | null;

export interface Column<Row> {
  readonly header: string;
  /** Its HXL tag (Humanitarian Exchange Language 1.1), which tells programs what the column means in any language. */
  readonly tag: string;
  readonly value: (row: Row) => Value;
}

/** A breakdown's keys as columns of their own. */
export const breakdownColumns = <Row>(
  keys: readonly string[],
  breakdownOf: (row: Row) => ReadonlyMap<string, string>,
): readonly Column<Row>[] =>
  keys.map((key) => ({
    header: key,
    // Attributes of tags are lower-case letters, digits and underscores.
    tag: `#population+${key.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '_')}`,
    value: (row) => breakdownOf(row).get(key) ?? null,
  }));

export const headersOf = <Row>(columns: readonly Column<Row>[]): readonly string[] =>
  columns.map(({ header }) => header);

export const tagsOf = <Row>(columns: readonly Column<Row>[]): readonly string[] => columns.map(({ tag }) => tag);

export const valuesOf = <Row>(columns: readonly Column<Row>[], row: Row): readonly Value[] =>
  columns.map(({ value }) => value(row));
