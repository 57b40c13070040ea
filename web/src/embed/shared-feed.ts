import { feedPath } from '../api/paths.js';
import type { Fetch } from '../api/request.js';
import type { Frame, Tally } from '../api/shapes.js';
import { FeedClient, type FeedState } from '../feed/feed-client.js';
import { applyFrame } from '../tally/apply-frame.js';

/** No frame tells that an incident can be read again: while one cannot, the feed is begun anew after so many ms. */
const staleRetryMs = 60_000;

/** Whoever shows a number of an incident. */
export interface FeedReader {
  readonly incident: string;
  /** The whole tally, at first and after each filing; `frame` is that filing. */
  readonly onTally: (tally: Tally, frame: Frame | null) => void;
  /** `contactAt` is when the service was last heard, Unix milliseconds; `null` before the first time. */
  readonly onState: (state: FeedState, contactAt: number | null) => void;
}

/**
 * One connection for all elements of a page: browsers allow few to one service, and a page may show many numbers. It
 * starts anew when an incident joins that it does not follow yet.
 */
export class SharedFeed {
  readonly #base: string;
  readonly #fetch: Fetch | undefined;
  readonly #readers = new Set<FeedReader>();
  readonly #tallies = new Map<string, Tally>();
  #client: FeedClient | null = null;
  #followed = '';
  #state: FeedState = { phase: 'connecting' };
  #contactAt: number | null = null;
  #planned = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #staleRetryMs: number;

  /** @param base the service's origin */
  constructor(base: string, fetch?: Fetch, retryMs = staleRetryMs) {
    this.#base = base;
    this.#fetch = fetch;
    this.#staleRetryMs = retryMs;
  }

  /** @returns ends the reading */
  add(reader: FeedReader): () => void {
    this.#readers.add(reader);
    const known = this.#tallies.get(reader.incident);
    if (known !== undefined) reader.onTally(known, null);
    reader.onState(this.#state, this.#contactAt);
    this.#plan();
    return () => {
      this.#readers.delete(reader);
      this.#plan();
    };
  }

  /** The device is back online, or the page in view: not a moment to wait out a delay. */
  retryNow(): void {
    this.#client?.retryNow();
  }

  /** Elements of one page come one after the other: the connection waits for the last of them. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      this.#follow();
    });
  }

  #follow(): void {
    const slugs = [...new Set([...this.#readers].map((reader) => reader.incident))].toSorted();
    const wanted = slugs.join(',');
    const isFollowed = slugs.every((slug) => this.#followed.split(',').includes(slug));
    if (slugs.length > 0 && isFollowed) return;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#client?.stop();
    this.#client = null;
    this.#followed = wanted;
    this.#tallies.clear();
    if (slugs.length === 0) return;
    this.#client = new FeedClient({
      path: `${this.#base}${feedPath(slugs)}`,
      key: null,
      lastEventId: null,
      onMessage: (message) => {
        if (message.kind === 'snapshot') this.#take(message.tally, null);
        if (message.kind !== 'revision') return;
        const { frame } = message;
        const before = this.#tallies.get(frame.incident);
        const after = before === undefined ? undefined : applyFrame(before, frame);
        if (after !== undefined && after !== before) this.#take(after, frame);
      },
      onState: (state) => {
        this.#state = state;
        this.#tell();
      },
      onContact: (at) => {
        this.#contactAt = at;
        this.#tell();
      },
      ...(this.#fetch === undefined ? {} : { fetch: this.#fetch }),
    });
    this.#client.start();
  }

  #take(tally: Tally, frame: Frame | null): void {
    if (tally.stale !== null)
      this.#retry ??= setTimeout(() => {
        this.#followed = '';
        this.#follow();
      }, this.#staleRetryMs);
    this.#tallies.set(tally.incident, tally);
    for (const reader of this.#readers) if (reader.incident === tally.incident) reader.onTally(tally, frame);
  }

  #tell(): void {
    for (const reader of this.#readers) reader.onState(this.#state, this.#contactAt);
  }
}
