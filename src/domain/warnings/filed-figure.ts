import type { FiledEvent } from '../events.js';
import type { ReportRecord } from '../incident-state.js';
import type { OriginView } from '../tally/cell-view.js';
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
  const revisionOf = byCell(revisions);
  return {
    after,
    tallier,
    report,
    figures,
    revisions,
    before: (cell) => {
      const revision = revisionOf(cell);
      // Without a revision the best is as it was.
      return revision === undefined ? (after.estimates.get(cell) ?? null) : revision.before;
    },
  };
};

/** Most filings revise few cells, if any: those are looked through faster than they are put into a map. */
const fewRevisions = 4;

const byCell = (revisions: readonly RevisionBody[]): ((cell: string) => RevisionBody | undefined) => {
  if (revisions.length <= fewRevisions) return (cell) => revisions.find((revision) => revision.cell === cell);
  const revised = new Map(revisions.map((revision) => [revision.cell, revision]));
  return (cell) => revised.get(cell);
};

export const readValue = (reading: Reading, tallier: Tallier): ReadQuantity =>
  tallier.valued(reading)?.value ?? valueOf(reading, null);

/** The number to compare: the one said, else the low; `null` where only words were. */
export const numberOf = (value: ReadQuantity): number | null => (value.numeric ? (value.point ?? value.low) : null);

/** What the same origin said of the same cell; withdrawn figures are not in its statements. */
export const viewOfOrigin = ({ reading }: FiledFigure, { tallier }: WarningContext): OriginView | undefined =>
  tallier.originView(reading);

/** Whether the same figures are named, in whatever order. */
const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));

/**
 * The newest that the origin said of the cell on the same basis before a moment (epoch ms, exclusive); of what was said
 * at once, the one filed last. It is found from the end of all that it said: an origin that is quoted daily has said
 * much.
 */
export const newestSaidBefore = (
  figure: FiledFigure,
  context: WarningContext,
  ms: number,
  wanted: (reading: Reading) => boolean = () => true,
): Reading | undefined => {
  const { basis, of } = figure.reading;
  const view = viewOfOrigin(figure, context);
  return view?.bySaid.findLast(
    (other) =>
      other.saidMs < ms &&
      other.basis === basis &&
      sameIds(other.of, of) &&
      !view.withdrawn.has(other.id) &&
      wanted(other),
  );
};

/** The other relays of the very statement: same origin, cell, moment, basis and figures named; in the order of filing. */
export const otherRelays = (figure: FiledFigure, context: WarningContext): readonly Reading[] => {
  const { id, saidMs, basis, of } = figure.reading;
  const view = viewOfOrigin(figure, context);
  const relays: Reading[] = [];
  if (view === undefined) return relays;
  const { bySaid, withdrawn } = view;
  for (let at = bySaid.length - 1; at >= 0; at -= 1) {
    const other = bySaid[at];
    if (other === undefined || other.saidMs < saidMs) break;
    if (other.saidMs !== saidMs || other.basis !== basis || other.id === id) continue;
    if (sameIds(other.of, of) && !withdrawn.has(other.id)) relays.push(other);
  }
  return relays.reverse();
};

/** Whether two numbers say the same, as numbers or as words. */
export const sameValue = (a: ReadQuantity, b: ReadQuantity): boolean => a.numeric === b.numeric && sameInterval(a, b);
