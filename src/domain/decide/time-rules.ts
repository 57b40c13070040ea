import type { FieldError } from '../refusal.js';
import { earliestMs, latestMs, toInstant } from '../schema/time.js';

const isDate = (time: string): boolean => time.length === 10;

/**
 * A time may not be after a bound: an instant not at all, a plain date not with its first moment (UTC), since its
 * later moments are read as the bound itself.
 * @param rule short and stable, e.g. `not after publishedAt`
 * @param bound in words, for the detail
 */
export const checkNotAfter = (
  time: string,
  boundMs: number,
  pointer: string,
  rule: string,
  bound: string,
): FieldError[] =>
  earliestMs(time) <= boundMs
    ? []
    : [
        {
          pointer,
          rule,
          detail: `${time}${isDate(time) ? ' (from its first moment, UTC)' : ''} is after ${bound}, ${toInstant(boundMs)}.`,
        },
      ];

/** The moment (epoch ms) that a time is read as: an instant itself; a plain date its last moment, but no later than the bound. */
export const resolvedMs = (time: string, boundMs: number): number => Math.min(latestMs(time), boundMs);
