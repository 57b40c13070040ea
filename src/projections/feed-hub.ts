import type { Refusal } from '../domain/refusal.js';
import type { Position } from '../log/event-log.js';
import { type FeedBounds, type FeedReader, FeedSession, type FeedSource, type FeedStart } from './feed-session.js';
import type { Frame } from './frame-history.js';
import type { IncidentCache } from './incident-cache.js';
import { readCursor } from './sse.js';

export const heartbeatMs = 15_000;
/** Unsent bytes of one reader before it is let go: some thousand frames of one cell. */
export const unsentBytesMax = 1024 * 1024;
/** Frames that one reader may be sent to resume. */
export const replayFramesMax = 10_000;
/** How long a reader that follows several incidents waits for the feed to reach what its snapshots show, in ms. */
export const settleMsMax = 5_000;
/** Readers come back within so many ms after a shutdown, spread evenly. */
export const reconnectSpreadMs = 10_000;
/** How long who asks for the feed of all incidents waits for their list to be made, in ms. */
const listReadyMsMax = 5_000;
const busyRetrySeconds = 5;

export interface FeedRequest {
  readonly incidents: readonly string[] | 'all';
  /** Last-Event-ID as it came; `null` on a first connect. */
  readonly lastEventId: string | null;
}

export type FeedAdmission =
  /** Send the headers, then start; what it gives back ends the session (call it when the connection closes). */
  | { readonly kind: 'admitted'; readonly start: (reader: FeedReader) => () => void }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterSeconds: number };

export interface FeedHubDeps {
  readonly cache: IncidentCache;
  /** Position of the log's last event. */
  readonly head: () => Promise<Position>;
  /** All incidents with something after a position; `null` while that is not known within the bound. */
  readonly slugsAfter: (position: Position, timeoutMs: number) => Promise<readonly string[] | null>;
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
  readonly heartbeatMs?: number;
  readonly unsentBytesMax?: number;
  readonly replayFramesMax?: number;
  readonly settleMsMax?: number;
  readonly reconnectSpreadMs?: number;
}

/** Gives each frame to every reader that follows its incident: the same bytes, in the order of the log. */
export class FeedHub {
  readonly #sessions = new Set<FeedSession>();
  readonly #ofAll = new Set<FeedSession>();
  readonly #ofIncident = new Map<string, Set<FeedSession>>();
  readonly #bounds: FeedBounds;
  readonly #source: FeedSource;
  readonly #heartbeat: NodeJS.Timeout;
  #waiting: { readonly position: Position; readonly callback: () => void }[] = [];
  #publishedTo: Position = 0n;
  #draining = false;

  constructor(private readonly deps: FeedHubDeps) {
    this.#bounds = {
      unsentBytesMax: deps.unsentBytesMax ?? unsentBytesMax,
      replayFramesMax: deps.replayFramesMax ?? replayFramesMax,
      settleMsMax: deps.settleMsMax ?? settleMsMax,
    };
    const publishedTo = (): Position => this.#publishedTo;
    this.#source = {
      epoch: deps.cache.epoch,
      cache: deps.cache,
      get publishedTo() {
        return publishedTo();
      },
      whenPublished: (position, callback) => this.#whenPublished(position, callback),
      slugs: async (followed, after) => {
        if (followed !== 'all') return [...new Set(followed)];
        const slugs = await deps.slugsAfter(after, listReadyMsMax);
        if (slugs === null) throw new Error('the list of incidents is still being made');
        return slugs;
      },
      head: deps.head,
      retryMs: () => this.#retryMs(),
      onError: deps.onError,
    };
    this.#heartbeat = setInterval(() => this.beat(), deps.heartbeatMs ?? heartbeatMs);
    // A service that ends does not wait for the next heartbeat.
    this.#heartbeat.unref();
  }

  get readerCount(): number {
    return this.#sessions.size;
  }

  /** Whether anybody follows an incident. */
  isFollowed(slug: string): boolean {
    return this.#ofAll.size > 0 || this.#ofIncident.has(slug);
  }

  /**
   * Looks at a request before anything is answered.
   * @throws LogUnavailableError, LogRefusedError
   */
  async admit({ incidents, lastEventId }: FeedRequest): Promise<FeedAdmission> {
    if (this.#draining)
      return { kind: 'unavailable', detail: 'The service is about to stop.', retryAfterSeconds: busyRetrySeconds };
    if (incidents === 'all') {
      if ((await this.deps.slugsAfter(-1n, listReadyMsMax)) === null)
        return {
          kind: 'unavailable',
          detail: 'The list of incidents is still being made.',
          retryAfterSeconds: busyRetrySeconds,
        };
    } else
      for (const slug of incidents) {
        const found = await this.deps.cache.read(slug, (incident) => incident.ledger.state.scheme !== null);
        if (found !== true)
          return {
            kind: 'refused',
            refusal: { code: 'incident-not-found', detail: `There is no incident ${slug}.`, errors: [] },
          };
      }
    return { kind: 'admitted', start: (reader) => this.#attach(reader, incidents, this.#startOf(lastEventId)) };
  }

  /** Hands one frame to its readers. Frames come in the order of the log. */
  publish(frame: Frame): void {
    // Who waits for what lies before this frame goes live before it is handed out.
    this.advance(frame.position - 1n);
    const readers = this.#ofIncident.get(frame.incident);
    if (readers !== undefined) for (const session of readers) session.deliver(frame);
    for (const session of this.#ofAll) session.deliver(frame);
    this.advance(frame.position);
  }

  /** Notes that everything up to a position has been published, or is of no interest to anybody. */
  advance(position: Position): void {
    if (position <= this.#publishedTo) return;
    this.#publishedTo = position;
    if (this.#waiting.length === 0) return;
    const due = this.#waiting.filter((each) => each.position <= position);
    this.#waiting = this.#waiting.filter((each) => each.position > position);
    for (const { callback } of due) callback();
  }

  /** Starts over with the readers of an incident: what changed cannot be told as frames. */
  resync(slug: string): void {
    for (const session of [...(this.#ofIncident.get(slug) ?? []), ...this.#ofAll]) session.restart();
  }

  /** A heartbeat to everyone. */
  beat(): void {
    for (const session of this.#sessions) session.beat();
  }

  /** Asks every reader to come back at a time of its own, and ends. New readers are not let in. */
  drain(): Promise<void> {
    this.#draining = true;
    clearInterval(this.#heartbeat);
    for (const session of this.#sessions) session.endWithRetry();
    return Promise.resolve();
  }

  #attach(reader: FeedReader, incidents: readonly string[] | 'all', start: FeedStart): () => void {
    const session = new FeedSession(this.#source, reader, incidents, this.#bounds, (closed) => this.#forget(closed));
    if (this.#draining) {
      session.endWithRetry();
      return () => undefined;
    }
    // Part of publication first, reading after: nothing falls between.
    this.#sessions.add(session);
    if (incidents === 'all') this.#ofAll.add(session);
    else
      for (const slug of incidents) {
        const readers = this.#ofIncident.get(slug);
        if (readers === undefined) this.#ofIncident.set(slug, new Set([session]));
        else readers.add(session);
      }
    void session.start(start);
    return () => session.close();
  }

  #forget(session: FeedSession): void {
    this.#sessions.delete(session);
    this.#ofAll.delete(session);
    if (session.followed === 'all') return;
    for (const slug of session.followed) {
      const readers = this.#ofIncident.get(slug);
      readers?.delete(session);
      if (readers?.size === 0) this.#ofIncident.delete(slug);
    }
  }

  #startOf(lastEventId: string | null): FeedStart {
    if (lastEventId === null || lastEventId === '') return { kind: 'snapshot', reset: null };
    const cursor = readCursor(lastEventId, this.deps.cache.epoch);
    return cursor.kind === 'position'
      ? { kind: 'replay', after: cursor.position }
      : { kind: 'snapshot', reset: 'epoch' };
  }

  #whenPublished(position: Position, callback: () => void): void {
    if (position <= this.#publishedTo) callback();
    else this.#waiting.push({ position, callback });
  }

  #retryMs(): number {
    return this.deps.random() * (this.deps.reconnectSpreadMs ?? reconnectSpreadMs);
  }
}
