import type { BareEstimate } from './finish.js';
import type { Best, Estimate, Interval } from './shapes.js';

type Facts = Pick<Estimate, 'best' | 'confirmed' | 'reported' | 'status'>;

const sameEnds = (a: Interval | null, b: Interval | null): boolean =>
  a === b || (a !== null && b !== null && a.low === b.low && a.high === b.high);

const sameBest = (a: Best | null, b: Best | null): boolean => sameEnds(a, b) && a?.point === b?.point;

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((each, at) => each === b[at]));

/** An estimate as it leaves the service: its members stand in one order. */
export const completed = (bare: BareEstimate, phrase: string, revision: string | null): Estimate => ({
  cell: bare.cell,
  best: bare.best,
  computed: bare.computed,
  reported: bare.reported,
  confirmed: bare.confirmed,
  official: bare.official,
  implied: bare.implied,
  status: bare.status,
  hedged: bare.hedged,
  asOf: bare.asOf,
  origins: bare.origins,
  figures: bare.figures,
  dissenting: bare.dissenting,
  phrase,
  revision,
});

/** Whether two estimates of a cell agree in what makes a revision: best, confirmed, reported, status. */
export const sameFacts = (a: Facts | null, b: Facts | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.status === b.status &&
    a.confirmed === b.confirmed &&
    sameBest(a.best, b.best) &&
    sameEnds(a.reported, b.reported));

/** Whether two estimates of a cell are the same in every member: equal, and cheaper than comparing their JSON. */
export const sameEstimate = (a: Estimate, b: Estimate): boolean =>
  sameFacts(a, b) &&
  a.cell === b.cell &&
  sameBest(a.computed, b.computed) &&
  sameBest(a.official, b.official) &&
  sameEnds(a.implied, b.implied) &&
  a.hedged === b.hedged &&
  a.asOf === b.asOf &&
  a.origins === b.origins &&
  sameList(a.figures, b.figures) &&
  sameList(a.dissenting, b.dissenting) &&
  a.phrase === b.phrase &&
  a.revision === b.revision;
