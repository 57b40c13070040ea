import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { authorised, errorOf, RequestError, unreachable, type Fetch } from '../api/request.js';
import type { Frame, Problem, Tally } from '../api/shapes.js';
import { reconnectDelayMs } from './reconnect-delay.js';

export type FeedMessage =
  | { readonly kind: 'snapshot'; readonly tally: Tally }
  | { readonly kind: 'revision'; readonly frame: Frame }
  | { readonly kind: 'reset'; readonly reason: string };

/** `away` tells why in `problem`; `final` when no further try is made until somebody acts (a key, another address). */
export type FeedState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live' }
  | { readonly phase: 'reconnecting'; readonly since: number; readonly problem: Problem }
  | { readonly phase: 'away'; readonly since: number; readonly problem: Problem; readonly final: boolean };

export interface FeedOptions {
  readonly path: string;
  readonly key: string | null;
  /** `<epoch>:<position>` of what the page already shows, or `null` for a snapshot. */
  readonly lastEventId: string | null;
  readonly onMessage: (message: FeedMessage) => void;
  readonly onState: (state: FeedState) => void;
  /** Any byte from the service, a heartbeat too: until now nothing newer was missed. */
  readonly onContact: (at: number) => void;
  readonly fetch?: Fetch;
  readonly now?: () => number;
  readonly randomly?: () => number;
  /** How long no byte may come (the service sends a heartbeat every 15 s) before the connection counts as dead. */
  readonly silenceMsMax?: number;
  readonly retryMs?: number;
  /** Cut off for longer than this is `away`, no longer `reconnecting`. */
  readonly awayAfterMs?: number;
}

const retryMsDefault = 1000;

const noMoreTries = new Set([400, 401, 403, 404]);

/**
 * Reads a feed and keeps reading it. Not EventSource: that cannot send a key, does not show heartbeats (so that a
 * dead connection looks live for minutes), and hides why it was refused. A resumption sends Last-Event-ID as it would.
 */
export class FeedClient {
  readonly #options: FeedOptions;
  readonly #fetch: Fetch;
  readonly #now: () => number;
  readonly #randomly: () => number;
  #lastEventId: string | null;
  #retryMs: number;
  #attempt = 0;
  #cutAt: number | null = null;
  #stopped = false;
  #connection: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #away: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#now = options.now ?? Date.now;
    this.#randomly = options.randomly ?? Math.random;
    this.#lastEventId = options.lastEventId;
    this.#retryMs = options.retryMs ?? retryMsDefault;
  }

  get lastEventId(): string | null {
    return this.#lastEventId;
  }

  start(): void {
    this.#options.onState({ phase: 'connecting' });
    void this.#connect();
  }

  /** Tries at once instead of waiting: the device came back online, the page back into view. */
  retryNow(): void {
    if (this.#stopped || this.#connection !== null || this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#connect();
  }

  /** Gives the connection up: the device says that it is offline, which its bytes would tell much later. */
  cut(): void {
    this.#connection?.abort();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    clearTimeout(this.#away);
    this.#connection?.abort();
  }

  async #connect(): Promise<void> {
    const connection = new AbortController();
    this.#connection = connection;
    let error: unknown;
    try {
      this.#expectBytes(connection);
      await this.#read(connection);
    } catch (caught) {
      error = caught;
    }
    connection.abort();
    clearTimeout(this.#silence);
    this.#connection = null;
    if (!this.#stopped) this.#cutOff(error);
  }

  async #read(connection: AbortController): Promise<void> {
    const response = await this.#fetch(this.#options.path, {
      headers: {
        accept: 'text/event-stream',
        ...authorised(this.#options.key),
        ...(this.#lastEventId === null ? {} : { 'last-event-id': this.#lastEventId }),
      },
      cache: 'no-store',
      signal: connection.signal,
    });
    if (!response.ok) throw await errorOf(response);
    if (response.body === null) return;
    this.#attempt = 0;
    this.#cutAt = null;
    // What the service asked for spread its readers after one cut; the next one starts anew.
    this.#retryMs = this.#options.retryMs ?? retryMsDefault;
    clearTimeout(this.#away);
    this.#heard(connection);
    this.#options.onState({ phase: 'live' });
    const failures: RequestError[] = [];
    const parser = createParser({
      onEvent: (event) => {
        const failure = this.#take(event);
        if (failure !== null) failures.push(failure);
      },
      onRetry: (ms) => {
        this.#retryMs = ms;
      },
    });
    const text = new TextDecoder();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || this.#stopped) break;
      this.#heard(connection);
      parser.feed(text.decode(value, { stream: true }));
    }
    const [failure] = failures;
    if (failure !== undefined) throw failure;
  }

  /** Hands an event on; an `error` event is the service's reason for ending the stream, and is given back. */
  #take(event: EventSourceMessage): RequestError | null {
    const { onMessage } = this.#options;
    switch (event.event) {
      case 'snapshot':
        onMessage({ kind: 'snapshot', tally: JSON.parse(event.data) as Tally });
        break;
      case 'revision':
        onMessage({ kind: 'revision', frame: JSON.parse(event.data) as Frame });
        break;
      case 'reset':
        this.#lastEventId = null;
        onMessage({ kind: 'reset', reason: (JSON.parse(event.data) as { reason: string }).reason });
        break;
      case 'error':
        return new RequestError({ ...unreachable, ...(JSON.parse(event.data) as Partial<Problem>) });
      default:
        break;
    }
    // After the event was taken: what fails half-way is sent again.
    if (event.id !== undefined && event.id !== '') this.#lastEventId = event.id;
    return null;
  }

  #heard(connection: AbortController): void {
    this.#options.onContact(this.#now());
    this.#expectBytes(connection);
  }

  #expectBytes(connection: AbortController): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      connection.abort();
    }, this.#options.silenceMsMax ?? 40_000);
  }

  #cutOff(error: unknown): void {
    const problem = error instanceof RequestError ? error.problem : unreachable;
    const now = this.#now();
    this.#cutAt ??= now;
    if (noMoreTries.has(problem.status)) {
      clearTimeout(this.#away);
      this.#options.onState({ phase: 'away', since: this.#cutAt, problem, final: true });
      return;
    }
    const cutAt = this.#cutAt;
    const leftMs = cutAt + (this.#options.awayAfterMs ?? 5000) - now;
    clearTimeout(this.#away);
    if (leftMs <= 0) {
      this.#options.onState({ phase: 'away', since: cutAt, problem, final: false });
    } else {
      this.#options.onState({ phase: 'reconnecting', since: cutAt, problem });
      // The next try may be long in coming: the page says that it is away without waiting for it.
      this.#away = setTimeout(() => {
        this.#options.onState({ phase: 'away', since: cutAt, problem, final: false });
      }, leftMs);
    }
    const asked = error instanceof RequestError ? (error.retryAfterMs ?? 0) : 0;
    const delayMs = Math.max(asked, reconnectDelayMs(this.#attempt, this.#retryMs, this.#randomly));
    this.#attempt += 1;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#connect();
    }, delayMs);
  }
}
