import type { Cell } from '../cell.js';
import type { Nature } from '../vocabulary.js';
import { standingsOf, type NamedCell, type OriginView, type Standings } from './cell-view.js';
import type { Reading } from './readings.js';
import { Standing, standingOf, type OriginStanding } from './standing.js';
import { bySaid, type NewStatement, type Statement } from './statements.js';
import { nothingWithdrawn, withdrawnOf, type Withdrawn } from './withdrawals.js';

const noReadings: readonly Reading[] = [];

const byFiling = (a: Reading, b: Reading): number => a.seq - b.seq;
const byTime = (a: Reading, b: Reading): number => a.saidMs - b.saidMs || a.seq - b.seq;

const isCount = ({ role }: Statement): boolean => role === 'total' || role === 'partial';

/** Puts something into a sorted list: nearly always at the end. */
const insert = <T>(list: T[], item: T, order: (a: T, b: T) => number): void => {
  let at = list.length;
  for (let before = list[at - 1]; before !== undefined && order(before, item) > 0; before = list[at - 1]) at -= 1;
  if (at === list.length) list.push(item);
  else list.splice(at, 0, item);
};

/** The figures of one joined origin in one cell, with what was worked out from them. */
export class OriginGroup implements OriginView {
  /** What stands of them; behind while the group is to be worked out again. */
  standing = new Standing();
  #filed: Reading[] | null = null;
  /** `null`: all were filed in the order in which they were said, as is nearly always so. */
  #bySaid: Reading[] | null = null;
  #withdrawn: ReadonlyMap<string, Withdrawn> | null = nothingWithdrawn;

  constructor(
    readonly cell: CellFigures,
    readonly origin: string,
  ) {}

  /** In the order of filing. */
  get readings(): readonly Reading[] {
    return this.#filed ?? noReadings;
  }

  /** Which withdrawal takes which of its figures. */
  get withdrawn(): ReadonlyMap<string, Withdrawn> {
    return (this.#withdrawn ??= withdrawnOf(this.readings));
  }

  /** Its figures oldest said first; of what was said at once, in the order of filing. */
  get bySaid(): readonly Reading[] {
    return this.#bySaid ?? this.readings;
  }

  add(reading: Reading): void {
    const last = this.#filed?.at(-1);
    if (this.#filed === null || last === undefined) {
      // A list of one takes no more room than it needs: most origins speak once of a cell.
      this.#filed = [reading];
      this.#bySaid = null;
      return;
    }
    if (this.#bySaid === null && byTime(last, reading) > 0) this.#bySaid = [...this.#filed];
    if (this.#bySaid !== null) insert(this.#bySaid, reading, byTime);
    // A corrected figure keeps its place in the order of filing.
    insert(this.#filed, reading, byFiling);
  }

  /** Takes in what was said after all else of this origin. */
  say(statement: NewStatement): void {
    const { total, partial } = this.standing;
    this.standing.add(statement);
    this.cell.moveOn(statement, { total, partial }, this.standing);
  }

  /** Works out what stands anew. */
  standAnew(statements: readonly NewStatement[]): void {
    this.standing = standingOf(statements);
    this.cell.collectAnew();
  }

  remove(id: string): void {
    for (const list of [this.#filed, this.#bySaid]) {
      const at = list?.findLastIndex((reading) => reading.id === id) ?? -1;
      if (at >= 0) list?.splice(at, 1);
    }
  }

  /** Its figures, or the withdrawals of some, are others than before. */
  forgetWithdrawn(): void {
    this.#withdrawn = null;
  }
}

/** The figures of one cell, by joined origin. */
export class CellFigures implements NamedCell {
  /** In the order in which each origin first spoke of the cell. */
  readonly origins: OriginGroup[] = [];
  readonly #byOrigin = new Map<string, OriginGroup>();
  /** `null`: to be collected from the origins. */
  #standings: Standings | null = null;

  constructor(
    readonly text: string,
    readonly cell: Cell | null,
    readonly nature: Nature,
  ) {}

  group(origin: string): OriginGroup | undefined {
    return this.#byOrigin.get(origin);
  }

  groupFor(origin: string): OriginGroup {
    const known = this.#byOrigin.get(origin);
    if (known !== undefined) return known;
    const group = new OriginGroup(this, origin);
    this.#byOrigin.set(origin, group);
    this.origins.push(group);
    return group;
  }

  /** What stands in the cell, of all origins together. */
  standings(isWithdrawn: (id: string) => boolean): Standings {
    return (this.#standings ??= standingsOf(this.origins, isWithdrawn));
  }

  collectAnew(): void {
    this.#standings = null;
  }

  /**
   * Moves what stands on by one statement of one origin, without a look at the others: a total or a partial count takes
   * the place of what it replaced. Increments and sums can be spent by others, or lapse.
   */
  moveOn(statement: Statement, before: Pick<OriginStanding, 'total' | 'partial'>, after: OriginStanding): void {
    if (this.#standings === null) return;
    if (!isCount(statement) || this.#standings.fallen.length > 0 || !this.#standings.standing.every(isCount)) {
      this.#standings = null;
      return;
    }
    const standing = this.#standings.standing.filter(
      (each) => (each !== before.total || each === after.total) && (each !== before.partial || each === after.partial),
    );
    for (const [was, is] of [
      [before.total, after.total],
      [before.partial, after.partial],
    ])
      if (is !== was && is !== null && is !== undefined) insert(standing, is, bySaid);
    this.#standings = { standing, fallen: this.#standings.fallen };
  }

  /** Drops an origin's group that has no figure left. */
  drop(group: OriginGroup): void {
    this.collectAnew();
    this.#byOrigin.delete(group.origin);
    this.origins.splice(this.origins.indexOf(group), 1);
  }
}
