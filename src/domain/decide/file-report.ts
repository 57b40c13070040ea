import { bounds } from '../bounds.js';
import type { IncidentEvent, StoredFigure } from '../events.js';
import type { FieldError } from '../refusal.js';
import type { FigureAsFiled, ReportAsFiled } from '../schema/report.js';
import { checkFigure } from './figure-rules.js';
import {
  events,
  given,
  refuse,
  refuseFor,
  type CommandOf,
  type Draft,
  type Filing,
  type Incident,
} from './decision.js';
import type { Nameable } from './of-rules.js';
import { checkNotAfter, resolvedMs } from './time-rules.js';

/** Place in the filing of a report's first figure: ReportFiled stands before it. */
const firstFigurePlace = 1;

/** A report with all its figures: all of it, or, with every error named, nothing. */
export const fileReport = (
  { state, scheme }: Incident,
  { report, bodyHash }: CommandOf<'fileReport'>,
  filing: Filing,
): Draft => {
  if (state.status === 'closed')
    return refuse('incident-closed', `${state.slug} is closed: it takes no reports until it is reopened.`);
  if (report.figures.length > bounds.figuresInReportMax)
    return refuse(
      'too-many-figures',
      `The report has ${report.figures.length} figures, at most ${bounds.figuresInReportMax} are allowed.`,
    );
  const publishedMs = resolvedMs(report.publishedAt, filing.recordedMs);
  const errors: FieldError[] = checkTimes(report, publishedMs, filing);
  const stored: StoredFigure[] = [];
  const figures = withBasis(report);
  for (const [place, figure] of figures.entries()) {
    const nameable: Nameable = {
      earlier: (other) => {
        const named = other < place ? figures[other] : undefined;
        return named === undefined ? null : { id: filing.idOf(firstFigurePlace + other), figure: named };
      },
      filed: (id) => {
        const named = state.figures.get(id);
        return named === undefined ? null : { id, figure: named.current };
      },
    };
    const checked = checkFigure(figure, { scheme, publishedMs, nameable, at: `/figures/${place}` });
    errors.push(...checked.errors);
    stored.push(checked.stored);
  }
  if (errors.length > 0) return refuseFor('invalid-report', 'The report', errors);
  const id = `rep_${filing.filingId.replaceAll('-', '')}`;
  const filed: IncidentEvent = {
    type: 'ReportFiled',
    data: given({
      report: id,
      outlet: report.outlet,
      url: report.url,
      publishedAt: report.publishedAt,
      statedAt: report.statedAt,
      attribution: report.attribution,
      note: report.note,
      bodyHash,
      figures: stored.length,
    }),
  };
  const reported = stored.map((figure, place): IncidentEvent => ({
    type: 'FigureReported',
    data: { figure: filing.idOf(firstFigurePlace + place), report: id, place, ...figure },
  }));
  return events([filed, ...reported], { report: id });
};

// Stored with each figure, and not with the report: a basis belongs to a number, and a correction changes it alone.
const withBasis = ({ figures, basis }: ReportAsFiled): readonly FigureAsFiled[] =>
  basis === undefined ? figures : figures.map((figure) => ({ ...figure, basis: figure.basis ?? basis }));

const checkTimes = (report: ReportAsFiled, publishedMs: number, filing: Filing): FieldError[] => {
  const published = checkNotAfter(
    report.publishedAt,
    filing.recordedMs,
    '/publishedAt',
    'not after the filing',
    'the filing',
  );
  // A publication in the future bounds nothing: the one error is enough.
  if (published.length > 0 || report.statedAt === undefined) return published;
  return checkNotAfter(report.statedAt, publishedMs, '/statedAt', 'not after publishedAt', "the report's publication");
};
