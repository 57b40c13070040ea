import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Estimate, Incident, Revision, Tally } from '../api/shapes.js';
import { exportPath } from '../api/paths.js';
import { useReadiness } from '../api/use-readiness.js';
import { useFigures } from '../chart/use-figures.js';
import { BreakdownBars } from '../parts/breakdown-bar.js';
import { CellSections } from '../parts/cell-sections.js';
import { Contradictions } from '../parts/contradictions.js';
import { HeadlineChart } from '../chart/headline-chart.js';
import { Hero } from '../parts/hero.js';
import { KeyForm } from '../parts/key-form.js';
import { LatestChange } from '../parts/latest-change.js';
import { MethodsSection } from '../parts/methods-table.js';
import { Page } from '../parts/page.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { RevisionList } from '../parts/revision-list.js';
import { StaleNotice } from '../parts/stale-notice.js';
import { WhyDialog } from '../parts/why-dialog.js';
import { clockOf, momentAt } from '../past/moments.js';
import { Rewind } from '../past/rewind.js';
import { usePast } from '../past/use-past.js';
import { auditHref, deskHref } from '../router.js';
import { arrangeCells, groupsOf, scaledFor } from '../tally/arrange-cells.js';
import { readCell } from '../tally/cell-text.js';
import { numbers, times } from '../words/locale.js';
import { measureName } from '../words/names.js';
import { useIncident } from './use-incident.js';

export function IncidentPage({ slug }: { slug: string }) {
  const use = useIncident(slug);
  const { incident, tally, problem } = use;
  const readiness = useReadiness();
  const refused = problem?.status === 401 || problem?.status === 403;
  const poisoned = readiness?.poisoned.find((entry) => entry.incident === slug) ?? null;
  const isMended = tally !== null && tally.stale !== null && readiness !== null && poisoned === null;

  // No frame tells that the service can read the incident again.
  useEffect(() => {
    if (isMended) use.readAgain();
  }, [isMended, use.readAgain]);

  if (incident === null || tally === null) {
    return (
      <Page title={slug}>
        {problem === null && <p class="loading">Reading the tally…</p>}
        {problem !== null &&
          (refused ? <KeyForm problem={problem} /> : <ProblemNotice problem={problem} onRetry={use.readAgain} />)}
        <p>
          <a href="/">All incidents</a>
        </p>
      </Page>
    );
  }

  const { phase } = use.connection.state;
  const stale = tally.stale ?? poisoned;
  return (
    <Page title={incident.title} connection={use.connection} readiness={readiness} stale={stale !== null}>
      <div class={phase === 'live' && stale === null ? 'incident-page' : 'incident-page not-current'}>
        <StaleNotice connection={use.connection} stale={stale} />
        <header class="incident-head">
          <p class="kicker">
            {incident.place} · {times.dates(incident.from, incident.to)}
            {incident.status === 'closed' && ' · closed'}
          </p>
          <h1>{incident.title}</h1>
          <p class="head-links">
            <a href={deskHref(incident.slug)}>File a report</a>
            <a href={auditHref(incident.slug)}>Every event</a>
            <a href={exportPath(incident.slug, { format: 'xlsx' })} download>
              Download as XLSX
            </a>
            <a href={exportPath(incident.slug, { format: 'csv' })} download>
              Download as CSV
            </a>
          </p>
        </header>
        <IncidentBody {...use} incident={incident} tally={tally} />
      </div>
    </Page>
  );
}

type BodyProps = Omit<ReturnType<typeof useIncident>, 'incident' | 'tally'> & {
  readonly incident: Incident;
  readonly tally: Tally;
};

const noRevisions: readonly Revision[] = [];

const byCell = (estimates: readonly Estimate[]): ReadonlyMap<string, Estimate> =>
  new Map(estimates.map((estimate) => [estimate.cell, estimate]));

/** The tally as it is now or at the moment that the reader went back to, arranged for the page. */
function useShown({ incident, tally, history }: Pick<BodyProps, 'incident' | 'tally' | 'history'>) {
  const past = usePast(incident.slug, history?.revisions ?? noRevisions);
  const { cells: then, seen, moments } = past;
  const now = useMemo(() => byCell(tally.cells), [tally.cells]);
  const sections = useMemo(() => {
    if (then === null || seen === null) return arrangeCells(tally.cells, incident);
    // Cells that were and are no more have a row too while one goes back.
    const gone = [...seen.values()].filter((estimate) => !now.has(estimate.cell));
    const history = moments.flatMap(({ revisions }) => revisions.flatMap(({ after }) => after ?? []));
    return scaledFor(arrangeCells([...tally.cells, ...gone], incident), history);
  }, [tally.cells, incident, seen, then === null]);
  return { past, now, cells: then ?? now, sections };
}

function IncidentBody({ incident, tally, history, headline, changed, latest, loadEarlier }: BodyProps) {
  const [why, setWhy] = useState<string | null>(null);
  const { past, cells, sections } = useShown({ incident, tally, history });
  const close = useCallback(() => {
    setWhy(null);
  }, []);
  const estimate = cells.get(incident.headline) ?? null;
  const parts = groupsOf(incident.headline, [...cells.values()], incident);
  const asked = why === null ? null : (cells.get(why) ?? null);
  const moment = past.shown === null ? null : (past.moments[past.shown] ?? null);
  const when = moment === null ? null : times.dateTime(new Date(moment.at).toISOString());
  const filedLate = useMemo(() => headline !== null && clockOf(headline) === 'published', [headline]);
  const clock = past.phase === 'open' ? past.clock : 'published';
  const reportedCells = useMemo(
    () => [incident.headline, ...groupsOf(incident.headline, tally.cells, incident).map((part) => part.cell)],
    [incident, tally.cells],
  );
  const figures = useFigures(incident.slug, reportedCells, headline?.[0]?.number ?? '');
  // A whole that one group alone makes is taken apart where the group is.
  const [only, ...more] = parts;
  const divided = only !== undefined && more.length === 0 ? only.cell : incident.headline;
  // Where nothing was reported yet there is nothing to play.
  const hasChanged = history === null || history.revisions.length > 0;
  const contradictions = past.shown === null ? tally.contradictions : (past.contradictions ?? []);
  return (
    <>
      <LatestChange frame={latest} headline={incident.headline} />
      <div class={when === null ? 'top' : 'top top-then'}>
        <Hero
          cell={incident.headline}
          estimate={estimate}
          parts={parts}
          changed={changed.has(incident.headline) && when === null}
          past={when}
          onWhy={setWhy}
          onNow={() => {
            past.show(null);
          }}
        />
        {headline !== null && (
          <div class="top-chart">
            <HeadlineChart
              cell={incident.headline}
              revisions={headline}
              figures={figures}
              clock={clock}
              filedLate={filedLate}
              shownAt={moment?.at ?? null}
              {...(past.phase === 'open'
                ? {
                    onSeek: (at: number) => {
                      past.show(momentAt(past.moments, at));
                    },
                  }
                : {})}
            />
            {hasChanged && <Rewind past={past} headline={headlineInWords(incident.headline, estimate)} />}
          </div>
        )}
      </div>
      <Contradictions contradictions={contradictions} />
      <section class="breakdowns" aria-label="What the number is made of">
        <BreakdownBars cell={divided} cells={cells} scheme={incident} several />
      </section>
      <CellSections sections={sections} changed={changed} then={past.cells} onWhy={setWhy} />
      <MethodsSection slug={incident.slug} method={tally.method} sections={sections} version={tally.position} />
      <RevisionList history={history} headline={incident.headline} onEarlier={loadEarlier} />
      <p class="small provenance">
        Counted by {tally.method}, words read by {tally.lexicon}, rules {tally.rules}; position {tally.position} of log{' '}
        {tally.epoch}. <a href={auditHref(incident.slug)}>Every event, for auditors</a>
      </p>
      {asked !== null && <WhyDialog incident={incident} estimate={asked} cells={cells} then={when} onClose={close} />}
    </>
  );
}

const headlineInWords = (cell: string, estimate: Estimate | null): string =>
  estimate === null
    ? 'no figure yet'
    : `${numbers.best(estimate.best)} ${measureName(readCell(cell).measure).toLowerCase()}`;
