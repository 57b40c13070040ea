import { randomUUID } from 'node:crypto';
import { ErrorType, jsonEvent } from '@kurrent/kurrentdb-client';
import { LogRefusedError } from '../event-log.js';
import type { Connection } from './connection.js';
import { isOfType } from './fault.js';
import { Pages } from './pages.js';
import { answered } from './waiting.js';

/** Holds one event, which names the store; not among Tollbook's own streams, which begin with `tollbook-`. */
const stream = 'tollbook.store';
const type = 'StoreNamed.v1';
/** No answer within so many ms: the same is asked again. */
const answerMsMax = 6_000;

/** The store's name: the epoch. Who opens a store first gives it; of several who do at once, one does. */
export const nameStore = async (connection: Connection): Promise<string> => {
  const named = jsonEvent({ id: randomUUID(), type, data: { epoch: `k${randomUUID().slice(0, 8)}` } });
  try {
    // Before any read: this call tells why no connection can be made, and a first read of a server that is away would
    // leave a client that never reads again.
    await answered(
      connection.writing.current.appendToStream(stream, [named], { streamState: 'no_stream' }),
      answerMsMax,
      connection.server,
    );
    return named.data.epoch;
  } catch (error) {
    if (!isOfType(error, ErrorType.WRONG_EXPECTED_VERSION)) throw error;
  }
  const name = await storeName(new Pages(connection, () => undefined));
  if (name !== null) return name;
  throw new LogRefusedError(`Stream ${stream} at ${connection.server} does not name the store`);
};

/** The name that the store has now; `null` where it has none. */
export const storeName = async (pages: Pages): Promise<string | null> => {
  const [first] = await pages.whole((client) => client.readStream(stream, { maxCount: 1 }));
  const epoch = (first?.event?.data as { epoch?: unknown } | undefined)?.epoch;
  return typeof epoch === 'string' ? epoch : null;
};
