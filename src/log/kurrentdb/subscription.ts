import { setTimeout as delay } from 'node:timers/promises';
import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type KurrentDBClient,
  type Position as ServerPosition,
  type START,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import type { Checkpoint, LogMessage } from '../event-log.js';
import { fromStored } from './stored-event.js';
import { beginning, checkpointOf } from './token.js';
import { WholeAppends } from './whole-appends.js';

/** The server tells how far it has looked after so many events of other streams: window times interval. */
const searchWindow = 500;
const checkpointInterval = 4;
/** While catching up, whole appends wait this long for more to come with them, in ms. */
const lingerMs = 20;

/**
 * Greatest position of a record. Where a subscription from the start finds nothing, the server tells the end of all
 * positions as its checkpoint, which would be ahead of all that is ever to come.
 */
const positionMax = 2n ** 63n - 1n;

/** What stands between the events of a subscription, in its place among them. */
type Mark = { readonly mark: 'caughtUp' } | { readonly mark: 'checkpoint'; readonly position: ServerPosition };
type Item = AllStreamResolvedEvent | Mark;

export interface Subscribing {
  readonly client: KurrentDBClient;
  readonly from: ServerPosition | typeof START;
  readonly after: Checkpoint | null;
  readonly streamPrefix: string;
  readonly signal: AbortSignal;
}

/** One subscription of the server, as messages in the order of the log. Throws what the client throws. */
export async function* messagesOf(options: Subscribing): AsyncGenerator<LogMessage, void> {
  const { client, from, streamPrefix, signal } = options;
  const subscription: AllStreamSubscription = client.subscribeToAll({
    fromPosition: from,
    filter: streamNameFilter({
      prefixes: [streamPrefix],
      maxSearchWindow: searchWindow,
      checkpointInterval,
      checkpointReached: (_, position) => put({ mark: 'checkpoint', position }),
    }),
  });
  // Marks go through the subscription's own queue, so that they come after the events before them.
  const put = (mark: Mark): void => {
    (subscription as unknown as { push(item: Item): boolean }).push(mark);
  };
  subscription.on('caughtUp', () => put({ mark: 'caughtUp' }));
  // After the error that ends the iteration another one follows; unheard, it would end the process.
  subscription.on('error', () => undefined);
  const iterator: AsyncIterator<Item> = (subscription as AsyncIterable<Item>)[Symbol.asyncIterator]();
  const aborted = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  const appends = new WholeAppends();
  let last = options.after ?? beginning;
  let caughtUp = false;
  const events = (): LogMessage[] => {
    const batch = appends.take();
    const end = batch?.at(-1);
    if (batch === null || end === undefined) return [];
    last = checkpointOf({ commit: end.position, prepare: end.position });
    return [{ kind: 'events', events: batch }];
  };
  let next = iterator.next();
  try {
    while (!signal.aborted) {
      const lingering = new AbortController();
      const step = await Promise.race([
        next,
        aborted,
        ...(caughtUp
          ? []
          : [delay(lingerMs, 'quiet' as const, { signal: lingering.signal }).catch(() => 'quiet' as const)]),
      ]).finally(() => lingering.abort());
      if (step === null) return;
      if (step === 'quiet') {
        yield* events();
        continue;
      }
      if (step.done === true) return;
      next = iterator.next();
      const item = step.value;
      if ('mark' in item) {
        yield* events();
        if (item.mark === 'checkpoint') {
          if (item.position.commit <= last.position || item.position.commit > positionMax) continue;
          last = checkpointOf(item.position);
          yield { kind: 'checkpoint', checkpoint: last };
        } else if (!caughtUp) {
          caughtUp = true;
          yield { kind: 'caughtUp', checkpoint: last };
        }
      } else if (item.event !== undefined) {
        appends.add(fromStored(item.event));
        if (caughtUp || appends.isFull) yield* events();
      }
    }
  } finally {
    // Whoever left early does not want to hear how the rest of it went.
    next.catch(() => undefined);
    await subscription.unsubscribe().catch(() => undefined);
  }
}
