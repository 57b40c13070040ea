import type { IncidentEvent } from '../../../src/domain/events.js';
import type { AttributionLink, FigureAsFiled } from '../../../src/domain/schema/report.js';
import { inCell, quantity } from '../tally/history.js';
import type { Filed, Step } from './random-steps.js';

const speakers: readonly AttributionLink[] = [
  { name: 'Ministry', kind: 'authority', body: 'state' },
  { name: 'Coroner', kind: 'authority' },
  { name: 'Prosecutor', kind: 'authority' },
  { name: 'an official', kind: 'official', named: false, body: 'state' },
  { name: 'Security source', kind: 'official', named: false },
  { name: 'A  Security Source', kind: 'official', named: false },
  { name: 'Officer', kind: 'official' },
  { name: 'Hospital', kind: 'organisation' },
  { name: 'Red Cross', kind: 'organisation' },
  { name: 'Neighbour', kind: 'witness', named: false, id: 'neighbour' },
  { name: 'Survivor', kind: 'witness' },
  { name: 'Daily', kind: 'press' },
  { name: 'Rebels', kind: 'party' },
  { name: 'Army', kind: 'party' },
  // The same name in another kind and with a body.
  { name: 'Coroner', kind: 'official', body: 'state' },
];

const outlets = ['Wire', 'Agency', 'Paper', 'wire'];

const firstMs = Date.UTC(2020, 0, 1);
const quarterMs = 6 * 3_600_000;
const instant = (quarter: number): string => new Date(firstMs + quarter * quarterMs).toISOString();
const date = (quarter: number): string => instant(quarter).slice(0, 10);

const pick = <T>(list: readonly T[], at: number): T | undefined =>
  list.length === 0 ? undefined : list[at % list.length];

/** What a step needs to know of what is there. */
export interface There {
  readonly figures: readonly {
    readonly id: string;
    readonly cell: string;
    readonly withdrawn: boolean;
    readonly saidMs: number;
    readonly report: string;
  }[];
  readonly names: readonly string[];
  readonly links: readonly string[];
  readonly pinned: readonly string[];
  readonly reportOf: (figure: string) => { readonly event: IncidentEvent; readonly figure: FigureAsFiled } | undefined;
  readonly publishedMsOf: (report: string) => number;
}

const chain = (by: number, relays: number, outlet: number): AttributionLink[] => {
  const speaker = speakers[by % speakers.length] ?? { name: 'nobody', kind: 'press' };
  const links: AttributionLink[] = [speaker];
  if (relays === 1) links.push({ name: outlets[outlet] ?? 'Wire', kind: 'press' });
  if (relays === 2) links.push({ name: 'Agency', kind: 'press' }, { name: outlets[outlet] ?? 'Wire', kind: 'press' });
  if (relays === 3) links.push({ name: 'The Radio', kind: 'press' });
  return links;
};

type Draft = IncidentEvent & { id?: string };

const figureOf = (
  filed: Filed,
  cells: readonly string[],
  nameable: There['figures'],
  latestQuarter: number,
  speakerOutlet: number,
): FigureAsFiled => {
  const cell = cells[filed.cell] ?? '';
  const same = nameable.filter((figure) => figure.cell === cell);
  const first = filed.of[0];
  const named =
    filed.basis === 'additional' && first !== undefined
      ? [pick(same, first)?.id].filter((id) => id !== undefined)
      : filed.basis === 'sum'
        ? [...new Set(filed.of.flatMap((at) => pick(nameable, at)?.id ?? []))]
        : [];
  return {
    ...inCell(cell),
    quantity: quantity(filed.quantity),
    ...(filed.basis === 'total' ? {} : { basis: filed.basis }),
    ...(named.length === 0 ? {} : { of: named }),
    ...(filed.hedged ? { hedged: true } : {}),
    ...(filed.reason === null ? {} : { reason: filed.reason }),
    ...(filed.by === null ? {} : { attribution: chain(filed.by, 1, speakerOutlet) }),
    ...(filed.said === null || filed.said.quarter === null
      ? {}
      : {
          statedAt: filed.said.plainDate
            ? date(Math.min(filed.said.quarter, latestQuarter))
            : instant(Math.min(filed.said.quarter, latestQuarter)),
        }),
  };
};

/** The filing that a step makes of what is there, if it means something then. */
export const filingOf = (step: Step, there: There, cells: readonly string[], newId: () => string): Draft[] => {
  const known = there.figures;
  switch (step.do) {
    case 'report': {
      const report = `rep_${newId()}`;
      const said = step.said.quarter ?? 0;
      const published = said + step.published;
      const outlet = outlets[step.outlet] ?? 'Wire';
      const nameable = [...known];
      const figures = step.figures.map((filed) => {
        const figure = figureOf(filed, cells, nameable, published, step.outlet);
        const id = newId();
        nameable.push({ id, cell: cells[filed.cell] ?? '', withdrawn: false, saidMs: 0, report });
        return { id, figure };
      });
      return [
        {
          type: 'ReportFiled',
          data: {
            report,
            outlet,
            publishedAt: step.publishedDate ? date(published) : instant(published),
            ...(step.said.quarter === null ? {} : { statedAt: step.said.plainDate ? date(said) : instant(said) }),
            attribution: chain(step.by, step.relays, step.outlet),
            bodyHash: '',
            figures: figures.length,
          },
        },
        ...figures.map(({ id, figure }, place): Draft => ({
          type: 'FigureReported',
          id,
          data: { figure: id, report, place, ...figure },
        })),
      ];
    }
    case 'relay': {
      // Another outlet carries a figure that is there.
      const id = pick(known, step.which)?.id;
      const from = id === undefined ? undefined : there.reportOf(id);
      if (from?.event.type !== 'ReportFiled') return [];
      const report = `rep_${newId()}`;
      const figure = newId();
      return [
        {
          type: 'ReportFiled',
          data: { ...from.event.data, report, outlet: outlets[step.outlet] ?? 'Wire', figures: 1 },
        },
        { type: 'FigureReported', id: figure, data: { figure, report, place: 0, ...from.figure } },
      ];
    }
    case 'correct': {
      const figure = pick(known, step.which);
      if (figure === undefined) return [];
      const before = known.slice(0, known.indexOf(figure));
      const latest = Math.floor((there.publishedMsOf(figure.report) - firstMs) / quarterMs);
      const corrected = figureOf(step.to, cells, before, latest, 1);
      return [{ type: 'FigureCorrected', data: { figure: figure.id, corrected, reason: 'misread' } }];
    }
    case 'retract': {
      const figure = pick(known, step.which);
      if (figure === undefined) return [];
      const at = figure.saidMs + step.after * quarterMs;
      const statedAt = step.plainDate ? new Date(at).toISOString().slice(0, 10) : new Date(at).toISOString();
      return [
        {
          type: 'FigureRetracted',
          data: { figure: figure.id, by: step.by, ...(step.by === 'speaker' ? { statedAt } : {}), reason: 'wrong' },
        },
      ];
    }
    case 'retractReport': {
      const report = pick(known, step.which)?.report;
      return known
        .filter((figure) => figure.report === report && !figure.withdrawn)
        .map(({ id }) => ({ type: 'FigureRetracted', data: { figure: id, by: 'desk' as const, reason: 'withdrawn' } }));
    }
    case 'deny': {
      const figure = pick(known, step.which);
      return figure === undefined ? [] : [{ type: 'AttributionDenied', data: { figure: figure.id, reason: 'never' } }];
    }
    case 'reinstate': {
      const figure = pick(
        known.filter(({ withdrawn }) => withdrawn),
        step.which,
      );
      return figure === undefined
        ? []
        : [{ type: 'FigureReinstated', data: { figure: figure.id, reason: 'after all' } }];
    }
    case 'link': {
      const [a, b] = [pick(there.names, step.a), pick(there.names, step.b)];
      if (a === undefined || b === undefined || a === b) return [];
      return [{ type: 'OriginsLinked', data: { link: newId(), origins: [a, b], reason: 'one' } }];
    }
    case 'unlink': {
      const link = pick(there.links, step.which);
      return link === undefined ? [] : [{ type: 'OriginsUnlinked', data: { link, reason: 'two' } }];
    }
    case 'grade': {
      const origin = pick(there.names, step.who);
      return origin === undefined
        ? []
        : [{ type: 'SpeakerGraded', data: { origin, kind: step.kind, reason: 'known' } }];
    }
    case 'pin':
      return [
        {
          type: 'EstimatePinned',
          data: {
            cell: cells[step.cell] ?? '',
            best: { low: step.low, high: step.more === null ? null : step.low + step.more },
            reason: 'decided',
          },
        },
      ];
    case 'unpin': {
      const cell = pick(there.pinned, step.which);
      return cell === undefined ? [] : [{ type: 'EstimateUnpinned', data: { cell, reason: 'no longer' } }];
    }
    case 'amend':
      return [{ type: 'IncidentAmended', data: { changes: step.changes, reason: 'better known' } }];
    case 'explain':
      return [];
    default:
      step satisfies never;
      return [];
  }
};
