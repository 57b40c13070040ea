import { randomUUID } from 'node:crypto';
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
} from '../../src/log/event-log.js';
import { storedForm } from '../../src/log/stored-form.js';

/** Events handed out at once, and then to the end of the append. */
const batchEvents = 64;

interface Row {
  readonly stream: string;
  readonly revision: number;
  readonly body: string;
  /** Whether it is the last of its append. */
  readonly last: boolean;
}

/** What a store holds; several logs may stand on one, as several instances do. */
export class MemoryStore {
  readonly epoch = randomUUID();
  readonly rows: Row[] = [];
  readonly streams = new Map<string, { readonly row: number; readonly id: string }[]>();
  readonly wakers = new Set<() => void>();
}

/**
 * The event log in memory, for fast tests: it keeps the contract of the port but for durability. `before` and `after`
 * may hold up or fail an append before it is stored, or after it was stored and before it is answered.
 */
export class MemoryLog implements EventLog {
  readonly isShared: boolean = true;
  before: (stream: string, events: readonly NewLogEvent[]) => Promise<void> | void = () => undefined;
  after: (stream: string, events: readonly NewLogEvent[]) => Promise<void> | void = () => undefined;
  /** Makes every read and subscription fail while set. */
  away = false;
  /** A stream that cannot be read, as one with a damaged event; all others can. */
  damaged: string | null = null;
  appends = 0;
  #closed = false;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(readonly store: MemoryStore = new MemoryStore()) {}

  get epoch(): string {
    return this.store.epoch;
  }

  async append(stream: string, expected: StreamRevision, events: readonly NewLogEvent[]): Promise<AppendResult> {
    const { bodies } = storedForm(stream, expected, events);
    this.#assertUp();
    const ids = events.map(({ id }) => id);
    const storing = (async () => {
      await this.before(stream, events);
      const result = this.#store(stream, Number(expected), ids, bodies);
      if (result.ok) this.appends += 1;
      await this.after(stream, events);
      return result;
    })();
    this.#underWay.add(storing);
    try {
      return await storing;
    } finally {
      this.#underWay.delete(storing);
    }
  }

  async *readStream(stream: string, from: StreamRevision = 0n): AsyncGenerator<readonly LogEvent[], void> {
    this.#assertUp();
    if (stream === this.damaged) throw new LogRefusedError(`an event of ${stream} is damaged`);
    const places = this.store.streams.get(stream) ?? [];
    for (let at = Number(from); at < places.length;) {
      const batch: LogEvent[] = [];
      while (at < places.length) {
        const place = places[at++]!;
        batch.push(this.#event(place.row));
        if (batch.length >= batchEvents && this.store.rows[place.row]!.last) break;
      }
      yield batch;
      await turn();
      this.#assertUp();
    }
  }

  async *readAll({
    after,
    streamPrefix,
  }: {
    readonly after: Checkpoint | null;
    readonly streamPrefix: string;
  }): AsyncGenerator<readonly LogEvent[], void> {
    this.#assertUp();
    for (let at = Number(after?.position ?? 0n); at < this.store.rows.length;) {
      const { events, end } = this.#page(at, streamPrefix);
      at = end;
      if (events.length > 0) yield events;
      await turn();
      this.#assertUp();
    }
  }

  async *subscribe({ after, streamPrefix, signal }: SubscribeOptions): AsyncGenerator<LogMessage, void> {
    let at = Number(after?.position ?? 0n);
    let caughtUp = false;
    while (!signal.aborted && !this.#closed) {
      if (this.away) throw new LogUnavailableError('the log in memory is away', false);
      if (at < this.store.rows.length) {
        const { events, end } = this.#page(at, streamPrefix);
        at = end;
        yield events.length > 0 ? { kind: 'events', events } : { kind: 'checkpoint', checkpoint: checkpoint(at) };
        await turn();
      } else if (!caughtUp) {
        caughtUp = true;
        yield { kind: 'caughtUp', checkpoint: checkpoint(at) };
      } else
        await new Promise<void>((resolve) => {
          const done = (): void => {
            this.store.wakers.delete(done);
            signal.removeEventListener('abort', done);
            resolve();
          };
          this.store.wakers.add(done);
          signal.addEventListener('abort', done);
        });
    }
  }

  async head(): Promise<Position> {
    this.#assertUp();
    return Promise.resolve(BigInt(this.store.rows.length));
  }

  eventsBetween(after: Position, upTo: Position): number {
    return Number(upTo - after);
  }

  async checkpointAt(position: Position): Promise<(Checkpoint & { eventId: string }) | null> {
    this.#assertUp();
    if (position < 1n || position > BigInt(this.store.rows.length)) return Promise.resolve(null);
    return Promise.resolve({ ...checkpoint(Number(position)), eventId: this.#event(Number(position) - 1).id });
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    this.#closed = true;
    this.wake();
  }

  /** Lets subscriptions look at what has changed (`away`). */
  wake(): void {
    for (const waker of this.store.wakers) waker();
  }

  #store(stream: string, expected: number, ids: readonly string[], bodies: readonly string[]): AppendResult {
    const { rows, streams } = this.store;
    const places = streams.get(stream) ?? [];
    const actual = places.length - 1;
    const known = bodies.every((body, offset) => rows[places[expected + 1 + offset]?.row ?? -1]?.body === body);
    if (known) {
      const positions = ids.map((_, offset) => BigInt(places[expected + 1 + offset]!.row + 1));
      return { ok: true, revision: BigInt(expected + ids.length), positions };
    }
    if (expected !== actual) return { ok: false, actual: actual < 0 ? NO_STREAM : BigInt(actual) };
    const positions = bodies.map((body, offset) => {
      places.push({ row: rows.length, id: ids[offset]! });
      rows.push({ stream, revision: expected + 1 + offset, body, last: offset === bodies.length - 1 });
      return BigInt(rows.length);
    });
    streams.set(stream, places);
    this.wake();
    return { ok: true, revision: BigInt(expected + ids.length), positions };
  }

  #page(from: number, prefix: string): { readonly events: readonly LogEvent[]; readonly end: number } {
    const { rows } = this.store;
    const events: LogEvent[] = [];
    let at = from;
    while (at < rows.length) {
      const row = rows[at]!;
      if (row.stream.startsWith(prefix)) events.push(this.#event(at));
      at += 1;
      if (at - from >= batchEvents && row.last) break;
    }
    return { events, end: at };
  }

  #event(at: number): LogEvent {
    const { stream, revision, body } = this.store.rows[at]!;
    return { ...(JSON.parse(body) as NewLogEvent), stream, revision: BigInt(revision), position: BigInt(at + 1) };
  }

  #assertUp(): void {
    if (this.#closed) throw new LogUnavailableError('the log in memory is closed', false);
    if (this.away) throw new LogUnavailableError('the log in memory is away', false);
  }
}

const checkpoint = (position: number): Checkpoint => ({ position: BigInt(position), token: String(position) });

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
