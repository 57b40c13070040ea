import { LogUnavailableError } from '../event-log.js';

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The client waits for ever where a connection dies quietly, or the server stands still. */
export class NoAnswerError extends LogUnavailableError {}

/**
 * What a call gives, if it does so in time.
 * @throws NoAnswerError where it does not; what the call throws
 */
export const answered = async <T>(call: Promise<T>, ms: number, server: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new NoAnswerError(`KurrentDB at ${server} did not answer within ${ms} ms`, true)),
      ms,
    );
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
    call.catch(() => undefined);
  }
};
