import type { FigureRecord, IncidentState, ReportRecord } from '../incident-state.js';
import { canonicalName } from '../origin.js';
import type { Reading } from '../tally/readings.js';
import type { Warning } from '../tally/shapes.js';
import { readValue, sameValue, viewOfOrigin, type WarningContext } from './filed-figure.js';

const dayMs = 24 * 60 * 60 * 1000;
const relatedMax = 20;

/**
 * The report may have been filed before: one of the same outlet has the same url, or one published within a day has the
 * same figures of the same speakers. Reports whose figures were all withdrawn by desk or outlet are not counted: filing
 * such a one anew is how a desk repairs it.
 */
export const likelySameReport = (context: WarningContext): Warning | null => {
  const { report } = context;
  return report === null ? null : (sameAddress(report, context) ?? sameFigures(report, context));
};

const sameAddress = (report: ReportRecord, { after }: WarningContext): Warning | null => {
  const { state } = after;
  const index = addressesOf(state);
  const key = index.read.at(-1) === report ? index.lastKey : addressOf(report);
  if (key === null) return null;
  for (const other of index.byAddress.get(key) ?? [])
    if (other.seq < report.seq && !isTakenBack(other, state))
      return {
        code: 'likelySameReport',
        pointer: '/url',
        detail: `${other.outlet} with this url was filed already (report ${other.id}). If it is an update, that is fine; if it is the same report, retract one.`,
        related: other.figures.slice(0, relatedMax),
      };
  return null;
};

const sameFigures = (report: ReportRecord, context: WarningContext): Warning | null => {
  const [first] = context.figures;
  if (first === undefined) return null;
  const { publishedMs, basis } = first.reading;
  let said: string | null = null;
  const seen = new Set<string>([report.id]);
  const view = viewOfOrigin(first, context);
  const readings = view?.readings ?? [];
  for (let at = readings.length - 1; at >= 0; at -= 1) {
    const reading = readings[at];
    if (reading === undefined || reading.id === first.reading.id || view?.withdrawn.has(reading.id) === true) continue;
    const other = reading.record.report;
    if (Math.abs(reading.publishedMs - publishedMs) > dayMs || other.figures.length !== report.figures.length) continue;
    // A report that says the same has the first figure too; that is cheaper to tell than all of them.
    if (reading.basis !== basis || !sameValue(readValue(reading, context.tallier), first.value)) continue;
    if (seen.has(other.id) || other.seq > report.seq) continue;
    seen.add(other.id);
    said ??= contentOf(
      context.figures.map((figure) => figure.reading),
      context,
    );
    const others = other.figures.flatMap((id) => context.tallier.reading(id) ?? []);
    if (contentOf(others, context) !== said) continue;
    return {
      code: 'likelySameReport',
      pointer: '/figures',
      detail: `${other.outlet} carried the same figures of the same speaker within a day (report ${other.id}). Another relay of one statement is fine; if it is the same report, retract one.`,
      related: other.figures.slice(0, relatedMax),
    };
  }
  return null;
};

/** What a report says, by whom and of what, whatever the order. */
const contentOf = (readings: readonly Reading[], { tallier }: WarningContext): string =>
  readings
    .map((reading) => {
      const { low, high, numeric } = readValue(reading, tallier);
      return [reading.cell, tallier.origins.of(reading.name), reading.basis, numeric, low, high].join('\n');
    })
    .sort()
    .join('\n\n');

const isTakenBack = (report: ReportRecord, state: IncidentState): boolean =>
  report.figures.every((id) => takenBack(state.figures.get(id)));

const takenBack = (figure: FigureRecord | undefined): boolean =>
  figure?.withdrawals.some(({ kind }) => kind === 'desk' || kind === 'outlet') ?? false;

const addressOf = ({ outlet, url }: ReportRecord): string | null =>
  url === undefined ? null : `${canonicalName(outlet)}\n${url}`;

interface AddressIndex {
  readonly reports: Iterator<ReportRecord>;
  /** Those read so far, in the order of filing. */
  readonly read: ReportRecord[];
  readonly byAddress: Map<string, ReportRecord[]>;
  /** The address of the last one read: it is the one that is asked for. */
  lastKey: string | null;
}

// Reports are only ever added, in the order of filing, but for those of a dry run, which are gone after it: so an index
// of a state is brought up to date from its end, and never wrong. Without it every filing would look at every report
// before it.
const indexes = new WeakMap<IncidentState, AddressIndex>();

const newIndex = (state: IncidentState): AddressIndex => {
  const index = { reports: state.reports.values(), read: [], byAddress: new Map(), lastKey: null };
  indexes.set(state, index);
  return index;
};

const addressesOf = (state: IncidentState): AddressIndex => {
  const index = indexes.get(state) ?? newIndex(state);
  const { reports, read, byAddress } = index;
  for (let last = read.at(-1); last !== undefined && state.reports.get(last.id) !== last; last = read.at(-1)) {
    read.pop();
    const key = addressOf(last);
    if (key !== null) byAddress.get(key)?.pop();
    const before = read.at(-1);
    index.lastKey = before === undefined ? null : addressOf(before);
  }
  // Never asked past the last: an iterator that has ended stays so, whatever is added later.
  while (read.length < state.reports.size) {
    const report: ReportRecord | undefined = reports.next().value;
    if (report === undefined) break;
    read.push(report);
    const key = addressOf(report);
    index.lastKey = key;
    if (key === null) continue;
    const known = byAddress.get(key);
    if (known === undefined) byAddress.set(key, [report]);
    else known.push(report);
  }
  return index;
};
