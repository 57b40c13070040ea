import { besideOf, countAgreeing, type Beside } from './beside.js';
import type { Facts } from './facts.js';
import { methods } from './methods.js';
import { independent } from './origins.js';
import { isCurrentMeasure, isRemainder, latticeOf, type Sum } from './parts.js';
import { placeOf } from './cells.js';
import { saidOf, withdrawnIds } from './said.js';
import { standingOf, type Standing } from './standing.js';
import { statementsOf, type Statement } from './statements.js';
import { addUp, type AddedUp, type Entering } from './sums.js';
import { closed, overlap, within, type Span } from './words.js';

/* All sections together: the estimates of an incident at one moment. An open high is Infinity. */

export interface Pointed extends Span {
  readonly point: number | null;
}

export interface Shown {
  readonly cell: string;
  readonly best: Pointed | null;
  readonly computed: Pointed | null;
  readonly reported: Span | null;
  readonly confirmed: number | null;
  readonly official: Pointed | null;
  readonly implied: Span | null;
  readonly status: string;
  readonly hedged: boolean;
  readonly asOfMs: number | null;
  readonly origins: number;
  readonly made: readonly Standing[];
  readonly dissenting: readonly Standing[];
}

export interface Worked {
  readonly shown: ReadonlyMap<string, Shown>;
  readonly contradictions: readonly { readonly cells: readonly string[]; readonly figures: readonly string[] }[];
  readonly sums: readonly Sum[];
  readonly statements: readonly Statement[];
}

const pointed = ({ low, high }: Span, point: number | null = null): Pointed => ({
  low,
  high,
  point: low === high ? low : point !== null && point >= low && point <= high ? point : null,
});

const everything: Span = { low: 0, high: Infinity };
const isEverything = ({ low, high }: Span): boolean => low === 0 && high === Infinity;

export const work = (facts: Facts, methodId: string): Worked => {
  const method = methods[methodId];
  if (method === undefined) throw new Error(`no method ${methodId}`);
  const { scheme, pins } = facts;
  // "lowest-corroborated/1: words read with acled/1"
  const lexicon = methodId === 'lowest-corroborated/1' ? 'acled/1' : scheme.lexicon;
  const said = saidOf(facts, lexicon);
  const gone = withdrawnIds(said);
  const statements = statementsOf(said);
  const figured = [...new Set(said.filter(({ id }) => !gone.has(id)).map(({ cell }) => cell))];
  const lattice = latticeOf(scheme, [...new Set([...figured, ...pins.keys()])]);

  const isCurrent = (cell: string): boolean => isCurrentMeasure(scheme, placeOf(cell).measure) || isRemainder(cell);
  const standing = new Map<string, Standing[]>();
  const beside = new Map<string, Beside>();
  for (const cell of lattice.cells) {
    const stand = standingOf(statements.filter((each) => each.cell === cell));
    standing.set(cell, stand);
    beside.set(cell, besideOf(stand, method, isCurrent(cell)));
  }
  const besideAt = (cell: string): Beside => {
    const found = beside.get(cell);
    if (found === undefined) throw new Error(`${cell} is not in the sums`);
    return found;
  };

  // "Bests enter (pinned ones too), unconfirmed ones do not"
  const entering = new Map<string, Entering>();
  for (const cell of lattice.cells) {
    const { best, unconfirmed } = besideAt(cell);
    const pin = pins.get(cell);
    const span = pin ?? (unconfirmed ? null : best);
    if (span === null) continue;
    const made = best?.made ?? [];
    entering.set(cell, {
      cell,
      low: span.low,
      high: span.high,
      // An editor's decision is as old as the decision.
      asOfMs: pin?.recordedMs ?? Math.max(...made.map((each) => each.saidMs)),
      sinceMs: pin?.recordedMs ?? Math.max(...made.map((each) => each.sinceMs)),
      current: isCurrentMeasure(scheme, placeOf(cell).measure),
      remainder: isRemainder(cell),
    });
  }
  const added = addUp(lattice.cells, lattice.sums, [...entering.values()]);
  const show = finishing({ added, entering, besideAt, pins, standing });
  const above = new Set<string>([...figured, ...pins.keys()]);
  for (const cell of above) for (const whole of lattice.wholesOf(cell)) above.add(whole);
  const shown = new Map<string, Shown>();
  for (const cell of lattice.cells.filter((each) => above.has(each))) {
    const estimate = show(cell);
    if (estimate !== null) shown.set(cell, estimate);
  }
  const contradictions = added.contradictions.map((set) => ({
    cells: set.toSorted(),
    figures: set.flatMap((cell) =>
      (besideAt(cell).best?.made ?? []).flatMap((each) => each.figures.map(({ id }) => id)),
    ),
  }));
  return { shown, contradictions, sums: lattice.sums, statements };
};

interface Finishing {
  readonly added: AddedUp;
  readonly entering: ReadonlyMap<string, Entering>;
  readonly besideAt: (cell: string) => Beside;
  readonly pins: Facts['pins'];
  readonly standing: ReadonlyMap<string, readonly Standing[]>;
}

const finishing = ({ added, entering, besideAt, pins, standing }: Finishing) => {
  const inForceOf = (cell: string): Sum[] => added.sums.filter(({ whole }) => whole === cell);
  const impliedAt = (cell: string): Span | null =>
    added.withheld.has(cell) ? null : (added.bounds.get(cell) ?? everything);

  /** "what its parts' bests of kinds 1 to 4 alone add up to, from the lower to the higher end if they cross" */
  const fromParts = (cell: string): Span => {
    let low = 0;
    let high = Infinity;
    for (const { parts, complete, overlapping } of inForceOf(cell)) {
      const spans = parts.map((part): Span => entering.get(part) ?? fromParts(part));
      const lows = spans.map((each) => each.low);
      low = Math.max(low, overlapping ? Math.max(...lows, 0) : lows.reduce((sum, each) => sum + each, 0));
      if (complete && !overlapping)
        high = Math.min(
          high,
          spans.reduce((sum, each) => sum + each.high, 0),
        );
    }
    return { low: Math.min(low, high), high: Math.max(low, high) };
  };

  /** "contested where a best among its parts, or theirs where they have none that enters, is contested" */
  const partsContested = (cell: string): boolean =>
    inForceOf(cell)
      .flatMap(({ parts }) => parts)
      .some((part) => (entering.has(part) ? bestAt(part).status === 'contested' : partsContested(part)));

  /** Best and status. `null` best with status derived: nothing to show. */
  const bestAt = (cell: string): { best: Pointed | null; status: string; derived: boolean } => {
    const own = besideAt(cell);
    const implied = impliedAt(cell);
    const pin = pins.get(cell);
    if (pin !== undefined) return { best: pointed(pin), status: 'pinned', derived: false };
    const derived = (): { best: Pointed | null; status: string; derived: boolean } =>
      implied === null
        ? { best: pointed(fromParts(cell)), status: 'contested', derived: true }
        : { best: pointed(implied), status: partsContested(cell) ? 'contested' : 'derived', derived: true };
    if ((standing.get(cell) ?? []).length === 0) return derived();
    const { best, unconfirmed } = own;
    if (best === null) return { best: null, status: 'unconfirmed', derived: false };
    // "an unconfirmed best that lies wholly outside implied, or that implied lies within, gives way, and the cell is as if derived"
    if (unconfirmed && implied !== null && !isEverything(implied) && (!overlap(best, implied) || within(implied, best)))
      return derived();
    const status = (): string => {
      if (unconfirmed) return 'unconfirmed';
      if (own.contested || (implied !== null && !overlap(best, implied))) return 'contested';
      return countAgreeing(own) >= 2 ? 'corroborated' : 'single-source';
    };
    // "a best of class 2 (words, hedged, partial) is a floor, and its low is raised to implied's where they overlap"
    if (best.floor && implied !== null && overlap(best, implied))
      return {
        best: pointed({ low: Math.max(best.low, implied.low), high: best.high }, best.point),
        status: status(),
        derived: false,
      };
    // "a best of kinds 1 to 4 that was opened and lies wholly outside implied is shown as implied, contested"
    if (implied !== null && added.opened.has(cell) && !overlap(best, implied))
      return { best: pointed(implied), status: 'contested', derived: false };
    return { best: pointed(best, best.point), status: status(), derived: false };
  };

  const confirmedAt = (cell: string): number => {
    const { best, status } = bestAt(cell);
    const own = besideAt(cell);
    // "at least the sum of the confirmed of disjoint parts (overlapping: the highest)"
    const ofParts = inForceOf(cell).map(({ parts, overlapping }) => {
      const each = parts.map(confirmedAt);
      return overlapping ? Math.max(0, ...each) : each.reduce((sum, one) => sum + one, 0);
    });
    const reached = Math.max(own.confirmed, ...ofParts);
    // "at most the high of best as shown, unless that is unconfirmed (under a pin: of the computed best)"
    const [cap, uncapped] = status === 'pinned' ? [own.best, own.unconfirmed] : [best, status === 'unconfirmed'];
    return cap === null || uncapped ? reached : Math.min(reached, cap.high);
  };

  return (cell: string): Shown | null => {
    const { best, status, derived } = bestAt(cell);
    const own = besideAt(cell);
    if (derived && best !== null && isEverything(best)) return null;
    const implied = impliedAt(cell);
    const confirmed = confirmedAt(cell);
    const base = { cell, implied, status, confirmed: confirmed >= 1 ? confirmed : null };
    if (derived)
      return {
        ...base,
        best,
        computed: null,
        reported: best === null ? null : closed(best),
        official: null,
        hedged: false,
        asOfMs: null,
        origins: 0,
        made: [],
        dissenting: [],
      };
    const made = own.best?.made ?? [];
    const pinned = status === 'pinned';
    const agreeing = countAgreeing(own);
    return {
      ...base,
      best,
      computed: pinned && own.best !== null ? pointed(own.best, own.best.point) : null,
      reported:
        pinned && (standing.get(cell) ?? []).length === 0
          ? best && closed(best)
          : own.reportedWith(pinned ? own.best : best),
      official: own.official === null ? null : pointed(own.official, own.official.point),
      hedged: made.length > 0 && made.every((each) => each.hedged),
      asOfMs: made.length === 0 ? null : Math.max(...made.map((each) => each.saidMs)),
      origins: agreeing > 0 ? agreeing : independent(made),
      made,
      dissenting: own.dissenting,
    };
  };
};
