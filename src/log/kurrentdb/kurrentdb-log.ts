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
import { Appender } from './appender.js';
import type { Connection } from './connection.js';
import { logError } from './fault.js';
import { ownPrefix, Pages } from './pages.js';
import { storedOrNull } from './stored-event.js';
import { StoreGuard } from './store-name.js';
import { messagesOf } from './subscription.js';
import { checkpointOf, eventsBetweenMost, partsOf, serverPositionOf } from './token.js';

/** The event log on a KurrentDB. Made by `openKurrentDbLog`. */
export class KurrentDbLog implements EventLog {
  readonly isShared = true;
  readonly #guard: StoreGuard;
  readonly #pages: Pages;
  readonly #appender: Appender;
  readonly #closed = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(
    readonly epoch: string,
    private readonly connection: Connection,
  ) {
    this.#guard = new StoreGuard(connection, epoch);
    this.#pages = new Pages(connection, this.#guard, () => this.#assertOpen());
    // Appends under way are finished while the log closes, reads of theirs too.
    const always = new Pages(connection, this.#guard, () => undefined);
    this.#appender = new Appender(connection, this.#guard, always, () => this.#closing !== null);
  }

  async append(stream: string, expected: StreamRevision, events: readonly NewLogEvent[]): Promise<AppendResult> {
    const { bodies } = storedForm(stream, expected, events);
    this.#assertOpen();
    const appending = this.#appender.append(stream, expected, bodies);
    this.#underWay.add(appending);
    try {
      return await appending;
    } finally {
      this.#underWay.delete(appending);
    }
  }

  async *readStream(stream: string, from: StreamRevision = 0n): AsyncGenerator<readonly LogEvent[], void> {
    if (from < 0n) throw new RangeError(`readStream from ${from}: a revision is 0 or more`);
    yield* this.#pages.ofStream(stream, from);
  }

  async *readAll({
    after,
    streamPrefix,
  }: {
    readonly after: Checkpoint | null;
    readonly streamPrefix: string;
  }): AsyncGenerator<readonly LogEvent[], void> {
    this.#assertOpen();
    await this.#guard.ask();
    await this.#assertNotAhead(after);
    yield* this.#pages.ofAll(serverPositionOf(after), streamPrefix === '' ? ownPrefix : streamPrefix);
  }

  async *subscribe({ after, streamPrefix, signal }: SubscribeOptions): AsyncGenerator<LogMessage, void> {
    this.#assertOpen();
    if (signal.aborted) return;
    await this.#guard.ask();
    await this.#assertNotAhead(after);
    try {
      yield* messagesOf({
        client: this.connection.writing.current,
        after,
        streamPrefix,
        head: () => this.#pages.head(streamPrefix),
        signal: AbortSignal.any([signal, this.#closed.signal]),
      });
    } catch (error) {
      throw logError(error, 'read', this.connection.server);
    } finally {
      // However it ended, quietly too: the server may have gone.
      if (!signal.aborted) this.#guard.suspect();
    }
  }

  async head(): Promise<Position> {
    this.#assertOpen();
    return this.#pages.head();
  }

  async checkpointAt(position: Position): Promise<(Checkpoint & { eventId: string }) | null> {
    this.#assertOpen();
    // What comes from outside is not given to the server as it comes.
    if (position < 1n || position > (await this.head())) return null;
    const { lastCommit, place } = partsOf(position);
    const end = storedOrNull(await this.#pages.recordAt(lastCommit));
    if (end === null || end.place !== end.size - 1 || place >= end.size) return null;
    if (place === end.place)
      return { ...checkpointOf(position, { commit: end.commit, prepare: end.commit }), eventId: end.event.id };
    const revision = end.event.revision - BigInt(end.place - place);
    const { stream } = end.event;
    const [found] = await this.#pages.whole((client) =>
      client.readStream(stream, { fromRevision: revision, maxCount: 1 }),
    );
    const inside = storedOrNull(found?.event ?? null);
    if (inside === null || inside.place !== place)
      throw new LogRefusedError(`Stream ${stream} does not hold an append as it was stored, at revision ${revision}`);
    return { ...checkpointOf(position, { commit: inside.commit, prepare: inside.commit }), eventId: inside.event.id };
  }

  eventsBetween(after: Position, upTo: Position): number {
    return eventsBetweenMost(after, upTo);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // `#closing` is set only when this first turn is over.
    await Promise.resolve();
    this.#closed.abort();
    await Promise.allSettled(this.#underWay);
    await this.connection.close();
  }

  /**
   * A checkpoint ahead of the log is of another log, or of a lost part of this one: reading on would skip events. What
   * is looked at is the server's own position: past the last event of ours its checkpoints tell how far it has looked.
   */
  async #assertNotAhead(after: Checkpoint | null): Promise<void> {
    const from = serverPositionOf(after);
    if (after === null || typeof from === 'string') return;
    const end = await this.#pages.end();
    if (from.commit > end)
      throw new LogRefusedError(
        `Checkpoint ${after.token} is not of the event log at ${this.connection.server}, which ends at ${end}. Start from the beginning (tollbook rebuild)`,
      );
  }

  #assertOpen(): void {
    this.#guard.assertNotReplaced();
    if (this.#closing !== null)
      throw new LogUnavailableError(`The event log at ${this.connection.server} is closed`, false);
  }
}
