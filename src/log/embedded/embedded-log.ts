import { setImmediate } from 'node:timers/promises';
import {
  type AppendResult,
  type Checkpoint,
  type EventLog,
  type LogEvent,
  type LogMessage,
  LogRefusedError,
  LogUnavailableError,
  type NewLogEvent,
  type Position,
  type StreamRevision,
  type SubscribeOptions,
} from '../event-log.js';
import { storedForm } from '../stored-form.js';
import type { AppendQueue } from './append-queue.js';
import { CommitTail } from './commit-tail.js';
import { PageSize } from './page-size.js';
import type { StoreLock } from './store-lock.js';
import type { Page, StoreReader } from './store-reader.js';

/** The event log in a directory of this machine. Made by `openEmbeddedLog`. */
export class EmbeddedLog implements EventLog {
  readonly isShared = false;
  readonly epoch: string;
  readonly #directory: string;
  readonly #lock: StoreLock;
  readonly #queue: AppendQueue;
  readonly #reader: StoreReader;
  /** Those who wait for the next commit, or for the end. */
  readonly #wakers = new Set<() => void>();
  /** One for each subscription. */
  readonly #tails = new Set<CommitTail>();
  #lost: LogUnavailableError | null = null;
  #closing: Promise<void> | null = null;

  constructor(epoch: string, directory: string, lock: StoreLock, queue: AppendQueue, reader: StoreReader) {
    this.epoch = epoch;
    this.#directory = directory;
    this.#lock = lock;
    this.#queue = queue;
    this.#reader = reader;
    queue.onCommitted = (appends) => {
      for (const tail of this.#tails) for (const append of appends) tail.push(append);
      this.#wake();
    };
    queue.onDoubt = () => {
      for (const tail of this.#tails) tail.doubt();
      this.#wake();
    };
    queue.onLost = (error) => {
      this.#lost = error;
      this.#wake();
    };
  }

  async append(stream: string, expected: StreamRevision, events: readonly NewLogEvent[]): Promise<AppendResult> {
    const { bodies, bytes } = storedForm(stream, expected, events);
    this.#assertOpen();
    const outcome = await this.#queue.append({ stream, expected: Number(expected), bodies }, events, bytes);
    if (!outcome.ok) return { ok: false, actual: BigInt(outcome.actual) };
    const positions = bodies.map((_, place) => BigInt(outcome.position + place));
    return { ok: true, revision: BigInt(outcome.revision), positions };
  }

  async *readStream(stream: string, from: StreamRevision = 0n): AsyncGenerator<readonly LogEvent[], void> {
    if (from < 0n) throw new RangeError(`readStream from ${from}: a revision is 0 or more`);
    yield* this.#batches(Number(from), (at, rowsMax) => {
      const page = this.#reader.streamFrom(stream, at, rowsMax);
      return page === null ? null : { page, next: page.end + 1 };
    });
  }

  async *readAll({
    after,
    streamPrefix,
  }: {
    readonly after: Checkpoint | null;
    readonly streamPrefix: string;
  }): AsyncGenerator<readonly LogEvent[], void> {
    yield* this.#batches(this.#startAfter(after), (at, rowsMax) => {
      const page = this.#reader.eventsAfter(at, rowsMax, streamPrefix);
      return page === null ? null : { page, next: page.end };
    });
  }

  async *subscribe({ after, streamPrefix, signal }: SubscribeOptions): AsyncGenerator<LogMessage, void> {
    const tail = new CommitTail();
    this.#tails.add(tail);
    try {
      yield* this.#follow(tail, this.#startAfter(after), streamPrefix, signal);
    } finally {
      this.#tails.delete(tail);
    }
  }

  async *#follow(
    tail: CommitTail,
    start: number,
    streamPrefix: string,
    signal: AbortSignal,
  ): AsyncGenerator<LogMessage, void> {
    const size = new PageSize();
    let position = start;
    let caughtUp = false;
    while (!signal.aborted && this.#closing === null) {
      if (this.#lost !== null) throw this.#lost;
      const tailed = tail.take(position, streamPrefix);
      let found: { readonly events: readonly LogEvent[]; readonly end: number } | null = null;
      if (tailed.kind === 'events') found = tailed;
      else if (tailed.kind === 'notHeld') {
        const page = this.#reader.eventsAfter(position, size.rows, streamPrefix);
        if (page === null) tail.reachedHead();
        else size.learn(page);
        found = page;
      }
      if (found === null) {
        if (caughtUp) {
          await this.#committedOrEnded(signal);
          // Those who appended first: their callers have been told, and know what they hear of next.
          await setImmediate();
        } else {
          caughtUp = true;
          yield { kind: 'caughtUp', checkpoint: checkpoint(position) };
        }
        continue;
      }
      position = found.end;
      // Nothing is queued for a slow reader: it comes back here when it is done, and the log is the buffer.
      if (found.events.length > 0) yield { kind: 'events', events: found.events };
      else yield { kind: 'checkpoint', checkpoint: checkpoint(position) };
      await setImmediate();
    }
  }

  async head(): Promise<Position> {
    this.#assertOpen();
    return BigInt(this.#reader.head());
  }

  eventsBetween(after: Position, upTo: Position): number {
    return Number(upTo - after);
  }

  async checkpointAt(position: Position): Promise<(Checkpoint & { eventId: string }) | null> {
    this.#assertOpen();
    if (position < 1n || position > BigInt(Number.MAX_SAFE_INTEGER)) return null;
    const event = this.#reader.eventAt(Number(position));
    return event === null ? null : { ...checkpoint(Number(position)), eventId: event.id };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // `#closing` is set only when this first turn is over.
    await Promise.resolve();
    this.#wake();
    // Before the writer: whoever closes last moves the write-ahead log into the store, which a reader may not.
    this.#reader.close();
    await this.#queue.close();
    this.#lock.release();
  }

  /** Page by page, so that the event loop gets its turn in between. */
  async *#batches(
    start: number,
    read: (at: number, rowsMax: number) => { readonly page: Page; readonly next: number } | null,
  ): AsyncGenerator<readonly LogEvent[], void> {
    const size = new PageSize();
    this.#assertOpen();
    let at = start;
    for (let found = read(at, size.rows); found !== null; found = read(at, size.rows)) {
      at = found.next;
      size.learn(found.page);
      if (found.page.events.length > 0) yield found.page.events;
      await setImmediate();
      this.#assertOpen();
    }
  }

  /** A checkpoint ahead of the log is of another log, or of a lost part of this one: reading on would skip events. */
  #startAfter(after: Checkpoint | null): number {
    this.#assertOpen();
    if (after === null) return 0;
    const head = this.#reader.head();
    if (after.position < 0n || after.position > BigInt(head)) {
      throw new LogRefusedError(
        `Checkpoint ${after.position} is not of the event log in ${this.#directory}, which ends at ${head}. Start from the beginning (tollbook rebuild)`,
      );
    }
    return Number(after.position);
  }

  #committedOrEnded(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#wakers.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#wakers.add(done);
      signal.addEventListener('abort', done);
    });
  }

  #wake(): void {
    for (const waker of this.#wakers) waker();
  }

  #assertOpen(): void {
    if (this.#closing !== null) throw new LogUnavailableError(`The event log in ${this.#directory} is closed`, false);
  }
}

function checkpoint(position: number): Checkpoint {
  return { position: BigInt(position), token: String(position) };
}
