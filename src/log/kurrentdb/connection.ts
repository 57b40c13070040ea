import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { LogRefusedError } from '../event-log.js';

/** How long a client that is given up has for the calls that still use it, in ms. */
const disposeAfterMs = 15_000;

/**
 * The clients of one server: one for appends and subscriptions, one for reads. Reads go through a native connection of
 * their own, which never comes back from a server that was away at its first read, nor to a new leader: so after an
 * error a new client takes its place.
 */
export class Connection {
  /** Hosts alone, without user or password: for messages. */
  readonly server: string;
  readonly #writing: KurrentDBClient;
  #reading: KurrentDBClient;
  readonly #retired = new Map<KurrentDBClient, NodeJS.Timeout>();

  /** @throws LogRefusedError on a connection string that cannot be used */
  constructor(private readonly connectionString: string) {
    this.server = serverOf(connectionString);
    this.#writing = this.#client();
    this.#reading = this.#client();
  }

  /** For appends and subscriptions: it connects anew by itself. */
  get writing(): KurrentDBClient {
    return this.#writing;
  }

  get reading(): KurrentDBClient {
    return this.#reading;
  }

  /** Gives up a client whose read failed, unless another read has done so already. */
  renewReading(failed: KurrentDBClient): void {
    if (failed !== this.#reading) return;
    this.#reading = this.#client();
    // Others may still be reading through it.
    const timer = setTimeout(() => {
      this.#retired.delete(failed);
      void failed.dispose();
    }, disposeAfterMs);
    timer.unref();
    this.#retired.set(failed, timer);
  }

  async close(): Promise<void> {
    for (const timer of this.#retired.values()) clearTimeout(timer);
    await Promise.all([this.#writing, this.#reading, ...this.#retired.keys()].map((client) => client.dispose()));
    this.#retired.clear();
  }

  #client(): KurrentDBClient {
    try {
      return KurrentDBClient.connectionString(this.connectionString);
    } catch (error) {
      throw new LogRefusedError(`TOLLBOOK_LOG is no connection string of a KurrentDB: ${String(error)}`, {
        cause: error,
      });
    }
  }
}

/** Options of a connection string that would take away what the log promises. */
const refused: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/[?&]tlsVerifyCert=false/iu, 'tlsVerifyCert=false would talk to anybody; name the CA with tlsCAFile instead'],
  [/[?&]throwOnAppendFailure=false/iu, 'throwOnAppendFailure=false tells conflicts wrongly; leave it out'],
];

const serverOf = (connectionString: string): string => {
  for (const [pattern, why] of refused)
    if (pattern.test(connectionString)) throw new LogRefusedError(`TOLLBOOK_LOG: ${why}`);
  const hosts = /^[a-z+]+:\/\/(?:[^@/]*@)?(?<hosts>[^/?]+)/iu.exec(connectionString)?.groups?.['hosts'];
  return hosts ?? 'the server';
};
