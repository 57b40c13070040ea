import type { FiledEvent } from '../events.js';
import type { ReportRecord } from '../incident-state.js';
import { sameInterval, type ReadQuantity } from '../tally/interval.js';
import { tallierFor, type Ledger } from '../tally/ledger.js';
import type { Reading } from '../tally/readings.js';
import type { Estimate, RevisionBody } from '../tally/shapes.js';
import { valueOf } from '../tally/statements.js';
import type { Tallier } from '../tally/tallier.js';

/** A figure that the filing brought or corrected, as the tally reads it. */
export interface FiledFigure {
  /** JSON Pointer into the request's body. */
  readonly pointer: string;
  readonly reading: Reading;
  /** Its number, an increment counted from its base. */
  readonly value: ReadQuantity;
  readonly corrected: boolean;
}

/** What the rules look at: one filing, and the ledger right after it. */
export interface WarningContext {
  readonly after: Ledger;
  readonly tallier: Tallier;
  /** The report that was filed; `null` for a correction. */
  readonly report: ReportRecord | null;
  readonly figures: readonly FiledFigure[];
  /** Revisions that the filing made. */
  readonly revisions: readonly RevisionBody[];
  /** A cell's estimate as it was before the filing. */
  readonly before: (cell: string) => Estimate | null;
}

/** @returns `null` where the filing has no figures: other decisions get no warnings */
export const contextOf = (events: readonly FiledEvent[], after: Ledger): WarningContext | null => {
  const tallier = tallierFor(after);
  const figures: FiledFigure[] = [];
  let report: ReportRecord | null = null;
  for (const event of events) {
    if (event.type === 'ReportFiled') report = after.state.reports.get(event.data.report) ?? null;
    if (event.type !== 'FigureReported' && event.type !== 'FigureCorrected') continue;
    const reading = tallier.reading(event.data.figure);
    if (reading === undefined) continue;
    const corrected = event.type === 'FigureCorrected';
    const pointer = corrected ? '/figure' : `/figures/${event.data.place}`;
    figures.push({ pointer, reading, value: readValue(reading, tallier), corrected });
  }
  if (figures.length === 0) return null;
  // The ledger's last revisions are those of its last filing, which is this one.
  const lastSeq = after.state.eventCount - 1;
  const revisions: RevisionBody[] = [];
  for (let at = after.revisions.length - 1; at >= 0; at -= 1) {
    const revision = after.revisions[at];
    if (revision?.seq !== lastSeq) break;
    revisions.push(revision);
  }
  const revised = new Map(revisions.map((revision) => [revision.cell, revision]));
  return {
    after,
    tallier,
    report,
    figures,
    revisions,
    before: (cell) => {
      const revision = revised.get(cell);
      // Without a revision the best is as it was.
      return revision === undefined ? (after.estimates.get(cell) ?? null) : revision.before;
    },
  };
};

export const readValue = (reading: Reading, tallier: Tallier): ReadQuantity =>
  valueOf(reading, tallier.baseOf(reading));

/** The number to compare: the one said, else the low; `null` where only words were. */
export const numberOf = (value: ReadQuantity): number | null => (value.numeric ? (value.point ?? value.low) : null);

/** What the same origin said of the same cell, but for the figure itself and what is withdrawn, in the order of filing. */
export const othersOfOrigin = (figure: FiledFigure, context: WarningContext): readonly Reading[] => {
  const known = others.get(figure);
  if (known !== undefined) return known;
  const found = findOthers(figure, context);
  others.set(figure, found);
  return found;
};

// Several rules ask the same of one figure, and an origin that is quoted daily has said much.
const others = new WeakMap<FiledFigure, readonly Reading[]>();

const findOthers = ({ reading }: FiledFigure, { tallier }: WarningContext): readonly Reading[] => {
  const origin = tallier.origins.of(reading.name);
  const view = tallier.view(reading.cell)?.origins.find((each) => each.origin === origin);
  return view === undefined
    ? []
    : view.readings.filter((other) => other.id !== reading.id && !view.withdrawn.has(other.id));
};

/** What the origin said of the cell on the same basis before (not relays of the same statement), in the order of filing. */
export const earlierOfOrigin = (figure: FiledFigure, context: WarningContext): readonly Reading[] => {
  const { basis, of, saidMs } = figure.reading;
  return othersOfOrigin(figure, context).filter(
    (other) => other.saidMs < saidMs && other.basis === basis && sameIds(other.of, of),
  );
};

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at]);

/** The one said last; of what was said at once, the one filed last. */
export const newestOf = (readings: readonly Reading[]): Reading | undefined => {
  let newest: Reading | undefined;
  for (const reading of readings) if (newest === undefined || reading.saidMs >= newest.saidMs) newest = reading;
  return newest;
};

/** Whether two numbers say the same, as numbers or as words. */
export const sameValue = (a: ReadQuantity, b: ReadQuantity): boolean => a.numeric === b.numeric && sameInterval(a, b);
