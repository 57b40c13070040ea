import type { Lattice, Relation } from './lattice.js';
import type { Interval } from './shapes.js';

/** A best as it enters the sums. */
export interface Entering {
  readonly cell: number;
  readonly low: number;
  /** `Infinity`: open. */
  readonly high: number;
  /** Newest since of what made it, epoch ms. */
  readonly sinceMs: number;
  /** Said-at of the newest that made it, epoch ms. */
  readonly asOfMs: number;
  /** Its finite high may be opened: its measure is cumulative, so that it was true "at the time". */
  readonly openable: boolean;
  /** About nationality `unknown`: what was left over when it was said. */
  readonly remainder: boolean;
  /** Its measure comes and goes: in a union measure's sum an older one stays out. */
  readonly current: boolean;
}

/** Bounds of every cell of the lattice, as two arrays by cell index; `Infinity` is open. */
export interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface AddedUp {
  /** Cells whose best was opened. */
  readonly opened: ReadonlySet<number>;
  /** Sets of cells whose bests cannot all be true and could not be mended. */
  readonly contradictions: readonly (readonly number[])[];
  /** Whether any best was opened, left out as a remainder, or set apart: then it matters when each was said. */
  readonly timed: boolean;
}

/**
 * How often each relation of a component may be worked through, on average. Trees need a few; where loops close in by
 * one at a time, stopping early leaves bounds that are looser, never wrong.
 */
const roundsMax = 64;

/** A relation as the sums use it: without the parts that stay out. */
interface ActiveRelation {
  readonly whole: number;
  readonly parts: readonly number[];
  readonly complete: boolean;
  readonly overlapping: boolean;
}

/**
 * April's missing are May's dead: in a union measure's sum a current best said earlier than another stays out, and with
 * it the claim that the sum is complete. Where that is the union's own best the sum binds nothing.
 */
const activeRelation = (relation: Relation, entering: ReadonlyMap<number, Entering>): ActiveRelation | null => {
  if (!relation.measures) return relation;
  let newestMs = -Infinity;
  for (const cell of [relation.whole, ...relation.parts])
    newestMs = Math.max(newestMs, entering.get(cell)?.asOfMs ?? -Infinity);
  const staysOut = (cell: number): boolean => {
    const best = entering.get(cell);
    return best !== undefined && best.current && best.asOfMs < newestMs;
  };
  if (staysOut(relation.whole)) return null;
  const parts = relation.parts.filter((part) => !staysOut(part));
  return parts.length === relation.parts.length
    ? relation
    : { whole: relation.whole, parts, complete: false, overlapping: relation.overlapping };
};

/** The relations in force for a set of bests: of a union measure's sum, without what stays out. */
export const activeParts = (relation: Relation, entering: ReadonlyMap<number, Entering>): readonly number[] =>
  activeRelation(relation, entering)?.parts ?? [];

export const isFullSum = (relation: Relation, entering: ReadonlyMap<number, Entering>): boolean =>
  activeRelation(relation, entering)?.complete ?? false;

/** One component's working set, made once and solved many times. */
class Sums {
  readonly #relations: readonly (ActiveRelation | null)[];
  readonly #touching: ReadonlyMap<number, readonly number[]>;

  constructor(
    private readonly bounds: Bounds,
    private readonly members: readonly number[],
    relations: readonly (ActiveRelation | null)[],
  ) {
    this.#relations = relations;
    const touching = new Map<number, number[]>();
    for (const [at, relation] of relations.entries()) {
      if (relation === null) continue;
      for (const cell of [relation.whole, ...relation.parts]) {
        const list = touching.get(cell);
        if (list === undefined) touching.set(cell, [at]);
        else list.push(at);
      }
    }
    this.#touching = touching;
  }

  /** Works the bounds out from these bests. @returns whether no low passes a high */
  solve(bests: Iterable<Entering>, opened: ReadonlySet<number>): boolean {
    const { low, high } = this.bounds;
    for (const cell of this.members) {
      low[cell] = 0;
      high[cell] = Infinity;
    }
    for (const best of bests) {
      low[best.cell] = best.low;
      high[best.cell] = opened.has(best.cell) ? Infinity : best.high;
    }
    const count = this.#relations.length;
    const queue: number[] = [];
    const queued = new Uint8Array(count);
    for (let at = 0; at < count; at += 1) if (this.#relations[at] !== null) this.#push(queue, queued, at);
    let left = roundsMax * Math.max(1, count);
    for (let head = 0; head < queue.length && left > 0; head += 1, left -= 1) {
      const at = queue[head] ?? 0;
      queued[at] = 0;
      const relation = this.#relations[at];
      if (relation !== null && relation !== undefined && !this.#tighten(relation, queue, queued)) return false;
    }
    return true;
  }

  #push(queue: number[], queued: Uint8Array, at: number): void {
    if (queued[at] === 1) return;
    queued[at] = 1;
    queue.push(at);
  }

  #touched(cell: number, queue: number[], queued: Uint8Array): boolean {
    for (const at of this.#touching.get(cell) ?? []) this.#push(queue, queued, at);
    return (this.bounds.low[cell] ?? 0) <= (this.bounds.high[cell] ?? Infinity);
  }

  #raise(cell: number, to: number, queue: number[], queued: Uint8Array): boolean {
    if (to <= (this.bounds.low[cell] ?? 0)) return true;
    this.bounds.low[cell] = to;
    return this.#touched(cell, queue, queued);
  }

  #lower(cell: number, to: number, queue: number[], queued: Uint8Array): boolean {
    if (to >= (this.bounds.high[cell] ?? Infinity)) return true;
    this.bounds.high[cell] = to;
    return this.#touched(cell, queue, queued);
  }

  /** @returns false where a low passes a high */
  #tighten({ whole, parts, complete, overlapping }: ActiveRelation, queue: number[], queued: Uint8Array): boolean {
    const { low, high } = this.bounds;
    const lowOf = (cell: number): number => low[cell] ?? 0;
    const highOf = (cell: number): number => high[cell] ?? Infinity;
    if (overlapping) {
      for (const part of parts) {
        if (!this.#raise(whole, lowOf(part), queue, queued)) return false;
        if (!this.#lower(part, highOf(whole), queue, queued)) return false;
      }
      return true;
    }
    let lows = 0;
    let finiteHighs = 0;
    let openHighs = 0;
    for (const part of parts) {
      lows += lowOf(part);
      if (highOf(part) === Infinity) openHighs += 1;
      else finiteHighs += highOf(part);
    }
    if (!this.#raise(whole, lows, queue, queued)) return false;
    if (complete && openHighs === 0 && !this.#lower(whole, finiteHighs, queue, queued)) return false;
    // From here on the sums are those before this pass: bounds that only this pass moves are taken up by the next.
    const wholeHigh = highOf(whole);
    const wholeLow = lowOf(whole);
    for (const part of parts) {
      const ownLow = lowOf(part);
      const ownHigh = highOf(part);
      if (wholeHigh !== Infinity && !this.#lower(part, wholeHigh - (lows - ownLow), queue, queued)) return false;
      if (complete) {
        const othersOpen = openHighs - (ownHigh === Infinity ? 1 : 0);
        if (othersOpen === 0) {
          const othersHigh = finiteHighs - (ownHigh === Infinity ? 0 : ownHigh);
          if (!this.#raise(part, wholeLow - othersHigh, queue, queued)) return false;
        }
      }
    }
    return true;
  }
}

/** Oldest since first, then by cell: the order in which bests give way. */
const givingWay =
  (lattice: Lattice) =>
  (a: Entering, b: Entering): number =>
    a.sinceMs - b.sinceMs || ((lattice.texts[a.cell] ?? '') < (lattice.texts[b.cell] ?? '') ? -1 : 1);

/**
 * A set that cannot be true together, from which none can be left out: bests are left out one at a time, in their order,
 * whenever the rest still cannot. Fewer bests never bind more, so the longest run that can be left out at once is found
 * by halving, which gives the same set in far fewer sums.
 */
const minimalSet = (sorted: readonly Entering[], feasible: (bests: readonly Entering[]) => boolean): Entering[] => {
  const kept: Entering[] = [];
  let rest = sorted;
  while (rest.length > 0) {
    if (!feasible(kept)) break;
    // The largest number of the first of `rest` that can go.
    let can = 0;
    let cannot = rest.length + 1;
    while (cannot - can > 1) {
      const middle = (can + cannot) >> 1;
      if (middle <= rest.length && !feasible([...kept, ...rest.slice(middle)])) can = middle;
      else cannot = middle;
    }
    const needed = rest[can];
    if (needed === undefined) break;
    kept.push(needed);
    rest = rest.slice(can + 1);
  }
  return kept;
};

/**
 * Adds up one component: the bounds that its bests leave for each cell. Bests that cannot all be true are mended, where
 * time mends them, or set apart as contradictions.
 * @param into bounds of the whole lattice; only the component's are written
 */
export const addUp = (
  lattice: Lattice,
  members: readonly number[],
  entering: ReadonlyMap<number, Entering>,
  into: Bounds,
): AddedUp => {
  const inComponent = members.flatMap((cell) => entering.get(cell) ?? []);
  const relationsAt = new Set<number>();
  for (const cell of members) for (const at of lattice.below[cell] ?? []) relationsAt.add(at);
  let active = new Map(inComponent.map((best) => [best.cell, best]));
  const opened = new Set<number>();
  const contradictions: number[][] = [];
  const sumsOf = (bests: ReadonlyMap<number, Entering>): Sums =>
    new Sums(
      into,
      members,
      [...relationsAt].map((at) => {
        const relation = lattice.relations[at];
        return relation === undefined ? null : activeRelation(relation, bests);
      }),
    );
  // What stays out of a union's sum is decided by all bests, so that leaving one out never binds more than before.
  const sums = sumsOf(active);
  while (!sums.solve(active.values(), opened)) {
    const sorted = [...active.values()].sort(givingWay(lattice));
    const set = minimalSet(sorted, (bests) => sums.solve(bests, opened));
    const newestMs = Math.max(...set.map((best) => best.sinceMs));
    const remainder = set.find((best) => best.remainder && best.sinceMs < newestMs);
    if (remainder !== undefined) {
      active.delete(remainder.cell);
      continue;
    }
    const mending = set.find(
      (best) =>
        best.openable &&
        best.high !== Infinity &&
        !opened.has(best.cell) &&
        best.sinceMs < newestMs &&
        sums.solve(set, new Set([...opened, best.cell])),
    );
    if (mending !== undefined) {
      opened.add(mending.cell);
      continue;
    }
    contradictions.push(
      set.map((best) => best.cell).sort((a, b) => ((lattice.texts[a] ?? '') < (lattice.texts[b] ?? '') ? -1 : 1)),
    );
    active = new Map([...active].filter(([cell]) => !set.some((best) => best.cell === cell)));
  }
  const timed = opened.size > 0 || contradictions.length > 0 || active.size < inComponent.length;
  return { opened, contradictions, timed };
};

export const impliedAt = (bounds: Bounds, cell: number): Interval => {
  const high = bounds.high[cell] ?? Infinity;
  return { low: bounds.low[cell] ?? 0, high: high === Infinity ? null : high };
};
