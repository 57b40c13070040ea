import { defer, Observable, retry, timer } from 'rxjs';
import type { Checkpoint, EventLog, LogMessage } from '../log/event-log.js';
import { type Backoff, backoffMs } from './backoff.js';

const resubscribe: Backoff = { firstMs: 100, mostMs: 10_000 };

export interface FollowOptions {
  readonly log: Pick<EventLog, 'subscribe'>;
  readonly streamPrefix: string;
  /** After what has been handled so far; asked again at each new subscription. */
  readonly after: () => Promise<Checkpoint | null>;
  /** Handles one message; the next one is not asked for before it is done. */
  readonly handle: (message: LogMessage) => void | Promise<void>;
  readonly random: () => number;
  readonly onLost: (error: unknown, waitMs: number) => void;
}

/**
 * Follows the log for as long as it is subscribed to: after an error, or a quiet end, it subscribes again after what
 * was handled, later each time until something comes again. Emits after each message that was handled.
 *
 * A message is handled before the next one is taken: the log is the buffer, and nothing is queued here.
 */
export const followLog = (options: FollowOptions): Observable<LogMessage> =>
  defer(() => messagesOf(options)).pipe(
    retry({
      delay: (error: unknown, attempt) => {
        const waitMs = backoffMs(resubscribe, attempt, options.random);
        options.onLost(error, waitMs);
        return timer(waitMs);
      },
      resetOnSuccess: true,
    }),
  );

const messagesOf = ({ log, streamPrefix, after, handle }: FollowOptions): Observable<LogMessage> =>
  new Observable((subscriber) => {
    const abort = new AbortController();
    const run = async (): Promise<void> => {
      for await (const message of log.subscribe({ after: await after(), streamPrefix, signal: abort.signal })) {
        if (subscriber.closed) return;
        await handle(message);
        if (subscriber.closed) return;
        subscriber.next(message);
      }
      if (!subscriber.closed) throw new Error('the subscription ended');
    };
    run().catch((error: unknown) => subscriber.error(error));
    return () => abort.abort();
  });
