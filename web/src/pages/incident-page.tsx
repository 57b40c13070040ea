import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Estimate, Incident, Tally } from '../api/shapes.js';
import { useReadiness } from '../api/use-readiness.js';
import { CellSections } from '../parts/cell-sections.js';
import { Contradictions } from '../parts/contradictions.js';
import { HeadlineChart } from '../chart/headline-chart.js';
import { Hero } from '../parts/hero.js';
import { KeyForm } from '../parts/key-form.js';
import { LatestChange } from '../parts/latest-change.js';
import { Page } from '../parts/page.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { RevisionList } from '../parts/revision-list.js';
import { StaleNotice } from '../parts/stale-notice.js';
import { WhyDialog } from '../parts/why-dialog.js';
import { arrangeCells, groupsOf } from '../tally/arrange-cells.js';
import { times } from '../words/locale.js';
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

function IncidentBody({ incident, tally, history, headline, changed, latest, loadEarlier }: BodyProps) {
  const [why, setWhy] = useState<string | null>(null);
  const sections = useMemo(() => arrangeCells(tally.cells, incident), [tally.cells, incident]);
  const close = useCallback(() => {
    setWhy(null);
  }, []);
  const of = (cell: string | null): Estimate | null => tally.cells.find((estimate) => estimate.cell === cell) ?? null;
  const asked = of(why);
  return (
    <>
      <LatestChange frame={latest} headline={incident.headline} />
      <div class="top">
        <Hero
          cell={incident.headline}
          estimate={of(incident.headline)}
          parts={groupsOf(incident.headline, tally.cells, incident)}
          changed={changed.has(incident.headline)}
          onWhy={setWhy}
        />
        {headline !== null && <HeadlineChart cell={incident.headline} revisions={headline} />}
      </div>
      <Contradictions contradictions={tally.contradictions} />
      <CellSections sections={sections} changed={changed} onWhy={setWhy} />
      <RevisionList history={history} headline={incident.headline} onEarlier={loadEarlier} />
      <p class="small provenance">
        Counted by {tally.method}, words read by {tally.lexicon}, rules {tally.rules}; position {tally.position} of log{' '}
        {tally.epoch}.
      </p>
      {asked !== null && <WhyDialog slug={incident.slug} estimate={asked} onClose={close} />}
    </>
  );
}
