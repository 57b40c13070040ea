import type { Lattice, Relation } from './lattice.js';

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

/**
 * One component's sums, made once and worked out for many sets of bests. What stays out of a union's sum is decided by
 * all bests of the component, so that leaving one out never binds more than before.
 */
export class Sums {
  readonly #relations: readonly (ActiveRelation | null)[];
  /** Relations still to be worked through, each at most once: a ring. */
  readonly #queue: Int32Array;
  readonly #queued: Uint8Array;
  #head = 0;
  #waiting = 0;

  constructor(
    private readonly lattice: Lattice,
    private readonly members: readonly number[],
    entering: ReadonlyMap<number, Entering>,
    private readonly bounds: Bounds,
  ) {
    const relationsIn = lattice.relationsIn[lattice.component[members[0] ?? 0] ?? 0] ?? [];
    this.#relations = relationsIn.map((at) => {
      const relation = lattice.relations[at];
      return relation === undefined ? null : activeRelation(relation, entering);
    });
    this.#queue = new Int32Array(relationsIn.length);
    this.#queued = new Uint8Array(relationsIn.length);
  }

  /** Works the bounds out from these bests. @returns whether no low passes a high */
  solve(bests: readonly Entering[], opened: ReadonlySet<number>): boolean {
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
    for (let at = 0; at < count; at += 1) this.#queue[at] = at;
    this.#queued.fill(1);
    this.#head = 0;
    this.#waiting = count;
    for (let left = roundsMax * count; this.#waiting > 0 && left > 0; left -= 1) {
      const at = this.#queue[this.#head] ?? 0;
      this.#head = this.#head + 1 === count ? 0 : this.#head + 1;
      this.#waiting -= 1;
      this.#queued[at] = 0;
      const relation = this.#relations[at];
      if (relation === null || relation === undefined) continue;
      if (!(relation.overlapping ? this.#tightenOverlapping(relation) : this.#tighten(relation))) return false;
    }
    return true;
  }

  /** Whatever sums a cell is in are to be worked through again. @returns whether its low is within its high */
  #touched(cell: number): boolean {
    const { above, below, placeOf } = this.lattice;
    const count = this.#queue.length;
    for (const relations of [above[cell], below[cell]])
      for (const relation of relations ?? []) {
        const at = placeOf[relation] ?? 0;
        if (this.#queued[at] === 1) continue;
        this.#queued[at] = 1;
        this.#queue[(this.#head + this.#waiting) % count] = at;
        this.#waiting += 1;
      }
    return (this.bounds.low[cell] ?? 0) <= (this.bounds.high[cell] ?? Infinity);
  }

  #raise(cell: number, to: number): boolean {
    if (to <= (this.bounds.low[cell] ?? 0)) return true;
    this.bounds.low[cell] = to;
    return this.#touched(cell);
  }

  #lower(cell: number, to: number): boolean {
    if (to >= (this.bounds.high[cell] ?? Infinity)) return true;
    this.bounds.high[cell] = to;
    return this.#touched(cell);
  }

  /** @returns false where a low passes a high */
  #tightenOverlapping({ whole, parts }: ActiveRelation): boolean {
    const { low, high } = this.bounds;
    for (const part of parts) if (!this.#raise(whole, low[part] ?? 0)) return false;
    for (const part of parts) if (!this.#lower(part, high[whole] ?? Infinity)) return false;
    return true;
  }

  /** @returns false where a low passes a high */
  #tighten({ whole, parts, complete }: ActiveRelation): boolean {
    const { low, high } = this.bounds;
    let lows = 0;
    let finiteHighs = 0;
    let openHighs = 0;
    for (const part of parts) {
      const partHigh = high[part] ?? Infinity;
      lows += low[part] ?? 0;
      if (partHigh === Infinity) openHighs += 1;
      else finiteHighs += partHigh;
    }
    if (!this.#raise(whole, lows)) return false;
    if (complete && openHighs === 0 && !this.#lower(whole, finiteHighs)) return false;
    // From here on the sums are those before this pass: bounds that only this pass moves are taken up by the next.
    const wholeHigh = high[whole] ?? Infinity;
    const wholeLow = low[whole] ?? 0;
    const lowersParts = wholeHigh !== Infinity;
    const raisesParts = complete && openHighs <= 1 && wholeLow > 0;
    if (!lowersParts && !raisesParts) return true;
    for (const part of parts) {
      const ownLow = low[part] ?? 0;
      const ownHigh = high[part] ?? Infinity;
      if (lowersParts && !this.#lower(part, wholeHigh - (lows - ownLow))) return false;
      if (!raisesParts || openHighs > (ownHigh === Infinity ? 1 : 0)) continue;
      const othersHigh = finiteHighs - (ownHigh === Infinity ? 0 : ownHigh);
      if (!this.#raise(part, wholeLow - othersHigh)) return false;
    }
    return true;
  }
}
