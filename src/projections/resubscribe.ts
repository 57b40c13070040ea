import { concat, type MonoTypeOperatorFunction, retry, throwError, timer } from 'rxjs';
import { type Backoff, backoffMs } from './backoff.js';

const backoff: Backoff = { firstMs: 100, mostMs: 10_000 };

export interface ResubscribeOptions {
  /** From 0 to 1. */
  readonly random: () => number;
  /** Told each time, with how long it waits before it subscribes again, in ms. */
  readonly onLost: (error: unknown, waitMs: number) => void;
}

/**
 * Subscribes again for as long as it is subscribed to: after an error, and after a quiet end, which is nothing but a
 * loss without a word. Later each time until something comes again, and at no fixed time, so that all who lost the same
 * thing do not come back at once.
 */
export const resubscribe =
  <T>({ random, onLost }: ResubscribeOptions): MonoTypeOperatorFunction<T> =>
  (source) =>
    concat(
      source,
      throwError(() => new Error('the subscription ended')),
    ).pipe(
      retry({
        delay: (error: unknown, attempt) => {
          const waitMs = backoffMs(backoff, attempt, random);
          onLost(error, waitMs);
          return timer(waitMs);
        },
        resetOnSuccess: true,
      }),
    );
