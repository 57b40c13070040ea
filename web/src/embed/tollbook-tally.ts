import { cellPath, incidentPath } from '../api/paths.js';
import { getJson, RequestError, unreachable, type Asking } from '../api/request.js';
import type { CellExplained, Estimate, Incident, Problem, Tally } from '../api/shapes.js';
import type { FeedState } from '../feed/feed-client.js';
import { reconnectDelayMs } from '../feed/reconnect-delay.js';
import { chooseLocale } from '../words/choose-locale.js';
import { numberWords } from '../words/format-number.js';
import { timeWords } from '../words/format-time.js';
import { cellName } from '../words/names.js';
import { methodInWords } from '../words/sentences.js';
import { fillFrame } from './frame.js';
import { SharedFeed } from './shared-feed.js';
import { style } from './style.js';
import { stateWords, tallyWords } from './words.js';

/** Known only while the script runs for the first time. */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const home = script === null ? globalThis.location.origin : new URL(script.src).origin;

const retryMs = 2000;

const feeds = new Map<string, SharedFeed>();

function feedOf(base: string): SharedFeed {
  const known = feeds.get(base);
  if (known !== undefined) return known;
  const feed = new SharedFeed(base);
  feeds.set(base, feed);
  return feed;
}

const wake = (): void => {
  if (document.visibilityState === 'visible') for (const feed of feeds.values()) feed.retryNow();
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);

/** A page in British English has British dates; one that only says English has those of its reader. */
const pageLanguage = document.documentElement.lang;
const locale = chooseLocale([...(pageLanguage.includes('-') ? [pageLanguage] : []), ...navigator.languages]);
const numbers = numberWords(locale);
const times = timeWords(locale);

function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  part: string,
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  if (part !== '') element.setAttribute('part', part);
  element.append(...content);
  return element;
}

/**
 * One live number on any page: `<tollbook-tally incident="x-2013">`. With `cell` another than the incident's headline,
 * with `method` by another rule than the incident's, with `base` from another service than the one that gave the script.
 * What is inside the element is shown until the number is known.
 */
class TollbookTally extends HTMLElement {
  static readonly observedAttributes = ['incident', 'cell', 'method', 'base'];

  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #box = make('div', 'tally');
  readonly #heard = make('p', '');
  #asking: AbortController | null = null;
  #stopFeed: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #incident: Incident | null = null;
  #tally: Tally | null = null;
  /** By another method than the incident's, which no feed carries. */
  #byMethod: Estimate | null = null;
  #isReading = false;
  #mustReadAgain = false;
  #readFailed = false;
  #problem: Problem | null = null;
  #state: FeedState = { phase: 'connecting' };
  #contactAt: number | null = null;
  #last: Estimate | null = null;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#heard.className = 'heard';
    this.#heard.setAttribute('role', 'status');
    this.#root.append(this.#box, this.#heard);
  }

  connectedCallback(): void {
    this.#start();
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (!this.isConnected || before === after) return;
    this.#stop();
    this.#start();
  }

  get #base(): string {
    return (this.getAttribute('base') ?? home).replace(/\/$/u, '');
  }

  get #slug(): string {
    return this.getAttribute('incident') ?? '';
  }

  get #cell(): string {
    return this.getAttribute('cell') ?? this.#incident?.headline ?? '';
  }

  #start(): void {
    this.#incident = null;
    this.#tally = null;
    this.#byMethod = null;
    this.#last = null;
    this.#problem = null;
    this.#isReading = false;
    this.#readFailed = false;
    this.#asking = new AbortController();
    this.#draw();
    if (this.#slug !== '') void this.#readIncident(0);
  }

  #stop(): void {
    this.#asking?.abort();
    this.#stopFeed?.();
    this.#stopFeed = null;
    clearTimeout(this.#timer);
  }

  get #asked(): Asking & { readonly signal: AbortSignal } {
    return { key: null, signal: this.#asking?.signal ?? AbortSignal.abort() };
  }

  /** First what the incident is; only an incident that is there joins the feed of the whole page. */
  async #readIncident(attempt: number): Promise<void> {
    const asked = this.#asked;
    try {
      this.#incident = await getJson<Incident>(`${this.#base}${incidentPath(this.#slug)}`, asked);
    } catch (error) {
      if (asked.signal.aborted) return;
      this.#problem = error instanceof RequestError ? error.problem : unreachable;
      this.#draw();
      const { status } = this.#problem;
      if (status !== 0 && status !== 429 && status < 500) return;
      this.#timer = setTimeout(
        () => {
          void this.#readIncident(attempt + 1);
        },
        reconnectDelayMs(attempt, retryMs, Math.random),
      );
      return;
    }
    if (asked.signal.aborted) return;
    this.#problem = null;
    this.#stopFeed = feedOf(this.#base).add({
      incident: this.#slug,
      onTally: (tally) => {
        this.#tally = tally;
        if (this.hasAttribute('method')) void this.#readByMethod();
        this.#draw();
      },
      onState: (state, contactAt) => {
        const back = state.phase === 'live' && this.#state.phase !== 'live';
        this.#state = state;
        this.#contactAt = contactAt;
        if (back && this.#readFailed) void this.#readByMethod();
        this.#draw();
      },
    });
  }

  /** A feed tells by the incident's own method; another is asked for anew with each filing, one question at a time. */
  async #readByMethod(): Promise<void> {
    if (this.#isReading) {
      this.#mustReadAgain = true;
      return;
    }
    this.#isReading = true;
    const asked = this.#asked;
    const method = this.getAttribute('method') ?? '';
    try {
      do {
        this.#mustReadAgain = false;
        const path = cellPath(this.#slug, this.#cell, { method });
        // One after the other is what is wanted here.
        this.#byMethod = (await getJson<CellExplained>(`${this.#base}${path}`, asked)).estimate;
        this.#readFailed = false;
        this.#problem = null;
      } while (this.#mustReadAgain);
    } catch (error) {
      if (asked.signal.aborted) return;
      this.#readFailed = true;
      const problem = error instanceof RequestError ? error.problem : unreachable;
      if (problem.status === 404) this.#byMethod = null;
      else if (problem.status >= 400 && problem.status < 500) this.#problem = problem;
    }
    this.#isReading = false;
    this.#draw();
  }

  get #estimate(): Estimate | null {
    if (this.hasAttribute('method')) return this.#byMethod;
    return this.#tally?.cells.find((estimate) => estimate.cell === this.#cell) ?? null;
  }

  #draw(): void {
    const estimate = this.#estimate;
    if (estimate !== null) this.#drawNumber(estimate);
    else if (this.#problem !== null && this.#problem.status !== 0) {
      this.#show('away', make('p', 'state', this.#problem.detail ?? this.#problem.title), make('slot', ''));
    } else if (this.#tally !== null && (!this.hasAttribute('method') || this.#readFailed)) {
      this.#show('', make('p', 'label', this.#name), make('p', 'said', 'No figure reported yet'));
    } else {
      const text = this.#problem === null ? 'Connecting' : 'Not available now';
      this.#show(this.#problem === null ? 'waiting' : 'away', make('slot', ''), make('p', 'state', text));
    }
  }

  get #name(): string {
    return this.getAttribute('label') ?? cellName(this.#cell, locale);
  }

  #drawNumber(estimate: Estimate): void {
    const { words, number, measure, said, range } = tallyWords(estimate, numbers);
    const { tone, text } = stateWords(
      this.#state,
      this.#contactAt,
      { fresh: !this.#readFailed, stale: (this.#tally?.stale ?? null) !== null },
      times,
    );
    const phrase = make('p', 'phrase');
    if (words !== '') phrase.append(make('span', 'words', words), ' ');
    phrase.append(make('strong', 'number', number), ' ', make('span', 'measure', measure));
    if (said !== '') phrase.append(' ', make('span', 'said', said));
    const isNew = this.#last !== null && this.#last.phrase !== estimate.phrase;
    if (isNew) {
      phrase.classList.add('changed');
      this.#heard.textContent = `${this.#name} is now ${estimate.phrase}`;
    }
    const link = make('a', 'link', 'How this number came about');
    link.href = `${this.#base}/incidents/${this.#slug}`;
    link.target = '_blank';
    link.rel = 'noopener';
    const method = this.getAttribute('method');
    const parts = [
      make('p', 'label', this.#name),
      phrase,
      ...(range === '' ? [] : [make('p', 'range', range)]),
      make(
        'p',
        'state',
        make('span', 'dot'),
        `${text}${method === null ? '' : ` · ${methodInWords(method)}`} · `,
        link,
      ),
    ];
    // The mark of a change lives as long as what it marks: heartbeats draw nothing anew.
    const key = [estimate.phrase, range, tone, text, method].join('\n');
    if (this.#drawn === key) return;
    this.#drawn = key;
    this.#last = estimate;
    this.#show(tone, ...parts);
  }

  #drawn = '';

  #show(tone: string, ...parts: readonly Node[]): void {
    if (!parts.some((part) => part instanceof HTMLElement && part.matches('[part=phrase]'))) this.#drawn = '';
    this.#box.className = tone;
    this.#box.replaceChildren(...parts);
  }
}

if (customElements.get('tollbook-tally') === undefined) {
  customElements.define('tollbook-tally', TollbookTally);
  globalThis.addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
}

if (script !== null && script.dataset['frame'] !== undefined) fillFrame(globalThis.location);
