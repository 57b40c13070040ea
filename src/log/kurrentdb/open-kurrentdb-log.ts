import { type EventLog, LogUnavailableError } from '../event-log.js';
import { Connection } from './connection.js';
import { logError } from './fault.js';
import { KurrentDbLog } from './kurrentdb-log.js';
import { nameStore } from './store-name.js';

/** How long the start waits for a server that is away, in ms, and how long between two tries. */
const startWaitMs = 30_000;
const startAgainMs = 500;

export interface KurrentDbLogOptions {
  /** How long to wait for a server that is away, in ms. */
  readonly waitMs?: number;
  /** Told once where the start has to wait. */
  readonly onWaiting?: (message: string) => void;
}

/**
 * Opens the event log on a KurrentDB. Its first opening names the store: the epoch.
 * @param connectionString `kurrentdb://user:password@host:2113?tls=true&tlsCAFile=…`
 * @throws LogRefusedError where the server refuses, or its certificate cannot be trusted; LogUnavailableError where it
 *   stays away
 */
export const openKurrentDbLog = async (
  connectionString: string,
  options: KurrentDbLogOptions = {},
): Promise<EventLog> => {
  const connection = new Connection(connectionString);
  const untilMs = Date.now() + (options.waitMs ?? startWaitMs);
  let told = false;
  for (;;)
    try {
      return new KurrentDbLog(await nameStore(connection), connection);
    } catch (error) {
      const fault = logError(error, 'read', connection.server);
      if (!(fault instanceof LogUnavailableError) || Date.now() >= untilMs) {
        await connection.close();
        throw fault;
      }
      if (!told) options.onWaiting?.(`${fault.message}. Waiting for it`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, startAgainMs));
    }
};
