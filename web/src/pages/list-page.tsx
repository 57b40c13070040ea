import { useEffect, useRef, useState } from 'preact/hooks';
import type { ListedIncident, Readiness } from '../api/shapes.js';
import { useReadiness } from '../api/use-readiness.js';
import { Qualified } from '../parts/number.js';
import { KeyForm } from '../parts/key-form.js';
import { Page } from '../parts/page.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { StaleNotice } from '../parts/stale-notice.js';
import { StatusLabel } from '../parts/status-label.js';
import { incidentHref } from '../router.js';
import { numbers, times, locale } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { splitPhrase } from '../words/split-phrase.js';
import { useList } from './use-list.js';

/** Typing settles before the service is asked. */
const searchDelayMs = 250;

export function ListPage({ q }: { q: string }) {
  const [query, setQuery] = useState(q);
  const list = useList(query);
  const readiness = useReadiness();
  const refused = list.problem?.status === 401 || list.problem?.status === 403;

  useEffect(() => {
    setQuery(q);
  }, [q]);

  return (
    <Page title="Tollbook" readiness={readiness} {...(list.incidents === null ? {} : { connection: list.connection })}>
      <div class="list-head">
        <h1>Incidents</h1>
        <SearchField value={query} onChange={setQuery} />
      </div>
      {list.incidents !== null && <StaleNotice connection={list.connection} stale={null} />}
      {readiness?.status === 'down' && (
        <p class="notice notice-stale">
          The service says that it is down: numbers below are the last it gave, and nothing can be filed.
        </p>
      )}
      {list.problem !== null &&
        (refused ? (
          <KeyForm problem={list.problem} />
        ) : (
          <ProblemNotice problem={list.problem} onRetry={list.readAgain} />
        ))}
      {list.incidents === null && list.problem === null && <p class="loading">Reading the incidents…</p>}
      {list.incidents?.length === 0 && <EmptyList query={query} />}
      {list.incidents !== null && list.incidents.length > 0 && (
        <ul class="incidents" aria-label="Incidents">
          {list.incidents.map((incident) => (
            <IncidentItem
              key={incident.slug}
              incident={incident}
              changed={list.changed.has(incident.slug)}
              poisoned={poisonedOf(readiness, incident.slug)}
            />
          ))}
        </ul>
      )}
      {list.hasMore && (
        <button type="button" class="button" onClick={list.loadMore}>
          More incidents
        </button>
      )}
    </Page>
  );
}

const poisonedOf = (readiness: Readiness | null, slug: string): boolean =>
  readiness?.poisoned.some((entry) => entry.incident === slug) === true;

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const search = (text: string): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const q = text.trim();
      // The address names the search, so that it can be sent on and survives a reload.
      globalThis.history.replaceState(null, '', q === '' ? '/' : `/?q=${encodeURIComponent(q)}`);
      onChange(q);
    }, searchDelayMs);
  };
  return (
    <form
      role="search"
      class="search"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <label>
        <span class="visually-hidden">Search incidents by title or place</span>
        <input
          type="search"
          name="q"
          defaultValue={value}
          placeholder="Search by title or place"
          onInput={(event) => {
            search(event.currentTarget.value);
          }}
        />
      </label>
    </form>
  );
}

function EmptyList({ query }: { query: string }) {
  if (query !== '') {
    return (
      <section class="notice">
        <h2>No incident matches “{query}”</h2>
        <p>
          Titles and places are searched. <a href="/">Show all incidents</a>
        </p>
      </section>
    );
  }
  return (
    <section class="notice">
      <h2>No incidents yet</h2>
      <p>An incident appears here as soon as a desk opens it; nothing needs to be reloaded.</p>
    </section>
  );
}

interface ItemProps {
  readonly incident: ListedIncident;
  readonly changed: boolean;
  readonly poisoned: boolean;
}

function IncidentItem({ incident, changed, poisoned }: ItemProps) {
  const { headlineEstimate: estimate } = incident;
  const closed = incident.status === 'closed';
  return (
    <li class={changed ? 'incident changed' : 'incident'}>
      <div class="incident-what">
        <h2>
          <a href={incidentHref(incident.slug)}>{incident.title}</a>
        </h2>
        <p class="incident-where">
          {incident.place} · {times.dates(incident.from, incident.to)}
          {closed && ' · closed'}
        </p>
        {poisoned && <p class="flag flag-stale">Out of date: a later event of this incident cannot be read</p>}
      </div>
      {estimate === null ? (
        <p class="incident-none">No figure reported yet</p>
      ) : (
        <div class="incident-count">
          <p class="incident-cell">{cellName(estimate.cell, locale)}</p>
          <Count estimate={estimate} />
          <p class="incident-meta">
            <StatusLabel estimate={estimate} />
            {estimate.reported !== null && estimate.reported.high !== estimate.reported.low && (
              <> · reported {numbers.range(estimate.reported)}</>
            )}
            {estimate.confirmed !== null && <> · confirmed at least {numbers.count(estimate.confirmed)}</>}
            {estimate.asOf !== null && <> · as of {times.dateTime(estimate.asOf)}</>}
          </p>
        </div>
      )}
    </li>
  );
}

function Count({ estimate }: { estimate: NonNullable<ListedIncident['headlineEstimate']> }) {
  const { lead, rest } = splitPhrase(estimate.phrase, numbers.best(estimate.best));
  return (
    <p class="incident-phrase">
      <strong class="incident-number">
        <Qualified text={lead} />
      </strong>
      {rest !== '' && <span class="incident-said">{rest}</span>}
    </p>
  );
}
