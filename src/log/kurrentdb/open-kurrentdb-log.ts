import { type EventLog, LogUnavailableError } from '../event-log.js';
import { Connection } from './connection.js';
import { logError } from './fault.js';
import { KurrentDbLog } from './kurrentdb-log.js';
import { refusalOf } from './reach.js';
import { nameStore } from './store-name.js';

/** How long the start waits for a server that is away, in ms, and how long between two tries. */
const startWaitMs = 30_000;
const startAgainMs = 500;

export interface KurrentDbLogOptions {
  /** How long to wait for a server that is away, in ms. */
  readonly waitMs?: number;
  /** Told where the start has to wait, once, and what of the connection string does nothing. */
  readonly onNotice?: (message: string) => void;
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
  for (const warning of connection.address.warnings) options.onNotice?.(warning);
  let told = false;
  for (;;)
    try {
      return new KurrentDbLog(await nameStore(connection), connection);
    } catch (error) {
      let fault = logError(error, 'read', connection.server);
      if (fault instanceof LogUnavailableError) fault = (await refusalOf(connection.address)) ?? fault;
      if (!(fault instanceof LogUnavailableError) || Date.now() >= untilMs) {
        await connection.close();
        throw fault;
      }
      if (!told) options.onNotice?.(`${fault.message}. Waiting for it`);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, startAgainMs));
    }
};
