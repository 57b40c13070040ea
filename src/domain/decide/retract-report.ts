import {
  events,
  refuse,
  refuseFor,
  unchanged,
  type CommandOf,
  type Draft,
  type Filing,
  type Incident,
} from './decision.js';
import { checkRetraction, isRetracted, retractionOf } from './withdrawal-rules.js';

/** Withdraws all figures of a report, but for those that are withdrawn so already: all of them or, where a rule is broken for one, none. */
export const retractReport = ({ state }: Incident, command: CommandOf<'retractReport'>, filing: Filing): Draft => {
  const report = state.reports.get(command.report);
  if (report === undefined) return refuse('report-not-found', `${state.slug} has no report ${command.report}.`);
  const figures = report.figures.flatMap((id) => state.figures.get(id) ?? []);
  const errors = checkRetraction(command.retraction, figures, filing);
  if (errors.length > 0) return refuseFor('invalid-decision', 'The retraction', errors);
  const standing = figures.filter((figure) => !isRetracted(figure, command.retraction));
  return standing.length === 0
    ? unchanged()
    : events(standing.map((figure) => retractionOf(figure, command.retraction)));
};
