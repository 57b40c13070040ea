import type { Cell } from '../cell.js';
import type { Nature } from '../vocabulary.js';
import type { NamedCell, OriginView } from './cell-view.js';
import type { Reading } from './readings.js';
import { Standing } from './standing.js';
import { nothingWithdrawn, withdrawnOf, type Withdrawn } from './withdrawals.js';

const noReadings: readonly Reading[] = [];

const byFiling = (a: Reading, b: Reading): number => a.seq - b.seq;
const byTime = (a: Reading, b: Reading): number => a.saidMs - b.saidMs || a.seq - b.seq;

/** Puts a reading into a sorted list: nearly always at the end. */
const insert = (list: Reading[], reading: Reading, order: (a: Reading, b: Reading) => number): void => {
  let at = list.length;
  for (let before = list[at - 1]; before !== undefined && order(before, reading) > 0; before = list[at - 1]) at -= 1;
  if (at === list.length) list.push(reading);
  else list.splice(at, 0, reading);
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

  /** Drops an origin's group that has no figure left. */
  drop(group: OriginGroup): void {
    this.#byOrigin.delete(group.origin);
    this.origins.splice(this.origins.indexOf(group), 1);
  }
}
