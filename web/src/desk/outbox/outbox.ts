import { mayPass, RequestError, sendJson, unreachable, type Fetch } from '../../api/request.js';
import type { Filed, Problem } from '../../api/shapes.js';
import { keptFilings, type FilingStore } from './filing-store.js';
import type { WaitingFiling } from './waiting-filing.js';

/** Between two tries of what could not be sent, at first and at most, in ms. */
const againMs = 3000;
const againMsMax = 60_000;
/** After this long without an answer it counts as not sent, and is sent again. */
const answerMsMax = 30_000;

export interface OutboxDeps {
  readonly store: FilingStore;
  readonly key: () => string | null;
  /** The desk that this browser files as now, `null` where that is not known. */
  readonly desk: () => string | null;
  readonly fetch?: Fetch;
  /** Runs `work` in one tab at a time, where the browser can see to that. */
  readonly exclusively?: (work: () => Promise<void>) => Promise<void>;
}

export interface OutboxEvents {
  readonly onChange: (filings: readonly WaitingFiling[]) => void;
  readonly onFiled: (filing: WaitingFiling, answer: Filed) => void;
  readonly onRefused: (filing: WaitingFiling, problem: Problem) => void;
}

/** Sends what waits, in its order, until each is answered for; starts over on a reload. */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #events: OutboxEvents;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitMs = againMs;
  #flushing: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(deps: OutboxDeps, events: OutboxEvents) {
    this.#deps = deps;
    this.#events = events;
  }

  get filings(): readonly WaitingFiling[] {
    return keptFilings(this.#deps.store);
  }

  start(): void {
    this.#stopped = false;
    this.#events.onChange(this.filings);
    void this.flush();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Keeps a filing, then sends it. @throws where the browser can keep nothing: it was not sent then */
  add(filing: WaitingFiling): void {
    this.#deps.store.put(filing);
    this.#events.onChange(this.filings);
    this.#waitMs = againMs;
    void this.flush();
  }

  /** Gives a filing up. One that is on its way may have been filed. */
  drop(id: string): void {
    this.#deps.store.remove(id);
    this.#events.onChange(this.filings);
  }

  /** Sends now what waits. Asked while it is at it, it goes over all of them once more. */
  async flush(): Promise<void> {
    if (this.#flushing !== null) {
      this.#again = true;
      return this.#flushing;
    }
    clearTimeout(this.#timer);
    const { exclusively = (work: () => Promise<void>) => work() } = this.#deps;
    this.#flushing = exclusively(() => this.#sendAll());
    try {
      await this.#flushing;
    } finally {
      this.#flushing = null;
    }
    this.#events.onChange(this.filings);
    if (this.#stopped) return undefined;
    if (this.#again) {
      this.#again = false;
      return this.flush();
    }
    if (this.filings.some(({ refused }) => refused !== true)) {
      this.#timer = setTimeout(() => void this.flush(), this.#waitMs);
      this.#waitMs = Math.min(2 * this.#waitMs, againMsMax);
    }
    return undefined;
  }

  async #sendAll(): Promise<void> {
    for (const filing of this.filings) {
      if (this.#stopped) return;
      if (filing.refused === true) continue;
      const desk = this.#deps.desk();
      if (filing.desk !== null && desk !== null && filing.desk !== desk) {
        this.#note({ ...filing, problem: otherDesk(filing.desk) });
        continue;
      }
      // One that waits does not hold up those of another incident, but those after it: they may build on it.
      if (!(await this.#send(filing))) return;
    }
  }

  /** @returns whether there is sense in sending the next one */
  async #send(filing: WaitingFiling): Promise<boolean> {
    const { fetch } = this.#deps;
    try {
      const answer = await sendJson<Filed>(
        { method: 'POST', path: filing.path, body: filing.body, idempotencyKey: filing.id },
        { key: this.#deps.key(), signal: AbortSignal.timeout(answerMsMax), ...(fetch === undefined ? {} : { fetch }) },
      );
      this.#waitMs = againMs;
      // First what follows from it, so that a page that ends here sends it again (and is told the same) rather than not.
      this.#events.onFiled(filing, answer);
      this.#deps.store.remove(filing.id);
      this.#events.onChange(this.filings);
      return true;
    } catch (error) {
      const problem = error instanceof RequestError ? error.problem : unreachable;
      // Who is signed out may sign in again; everything else is a refusal for good.
      if (mayPass(problem) || problem.status === 401) {
        this.#note({ ...filing, problem });
        return false;
      }
      const refused = { ...filing, problem, refused: true };
      this.#note(refused);
      this.#events.onRefused(refused, problem);
      return true;
    }
  }

  /** Writes down how it went, unless it was given up meanwhile. */
  #note(filing: WaitingFiling): void {
    if (this.filings.some(({ id }) => id === filing.id)) this.#deps.store.put(filing);
  }
}

const otherDesk = (desk: string): Problem => ({
  type: 'about:blank',
  title: 'Filed by another desk',
  status: 403,
  detail: `This was written by the desk "${desk}". Sign in as that desk to send it.`,
});
