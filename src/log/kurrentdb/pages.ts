import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  ErrorType,
  type KurrentDBClient,
  type RecordedEvent,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { type LogEvent, LogUnavailableError, type Position, type StreamRevision } from '../event-log.js';
import type { Connection } from './connection.js';
import { isOfType, logError } from './fault.js';
import { fromStored, type StoredEvent } from './stored-event.js';
import type { StoreGuard } from './store-name.js';
import { appendEventsMax, positionOf, type serverPositionOf } from './token.js';
import { answered, NoAnswerError, wait } from './waiting.js';
import { WholeAppends } from './whole-appends.js';

/** Events of the first page of a read, and of those after it: many want the beginning only. */
const firstPageEvents = 100;
const pageEvents = 1_000;
/** Where events are small a page has more of them, since each costs the server a new beginning: up to so much, in bytes. */
const pageBytes = 4 * 1024 * 1024;
const pageEventsMax = 8_000;
/** Events handed on at once, and then to the end of the append: who works on them has others to serve. */
const batchEvents = 1_000;
/** A page that is not whole after so many ms does not come. */
const pageMsMax = 15_000;
/** How often a page is tried, where need be through a client of its own, and the wait before each, in ms times the attempt. */
const attemptsMax = 4;
const againMs = 100;

/** All of Tollbook's streams begin so; others of the server are none of its log. */
export const ownPrefix = 'tollbook-';

type From = ReturnType<typeof serverPositionOf>;
type Read<E> = (client: KurrentDBClient) => AsyncIterable<E>;

/**
 * Reads of the server, page by page to the end of each: one that is left in the middle goes on behind one's back. A page
 * that fails is read again through a new client.
 */
export class Pages {
  constructor(
    private readonly connection: Connection,
    private readonly guard: StoreGuard,
    /** @throws LogUnavailableError once the log is closed */
    private readonly assertOpen: () => void,
  ) {}

  /** A stream's whole appends from a revision on. */
  async *ofStream(stream: string, from: StreamRevision): AsyncGenerator<readonly LogEvent[], void> {
    let next = from;
    yield* this.#batches(
      (size) => {
        const at = next;
        return this.whole((client) => client.readStream(stream, { fromRevision: at, maxCount: size }));
      },
      (last) => {
        next = last.event.revision + 1n;
      },
    );
  }

  /** Whole appends of all streams whose name begins so, after a position of the server. */
  async *ofAll(after: From, prefix: string): AsyncGenerator<readonly LogEvent[], void> {
    const filter = streamNameFilter({ prefixes: [prefix] });
    let from = after;
    yield* this.#batches(
      (size) => {
        const at = from;
        return this.whole((client) => client.readAll({ fromPosition: at, maxCount: size, filter }));
      },
      ({ commit }) => {
        from = { commit, prepare: commit };
      },
      // Reading begins with the position that it is given.
      ({ commit }) => typeof from === 'string' || commit > from.commit,
    );
  }

  /** Position of the last event of the last whole append in streams whose name begins so; `0n` where there is none. */
  async head(prefix = ownPrefix): Promise<Position> {
    const filter = streamNameFilter({ prefixes: [prefix] });
    // Of an append that is being written a part may be seen; before it stands a whole one.
    for (const maxCount of [1, appendEventsMax + 1]) {
      const page = await this.whole((client) =>
        client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount, filter }),
      );
      for (const { event } of page) {
        const stored = event === undefined ? null : fromStored(event);
        if (stored !== null && stored.place === stored.size - 1) return positionOf(stored.commit, stored.place);
      }
      if (page.length < maxCount) break;
    }
    return 0n;
  }

  /** The server's own commit position of its last record, whoever wrote it. */
  async end(): Promise<bigint> {
    const [last] = await this.whole((client) =>
      client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }),
    );
    return last?.event?.position?.commit ?? 0n;
  }

  /** The record that begins at a position of the server; `null` where none does. */
  async recordAt(commit: bigint): Promise<RecordedEvent | null> {
    const read: Read<AllStreamResolvedEvent> = (client) =>
      client.readAll({ fromPosition: { commit, prepare: commit }, maxCount: 1 });
    // Where no record begins there, the server answers each time as if it were away; that it is not, another read tells.
    for (let attempt = 1; ; attempt += 1)
      try {
        const [found] = await this.#once(this.connection.reading.current, read);
        return found?.event?.position?.commit === commit ? found.event : null;
      } catch (error) {
        const fault = logError(error, 'read', this.connection.server);
        if (!(fault instanceof LogUnavailableError)) throw fault;
        await this.end();
        if (attempt > 1) return null;
      }
  }

  /** A page, whole. What is not there is an empty page. */
  async whole<E>(read: Read<E>): Promise<readonly E[]> {
    for (let attempt = 1; ; attempt += 1) {
      this.assertOpen();
      const client = this.connection.reading.current;
      try {
        return await this.#once(client, read);
      } catch (error) {
        if (isOfType(error, ErrorType.STREAM_NOT_FOUND)) return [];
        const fault = logError(error, 'read', this.connection.server);
        if (!(fault instanceof LogUnavailableError)) throw fault;
        this.guard.suspect();
        this.connection.reading.renew(client);
        // Who waited so long once is told.
        if (attempt >= attemptsMax || error instanceof NoAnswerError) throw fault;
        await wait(againMs * attempt);
      }
    }
  }

  async #once<E>(client: KurrentDBClient, read: Read<E>): Promise<readonly E[]> {
    await this.guard.check();
    const page = async (): Promise<readonly E[]> => {
      const events: E[] = [];
      for await (const each of read(client)) events.push(each);
      return events;
    };
    return answered(page(), pageMsMax, this.connection.server);
  }

  async *#batches(
    read: (size: number) => Promise<readonly { readonly event?: RecordedEvent }[]>,
    goOnAfter: (last: StoredEvent) => void,
    wanted: (stored: StoredEvent) => boolean = () => true,
  ): AsyncGenerator<readonly LogEvent[], void> {
    const appends = new WholeAppends();
    let size = firstPageEvents;
    const ask = (): ReturnType<typeof read> => {
      const page = read(size);
      // Whoever stops before they have waited for it does not want to hear how it went.
      page.catch(() => undefined);
      return page;
    };
    let coming = ask();
    for (;;) {
      this.assertOpen();
      const page = await coming;
      const isFull = page.length >= size;
      const batches: (readonly LogEvent[])[] = [];
      let first: StoredEvent | null = null;
      let last: StoredEvent | null = null;
      for (const { event } of page) {
        const stored = event === undefined ? null : fromStored(event);
        if (stored === null || !wanted(stored)) continue;
        appends.add(stored);
        first ??= stored;
        last = stored;
        if (appends.count >= batchEvents) batches.push(appends.take());
      }
      if (last !== null) goOnAfter(last);
      if (isFull) {
        // While these are worked on, the next ones come. Who stops early has asked for a page too many.
        size = first === null || last === null ? pageEvents : nextSize(first.commit, last.commit, page.length);
        coming = ask();
      }
      if (appends.count > 0) batches.push(appends.take());
      yield* batches;
      if (!isFull) return;
    }
  }
}

/** The next page's size, by how much of the log this one took: what others wrote in between counts, and makes it smaller. */
const nextSize = (firstCommit: bigint, lastCommit: bigint, events: number): number => {
  const each = Math.max(1, Number(lastCommit - firstCommit) / events);
  return Math.min(pageEventsMax, Math.max(pageEvents, Math.floor(pageBytes / each)));
};
