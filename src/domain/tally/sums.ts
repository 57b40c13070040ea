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

/** A cell whose best enters otherwise than before, or not any more. */
export interface ChangedBest {
  readonly cell: number;
  readonly before: Entering | null;
  readonly after: Entering | null;
}

/** Bounds of every cell of the lattice, by cell index. */
export interface Bounds {
  readonly low: Float64Array;
  /** `Infinity`: open. */
  readonly high: Float64Array;
  /** Of how many sums in a row each bound came, at most; 0 is a best's own. */
  readonly lowDepth: Uint8Array;
  readonly highDepth: Uint8Array;
}

export const boundsOf = (cells: number): Bounds => ({
  low: new Float64Array(cells),
  high: new Float64Array(cells).fill(Infinity),
  lowDepth: new Uint8Array(cells),
  highDepth: new Uint8Array(cells),
});

/**
 * How often each relation of a component may be worked through, on average. Trees need a few; where loops close in by
 * one at a time, stopping early leaves bounds that are looser, never wrong.
 */
const roundsMax = 64;
/**
 * Bounds that came of more sums in a row are worked out anew. What came of so few comes to rest within the rounds on
 * any way, and at one place: so it does not matter whether a tally was worked out at once or filing by filing.
 */
const depthMax = roundsMax - 4;

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
export const activeRelation = (relation: Relation, entering: ReadonlyMap<number, Entering>): ActiveRelation | null => {
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

/** A bound before it was moved. */
interface Moved {
  readonly low: number;
  readonly high: number;
}

/** The lower or the upper bound of a cell. */
const lowOf = (cell: number): number => cell * 2;
const highOf = (cell: number): number => cell * 2 + 1;

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
  /** The longest way of a bound that was moved since the last `solve`. */
  #deepest = 0;
  /** Whether the bounds came to rest: else they are looser than they need be. */
  #rested = false;
  /** While changed bests are taken in: what bounds were before. */
  #moved: Map<number, Moved> | null = null;

  constructor(
    private readonly lattice: Lattice,
    private readonly members: readonly number[],
    private readonly entering: ReadonlyMap<number, Entering>,
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
    const { low, high, lowDepth, highDepth } = this.bounds;
    for (const cell of this.members) {
      low[cell] = 0;
      high[cell] = Infinity;
      lowDepth[cell] = 0;
      highDepth[cell] = 0;
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
    this.#deepest = 0;
    return this.#run();
  }

  /**
   * Takes changed bests into bounds that `solve` has worked out from all bests. Where one binds less than before, what
   * rests on it is taken back first.
   * @returns the cells whose bounds changed; `null`, and the bounds are as before, where all is to be worked out anew:
   *   where a low passes a high, which time may mend, or the way of a bound is too long
   */
  takeIn(changes: readonly ChangedBest[]): number[] | null {
    if (!this.#rested) return null;
    const { low, high } = this.bounds;
    const moved = new Map<number, Moved>();
    this.#moved = moved;
    this.#takeBack(changes);
    let possible = true;
    for (const { cell, after } of changes)
      possible &&= after === null || (this.#raise(cell, after.low, 0) && this.#lower(cell, after.high, 0));
    possible &&= this.#run();
    this.#moved = null;
    if (possible && this.#rested && this.#deepest <= depthMax)
      return [...moved].flatMap(([cell, was]) => (was.low !== low[cell] || was.high !== high[cell] ? [cell] : []));
    for (const [cell, was] of moved) {
      low[cell] = was.low;
      high[cell] = was.high;
    }
    this.#rested = false;
    return null;
  }

  /** Takes back each bound that may have come from a best that binds less than it did, to what its own best says. */
  #takeBack(changes: readonly ChangedBest[]): void {
    const bounds = new Set<number>();
    for (const { cell, before, after } of changes) {
      if ((before?.low ?? 0) > (after?.low ?? 0)) bounds.add(lowOf(cell));
      if ((before?.high ?? Infinity) < (after?.high ?? Infinity)) bounds.add(highOf(cell));
    }
    const { above, below } = this.lattice;
    for (const bound of bounds) {
      const cell = bound >> 1;
      const isLow = bound === lowOf(cell);
      for (const at of above[cell] ?? []) this.#restingAbove(at, cell, isLow, bounds);
      for (const at of below[cell] ?? []) this.#restingBelow(at, isLow, bounds);
    }
    for (const bound of bounds) {
      const cell = bound >> 1;
      const own = this.entering.get(cell);
      this.#remember(cell);
      if (bound === lowOf(cell)) {
        this.bounds.low[cell] = own?.low ?? 0;
        this.bounds.lowDepth[cell] = 0;
      } else {
        this.bounds.high[cell] = own?.high ?? Infinity;
        this.bounds.highDepth[cell] = 0;
      }
      this.#touched(cell);
    }
  }

  /** What a part's low or high may have moved: its whole's the same way, the other parts' the other way. */
  #restingAbove(at: number, cell: number, isLow: boolean, into: Set<number>): void {
    const relation = this.lattice.relations[at];
    if (relation === undefined) return;
    const { whole } = relation;
    if (isLow ? this.#isLowDerived(whole) : this.#isHighDerived(whole)) into.add(isLow ? lowOf(whole) : highOf(whole));
    for (const part of relation.parts)
      if (part !== cell && (isLow ? this.#isHighDerived(part) : this.#isLowDerived(part)))
        into.add(isLow ? highOf(part) : lowOf(part));
  }

  /** What a whole's low or high may have moved: its parts' the same way. */
  #restingBelow(at: number, isLow: boolean, into: Set<number>): void {
    for (const part of this.lattice.relations[at]?.parts ?? [])
      if (isLow ? this.#isLowDerived(part) : this.#isHighDerived(part)) into.add(isLow ? lowOf(part) : highOf(part));
  }

  #isLowDerived(cell: number): boolean {
    return this.bounds.low[cell] !== (this.entering.get(cell)?.low ?? 0);
  }

  #isHighDerived(cell: number): boolean {
    return this.bounds.high[cell] !== (this.entering.get(cell)?.high ?? Infinity);
  }

  #remember(cell: number): void {
    if (this.#moved === null || this.#moved.has(cell)) return;
    this.#moved.set(cell, { low: this.bounds.low[cell] ?? 0, high: this.bounds.high[cell] ?? Infinity });
  }

  /** Works through the queue. @returns whether no low passes a high */
  #run(): boolean {
    const count = this.#relations.length;
    let possible = true;
    for (let left = roundsMax * count; possible && this.#waiting > 0 && left > 0; left -= 1) {
      const at = this.#queue[this.#head] ?? 0;
      this.#head = this.#head + 1 === count ? 0 : this.#head + 1;
      this.#waiting -= 1;
      this.#queued[at] = 0;
      const relation = this.#relations[at];
      if (relation === null || relation === undefined) continue;
      possible = relation.overlapping ? this.#tightenOverlapping(relation) : this.#tighten(relation);
    }
    this.#rested = possible && this.#waiting === 0;
    if (this.#waiting > 0) {
      this.#queued.fill(0);
      this.#waiting = 0;
    }
    return possible;
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

  #raise(cell: number, to: number, depth: number): boolean {
    const { low, lowDepth } = this.bounds;
    if (to <= (low[cell] ?? 0)) return true;
    this.#remember(cell);
    low[cell] = to;
    lowDepth[cell] = Math.min(depth, 255);
    if (depth > this.#deepest) this.#deepest = depth;
    return this.#touched(cell);
  }

  #lower(cell: number, to: number, depth: number): boolean {
    const { high, highDepth } = this.bounds;
    if (to >= (high[cell] ?? Infinity)) return true;
    this.#remember(cell);
    high[cell] = to;
    highDepth[cell] = Math.min(depth, 255);
    if (depth > this.#deepest) this.#deepest = depth;
    return this.#touched(cell);
  }

  /** @returns false where a low passes a high */
  #tightenOverlapping({ whole, parts }: ActiveRelation): boolean {
    const { low, high, lowDepth, highDepth } = this.bounds;
    for (const part of parts) if (!this.#raise(whole, low[part] ?? 0, (lowDepth[part] ?? 0) + 1)) return false;
    for (const part of parts)
      if (!this.#lower(part, high[whole] ?? Infinity, (highDepth[whole] ?? 0) + 1)) return false;
    return true;
  }

  /** @returns false where a low passes a high */
  #tighten({ whole, parts, complete }: ActiveRelation): boolean {
    const { low, high, lowDepth, highDepth } = this.bounds;
    let lows = 0;
    let finiteHighs = 0;
    let openHighs = 0;
    let lowsDepth = 0;
    let highsDepth = 0;
    for (const part of parts) {
      const partHigh = high[part] ?? Infinity;
      lows += low[part] ?? 0;
      if (partHigh === Infinity) openHighs += 1;
      else finiteHighs += partHigh;
      lowsDepth = Math.max(lowsDepth, lowDepth[part] ?? 0);
      highsDepth = Math.max(highsDepth, highDepth[part] ?? 0);
    }
    if (!this.#raise(whole, lows, lowsDepth + 1)) return false;
    if (complete && openHighs === 0 && !this.#lower(whole, finiteHighs, highsDepth + 1)) return false;
    // From here on the sums are those before this pass: bounds that only this pass moves are taken up by the next.
    const wholeHigh = high[whole] ?? Infinity;
    const wholeLow = low[whole] ?? 0;
    const lowersParts = wholeHigh !== Infinity;
    const raisesParts = complete && openHighs <= 1 && wholeLow > 0;
    if (!lowersParts && !raisesParts) return true;
    const loweredDepth = Math.max(highDepth[whole] ?? 0, lowsDepth) + 1;
    const raisedDepth = Math.max(lowDepth[whole] ?? 0, highsDepth) + 1;
    for (const part of parts) {
      const ownLow = low[part] ?? 0;
      const ownHigh = high[part] ?? Infinity;
      if (lowersParts && !this.#lower(part, wholeHigh - (lows - ownLow), loweredDepth)) return false;
      if (!raisesParts || openHighs > (ownHigh === Infinity ? 1 : 0)) continue;
      const othersHigh = finiteHighs - (ownHigh === Infinity ? 0 : ownHigh);
      if (!this.#raise(part, wholeLow - othersHigh, raisedDepth)) return false;
    }
    return true;
  }
}
