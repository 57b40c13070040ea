import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

/*
 * Typed rows of statements that return arrays. The compiler cannot know what a SELECT gives; the tables are STRICT, so
 * the columns are of the types they were created with, or the file is damaged, which the checksums find. Erasable.
 */

export function allRows<Row>(statement: StatementSync, ...parameters: readonly SQLInputValue[]): Row[] {
  return statement.all(...parameters) as unknown as Row[];
}

export function oneRow<Row>(statement: StatementSync, ...parameters: readonly SQLInputValue[]): Row | undefined {
  return statement.get(...parameters) as unknown as Row | undefined;
}

export function eachRow<Row>(statement: StatementSync): Iterable<Row> {
  return statement.iterate() as unknown as Iterable<Row>;
}

/** The one value of a SELECT or PRAGMA. */
export function scalar(db: DatabaseSync, sql: string): SQLOutputValue | undefined {
  return oneRow<readonly SQLOutputValue[]>(arrays(db, sql))?.[0];
}

/** A statement that gives its rows as arrays of columns, which are read a fifth faster than objects. */
export function arrays(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}
