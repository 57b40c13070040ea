import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { LogRefusedError } from '../event-log.js';
import { type Address, addressOf } from './address.js';

/** How long a client that is given up has for the calls that still use it, in ms. */
const disposeAfterMs = 15_000;
/** A client is not given up within so many ms: while no server answers, each failing call would make another one. */
const renewAfterMs = 250;

/**
 * The clients of one server: one for appends and subscriptions, one for reads. Reads go through a native connection of
 * their own, which never comes back from a server that was away at its first read, nor to a new leader; and a server
 * that stands still holds an appending client for long. So after such an error a new client takes its place.
 */
export class Connection {
  /** Hosts alone, without user or password: for messages. */
  readonly server: string;
  /** For appends and subscriptions: it connects anew by itself where the connection breaks. */
  readonly writing: RenewableClient;
  readonly reading: RenewableClient;

  readonly address: Address;

  /** @throws LogRefusedError on a connection string that cannot be used */
  constructor(connectionString: string) {
    this.address = addressOf(connectionString);
    const { bare, full, credentials, server } = this.address;
    this.server = server;
    this.reading = new RenewableClient(() => {
      const client = clientOf(bare);
      // The native part, which reads, takes a password out of a connection string as it stands there, encoded.
      if (credentials !== null) client.setCredentialsProvider(() => credentials);
      return client;
    });
    // With a provider the client would append without BatchAppend, and answer otherwise.
    this.writing = new RenewableClient(() => clientOf(full));
  }

  async close(): Promise<void> {
    await Promise.all([this.writing.close(), this.reading.close()]);
  }
}

/** A client, and another one in its place where it fails. */
export class RenewableClient {
  readonly #retired = new Map<KurrentDBClient, NodeJS.Timeout>();
  #current: KurrentDBClient;
  #madeAtMs = 0;

  constructor(private readonly make: () => KurrentDBClient) {
    this.#current = this.#make();
  }

  get current(): KurrentDBClient {
    return this.#current;
  }

  /** Gives up a client, unless another call has done so already. */
  renew(failed: KurrentDBClient): void {
    if (failed !== this.#current || performance.now() - this.#madeAtMs < renewAfterMs) return;
    this.#current = this.#make();
    // Others may still be using it.
    const timer = setTimeout(() => {
      this.#retired.delete(failed);
      void failed.dispose();
    }, disposeAfterMs);
    timer.unref();
    this.#retired.set(failed, timer);
  }

  async close(): Promise<void> {
    for (const timer of this.#retired.values()) clearTimeout(timer);
    await Promise.all([this.#current, ...this.#retired.keys()].map((client) => client.dispose()));
    this.#retired.clear();
  }

  #make(): KurrentDBClient {
    this.#madeAtMs = performance.now();
    return this.make();
  }
}

const clientOf = (connectionString: string): KurrentDBClient => {
  try {
    return KurrentDBClient.connectionString(connectionString);
  } catch (error) {
    // No cause: it would have the connection string, password included.
    const why = error instanceof Error ? error.message : String(error);
    throw new LogRefusedError(`TOLLBOOK_LOG cannot be used: ${why}`);
  }
};
