import { overlaps, sameInterval } from './interval.js';
import type { NewStatement, Statement } from './statements.js';

/** What stands of one origin in one cell, before the spending of increments, which other origins can do. */
export interface OriginStanding {
  readonly total: Statement | null;
  readonly partial: Statement | null;
  /** The newest sum last, after those that it replaced: where it lapses, the one before it counts. */
  readonly sums: readonly Statement[];
  /** Those of them that a later total replaced. */
  readonly replacedSums: ReadonlySet<Statement>;
  readonly increments: readonly Statement[];
  /** Said-at of the newest total that was not passed over (superseded ones included); `null` where there is none. */
  readonly lastTotalMs: number | null;
}

/** All that an origin said of a cell, and what became of it. */
export interface StandingHistory {
  readonly standing: OriginStanding;
  /** All statements, oldest first. */
  readonly all: readonly Statement[];
  /** What replaced each that does not stand. */
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
  (!later.numeric || (later.hedged && !current.hedged));

/** A later total replaces a count beside it, but not one that it leaves in its place: "dozens" takes back no 40 named. */
const replaces = (total: Statement, older: Statement): boolean =>
  older.saidMs < total.saidMs && !isPassedOver(total, older);

const noStatements: readonly Statement[] = [];
const noneReplaced: ReadonlySet<Statement> = new Set();

/** Told what becomes of the statements that do not stand. */
interface Witness {
  readonly superseded: (old: Statement, by: Statement) => void;
  readonly passedOver: (statement: Statement) => void;
}

/**
 * The fold behind `OriginStanding`: said by said, oldest first, in place. What does not stand any more is let go: of an
 * origin that is quoted daily nearly all.
 */
export class Standing implements OriginStanding {
  total: Statement | null = null;
  partial: Statement | null = null;
  lastTotalMs: number | null = null;
  // Most origins count anew each time: what nothing is in is not made.
  #increments: Statement[] | null = null;
  #sums: Statement[] | null = null;
  #replacedSums: ReadonlySet<Statement> = noneReplaced;
  #newestMs = -Infinity;
  // The run of totals that said the same, for `since`; one that a partial count refuted begins anew.
  #runSinceMs = 0;
  #runOf: Statement | null = null;
  // Repeated, a number that took people out of the count is that number still.
  #runLowering = false;

  constructor(private readonly witness: Witness | null = null) {}

  get sums(): readonly Statement[] {
    return this.#sums ?? noStatements;
  }

  get replacedSums(): ReadonlySet<Statement> {
    return this.#replacedSums;
  }

  get increments(): readonly Statement[] {
    return this.#increments ?? noStatements;
  }

  /** Whether a statement is said after all others: most filings are the newest of their origin. */
  isNewest(statement: Statement): boolean {
    return statement.saidMs > this.#newestMs;
  }

  add(statement: NewStatement): void {
    this.#newestMs = statement.saidMs;
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
        return;
      case 'sum':
        this.#supersede(this.#sums?.at(-1) ?? null, statement);
        (this.#sums ??= []).push(statement);
        return;
      case 'increment':
        (this.#increments ??= []).push(statement);
        return;
      default:
        statement.role satisfies never;
    }
  }

  #addTotal(total: NewStatement): void {
    if (this.total !== null && isPassedOver(total, this.total)) {
      this.witness?.passedOver(total);
      this.#supersede(total, this.total);
      return;
    }
    if (this.#runOf === null || !sameInterval(this.#runOf.interval, total.interval)) {
      this.#runSinceMs = total.saidMs;
      this.#runLowering = false;
    }
    this.#runLowering ||= total.lowering;
    if (total.saidMs !== this.#runSinceMs) {
      total.sinceMs = this.#runSinceMs;
      total.lowering = this.#runLowering;
    }
    this.#runOf = total;
    this.#supersede(this.total, total);
    if (this.partial !== null && replaces(total, this.partial)) this.partial = this.#supersede(this.partial, total);
    if (this.#sums !== null) this.#replaceSums(this.#sums, total);
    this.total = total;
    this.lastTotalMs = total.saidMs;
  }

  #replaceSums(sums: readonly Statement[], total: Statement): void {
    const replaced = sums.filter((sum) => this.#replacedSums.has(sum) || replaces(total, sum));
    for (const sum of replaced) if (!this.#replacedSums.has(sum)) this.#supersede(sum, total);
    // Where none is left, nothing has to be remembered of them.
    const all = replaced.length === sums.length;
    if (all) this.#sums = null;
    this.#replacedSums = all ? noneReplaced : new Set(replaced);
  }

  #supersede(old: Statement | null, by: Statement): null {
    if (old !== null) this.witness?.superseded(old, by);
    return null;
  }
}

/** @param statements of one origin and cell, oldest first; made for this, since what they repeat is noted in them */
export const standingOf = (statements: readonly NewStatement[]): Standing => {
  const standing = new Standing();
  for (const statement of statements) standing.add(statement);
  return standing;
};

/** @param statements as for `standingOf` */
export const standingHistoryOf = (statements: readonly NewStatement[]): StandingHistory => {
  const supersededBy = new Map<Statement, Statement>();
  const passedOver = new Set<Statement>();
  const standing = new Standing({
    superseded: (old, by) => supersededBy.set(old, by),
    passedOver: (statement) => passedOver.add(statement),
  });
  for (const statement of statements) standing.add(statement);
  return { standing, all: statements, supersededBy, passedOver };
};
