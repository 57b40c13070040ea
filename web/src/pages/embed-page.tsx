import { useEffect, useState } from 'preact/hooks';
import { useAccess } from '../access.js';
import { incidentsPath, methodsPath } from '../api/paths.js';
import { getJson, RequestError, unreachable } from '../api/request.js';
import type { ListedIncident, MethodsCompared, Page as ListPage, Problem } from '../api/shapes.js';
import { properties } from '../embed/properties.js';
import { KeyForm } from '../parts/key-form.js';
import { Page } from '../parts/page.js';
import { ProblemNotice } from '../parts/problem-notice.js';
import { locale } from '../words/locale.js';
import { cellName } from '../words/names.js';
import { methodInWords } from '../words/sentences.js';
import '../style/embed.css';

const incidentsMax = 200;
const frameHeight = 190;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

interface Choice {
  readonly incident: string;
  readonly cell: string;
  readonly method: string;
}

const attributesOf = ({ incident, cell, method }: Choice): string =>
  [
    ['incident', incident],
    ['cell', cell],
    ['method', method],
  ]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}="${escaped(value ?? '')}"`)
    .join(' ');

const elementText = (base: string, choice: Choice): string =>
  `<script src="${base}/embed/tollbook-tally.js" async></script>\n<tollbook-tally ${attributesOf(choice)}></tollbook-tally>`;

function frameText(base: string, { incident, cell, method }: Choice): string {
  const query = new URLSearchParams([
    ...(cell === '' ? [] : [['cell', cell]]),
    ...(method === '' ? [] : [['method', method]]),
  ]);
  const text = query.toString();
  return `<iframe src="${escaped(`${base}/embed/${incident}${text === '' ? '' : `?${text}`}`)}" title="A number of Tollbook" width="100%" height="${frameHeight}" loading="lazy"></iframe>`;
}

/** How to put a number on any page: choose one, see it live, take the lines. */
export default function EmbedPage() {
  const { key } = useAccess();
  const [incidents, setIncidents] = useState<readonly ListedIncident[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    getJson<ListPage<ListedIncident>>(incidentsPath({ limit: incidentsMax }), { key, signal: asking.signal }).then(
      (page) => {
        setProblem(null);
        setIncidents(page.data);
      },
      (error: unknown) => {
        if (!asking.signal.aborted) setProblem(error instanceof RequestError ? error.problem : unreachable);
      },
    );
    return () => {
      asking.abort();
    };
  }, [key]);
  const refused = problem?.status === 401 || problem?.status === 403;
  return (
    <Page title="A number on your page">
      <div class="prose">
        <h1>A number on your page</h1>
        <p class="lede">
          Two lines put a live number with its source on any page. It follows the desk’s work by itself and, when the
          connection is cut, keeps the last number and says when it was true.
        </p>
      </div>
      {problem !== null && (refused ? <KeyForm problem={problem} /> : <ProblemNotice problem={problem} />)}
      {incidents !== null && incidents.length > 0 && <Chooser incidents={incidents} />}
      {incidents?.length === 0 && <p class="notice">No incident has been opened yet.</p>}
      <div class="prose">
        <h2>Its look</h2>
        <p>
          The element takes the fonts and colours of the page around it. These custom properties change that, and its
          parts can be styled by name: <code>tollbook-tally::part(number)</code>, also <code>label</code>,{' '}
          <code>words</code>, <code>measure</code>, <code>said</code>, <code>range</code>, <code>state</code>.
        </p>
        <dl class="properties">
          {properties.map(([name, sets]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{sets}</dd>
            </div>
          ))}
        </dl>
        <h2>What it needs</h2>
        <ul class="bullets">
          <li>
            The service must let anyone read (<code>TOLLBOOK_PUBLIC_READ=true</code>) and name your site (
            <code>TOLLBOOK_CORS_ORIGINS=https://news.example</code>). The frame needs the first of these only, or to be
            named.
          </li>
          <li>
            What stands between the tags is shown until the number is known: a number of the day, or a sentence with a
            link.
          </li>
          <li>
            <code>method</code> counts by another rule than the incident’s, <code>label</code> names the number in your
            words, and <code>base</code> is the service’s address where the script comes from elsewhere.
          </li>
          <li>All elements of one page share one connection.</li>
        </ul>
      </div>
    </Page>
  );
}

function useCells(slug: string): MethodsCompared | null {
  const { key } = useAccess();
  const [compared, setCompared] = useState<MethodsCompared | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    getJson<MethodsCompared>(methodsPath(slug), { key, signal: asking.signal }).then(setCompared, () => {
      setCompared(null);
    });
    return () => {
      asking.abort();
    };
  }, [slug, key]);
  return compared;
}

function Chooser({ incidents }: { incidents: readonly ListedIncident[] }) {
  const [slug, setSlug] = useState(incidents[0]?.slug ?? '');
  const [cell, setCell] = useState('');
  const [method, setMethod] = useState('');
  const compared = useCells(slug);
  const incident = incidents.find((each) => each.slug === slug);
  const base = globalThis.location.origin;
  const choice = { incident: slug, cell, method };
  return (
    <section class="chooser" aria-label="Choose a number">
      <form class="choices">
        <label>
          Incident
          <select
            value={slug}
            onChange={(event) => {
              setSlug(event.currentTarget.value);
              setCell('');
            }}
          >
            {incidents.map((each) => (
              <option key={each.slug} value={each.slug}>
                {each.title}
              </option>
            ))}
          </select>
        </label>
        <label>
          Cell
          <select
            value={cell}
            onChange={(event) => {
              setCell(event.currentTarget.value);
            }}
          >
            <option value="">
              the headline{incident === undefined ? '' : ` (${cellName(incident.headline, locale)})`}
            </option>
            {compared?.cells.map((each) => (
              <option key={each.cell} value={each.cell}>
                {cellName(each.cell, locale)}
              </option>
            ))}
          </select>
        </label>
        <label>
          Method
          <select
            value={method}
            onChange={(event) => {
              setMethod(event.currentTarget.value);
            }}
          >
            <option value="">the incident’s own</option>
            {compared?.methods.map((id) => (
              <option key={id} value={id}>
                {methodInWords(id)}
              </option>
            ))}
          </select>
        </label>
      </form>
      <iframe class="sample" title="The number, live" src={frameAddress(choice)} height={frameHeight} />
      <Snippet title="As an element" text={elementText(base, choice)} />
      <Snippet title="As a frame" text={frameText(base, choice)} />
    </section>
  );
}

function frameAddress({ incident, cell, method }: Choice): string {
  const query = new URLSearchParams();
  if (cell !== '') query.set('cell', cell);
  if (method !== '') query.set('method', method);
  const text = query.toString();
  return `/embed/${incident}${text === '' ? '' : `?${text}`}`;
}

function Snippet({ title, text }: { title: string; text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    setCopied(false);
  }, [text]);
  return (
    <div class="snippet">
      <div class="snippet-head">
        <h2>{title}</h2>
        <button
          type="button"
          class="button"
          onClick={() => {
            navigator.clipboard.writeText(text).then(
              () => {
                setCopied(true);
              },
              () => undefined,
            );
          }}
        >
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
      <pre>
        <code>{text}</code>
      </pre>
    </div>
  );
}
