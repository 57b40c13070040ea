import type { PinRecord } from '../incident-state.js';
import type { CellView } from './cell-view.js';
import type { Lattice } from './lattice.js';
import type { SchemeIndex } from './scheme-index.js';
import type { ChangedBest, Entering } from './sums.js';

/** What a reckoning is made of: by their texts, the cells as their own statements show them, and pins. */
export interface Reckoned {
  readonly views: ReadonlyMap<string, CellView>;
  readonly pins: ReadonlyMap<string, PinRecord>;
}

/** What a best's cell says of how it enters, whatever the best. */
type Traits = Pick<Entering, 'openable' | 'remainder' | 'current'>;

/** Which bests enter the sums of a lattice: the pinned ones, and those that are not unconfirmed. */
export class Entrance {
  readonly #entering = new Map<number, Entering>();
  readonly #traits: Traits[] = [];

  constructor(
    private readonly lattice: Lattice,
    private readonly scheme: SchemeIndex,
    private readonly of: Reckoned,
  ) {
    for (const text of of.views.keys()) this.#enterText(text);
    for (const text of of.pins.keys()) if (!of.views.has(text)) this.#enterText(text);
  }

  get entering(): ReadonlyMap<number, Entering> {
    return this.#entering;
  }

  /** Has a cell's best enter as it is now. @returns what changed with that; `null`: nothing */
  enter(at: number): ChangedBest | null {
    const before = this.#entering.get(at) ?? null;
    const after = this.#enteringOf(at);
    if (after === null) this.#entering.delete(at);
    else if (before !== null && same(before, after)) return null;
    else this.#entering.set(at, after);
    return before === null && after === null ? null : { cell: at, before, after };
  }

  #enterText(text: string): void {
    const at = this.lattice.index.get(text);
    const entering = at === undefined ? null : this.#enteringOf(at);
    if (entering !== null) this.#entering.set(entering.cell, entering);
  }

  #enteringOf(at: number): Entering | null {
    const text = this.lattice.texts[at] ?? '';
    const pin = this.of.pins.get(text);
    if (pin !== undefined) {
      const pinnedMs = Date.parse(pin.recordedAt);
      return this.#entry(at, pin.best.low, pin.best.high, pinnedMs, pinnedMs);
    }
    const own = this.of.views.get(text)?.own ?? null;
    if (own === null || own.result === null || own.unconfirmed) return null;
    const { low, high } = own.result.best;
    return this.#entry(at, low, high, own.sinceMs, own.asOfMs);
  }

  #entry(at: number, low: number, high: number | null, sinceMs: number, asOfMs: number): Entering {
    const { openable, remainder, current } = this.#traitsOf(at);
    return { cell: at, low, high: high ?? Infinity, sinceMs, asOfMs, openable, remainder, current };
  }

  #traitsOf(at: number): Traits {
    return (this.#traits[at] ??= this.#newTraits(at));
  }

  #newTraits(at: number): Traits {
    const cell = this.lattice.cells[at];
    if (cell === undefined) return { openable: false, remainder: false, current: false };
    return {
      openable: this.scheme.natureOf(cell) === 'cumulative',
      remainder: cell.breakdown.some(([key, value]) => key === 'nationality' && value === 'unknown'),
      // In a union measure's sum a remainder counts as its measure does: who is dead and unknown stays dead.
      current: this.scheme.natureOf({ ...cell, breakdown: [] }) === 'current',
    };
  }
}

const same = (a: Entering, b: Entering): boolean =>
  a.low === b.low && a.high === b.high && a.sinceMs === b.sinceMs && a.asOfMs === b.asOfMs;
