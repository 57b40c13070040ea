import { cellOf, cellText } from '../../../src/domain/cell.js';
import type { FiledEvent, IncidentEvent } from '../../../src/domain/events.js';
import { plainScheme } from '../tally/history.js';
import { factsOf } from './facts.js';
import { filingOf, type There } from './filing-of-step.js';
import type { RandomIncident } from './random-steps.js';
import { saidOf } from './said.js';

const startMs = Date.UTC(2026, 0, 1);

/** The filings of a random incident, the opening first, as the log would hold them. */
export const play = ({ scheme, cells, steps }: RandomIncident): FiledEvent[][] => {
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
  };
  const filings: FiledEvent[][] = [];
  const take = (drafts: readonly (IncidentEvent & { id?: string })[]): void => {
    if (drafts.length === 0) return;
    const filing = newId();
    const recordedAt = new Date(startMs + filings.length * 60_000).toISOString();
    filings.push(
      drafts.map((draft, place): FiledEvent => ({
        ...draft,
        id: draft.id ?? newId(),
        meta: { recordedAt, filing, place, size: drafts.length, desk: 'test', person: null, correlationId: filing },
      })),
    );
  };
  take([{ type: 'IncidentOpened', data: { slug: 'x-2020', scheme: { ...plainScheme, ...scheme } } }]);
  for (const step of steps) take(filingOf(step, thereIn(filings.flat()), cells, newId));
  return filings;
};

const thereIn = (events: readonly FiledEvent[]): There => {
  const facts = factsOf(events);
  if (facts === null) throw new Error('no incident');
  const said = saidOf(facts, facts.scheme.lexicon);
  return {
    figures: said.map(({ id, saidMs, report, withdrawals }) => {
      const fact = facts.figures.get(id);
      if (fact === undefined) throw new Error(`no figure ${id}`);
      return { id, cell: cellText(cellOf(fact.said)), saidMs, report, withdrawn: withdrawals.length > 0 };
    }),
    names: [...new Set(said.map(({ name }) => name))],
    links: [...facts.links.keys()],
    pinned: [...facts.pins.keys()],
    reportOf: (figure) => {
      const fact = facts.figures.get(figure);
      const event = events.find((each) => each.type === 'ReportFiled' && each.data.report === fact?.report.id);
      return fact === undefined || event === undefined ? undefined : { event, figure: fact.said };
    },
    publishedMsOf: (report) =>
      said.find((each) => each.report === report) === undefined
        ? 0
        : ([...facts.figures.values()].find((fact) => fact.report.id === report)?.report.publishedMs ?? 0),
  };
};
