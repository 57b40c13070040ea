import { Observable } from 'rxjs';
import type { Checkpoint, EventLog, LogMessage } from '../log/event-log.js';
import { resubscribe, type ResubscribeOptions } from './resubscribe.js';

export interface FollowOptions extends ResubscribeOptions {
  readonly log: Pick<EventLog, 'subscribe'>;
  readonly streamPrefix: string;
  /** After what has been handled so far; asked again at each new subscription. */
  readonly after: () => Promise<Checkpoint | null>;
  /** Handles one message; the next one is not asked for before it is done. */
  readonly handle: (message: LogMessage) => void | Promise<void>;
}

/**
 * Follows the log for as long as it is subscribed to: after an error, or a quiet end, it subscribes again after what
 * was handled, see `resubscribe`. Emits after each message that was handled.
 *
 * A message is handled before the next one is taken: the log is the buffer, and nothing is queued here.
 */
export const followLog = (options: FollowOptions): Observable<LogMessage> =>
  messagesOf(options).pipe(resubscribe(options));

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
      subscriber.complete();
    };
    run().catch((error: unknown) => subscriber.error(error));
    return () => abort.abort();
  });
