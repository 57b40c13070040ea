import { randomUUID } from 'node:crypto';
import { ErrorType, jsonEvent } from '@kurrent/kurrentdb-client';
import { type EventLog, LogRefusedError, LogUnavailableError } from '../event-log.js';
import { Connection } from './connection.js';
import { isOfType, logError } from './fault.js';
import { KurrentDbLog } from './kurrentdb-log.js';
import { Pages } from './pages.js';
import { answered } from './waiting.js';

/** Holds one event, which names the store; not among Tollbook's own streams, which begin with `tollbook-`. */
const identityStream = 'tollbook.store';
const identityType = 'StoreNamed.v1';
/** No answer within so many ms: the same is asked again. */
const answerMsMax = 6_000;
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
      return new KurrentDbLog(await epochOf(connection), connection);
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

/** Who opens a store first names it; of several who do at once, one does. */
const epochOf = async (connection: Connection): Promise<string> => {
  const named = jsonEvent({ id: randomUUID(), type: identityType, data: { epoch: `k${randomUUID().slice(0, 8)}` } });
  try {
    // Before any read: this call tells why no connection can be made, and a first read of a server that is away would
    // leave a client that never reads again.
    await answered(
      connection.writing.current.appendToStream(identityStream, [named], { streamState: 'no_stream' }),
      answerMsMax,
      connection.server,
    );
    return named.data.epoch;
  } catch (error) {
    if (!isOfType(error, ErrorType.WRONG_EXPECTED_VERSION)) throw error;
  }
  const pages = new Pages(connection, () => undefined);
  const [first] = await pages.whole((client) => client.readStream(identityStream, { maxCount: 1 }));
  const epoch = (first?.event?.data as { epoch?: unknown } | undefined)?.epoch;
  if (typeof epoch === 'string') return epoch;
  throw new LogRefusedError(`Stream ${identityStream} at ${connection.server} does not name the store`);
};
