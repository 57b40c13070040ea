import { randomUUID } from 'node:crypto';
import { ErrorType, jsonEvent, type ResolvedEvent } from '@kurrent/kurrentdb-client';
import { LogRefusedError, LogUnavailableError } from '../event-log.js';
import type { Connection } from './connection.js';
import { isOfType, logError } from './fault.js';
import { answered, NoAnswerError, wait } from './waiting.js';

/** Holds one event, which names the store; not among Tollbook's own streams, which begin with `tollbook-`. */
const stream = 'tollbook.store';
const type = 'StoreNamed.v1';
/** No answer within so many ms, at the start and later: the same is asked again. */
const firstAnswerMsMax = 6_000;
const answerMsMax = 700;
/** How long a name that is there may take to be seen, and between two looks, in ms. */
const namedMsMax = 5_000;
const namedAgainMs = 100;

/** The store's name: the epoch. Who opens a store first gives it; of several who do at once, one does. */
export const nameStore = async (connection: Connection): Promise<string> => {
  const named = jsonEvent({ id: randomUUID(), type, data: { epoch: `k${randomUUID().slice(0, 8)}` } });
  try {
    // Before any read: this call tells why no connection can be made, and a first read of a server that is away would
    // leave a client that never reads again.
    await answered(
      connection.writing.current.appendToStream(stream, [named], { streamState: 'no_stream' }),
      firstAnswerMsMax,
      connection.server,
    );
    return named.data.epoch;
  } catch (error) {
    if (!isOfType(error, ErrorType.WRONG_EXPECTED_VERSION)) throw logError(error, 'append', connection.server);
  }
  // Of several that open it at once one has named it; where there are more nodes it may be seen a moment later only.
  for (const untilMs = performance.now() + namedMsMax; ; await wait(namedAgainMs)) {
    const name = await storeName(connection);
    if (name !== null) return name;
    if (performance.now() > untilMs) break;
  }
  throw new LogRefusedError(`Stream ${stream} at ${connection.server} does not name the store`);
};

/** Stands in a subscription where it has given all that is there. */
const allGiven = 'all given';
type Given = ResolvedEvent | typeof allGiven;

/**
 * The name that the store has now; `null` where it has none. By a subscription, since that is told at once where no
 * server is there, and a read is not.
 */
const storeName = async (connection: Connection): Promise<string | null> => {
  const client = connection.writing.current;
  const subscription = client.subscribeToStream(stream);
  const first = new Promise<string | null>((resolve, reject) => {
    subscription.on('data', (given: Given) => {
      const epoch = given === allGiven ? null : (given.event?.data as { epoch?: unknown } | undefined)?.epoch;
      resolve(typeof epoch === 'string' ? epoch : null);
    });
    // Through the subscription's own queue, so that it comes after the event before it.
    subscription.on('caughtUp', () => (subscription as unknown as { push(given: Given): boolean }).push(allGiven));
    subscription.on('error', reject);
    subscription.on('end', () =>
      reject(new LogUnavailableError(`KurrentDB at ${connection.server} says nothing`, false)),
    );
  });
  try {
    return await answered(first, answerMsMax, connection.server);
  } catch (error) {
    // The node that it is connected to may wait for a leader that has died.
    if (error instanceof NoAnswerError) connection.writing.renew(client);
    throw error;
  } finally {
    // Whoever has heard it does not want to hear how the rest went.
    subscription.unsubscribe().catch(() => undefined);
  }
};

/**
 * Behind the same address another store may stand after an outage: a backup that was put back, a new disk. Its
 * positions say nothing here, so nothing more is read from it, nor written to it. Whatever fails may be the beginning of
 * such an outage: before the next call the store has to show its name.
 */
export class StoreGuard {
  #suspected = false;
  #replaced: LogRefusedError | null = null;
  #asking: Promise<void> | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly epoch: string,
  ) {}

  /** Something went wrong: who knows what comes back. */
  suspect(): void {
    this.#suspected = true;
  }

  /** @throws LogRefusedError once it is known that the store is another one */
  assertNotReplaced(): void {
    if (this.#replaced !== null) throw this.#replaced;
  }

  /** Asks, where something went wrong. @throws LogRefusedError, LogUnavailableError */
  async check(): Promise<void> {
    this.assertNotReplaced();
    if (this.#suspected) await this.ask();
  }

  /** @throws LogRefusedError where it is another store; LogUnavailableError where it cannot be told */
  ask(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(): Promise<void> {
    this.#suspected = false;
    let name: string | null;
    try {
      name = await storeName(this.connection);
    } catch (error) {
      this.#suspected = true;
      throw logError(error, 'read', this.connection.server);
    }
    if (name === this.epoch) return;
    this.#replaced = new LogRefusedError(
      `KurrentDB at ${this.connection.server} has another store than before: ${name ?? 'one without a name'} instead of ${this.epoch}. Put the right one back, or start again on this one`,
    );
    throw this.#replaced;
  }
}
