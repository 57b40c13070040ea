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

const none: readonly Statement[] = [];
const nothingSuperseded: ReadonlyMap<Statement, Statement> = new Map();
const nothingPassedOver: ReadonlySet<Statement> = new Set();

/** The fold behind `OriginStanding`: said by said, oldest first, in place. */
class Standing implements OriginStanding {
  total: Statement | null = null;
  partial: Statement | null = null;
  sum: Statement | null = null;
  lastTotalMs: number | null = null;
  readonly all: Statement[] = [];
  // Most origins speak once of a cell: what nothing is in is not made.
  #increments: Statement[] | null = null;
  #supersededBy: Map<Statement, Statement> | null = null;
  #passedOver: Set<Statement> | null = null;
  // The run of totals that said the same, for `since`; one that a partial count refuted begins anew.
  #runSinceMs = 0;
  #runOf: Statement | null = null;
  // Repeated, a number that took people out of the count is that number still.
  #runLowering = false;

  get increments(): readonly Statement[] {
    return this.#increments ?? none;
  }

  get supersededBy(): ReadonlyMap<Statement, Statement> {
    return this.#supersededBy ?? nothingSuperseded;
  }

  get passedOver(): ReadonlySet<Statement> {
    return this.#passedOver ?? nothingPassedOver;
  }

  add(statement: Statement): void {
    switch (statement.role) {
      case 'total':
        this.#addTotal(statement);
        return;
      case 'partial':
        this.#supersede(this.partial, statement);
        if (
          this.total !== null &&
          statement.saidMs > this.total.saidMs &&
          !overlaps(statement.interval, this.total.interval)
        ) {
          this.total = this.#supersede(this.total, statement);
          this.#runOf = null;
        }
        this.partial = statement;
        break;
      case 'sum':
        this.#supersede(this.sum, statement);
        this.sum = statement;
        break;
      case 'increment':
        (this.#increments ??= []).push(statement);
        break;
      default:
        statement.role satisfies never;
    }
    this.all.push(statement);
  }

  #addTotal(statement: Statement): void {
    if (this.total !== null && isPassedOver(statement, this.total)) {
      (this.#passedOver ??= new Set()).add(statement);
      this.#supersede(statement, this.total);
      this.all.push(statement);
      return;
    }
    if (this.#runOf === null || !sameInterval(this.#runOf.interval, statement.interval)) {
      this.#runSinceMs = statement.saidMs;
      this.#runLowering = false;
    }
    this.#runLowering ||= statement.lowering;
    const total =
      statement.saidMs === this.#runSinceMs
        ? statement
        : { ...statement, sinceMs: this.#runSinceMs, lowering: this.#runLowering };
    this.#runOf = total;
    this.#supersede(this.total, total);
    if (this.partial !== null && replaces(total, this.partial)) this.partial = this.#supersede(this.partial, total);
    if (this.sum !== null && replaces(total, this.sum)) this.sum = this.#supersede(this.sum, total);
    this.total = total;
    this.lastTotalMs = total.saidMs;
    this.all.push(total);
  }

  #supersede(old: Statement | null, by: Statement): null {
    if (old !== null) (this.#supersededBy ??= new Map()).set(old, by);
    return null;
  }
}

/** @param statements of one origin and cell, oldest first */
export const standingOf = (statements: readonly Statement[]): OriginStanding => {
  const standing = new Standing();
  for (const statement of statements) standing.add(statement);
  return standing;
};

/**
 * Folds one more statement in, in place, where it was said after all others: most filings are the newest of their
 * origin. @returns false, and does nothing, where it was not
 */
export const standOn = (standing: OriginStanding, statement: Statement): boolean => {
  const last = standing.all[standing.all.length - 1];
  if (!(standing instanceof Standing) || (last !== undefined && last.saidMs >= statement.saidMs)) return false;
  standing.add(statement);
  return true;
};
