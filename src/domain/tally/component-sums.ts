import { addUp, impliedAt } from './adding-up.js';
import type { Lattice } from './lattice.js';
import type { Interval } from './shapes.js';
import { boundsOf, Sums, type ChangedBest, type Entering } from './sums.js';

/**
 * The sums of a lattice, worked out component by component: what they leave possible for each cell, which bests were
 * opened, what contradicts what. Kept, so that a changed best moves only what rests on it.
 */
export class ComponentSums {
  readonly #bounds;
  readonly #opened = new Set<number>();
  readonly #withheld = new Set<number>();
  /** By component; only those that have any. */
  readonly #contradictions = new Map<number, readonly (readonly number[])[]>();
  /** Kept for the next time, where no best decides what is in them. */
  readonly #sums = new Map<number, Sums>();
  /** Components in which a best was opened or left out: there it matters when each was said. */
  readonly #timed = new Set<number>();

  /** @param entering bests by cell; read again whenever a component is worked out */
  constructor(
    private readonly lattice: Lattice,
    private readonly entering: ReadonlyMap<number, Entering>,
  ) {
    this.#bounds = boundsOf(lattice.cells.length);
    for (let component = 0; component < lattice.components.length; component += 1) this.#solve(component);
  }

  /** Implied bounds of a cell; `null` where withheld. */
  impliedOf(at: number): Interval | null {
    return this.#withheld.has(at) ? null : impliedAt(this.#bounds, at);
  }

  wasOpened(at: number): boolean {
    return this.#opened.has(at);
  }

  /** Sets of cells whose bests cannot all be true. */
  contradictions(): readonly (readonly number[])[] {
    return this.#contradictions.size === 0 ? none : [...this.#contradictions.values()].flat();
  }

  /** Whether a changed best can change any bound. When it was said matters only where time decides something. */
  matters({ cell, before, after }: ChangedBest): boolean {
    if (before === null || after === null) return before !== after;
    if (before.low !== after.low || before.high !== after.high) return true;
    if (before.sinceMs === after.sinceMs && before.asOfMs === after.asOfMs) return false;
    const component = this.lattice.component[cell] ?? 0;
    return this.#timed.has(component) || this.lattice.measured[component] === true;
  }

  /** Takes changed bests that matter in. @returns the cells whose implied bounds changed, or what was done with their best */
  takeIn(changes: readonly ChangedBest[]): ReadonlySet<number> {
    const { component: componentOf } = this.lattice;
    const byComponent = new Map<number, ChangedBest[]>();
    for (const change of changes) {
      const component = componentOf[change.cell] ?? 0;
      const list = byComponent.get(component);
      if (list === undefined) byComponent.set(component, [change]);
      else list.push(change);
    }
    const changed = new Set<number>();
    for (const [component, list] of byComponent) {
      // Time and contradictions take all bests into account at once.
      const sums = this.#timed.has(component) ? null : this.#sumsOf(component);
      for (const at of sums?.takeIn(list) ?? this.#solve(component)) changed.add(at);
    }
    return changed;
  }

  /** A component's sums; `null` where it depends on the bests what is in them. */
  #sumsOf(component: number): Sums | null {
    const { measured, components } = this.lattice;
    if (measured[component] === true) return null;
    let sums = this.#sums.get(component);
    if (sums === undefined) {
      sums = new Sums(this.lattice, components[component] ?? [], this.entering, this.#bounds);
      this.#sums.set(component, sums);
    }
    return sums;
  }

  /** Adds up one component. @returns as `takeIn` */
  #solve(component: number): number[] {
    const { lattice, entering } = this;
    const members = lattice.components[component] ?? [];
    const { low, high } = this.#bounds;
    const lowBefore = new Float64Array(members.length);
    const highBefore = new Float64Array(members.length);
    for (const [place, at] of members.entries()) {
      lowBefore[place] = low[at] ?? 0;
      highBefore[place] = high[at] ?? Infinity;
    }
    const sums = this.#sumsOf(component) ?? undefined;
    const { opened, contradictions, timed } = addUp(lattice, members, entering, this.#bounds, sums);
    const withheld = contradictions.length > 0;
    const changed: number[] = [];
    for (const [place, at] of members.entries()) {
      const openedAnew = put(this.#opened, at, opened.has(at));
      const withheldAnew = put(this.#withheld, at, withheld);
      if (openedAnew || withheldAnew || low[at] !== lowBefore[place] || high[at] !== highBefore[place])
        changed.push(at);
    }
    if (withheld) this.#contradictions.set(component, contradictions);
    else this.#contradictions.delete(component);
    put(this.#timed, component, timed);
    return changed;
  }
}

const none: readonly (readonly number[])[] = [];

/** Has an element in a set or not. @returns whether that changed it */
const put = (set: Set<number>, element: number, isIn: boolean): boolean => {
  if (set.has(element) === isIn) return false;
  if (isIn) set.add(element);
  else set.delete(element);
  return true;
};
