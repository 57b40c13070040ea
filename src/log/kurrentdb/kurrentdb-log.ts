import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  ErrorType,
  type EventData,
  type KurrentDBClient,
  type RecordedEvent,
  streamNameFilter,
  type WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import {
  type AppendResult,
  type Checkpoint,
  type EventLog,
  type LogEvent,
  type LogMessage,
  LogRefusedError,
  LogUnavailableError,
  type NewLogEvent,
  NO_STREAM,
  type Position,
  type StreamRevision,
  type SubscribeOptions,
} from '../event-log.js';
import { storedForm } from '../stored-form.js';
import type { Connection } from './connection.js';
import { isOfType, logError } from './fault.js';
import { fromStored, toStored } from './stored-event.js';
import { messagesOf } from './subscription.js';
import { checkpointOf, serverPositionOf } from './token.js';
import { WholeAppends } from './whole-appends.js';

/** No answer to an append within so many ms: its outcome is unknown. A server that stops can stay silent for 5 s. */
const appendAnswerMs = 10_000;
/** How often an append whose outcome is not known is sent, and the first wait before it is sent again, in ms; it doubles. */
const appendAttemptsMax = 4;
const appendAgainMs = 50;
/** How often a read is tried, each time through a client of its own, where nothing has come of it yet. */
const readAttemptsMax = 4;
/** Before a read is tried again, in ms, times the attempt. */
const readAgainMs = 100;

/** Events of one page of a read. */
const pageEvents = 1_000;

/** Streams of the server itself begin so; they are not of the log. */
const ownStreams = '^[^$]';

/** The event log on a KurrentDB. Made by `openKurrentDbLog`. */
export class KurrentDbLog implements EventLog {
  readonly #closed = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(
    readonly epoch: string,
    private readonly connection: Connection,
  ) {}

  append(stream: string, expected: StreamRevision, events: readonly NewLogEvent[]): Promise<AppendResult> {
    const appending = this.#append(stream, expected, events);
    const settled = appending.then(
      () => undefined,
      () => undefined,
    );
    this.#underWay.add(settled);
    void settled.then(() => this.#underWay.delete(settled));
    return appending;
  }

  async #append(stream: string, expected: StreamRevision, events: readonly NewLogEvent[]): Promise<AppendResult> {
    const { bodies } = storedForm(stream, expected, events);
    this.#assertOpen();
    let unknown = false;
    const stored = toStored(bodies);
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.#appendOnce(stream, expected, stored);
      } catch (error) {
        if (isOfType(error, ErrorType.WRONG_EXPECTED_VERSION)) {
          const { actualState } = error as WrongExpectedVersionError;
          return { ok: false, actual: typeof actualState === 'bigint' ? actualState : NO_STREAM };
        }
        const fault = logError(error, 'append', this.connection.server);
        if (!(fault instanceof LogUnavailableError)) throw fault;
        unknown ||= fault.outcomeUnknown;
        // A server that is not there is told at once; who asks decides how long to go on.
        if (attempt >= appendAttemptsMax || !fault.outcomeUnknown || this.#closing !== null)
          throw new LogUnavailableError(fault.message, unknown, { cause: error });
        await wait(appendAgainMs * 2 ** (attempt - 1));
      }
  }

  /** The same ids at the same revision each time: so what an attempt stored, the next one finds. */
  async #appendOnce(stream: string, expected: StreamRevision, stored: readonly EventData[]): Promise<AppendResult> {
    const { nextExpectedRevision, position } = await answered(
      this.connection.writing.appendToStream(stream, [...stored], {
        // Always exact: only so does the server know a repeat for certain.
        streamState: expected === NO_STREAM ? 'no_stream' : expected,
      }),
      this.connection.server,
    );
    const positions =
      stored.length === 1 && position !== undefined
        ? [position.commit]
        : await this.#positionsOf(stream, expected + 1n, stored);
    return { ok: true, revision: nextExpectedRevision, positions };
  }

  /** The server answers with the position of the last event only; figures are told by their own. */
  async #positionsOf(stream: string, from: StreamRevision, events: readonly EventData[]): Promise<Position[]> {
    try {
      const positions: Position[] = [];
      const read = await this.#read((client) =>
        client.readStream(stream, { fromRevision: from, maxCount: events.length }),
      );
      for (const { event: recorded } of read) {
        if (recorded === undefined) continue;
        const { event } = fromStored(recorded);
        if (event.id !== events[positions.length]?.id)
          throw new LogRefusedError(
            `Stream ${stream} does not hold what was just appended, at revision ${event.revision}`,
          );
        positions.push(event.position);
      }
      // A node that follows may be a moment behind.
      if (positions.length === events.length) return positions;
      throw new LogUnavailableError(`KurrentDB at ${this.connection.server} does not show an append yet`, true);
    } catch (error) {
      const fault = logError(error, 'read', this.connection.server);
      // Stored it is; the same append again will tell where.
      throw fault instanceof LogUnavailableError
        ? new LogUnavailableError(fault.message, true, { cause: error })
        : fault;
    }
  }

  async *readStream(stream: string, from: StreamRevision = 0n): AsyncGenerator<readonly LogEvent[], void> {
    if (from < 0n) throw new RangeError(`readStream from ${from}: a revision is 0 or more`);
    let next = from;
    yield* this.#batches(
      (client, maxCount) => client.readStream(stream, { fromRevision: next, maxCount }),
      (last) => (next = last.revision + 1n),
    );
  }

  async *readAll({
    after,
    streamPrefix,
  }: {
    readonly after: Checkpoint | null;
    readonly streamPrefix: string;
  }): AsyncGenerator<readonly LogEvent[], void> {
    this.#assertOpen();
    await this.#assertNotAhead(after);
    let done = after;
    yield* this.#batches(
      (client, maxCount) =>
        client.readAll({
          fromPosition: serverPositionOf(done),
          maxCount,
          filter:
            streamPrefix === ''
              ? streamNameFilter({ regex: ownStreams })
              : streamNameFilter({ prefixes: [streamPrefix] }),
        }),
      (last) => (done = checkpointOf({ commit: last.position, prepare: last.position })),
      // Reading begins with the position that it is given.
      (event) => done === null || event.position > done.position,
    );
  }

  async *subscribe({ after, streamPrefix, signal }: SubscribeOptions): AsyncGenerator<LogMessage, void> {
    this.#assertOpen();
    if (signal.aborted) return;
    await this.#assertNotAhead(after);
    try {
      yield* messagesOf({
        client: this.connection.writing,
        from: serverPositionOf(after),
        after,
        streamPrefix,
        signal: AbortSignal.any([signal, this.#closed.signal]),
      });
    } catch (error) {
      throw logError(error, 'read', this.connection.server);
    }
  }

  async head(): Promise<Position> {
    this.#assertOpen();
    const filter = streamNameFilter({ regex: ownStreams });
    const [last] = await this.#read((client) =>
      client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1, filter }),
    );
    return last?.event?.position?.commit ?? 0n;
  }

  async checkpointAt(position: Position): Promise<(Checkpoint & { eventId: string }) | null> {
    this.#assertOpen();
    // A position that no record begins at is answered as if the server were away, so what cannot be is not asked.
    if (position < 1n || position > (await this.head())) return null;
    const at = { commit: position, prepare: position };
    let found: AllStreamResolvedEvent | undefined;
    try {
      [found] = await this.#read((client) => client.readAll({ fromPosition: at, maxCount: 1 }));
    } catch (error) {
      if (!(error instanceof LogUnavailableError)) throw error;
      // Away it is only where another read fails too.
      await this.head();
      return null;
    }
    return found?.event?.position?.commit === position ? { ...checkpointOf(at), eventId: found.event.id } : null;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // `#closing` is set only when this first turn is over.
    await Promise.resolve();
    this.#closed.abort();
    await Promise.all(this.#underWay);
    await this.connection.close();
  }

  /**
   * Whole appends in batches, page by page, since a read that is left in the middle would go on in the background.
   * Where a page breaks off, it is read again after what was handed on.
   */
  async *#batches(
    read: (client: KurrentDBClient, maxCount: number) => AsyncIterable<{ readonly event?: RecordedEvent }>,
    handedOn: (last: LogEvent) => void,
    wanted: (event: LogEvent) => boolean = () => true,
  ): AsyncGenerator<readonly LogEvent[], void> {
    let size = pageEvents;
    for (;;) {
      this.#assertOpen();
      const appends = new WholeAppends();
      let came = 0;
      for (const { event } of await this.#read((client) => read(client, size))) {
        came += 1;
        const stored = event === undefined ? null : fromStored(event);
        if (stored !== null && wanted(stored.event)) appends.add(stored);
      }
      const batch = appends.take();
      const last = batch?.at(-1);
      if (batch !== null && last !== undefined) {
        yield batch;
        handedOn(last);
      }
      if (came < size) return;
      // One append fills more than the page: it is had only whole.
      size = last === undefined ? size * 2 : pageEvents;
    }
  }

  /** A page of a read, whole, tried again through a new client where it fails. What is not there is an empty page. */
  async #read<E>(read: (client: KurrentDBClient) => AsyncIterable<E>): Promise<readonly E[]> {
    for (let attempt = 1; ; attempt += 1) {
      const client = this.connection.reading;
      try {
        const page: E[] = [];
        for await (const each of read(client)) page.push(each);
        return page;
      } catch (error) {
        if (isOfType(error, ErrorType.STREAM_NOT_FOUND)) return [];
        const fault = logError(error, 'read', this.connection.server);
        if (!(fault instanceof LogUnavailableError)) throw fault;
        this.connection.renewReading(client);
        if (attempt >= readAttemptsMax || this.#closing !== null) throw fault;
        await wait(readAgainMs * attempt);
      }
    }
  }

  /** A checkpoint ahead of the log is of another log, or of a lost part of this one: reading on would skip events. */
  async #assertNotAhead(after: Checkpoint | null): Promise<void> {
    if (after === null || after.position <= 0n) return;
    const head = await this.head();
    if (after.position > head && !(await this.#isInLog(after)))
      throw new LogRefusedError(
        `Checkpoint ${after.position} is not of the event log at ${this.connection.server}, which ends at ${head}. Start from the beginning (tollbook rebuild)`,
      );
  }

  /** Past our own last event the server's own may follow, and its checkpoints tell how far it has looked. */
  async #isInLog(after: Checkpoint): Promise<boolean> {
    const [last] = await this.#read((client) =>
      client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }),
    );
    const end = last?.event?.position?.commit ?? 0n;
    return after.position <= end;
  }

  #assertOpen(): void {
    if (this.#closing !== null)
      throw new LogUnavailableError(`The event log at ${this.connection.server} is closed`, false);
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The client waits for an answer for ever where the connection dies quietly. */
const answered = async <T>(call: Promise<T>, server: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new LogUnavailableError(`KurrentDB at ${server} did not answer within ${appendAnswerMs} ms`, true)),
      appendAnswerMs,
    );
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
    call.catch(() => undefined);
  }
};
