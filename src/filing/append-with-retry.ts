import {
  type AppendResult,
  type EventLog,
  LogUnavailableError,
  type NewLogEvent,
  type StreamRevision,
} from '../log/event-log.js';
import { type Backoff, backoffMs } from '../projections/backoff.js';

/** How often one append is tried, and after how many ms it is not tried again: who waits for it is told. */
const attemptsMax = 4;
const triesMsMax = 5_000;
const backoff: Backoff = { firstMs: 50, mostMs: 500 };

/**
 * Appends; where the log is away, tries the same append again a few times, which is idempotent: the same ids at the
 * same revision. So an attempt whose outcome is unknown is cleared up by the next one.
 * @throws LogUnavailableError (the last one; with `outcomeUnknown` where any attempt's outcome is), LogRefusedError
 */
export const appendWithRetry = async (
  log: EventLog,
  stream: string,
  expected: StreamRevision,
  events: readonly NewLogEvent[],
  random: () => number,
): Promise<AppendResult> => {
  const startedAtMs = performance.now();
  let unknown = false;
  for (let attempt = 1; ; attempt += 1)
    try {
      return await log.append(stream, expected, events);
    } catch (error) {
      if (!(error instanceof LogUnavailableError)) throw error;
      unknown ||= error.outcomeUnknown;
      if (attempt >= attemptsMax || performance.now() - startedAtMs > triesMsMax)
        throw new LogUnavailableError(error.message, unknown, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, backoffMs(backoff, attempt, random)));
    }
};
