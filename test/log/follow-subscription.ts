import { setTimeout as delay } from 'node:timers/promises';
import {
  type AllStreamResolvedEvent,
  END,
  type KurrentDBClient,
  type Position,
  START,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';

/** How long a test waits for what must come, in ms. */
const waitMs = 10_000;

export interface Following {
  /** What came, in order: revisions of events, and what stands between them. */
  readonly seen: readonly (bigint | 'confirmation' | 'caughtUp' | 'checkpoint')[];
  readonly checkpoints: readonly Position[];
  /** What came with each caughtUp. */
  readonly caughtUp: readonly unknown[];
  /** How it ended, in order: events of the Node stream, errors by their class, and what the iteration threw. */
  readonly events: readonly string[];
  /** What the iteration threw. */
  readonly error: Error | null;
  readonly ended: Promise<void>;
  until(condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** A bare subscription of the client to the streams whose name begins so, with everything that it says. */
export const follow = (
  client: KurrentDBClient,
  prefix: string,
  options: { readonly fromPosition?: Position | typeof START | typeof END; readonly window?: number } = {},
): Following => {
  const seen: (bigint | 'confirmation' | 'caughtUp' | 'checkpoint')[] = [];
  const checkpoints: Position[] = [];
  const caughtUp: unknown[] = [];
  const events: string[] = [];
  let error: Error | null = null;
  const subscription = client.subscribeToAll({
    fromPosition: options.fromPosition ?? START,
    filter: streamNameFilter({
      prefixes: [prefix],
      maxSearchWindow: options.window ?? 32,
      checkpointReached: (_, position) => {
        checkpoints.push(position);
        seen.push('checkpoint');
      },
    }),
  });
  subscription.on('confirmation', () => seen.push('confirmation'));
  subscription.on('caughtUp', (info: unknown) => {
    caughtUp.push(info);
    seen.push('caughtUp');
  });
  subscription.on('error', (each: Error) =>
    events.push(`error ${each.name === 'Error' ? each.constructor.name : each.name}`),
  );
  for (const name of ['end', 'close'] as const) subscription.on(name, () => events.push(name));
  const ended = (async () => {
    try {
      for await (const { event } of subscription as AsyncIterable<AllStreamResolvedEvent>)
        if (event !== undefined) seen.push(event.revision);
    } catch (thrown) {
      error = thrown as Error;
      events.push('thrown');
    }
  })();
  const until = async (condition: () => boolean): Promise<void> => {
    const deadline = Date.now() + waitMs;
    while (!condition()) {
      if (error !== null) throw new Error('the subscription failed', { cause: error });
      if (Date.now() > deadline) throw new Error(`waited in vain; so far: ${seen.join(', ')}`);
      await delay(5);
    }
  };
  return {
    seen,
    checkpoints,
    caughtUp,
    events,
    get error() {
      return error;
    },
    ended,
    until,
    stop: async () => {
      await subscription.unsubscribe();
      await ended;
      while (!events.includes('close')) await delay(5);
    },
  };
};
