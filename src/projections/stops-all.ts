import { type EventLog, LogRefusedError, LogUnavailableError } from '../log/event-log.js';

/**
 * Whether what a read of one incident's stream met concerns the whole log, so that nothing can go on. A damaged event is
 * its own incident's; a store that is away, closed or another one refuses whatever is asked of it.
 */
export const stopsAll = async (error: unknown, log: Pick<EventLog, 'head'>): Promise<boolean> => {
  if (error instanceof LogUnavailableError) return true;
  if (!(error instanceof LogRefusedError)) return false;
  return log.head().then(
    () => false,
    () => true,
  );
};
