import type { PinRecord } from '../incident-state.js';
import { activeRelation, type Entering } from './sums.js';
import type { CellView } from './cell-view.js';
import { overlaps, reach, within } from './interval.js';
import type { Lattice } from './lattice.js';
import { reportedOf, type OwnEstimate } from './own-estimate.js';
import { countIndependent } from './independence.js';
import type { Best, Estimate, Interval, Status } from './shapes.js';
import type { Statement } from './statements.js';

/** An estimate but for its phrase and the number of its last revision. */
export type BareEstimate = Omit<Estimate, 'revision' | 'phrase'>;

/** A cell as shown. */
export interface Finished {
  /** `null`: the cell is not in the tally. */
  readonly estimate: BareEstimate | null;
  /** Made of its parts, since nothing of its own is shown. */
  readonly derived: boolean;
}

/** What flows up from finished cells into the wholes above, by cell. */
export class Flows {
  /** The floor that a cell gives to its wholes; 0 where nobody confirms one. */
  readonly confirmed: Float64Array;
  /** 1 where its best, or where it has none that enters one among its parts, is contested. */
  readonly contested: Uint8Array;
  /** What its best, or where it has none that enters its parts' bests alone, add up to. */
  readonly low: Float64Array;
  /** `Infinity`: open. */
  readonly high: Float64Array;

  constructor(cells: number) {
    this.confirmed = new Float64Array(cells);
    this.contested = new Uint8Array(cells);
    this.low = new Float64Array(cells);
    this.high = new Float64Array(cells).fill(Infinity);
  }

  /** @returns whether something flows otherwise than before */
  set(at: number, confirmed: number, contested: boolean, low: number, high: number): boolean {
    const flag = contested ? 1 : 0;
    if (
      this.confirmed[at] === confirmed &&
      this.contested[at] === flag &&
      this.low[at] === low &&
      this.high[at] === high
    )
      return false;
    this.confirmed[at] = confirmed;
    this.contested[at] = flag;
    this.low[at] = low;
    this.high[at] = high;
    return true;
  }
}

/** What finishing a cell looks at. */
export interface FinishInput {
  readonly lattice: Lattice;
  readonly at: number;
  readonly view: CellView | undefined;
  readonly pin: PinRecord | undefined;
  readonly entering: ReadonlyMap<number, Entering>;
  /** `null`: withheld. */
  readonly implied: Interval | null;
  readonly opened: boolean;
  /** Of its parts, which are finished before their wholes. */
  readonly flows: Flows;
}

const isEverything = (interval: Interval): boolean => interval.low === 0 && interval.high === null;
const bestOf = ({ low, high }: Interval): Best => ({ low, high, point: low === high ? low : null });

const noFigures: readonly string[] = [];

/** Ids of the figures of some statements, in the order of filing. */
export const figuresOf = (statements: readonly Statement[]): readonly string[] => {
  if (statements.length === 0) return noFigures;
  if (statements.every(({ isOneFigure }) => isOneFigure)) {
    const inOrder =
      statements.length === 1 ? statements : statements.toSorted((one, other) => one.lastSeq - other.lastSeq);
    return inOrder.map(({ lastFigure }) => lastFigure);
  }
  return statements
    .flatMap((statement) => statement.readings)
    .sort((one, other) => one.seq - other.seq)
    .map((reading) => reading.id);
};

interface FromParts {
  readonly confirmed: number;
  readonly contested: boolean;
  readonly low: number;
  readonly high: number;
  readonly crossed: boolean;
}

const noParts: FromParts = { confirmed: 0, contested: false, low: 0, high: Infinity, crossed: false };

const fromParts = ({ lattice, at, entering, flows }: FinishInput): FromParts => {
  const sums = lattice.below[at] ?? [];
  if (sums.length === 0) return noParts;
  let confirmed = 0;
  let contested = false;
  let low = 0;
  let high = Infinity;
  for (const relationAt of sums) {
    const relation = lattice.relations[relationAt];
    if (relation === undefined) continue;
    const { overlapping } = relation;
    const active = activeRelation(relation, entering);
    let lows = 0;
    let highs = active?.complete === true && !overlapping ? 0 : Infinity;
    let floor = 0;
    for (const part of active?.parts ?? []) {
      const partLow = flows.low[part] ?? 0;
      const partFloor = flows.confirmed[part] ?? 0;
      lows = overlapping ? Math.max(lows, partLow) : lows + partLow;
      highs += flows.high[part] ?? Infinity;
      floor = overlapping ? Math.max(floor, partFloor) : floor + partFloor;
      if (flows.contested[part] === 1) contested = true;
    }
    low = Math.max(low, lows);
    high = Math.min(high, highs);
    confirmed = Math.max(confirmed, floor);
  }
  return { confirmed, contested, low: Math.min(low, high), high: Math.max(low, high), crossed: low > high };
};

const openEnded = (low: number, high: number): Interval => ({ low, high: high === Infinity ? null : high });

/** The best that its own statements show, after what the other cells leave possible; `null`: it gives way. */
const repaired = (
  own: OwnEstimate,
  implied: Interval | null,
  opened: boolean,
): { best: Best | null; contested: boolean } | null => {
  const { result } = own;
  if (result === null) return { best: null, contested: false };
  const { best } = result;
  if (implied === null) return { best, contested: false };
  const together = overlaps(best, implied);
  if (own.unconfirmed && !isEverything(implied) && (!together || within(implied, best))) return null;
  if (result.floor && together && implied.low > best.low) {
    const point = best.point !== null && best.point >= implied.low ? best.point : null;
    return {
      best: { low: implied.low, high: best.high, point: implied.low === best.high ? implied.low : point },
      contested: false,
    };
  }
  if (opened && !together) return { best: bestOf(implied), contested: true };
  return { best, contested: !together };
};

const statusOf = (own: OwnEstimate, contested: boolean): Status => {
  if (own.unconfirmed) return 'unconfirmed';
  if (contested) return 'contested';
  return countIndependent(own.agreeing) >= 2 ? 'corroborated' : 'single-source';
};

const capped = (confirmed: number, cap: number | null): number | null => {
  const floor = cap === null ? confirmed : Math.min(confirmed, cap);
  return floor >= 1 ? floor : null;
};

/** What stands beside best. */
type Beside = Omit<BareEstimate, 'cell' | 'best' | 'computed' | 'reported' | 'confirmed' | 'status'>;

const besideOf = (own: OwnEstimate | null, implied: Interval | null): Beside => ({
  official: own === null ? null : own.official,
  implied,
  hedged: own !== null && own.hedged,
  asOf: own === null ? null : own.asOf,
  origins: own === null ? 0 : own.origins,
  figures: own === null || own.result === null ? noFigures : figuresOf(own.result.by),
  dissenting: own === null ? noFigures : figuresOf(own.dissenting),
});

/** Equal estimates are equal bytes: their members stand in one order. */
const estimateOf = (
  cell: string,
  best: Best | null,
  computed: Best | null,
  reported: Interval | null,
  confirmed: number | null,
  status: Status,
  beside: Beside,
): BareEstimate => ({
  cell,
  best,
  computed,
  reported,
  confirmed,
  official: beside.official,
  implied: beside.implied,
  status,
  hedged: beside.hedged,
  asOf: beside.asOf,
  origins: beside.origins,
  figures: beside.figures,
  dissenting: beside.dissenting,
});

/** Under a pin. */
const pinned = (
  cell: string,
  pin: PinRecord,
  own: OwnEstimate | null,
  floor: number,
  implied: Interval | null,
): Shown => {
  const computed = own?.result?.best ?? null;
  const best = bestOf(pin.best);
  const confirmed = capped(floor, computed === null || own?.unconfirmed ? null : computed.high);
  const reported = own === null ? { low: best.low, high: reach(best) } : reportedOf(own, computed);
  const estimate = estimateOf(cell, best, computed, reported, confirmed, 'pinned', besideOf(own, implied));
  return { estimate, derived: false, contested: false, confirmed };
};

/** By its own statements; `null` where they give way to what the other cells leave possible. */
const reported = (cell: string, own: OwnEstimate, floor: number, { implied, opened }: FinishInput): Shown | null => {
  const mended = repaired(own, implied, opened);
  if (mended === null) return null;
  const { best } = mended;
  const status = statusOf(own, own.contested || mended.contested);
  const confirmed = capped(floor, best === null || status === 'unconfirmed' ? null : best.high);
  const span = reportedOf(own, best);
  const estimate = estimateOf(cell, best, null, span, confirmed, status, besideOf(own, implied));
  return { estimate, derived: false, contested: status === 'contested', confirmed };
};

/** By its parts alone: nothing of its own stands, or what stands gave way. */
const derived = (cell: string, parts: FromParts, floor: number, { lattice, at, implied }: FinishInput): Shown => {
  const range = implied ?? openEnded(parts.low, parts.high);
  const partsKnown = parts.low > 0 || parts.high !== Infinity;
  const contested = parts.contested || (implied === null && (parts.crossed || partsKnown));
  const confirmed = capped(floor, range.high);
  if (!(lattice.listed[at] ?? false) || isEverything(range))
    return { estimate: null, derived: true, contested, confirmed };
  const best = bestOf(range);
  const status = contested ? 'contested' : 'derived';
  // No figure made it: its cells do, which `impliedBy` names.
  const estimate = estimateOf(
    cell,
    best,
    null,
    { low: best.low, high: reach(best) },
    confirmed,
    status,
    besideOf(null, implied),
  );
  return { estimate, derived: true, contested, confirmed };
};

interface Shown extends Finished {
  readonly contested: boolean;
  readonly confirmed: number | null;
}

/** Finishes a cell, and notes what flows up from it. @returns it, and whether what flows up changed */
export const finishCell = (input: FinishInput): Finished & { readonly flowsAnew: boolean } => {
  const { lattice, at, view, pin, implied } = input;
  const cell = lattice.texts[at] ?? '';
  const own = view?.own ?? null;
  const parts = fromParts(input);
  const floor = Math.max(own?.confirmed ?? 0, parts.confirmed);
  const shown =
    pin !== undefined
      ? pinned(cell, pin, own, floor, implied)
      : ((own === null ? null : reported(cell, own, floor, input)) ?? derived(cell, parts, floor, input));
  const enters = input.entering.get(at);
  const flowsAnew =
    enters === undefined
      ? input.flows.set(at, shown.confirmed ?? 0, parts.contested, parts.low, parts.high)
      : input.flows.set(at, shown.confirmed ?? 0, shown.contested, enters.low, enters.high);
  return { estimate: shown.estimate, derived: shown.derived, flowsAnew };
};
