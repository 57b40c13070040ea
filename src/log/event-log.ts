/**
 * The port to the event log: the one thing that Tollbook must never lose.
 *
 * What every adapter promises, and the contract suite in `test/log/contract.ts` proves:
 *
 * - **Durable.** `append` resolves to `ok: true` only once the events are on disk (embedded: after fsync; KurrentDB:
 *   acknowledged by a quorum). Nothing that is not durable is ever visible to `readStream`, `readAll` or `subscribe`.
 * - **Atomic.** All events of one append become visible together, or none does, a crash at any moment included.
 * - **Ordered.** Positions grow strictly in the order of the log; the events of one append are neighbours in their
 *   stream, and in the order given. Positions need not be without gaps.
 * - **Exact expectations.** An append names the stream's last revision (`-1n`: the stream is not there). Anything else
 *   in the stream makes it a conflict: a result, not an exception, since it is expected under load.
 * - **Idempotent.** The same append again (same ids, same contents, same expectation) answers the first success and
 *   stores nothing, also after a restart and after later writes. With the same ids and other contents it is a conflict:
 *   a success always means that what was given is what is stored.
 */

/** The place of an event in the whole log. Opaque but for its order; a string of digits outside the process. */
export type Position = bigint;

/** The place of an event in its stream, counted from 0. */
export type StreamRevision = bigint;

/** The expectation that the stream does not exist yet. */
export const NO_STREAM: StreamRevision = -1n;

/** Upper bound of one append, in bytes as stored: one atomic append on every log (see `docs/decisions`). */
export const appendBytesMax = 900 * 1024;

/** Upper bound of one event, in bytes as stored. */
export const eventBytesMax = 32 * 1024;

/** An event as handed to the log. `data` and `meta` are plain JSON values. */
export interface NewLogEvent {
  /** UUID, lower case. Deterministic where the request gave an idempotency key. */
  readonly id: string;
  /** Event type with its version, e.g. `FigureReported.v1`. */
  readonly type: string;
  readonly data: unknown;
  readonly meta: unknown;
  /**
   * Where the caller has made it already: the event as JSON, `{"id":…,"type":…,"data":…,"meta":…}` in this order, which
   * is what the log then stores.
   */
  readonly text?: string;
}

/** An event as the log gives it back. */
export interface LogEvent extends Omit<NewLogEvent, 'text'> {
  readonly stream: string;
  readonly revision: StreamRevision;
  readonly position: Position;
}

export type AppendResult =
  | {
      readonly ok: true;
      /** The stream's last revision after this append (the first success's, on a repeat). */
      readonly revision: StreamRevision;
      /** Position of each event of the append, in order. */
      readonly positions: readonly Position[];
    }
  | {
      readonly ok: false;
      /** The stream's actual last revision; `NO_STREAM` where there is no stream. */
      readonly actual: StreamRevision;
    };

/** What a subscription says, in log order. */
export type LogMessage =
  /** Whole appends only: a batch never ends inside one. */
  | { readonly kind: 'events'; readonly events: readonly LogEvent[] }
  /** The subscription has reached the head of the log as it was; live from here on. */
  | { readonly kind: 'caughtUp'; readonly checkpoint: Checkpoint }
  /** Progress without events of interest (a filtered log). */
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint };

/** Where a reader stands in the log; `token` is the adapter's own form, stored and handed back as it is. */
export interface Checkpoint {
  readonly position: Position;
  readonly token: string;
}

export interface SubscribeOptions {
  /** Exclusive. `null`: from the beginning. */
  readonly after: Checkpoint | null;
  /** Only streams whose name begins so. */
  readonly streamPrefix: string;
  readonly signal: AbortSignal;
}

/**
 * The log is away or cannot serve now: nothing was stored, or (`outcomeUnknown`) it may have been.
 * The same append may be tried again: it is idempotent.
 */
export class LogUnavailableError extends Error {
  override readonly name = 'LogUnavailableError';
  readonly outcomeUnknown: boolean;
  constructor(message: string, outcomeUnknown: boolean, options?: { cause?: unknown }) {
    super(message, options);
    this.outcomeUnknown = outcomeUnknown;
  }
}

/** The log refuses for good: too large, no space, damaged, locked by another process. The message says what to do. */
export class LogRefusedError extends Error {
  override readonly name = 'LogRefusedError';
}

export interface EventLog {
  /**
   * Names the store. Another value means another log: cursors and checkpoints from it are refused, since a position
   * ahead of, or beside, the log would silently skip events.
   */
  readonly epoch: string;

  /** Whether other processes may append to it, so that conflicts are no rarity. */
  readonly isShared: boolean;

  /**
   * Appends all events or none. Resolves once they are on disk.
   * @param expected the stream's last revision, or `NO_STREAM`
   * @throws LogUnavailableError, LogRefusedError; RangeError on no events, or over `appendBytesMax` / `eventBytesMax`
   */
  append(stream: string, expected: StreamRevision, events: readonly NewLogEvent[]): Promise<AppendResult>;

  /** The stream's events from a revision on (inclusive, 0 by default), in batches; empty where there is none. */
  readStream(stream: string, from?: StreamRevision): AsyncIterable<readonly LogEvent[]>;

  /** All events after a checkpoint (exclusive) whose stream begins so, to the head as it is when reading ends. */
  readAll(options: { after: Checkpoint | null; streamPrefix: string }): AsyncIterable<readonly LogEvent[]>;

  /**
   * Events after a checkpoint, then those to come, until aborted. Does not resubscribe: it throws
   * LogUnavailableError where the log goes away, and the reader subscribes again after what it has processed.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<LogMessage>;

  /** Position of the log's last event; `0n` where it is empty. */
  head(): Promise<Position>;

  /** The checkpoint of the event at a position, or `null` where no event is there (ahead, or between events). */
  checkpointAt(position: Position): Promise<(Checkpoint & { eventId: string }) | null>;

  /** How many events lie after a position up to another one: exact where positions have no gaps, else an upper bound. */
  eventsBetween(after: Position, upTo: Position): number;

  /** Ends subscriptions and releases the store; appends under way are finished first. */
  close(): Promise<void>;
}
