import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type KurrentDBClient,
  type Position as ServerPosition,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { type Checkpoint, type LogMessage, LogUnavailableError, type Position } from '../event-log.js';
import { fromStored } from './stored-event.js';
import { beginning, checkpointAfter, checkpointOf, partsOf, serverPositionOf } from './token.js';
import { WholeAppends } from './whole-appends.js';

/** The server tells how far it has looked after so many events of other streams: window times interval. */
const searchWindow = 500;
const checkpointInterval = 4;
/** Items that wait here to be handled; past it the server's stream is held up. */
const waitingMax = 2_000;
/** While catching up, events wait for others to come with them: until so many are there, or so long, in ms. */
const batchEventsMin = 500;
const lingerMs = 20;
/** After so long without a word it is looked whether the log has gone on, in ms: subscriptions have died silently. */
const silenceMsMax = 30_000;

/**
 * Greatest position of a record. Where a subscription from the start finds nothing, the server tells the end of all
 * positions as its checkpoint, which would be ahead of all that is ever to come.
 */
const positionMax = 2n ** 63n - 1n;

/** What stands between the events of a subscription, in its place among them. */
type Mark = { readonly mark: 'caughtUp' } | { readonly mark: 'checkpoint'; readonly at: ServerPosition };
type Item = AllStreamResolvedEvent | Mark;

export interface Subscribing {
  readonly client: KurrentDBClient;
  readonly after: Checkpoint | null;
  readonly streamPrefix: string;
  /** Position of the last event of streams with that prefix. */
  readonly head: () => Promise<Position>;
  readonly signal: AbortSignal;
  /** Instead of `silenceMsMax`, for tests. */
  readonly silenceMs?: number;
}

/** One subscription of the server, as messages in the order of the log. Throws what the client throws. */
export async function* messagesOf(options: Subscribing): AsyncGenerator<LogMessage, void> {
  const { signal } = options;
  const items = new Items(options);
  const appends = new WholeAppends();
  let last = options.after ?? beginning;
  let lookedTo = lookedUpTo(options.after);
  let seenTo = lookedTo;
  let caughtUp = false;
  const events = (): LogMessage[] => {
    const batch = appends.take();
    const end = batch.at(-1);
    if (end === undefined) return [];
    last = checkpointAfter(end.position);
    lookedTo = partsOf(end.position).lastCommit;
    return [{ kind: 'events', events: batch }];
  };
  const told = async (): Promise<boolean> => {
    if (await items.come(options.silenceMs ?? silenceMsMax)) return true;
    const head = await options.head();
    // What has come into the log just now is on its way.
    if (head <= last.position || (await items.come(options.silenceMs ?? silenceMsMax))) return true;
    throw new LogUnavailableError(`The subscription has died silently: the log has come to ${head}`, false);
  };
  try {
    while (await told()) {
      if (!caughtUp) await items.gather(batchEventsMin, lingerMs);
      for (const item of items.take()) {
        if (!('mark' in item)) {
          const stored = item.event === undefined ? null : fromStored(item.event);
          // Given twice, as a server may after it moved to another node.
          if (stored === null || stored.commit <= seenTo) continue;
          appends.add(stored);
          seenTo = stored.commit;
          continue;
        }
        yield* events();
        if (signal.aborted) return;
        if (item.mark === 'caughtUp') {
          if (caughtUp) continue;
          caughtUp = true;
          yield { kind: 'caughtUp', checkpoint: last };
        } else if (!appends.isInside && item.at.commit > lookedTo && item.at.commit <= positionMax) {
          // Who went on after a checkpoint inside an append would never see it whole.
          last = checkpointOf(last.position, item.at);
          lookedTo = item.at.commit;
          yield { kind: 'checkpoint', checkpoint: last };
        }
        if (signal.aborted) return;
      }
      yield* events();
      if (signal.aborted) return;
      if (items.hasEnded) return;
    }
  } finally {
    items.leave();
  }
}

const lookedUpTo = (after: Checkpoint | null): bigint => {
  const from = serverPositionOf(after);
  return typeof from === 'string' ? 0n : from.commit;
};

/** What comes of a subscription, waiting to be taken. */
class Items {
  readonly #subscription: AllStreamSubscription;
  readonly #signal: AbortSignal;
  #waiting: Item[] = [];
  #markWaits = false;
  #ended = false;
  #failure: { readonly error: unknown } | null = null;
  #wake: () => void = () => undefined;
  #drained: () => void = () => undefined;

  constructor({ client, after, streamPrefix, signal }: Subscribing) {
    this.#signal = signal;
    this.#subscription = client.subscribeToAll({
      fromPosition: serverPositionOf(after),
      filter: streamNameFilter({
        prefixes: [streamPrefix],
        maxSearchWindow: searchWindow,
        checkpointInterval,
        checkpointReached: (_, at) => this.#mark({ mark: 'checkpoint', at }),
      }),
    });
    this.#subscription.on('caughtUp', () => this.#mark({ mark: 'caughtUp' }));
    // After the error that ends the iteration another one follows; unheard, it would end the process.
    this.#subscription.on('error', () => undefined);
    signal.addEventListener('abort', this.#onAbort, { once: true });
    void this.#pump();
  }

  /** It is over, and nothing waits any more. */
  get hasEnded(): boolean {
    return this.#signal.aborted || (this.#ended && this.#waiting.length === 0);
  }

  /**
   * Waits until something is there, or all is over; no longer than given (ms), and `false` where that was not enough.
   * @throws what the subscription ended with, once all that came before is taken
   */
  async come(ms: number): Promise<boolean> {
    if (this.#waiting.length === 0 && !this.#ended && !this.#signal.aborted) await this.#woken(ms);
    if (this.#waiting.length === 0 && this.#failure !== null && !this.#signal.aborted) throw this.#failure.error;
    return this.#waiting.length > 0 || this.#ended || this.#signal.aborted;
  }

  /** Waits until so many are there, or a mark, or all is over; no longer than given (ms). */
  async gather(count: number, ms: number): Promise<void> {
    const untilMs = performance.now() + ms;
    while (this.#waiting.length < count && !this.#markWaits && !this.#ended && !this.#signal.aborted) {
      const left = untilMs - performance.now();
      if (left <= 0) return;
      await this.#woken(left);
    }
  }

  take(): readonly Item[] {
    this.#markWaits = false;
    const taken = this.#waiting;
    this.#waiting = [];
    this.#drained();
    return this.#signal.aborted ? [] : taken;
  }

  leave(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#ended = true;
    this.#waiting = [];
    this.#drained();
    // Whoever left does not want to hear how the rest of it went, nor to wait for it.
    this.#subscription.unsubscribe().catch(() => undefined);
  }

  async #woken(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  readonly #onAbort = (): void => this.#wake();

  /** Marks go through the subscription's own queue, so that they come after the events before them. */
  #mark(mark: Mark): void {
    (this.#subscription as unknown as { push(item: Item): boolean }).push(mark);
  }

  async #pump(): Promise<void> {
    try {
      for await (const item of this.#subscription as AsyncIterable<Item>) {
        if (this.#ended) break;
        this.#waiting.push(item);
        if ('mark' in item) this.#markWaits = true;
        this.#wake();
        if (this.#waiting.length >= waitingMax)
          await new Promise<void>((resolve) => {
            this.#drained = resolve;
          });
      }
    } catch (error) {
      this.#failure = { error };
    }
    this.#ended = true;
    this.#wake();
  }
}
