import { overlaps, sameInterval } from './interval.js';
import type { Statement } from './statements.js';

/** What stands of one origin in one cell, before the spending of increments, which other origins can do. */
export interface OriginStanding {
  readonly total: Statement | null;
  readonly partial: Statement | null;
  readonly sum: Statement | null;
  readonly increments: readonly Statement[];
  /** Said-at of the newest total that was not passed over (superseded ones included); `null` where there is none. */
  readonly lastTotalMs: number | null;
  /** All statements, oldest first, with what replaced each that does not stand. */
  readonly all: readonly Statement[];
  readonly supersededBy: ReadonlyMap<Statement, Statement>;
  /** Words or a hedged number that left the number before them in its place. */
  readonly passedOver: ReadonlySet<Statement>;
}

/**
 * Words do not replace the number before them, nor a hedged number the unhedged one before it, where both can be true
 * as said.
 */
const isPassedOver = (later: Statement, current: Statement): boolean =>
  current.numeric &&
  overlaps(later.interval, current.interval) &&
  (!later.numeric || (later.hedged && !current.hedged)) &&
  later.saidMs > current.saidMs;

/** A later total replaces a count beside it, but not one that it leaves in its place: "dozens" takes back no 40 named. */
const replaces = (total: Statement, older: Statement): boolean =>
  older.saidMs < total.saidMs && !isPassedOver(total, older);

/** @param statements of one origin and cell, oldest first */
export const standingOf = (statements: readonly Statement[]): OriginStanding => {
  let total: Statement | null = null;
  let partial: Statement | null = null;
  let sum: Statement | null = null;
  let lastTotalMs: number | null = null;
  // The run of totals that said the same, for `since`; one that a partial count refuted begins anew.
  let runSinceMs = 0;
  let runInterval: Statement | null = null;
  // Repeated, a number that took people out of the count is that number still.
  let runLowering = false;
  const increments: Statement[] = [];
  const supersededBy = new Map<Statement, Statement>();
  const passedOver = new Set<Statement>();
  const supersede = (old: Statement | null, by: Statement): null => {
    if (old !== null) supersededBy.set(old, by);
    return null;
  };
  for (const statement of statements)
    switch (statement.role) {
      case 'total': {
        if (total !== null && isPassedOver(statement, total)) {
          passedOver.add(statement);
          supersededBy.set(statement, total);
          break;
        }
        if (runInterval === null || !sameInterval(runInterval.interval, statement.interval)) {
          runSinceMs = statement.saidMs;
          runLowering = false;
        }
        runLowering ||= statement.lowering;
        runInterval = statement;
        supersede(total, statement);
        if (partial !== null && replaces(statement, partial)) partial = supersede(partial, statement);
        if (sum !== null && replaces(statement, sum)) sum = supersede(sum, statement);
        total = statement;
        lastTotalMs = statement.saidMs;
        break;
      }
      case 'partial':
        supersede(partial, statement);
        if (total !== null && statement.saidMs > total.saidMs && !overlaps(statement.interval, total.interval)) {
          total = supersede(total, statement);
          runInterval = null;
        }
        partial = statement;
        break;
      case 'sum':
        supersede(sum, statement);
        sum = statement;
        break;
      case 'increment':
        increments.push(statement);
        break;
      default:
        statement.role satisfies never;
    }
  const newest: Statement | null = total;
  if (newest === null || newest.saidMs === runSinceMs)
    return { total: newest, partial, sum, increments, lastTotalMs, all: statements, supersededBy, passedOver };
  const standing = { ...newest, sinceMs: runSinceMs, lowering: runLowering };
  const all = statements.map((statement) => (statement === newest ? standing : statement));
  return { total: standing, partial, sum, increments, lastTotalMs, all, supersededBy, passedOver };
};
