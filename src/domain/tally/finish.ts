import type { PinRecord } from '../incident-state.js';
import { toInstant } from '../schema/time.js';
import { activeParts, isFullSum, type Entering } from './sums.js';
import type { CellView } from './cell-view.js';
import { overlaps, reach, within } from './interval.js';
import type { Lattice } from './lattice.js';
import { reportedOf, type OwnEstimate } from './own-estimate.js';
import { countIndependent } from './independence.js';
import type { Best, Estimate, Interval, Status } from './shapes.js';
import type { Statement } from './statements.js';

/** An estimate but for its phrase and the number of its last revision. */
export type BareEstimate = Omit<Estimate, 'revision' | 'phrase'>;

/** A cell's estimate with what flows up from it into the wholes above. */
export interface Finished {
  /** `null`: the cell is not in the tally. */
  readonly estimate: BareEstimate | null;
  /** Made of its parts, since nothing of its own is shown. */
  readonly derived: boolean;
  /** The floor that it gives to its wholes. */
  readonly confirmed: number | null;
  /** Whether its best, or where it has none that enters one among its parts, is contested. */
  readonly contested: boolean;
  /** What its best, or where it has none that enters its parts' bests alone, add up to. */
  readonly partsRange: Interval;
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
  /** Finished before, since parts come before their wholes. */
  readonly part: (at: number) => Finished | undefined;
}

const everything: Interval = { low: 0, high: null };
const isEverything = (interval: Interval): boolean => interval.low === 0 && interval.high === null;
const bestOf = ({ low, high }: Interval): Best => ({ low, high, point: low === high ? low : null });

export const figuresOf = (statements: readonly Statement[]): string[] =>
  statements
    .flatMap((statement) => statement.readings)
    .toSorted((a, b) => a.seq - b.seq)
    .map((reading) => reading.id);

interface FromParts {
  readonly confirmed: number;
  readonly contested: boolean;
  readonly range: Interval;
  readonly crossed: boolean;
}

const fromParts = ({ lattice, at, entering, part }: FinishInput): FromParts => {
  let confirmed = 0;
  let contested = false;
  let low = 0;
  let high = Infinity;
  for (const relationAt of lattice.below[at] ?? []) {
    const relation = lattice.relations[relationAt];
    if (relation === undefined) continue;
    const parts = activeParts(relation, entering).map((each) => part(each));
    let lows = 0;
    let highs = isFullSum(relation, entering) && !relation.overlapping ? 0 : Infinity;
    let floor = 0;
    for (const each of parts) {
      const range = each?.partsRange ?? everything;
      const ownFloor = each?.confirmed ?? 0;
      lows = relation.overlapping ? Math.max(lows, range.low) : lows + range.low;
      highs += range.high ?? Infinity;
      floor = relation.overlapping ? Math.max(floor, ownFloor) : floor + ownFloor;
      if (each?.contested) contested = true;
    }
    low = Math.max(low, lows);
    high = Math.min(high, highs);
    confirmed = Math.max(confirmed, floor);
  }
  const crossed = low > high;
  const range = { low: Math.min(low, high), high: Math.max(low, high) };
  return {
    confirmed,
    contested,
    range: { low: range.low, high: range.high === Infinity ? null : range.high },
    crossed,
  };
};

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

export const finishCell = (input: FinishInput): Finished => {
  const { lattice, at, view, pin, implied } = input;
  const cell = lattice.texts[at] ?? '';
  const own = view?.own ?? null;
  const parts = fromParts(input);
  const enters = input.entering.get(at);
  const floor = Math.max(own?.confirmed ?? 0, parts.confirmed);
  const ownFigures = own?.result === null || own?.result === undefined ? [] : figuresOf(own.result.by);
  const beside = {
    official: own?.official ?? null,
    implied,
    hedged: own?.hedged ?? false,
    asOf: own === null || own.asOfMs === 0 ? null : toInstant(own.asOfMs),
    origins: own?.origins ?? 0,
    figures: ownFigures,
    dissenting: own === null ? [] : figuresOf(own.dissenting),
  };
  const flow = (
    estimate: BareEstimate | null,
    derived: boolean,
    contested: boolean,
    confirmed: number | null,
  ): Finished => ({
    estimate,
    derived,
    confirmed,
    contested: enters === undefined ? parts.contested : contested,
    partsRange:
      enters === undefined ? parts.range : { low: enters.low, high: enters.high === Infinity ? null : enters.high },
  });
  const shown = (
    best: Best | null,
    computed: Best | null,
    reported: Interval | null,
    status: Status,
    confirmed: number | null,
    rest: Pick<BareEstimate, keyof typeof beside>,
  ): BareEstimate => ({
    cell,
    best,
    computed,
    reported,
    confirmed,
    official: rest.official,
    implied: rest.implied,
    status,
    hedged: rest.hedged,
    asOf: rest.asOf,
    origins: rest.origins,
    figures: rest.figures,
    dissenting: rest.dissenting,
  });

  if (pin !== undefined) {
    const computed = own?.result?.best ?? null;
    const best = bestOf(pin.best);
    const confirmed = capped(floor, computed === null || own?.unconfirmed ? null : computed.high);
    const reported =
      own === null || view === undefined
        ? { low: best.low, high: reach(best) }
        : reportedOf(own, computed, view.nature);
    return flow(shown(best, computed, reported, 'pinned', confirmed, beside), false, false, confirmed);
  }

  const mended = own === null || view === undefined ? null : repaired(own, implied, input.opened);
  if (own !== null && view !== undefined && mended !== null) {
    const contested = own.contested || mended.contested;
    const status = statusOf(own, contested);
    const confirmed = capped(floor, mended.best === null || status === 'unconfirmed' ? null : mended.best.high);
    const reported = reportedOf(own, mended.best, view.nature);
    return flow(
      shown(mended.best, null, reported, status, confirmed, beside),
      false,
      status === 'contested',
      confirmed,
    );
  }

  // Derived: nothing of its own stands, or what stands gave way to what the other cells leave possible.
  const range = implied ?? parts.range;
  const contested = parts.contested || (implied === null && (parts.crossed || !isEverything(parts.range)));
  const confirmed = capped(floor, range.high);
  if (!(lattice.listed[at] ?? false) || isEverything(range)) return flow(null, true, contested, confirmed);
  const best = bestOf(range);
  return flow(
    shown(best, null, { low: best.low, high: reach(best) }, contested ? 'contested' : 'derived', confirmed, {
      official: null,
      implied,
      hedged: false,
      asOf: null,
      origins: 0,
      // No figure made it: its cells do, which `impliedBy` names.
      figures: [],
      dissenting: [],
    }),
    true,
    contested,
    confirmed,
  );
};
