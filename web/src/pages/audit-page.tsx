import { useEffect, useMemo, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import { tallyPath } from '../api/paths.js';
import { getJson, RequestError, unreachable } from '../api/request.js';
import type { Estimate, Problem, Revision, Tally } from '../api/shapes.js';
import { kindOf, type CloudEvent } from '../audit/cloud-event.js';
import { saveAllEvents, saveEvents } from '../audit/download.js';
import { eventInWords, kindLabel, kinds } from '../audit/event-words.js';
import { selectEvents, type AuditFiling, type EventFilter } from '../audit/select-events.js';
import { eventsMax, useAudit } from '../audit/use-audit.js';
import { KeyForm } from '../parts/key-form.js';
import { Qualified } from '../parts/number.js';
import { Page } from '../parts/page.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { incidentHref } from '../router.js';
import { locale, numbers, times } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { directionInWords, reasonInWords } from '../words/sentences.js';
import '../style/audit.css';

/** Filings drawn at once; more on request. */
const shownStep = 100;

const noFilter: EventFilter = { kind: '', desk: '', text: '', at: '', changing: false };

/** Every event of an incident in the order of the log, and what each filing changed: for whoever checks. */
export default function AuditPage({ slug }: { readonly slug: string }) {
  const { incident, events, revisions, complete, problem, readAgain } = useAudit(slug);
  const [filter, setFilter] = useState<EventFilter>(noFilter);
  const filings = useMemo(() => selectEvents(events, revisions, filter), [events, revisions, filter]);
  const refused = problem?.status === 401 || problem?.status === 403;
  const set = (members: Partial<EventFilter>): void => {
    setFilter((before) => ({ ...before, ...members }));
  };
  return (
    <Page title={`Audit: ${incident?.title ?? slug}`}>
      <header class="incident-head">
        <p class="kicker">Audit</p>
        <h1>{incident === null ? slug : <a href={incidentHref(slug)}>{incident.title}</a>}</h1>
      </header>
      {problem !== null &&
        (refused ? <KeyForm problem={problem} /> : <ProblemNotice problem={problem} onRetry={readAgain} />)}
      {problem === null && !complete && <p class="loading">Reading the events…</p>}
      {events.length > 0 && (
        <>
          <Filters filter={filter} events={events} onChange={set} />
          <AsOf
            slug={slug}
            at={filter.at}
            headline={incident?.headline ?? ''}
            onAll={() => {
              set({ at: '' });
            }}
          />
          <Downloads slug={slug} filings={filings} events={events} />
          <Filings
            key={JSON.stringify(filter)}
            filings={filings}
            onAt={(at) => {
              set({ at });
              // Where the answer appears, above the list; once it is there.
              requestAnimationFrame(() => document.getElementById('as-of')?.focus());
            }}
          />
          {events.length >= eventsMax && (
            <p class="notice">
              Only the first {numbers.count(events.length)} events are shown; the download has all of them.
            </p>
          )}
          <section class="proofs" aria-labelledby="proofs">
            <h2 id="proofs">Proofs</h2>
            <p>
              Each event above carries its leaf hash: SHA-256 over a zero byte and the event as JSON, without position
              and hash (RFC 6962). From the downloaded events anyone can work the hashes out again. Nothing is signed:
              that the log was not written anew as a whole shows only against a download kept elsewhere.
            </p>
          </section>
        </>
      )}
    </Page>
  );
}

interface FiltersProps {
  readonly filter: EventFilter;
  readonly events: readonly CloudEvent[];
  readonly onChange: (members: Partial<EventFilter>) => void;
}

function Filters({ filter, events, onChange }: FiltersProps) {
  const present = useMemo(() => new Set(events.map(kindOf)), [events]);
  const desks = useMemo(() => [...new Set(events.map((event) => event.desk))].toSorted(), [events]);
  const known = [...Object.keys(kinds), ...[...present].filter((kind) => kinds[kind] === undefined)];
  return (
    <form
      class="choices audit-filters"
      aria-label="Filter"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <label>
        Kind of event
        <select
          value={filter.kind}
          onChange={(event) => {
            onChange({ kind: event.currentTarget.value });
          }}
        >
          <option value="">all</option>
          {known
            .filter((kind) => present.has(kind))
            .map((kind) => (
              <option key={kind} value={kind}>
                {kindLabel(kind)}
              </option>
            ))}
        </select>
      </label>
      <label>
        Desk
        <select
          value={filter.desk}
          onChange={(event) => {
            onChange({ desk: event.currentTarget.value });
          }}
        >
          <option value="">all</option>
          {desks.map((desk) => (
            <option key={desk} value={desk}>
              {desk}
            </option>
          ))}
        </select>
      </label>
      <label>
        Contains
        <input
          type="search"
          value={filter.text}
          placeholder="name, word, id"
          onInput={(event) => {
            onChange({ text: event.currentTarget.value });
          }}
        />
      </label>
      <label>
        As of position
        <input
          type="text"
          inputMode="numeric"
          pattern="\d{1,19}"
          value={filter.at}
          placeholder={events.at(-1)?.position ?? ''}
          onInput={(event) => {
            const digits = event.currentTarget.value.replaceAll(/\D/gu, '').replace(/^0+(?=\d)/u, '');
            onChange({ at: digits });
          }}
        />
      </label>
      <label class="tick">
        <input
          type="checkbox"
          checked={filter.changing}
          onChange={(event) => {
            onChange({ changing: event.currentTarget.checked });
          }}
        />
        only what changed an estimate
      </label>
    </form>
  );
}

interface AsOfProps {
  readonly slug: string;
  readonly at: string;
  readonly headline: string;
  readonly onAll: () => void;
}

/** The tally of the position that the list ends at, from the service. */
function AsOf({ slug, at, headline, onAll }: AsOfProps) {
  const { key } = useAccess();
  const [tally, setTally] = useState<Tally | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    setTally(null);
    setProblem(null);
    if (at === '') return undefined;
    const asking = new AbortController();
    getJson<Tally>(tallyPath(slug, { at }), { key, signal: asking.signal }).then(setTally, (error: unknown) => {
      if (!asking.signal.aborted) setProblem(error instanceof RequestError ? error.problem : unreachable);
    });
    return () => {
      asking.abort();
    };
  }, [slug, at, key]);
  if (at === '') return null;
  const estimate: Estimate | undefined = tally?.cells.find((each) => each.cell === headline);
  return (
    <div id="as-of" class="notice as-of" tabIndex={-1}>
      <p>
        <strong>As of position {numbers.count(Number(at))}</strong>
        {problem !== null && `: ${problem.detail ?? problem.title}`}
        {tally !== null && `: ${cellName(headline, locale)}, ${estimate?.phrase ?? 'no figure yet'}. `}
        {tally !== null && `${numbers.count(tally.cells.length)} cells. `}
        {tally !== null && <a href={tallyPath(slug, { at })}>The whole tally, as JSON</a>}
      </p>
      <button type="button" class="link" onClick={onAll}>
        Show all events
      </button>
    </div>
  );
}

interface DownloadsProps {
  readonly slug: string;
  readonly filings: readonly AuditFiling[];
  readonly events: readonly CloudEvent[];
}

function Downloads({ slug, filings, events }: DownloadsProps) {
  const { key } = useAccess();
  const [failed, setFailed] = useState<string | null>(null);
  const shown = filings.flatMap((filing) => filing.events);
  return (
    <div class="downloads">
      <p role="status">
        {shown.length === events.length
          ? `${numbers.count(events.length)} events`
          : `${numbers.count(shown.length)} of ${numbers.count(events.length)} events`}
      </p>
      <button
        type="button"
        class="button"
        disabled={shown.length === 0}
        onClick={() => {
          saveEvents(`${slug}-selected.ndjson`, shown);
        }}
      >
        Download these
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          setFailed(null);
          saveAllEvents(slug, `${slug}-events.ndjson`, key).catch((error: unknown) => {
            setFailed(error instanceof Error ? error.message : String(error));
          });
        }}
      >
        Download all
      </button>
      {failed !== null && (
        <p class="flag" role="alert">
          {failed}
        </p>
      )}
    </div>
  );
}

function Filings({ filings, onAt }: { filings: readonly AuditFiling[]; onAt: (at: string) => void }) {
  const [count, setCount] = useState(shownStep);
  if (filings.length === 0) return <p class="notice">No event is like that.</p>;
  return (
    <>
      <ol class="filings">
        {filings.slice(0, count).map((filing) => (
          <FilingItem key={filing.filing} filing={filing} onAt={onAt} />
        ))}
      </ol>
      {filings.length > count && (
        <button
          type="button"
          class="button"
          onClick={() => {
            setCount(count + shownStep);
          }}
        >
          {numbers.count(filings.length - count)} more filings
        </button>
      )}
    </>
  );
}

function FilingItem({
  filing: { events, revisions, hidden },
  onAt,
}: {
  filing: AuditFiling;
  onAt: (at: string) => void;
}) {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return null;
  // The position of the filing's end, which its revisions have, even where its last event is filtered out.
  const end = revisions[0]?.position ?? last.position;
  return (
    <li class="filing audit-filing" data-filing={first.filing}>
      <h2 class="filing-time">
        <time dateTime={first.time}>{times.dateTime(first.time)}</time>
        <span class="small">
          by {first.person === undefined ? first.desk : `${first.person}, ${first.desk}`}
          {hidden > 0 && `; ${numbers.count(hidden)} more events of this filing are filtered out`}
        </span>
        <button
          type="button"
          class="link"
          aria-label={`As of here, position ${end}`}
          onClick={() => {
            onAt(end);
          }}
        >
          As of here
        </button>
      </h2>
      <ol class="events">
        {events.map((event) => (
          <EventItem key={event.id} event={event} />
        ))}
      </ol>
      {revisions.length > 0 ? (
        <details class="effects">
          <summary>
            {revisions.length === 1 ? 'Changed 1 estimate' : `Changed ${numbers.count(revisions.length)} estimates`}
          </summary>
          <ul>
            {revisions.map((revision) => (
              <Effect key={revision.number} revision={revision} />
            ))}
          </ul>
        </details>
      ) : (
        <p class="small">Changed no estimate.</p>
      )}
    </li>
  );
}

function EventItem({ event }: { event: CloudEvent }) {
  return (
    <li class="event" data-event={event.id}>
      <span class="event-position">{event.position}</span>
      <span class="event-kind">{kindLabel(kindOf(event))}</span>
      <span class="event-words">{eventInWords(event, locale, numbers)}</span>
      <details class="event-more">
        <summary>
          <span class="visually-hidden">Event {event.position}: </span>data and hash
        </summary>
        <dl>
          <div>
            <dt>Id</dt>
            <dd>
              <code>{event.id}</code>
            </dd>
          </div>
          <div>
            <dt>Leaf hash</dt>
            <dd>
              <code>{event.leafhash}</code>
            </dd>
          </div>
        </dl>
        <pre>
          <code>{JSON.stringify(event.data, null, 2)}</code>
        </pre>
      </details>
    </li>
  );
}

const numberOf = (estimate: Estimate | null): string => (estimate === null ? 'none' : numbers.best(estimate.best));

function Effect({ revision }: { revision: Revision }) {
  const { number, cell, before, after, direction, fall, unexplained, reason, explanation } = revision;
  return (
    <li class={fall && unexplained ? 'effect change-unexplained' : 'effect'}>
      <span>
        {cellName(cell, locale)} <span class="quiet-text">revision {number}</span>
      </span>
      <span class="change-numbers">
        {before !== null && (
          <>
            <span class="before">{numberOf(before)}</span>
            <span aria-hidden="true"> → </span>
            <span class="visually-hidden"> became </span>
          </>
        )}
        <Qualified text={numberOf(after)} />
      </span>
      <span class="quiet-text">
        {directionInWords(direction)};{' '}
        {fall && unexplained ? 'unexplained fall' : reasonInWords(explanation?.reason ?? reason)}
      </span>
    </li>
  );
}
