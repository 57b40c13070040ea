import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as TcpServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import gossipGrpc from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import featuresGrpc from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import streamsGrpc from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import { appendCall } from './append-call.js';
import { batchAppendCall } from './batch-append-call.js';
import { deleteCall, tombstoneCall } from './delete-calls.js';
import { Faults } from './faults.js';
import { clusterInfo, type Member, supportedMethods } from './about-itself.js';
import type { Endpoint, Node } from './node.js';
import { OpenConnections } from './open-connections.js';
import { readCall } from './read-call.js';
import type { Users } from './rights.js';
import { type Append, FakeStore } from './store.js';

const host = '127.0.0.1';
/** The defaults of the server. */
const appendBytesMax = 1024 * 1024;
const messageBytesMax = 16 * 1024 * 1024;
/** How long a real server that is told to stop stays silent, in ms. */
export const stopSilenceMs = 5_000;

/** What a node asks of the cluster that it is in. */
export interface Cluster {
  roleOf(node: FakeKurrentDb): Node['role'];
  leader(): Endpoint | null;
  members(): readonly Member[];
}

/** TLS and passwords. */
export interface Security {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly users: Users;
}

/** A KurrentDB for tests: README.md says what it does and what it does not. */
export class FakeKurrentDb implements Node {
  readonly host = host;
  readonly faults = new Faults();
  readonly subscriptions = new Set<() => void>();
  readonly reads = new Set<unknown>();
  readonly arrived: Append[] = [];
  readonly subscribedFrom: string[] = [];
  appendBytesMax = appendBytesMax;
  store: FakeStore;
  port = 0;
  isStopping = false;
  /** Alone it leads, unless a test makes it otherwise. */
  ownRole: Node['role'] = 'leader';
  /** Where there are others. */
  cluster: Cluster | null = null;
  readonly #security: Security | null;
  readonly #server: Server;
  readonly #inject: ReturnType<Server['createConnectionInjector']>;
  readonly #connections = new OpenConnections();
  #listening: TcpServer | null = null;

  readonly users: Users | null;

  private constructor(store: FakeStore, security: Security | null) {
    this.store = store;
    this.users = security?.users ?? null;
    this.#security = security;
    this.#server = new Server({ 'grpc.max_receive_message_length': messageBytesMax });
    this.#server.addService(streamsGrpc.StreamsService, {
      read: (call: Parameters<typeof readCall>[1]) => readCall(this, call),
      append: (call: Parameters<typeof appendCall>[1], reply: Parameters<typeof appendCall>[2]) =>
        appendCall(this, call, reply),
      batchAppend: (call: Parameters<typeof batchAppendCall>[1]) => batchAppendCall(this, call),
      delete: deleteCall(this),
      tombstone: tombstoneCall(this),
    });
    this.#server.addService(gossipGrpc.GossipService, {
      read: (_: unknown, reply: (error: null, info: ReturnType<typeof clusterInfo>) => void) =>
        reply(null, clusterInfo(this.cluster?.members() ?? [{ node: this, role: this.role, isAlive: true }])),
    });
    this.#server.addService(featuresGrpc.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, reply: (error: null, methods: ReturnType<typeof supportedMethods>) => void) =>
        reply(null, supportedMethods()),
    });
    // TLS ends before gRPC does: what is handed on is readable.
    this.#inject = this.#server.createConnectionInjector(ServerCredentials.createInsecure());
  }

  /** On a free port of loopback; it keeps that for its life. */
  static async start(store = new FakeStore(), security: Security | null = null): Promise<FakeKurrentDb> {
    const fake = new FakeKurrentDb(store, security);
    await fake.comeBack();
    return fake;
  }

  get connectionString(): string {
    return `kurrentdb://${host}:${this.port}?tls=false`;
  }

  get role(): Node['role'] {
    return this.cluster?.roleOf(this) ?? this.ownRole;
  }

  get leader(): Endpoint | null {
    return this.cluster === null ? this : this.cluster.leader();
  }

  get isUp(): boolean {
    return this.#listening !== null;
  }

  /** Listens (again), on the store as it is. */
  async comeBack(): Promise<void> {
    if (this.#listening !== null) return;
    this.isStopping = false;
    const take = (socket: Socket): void => {
      this.#connections.add(socket);
      this.#inject.injectConnection(socket);
    };
    const { cert, key } = this.#security ?? {};
    const server =
      cert === undefined || key === undefined
        ? createServer(take)
        : createTlsServer({ cert, key, ALPNProtocols: ['h2'] }, take);
    // Whoever does not trust the certificate hangs up.
    server.on('tlsClientError', () => undefined);
    server.listen(this.port, host);
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.#listening = server;
  }

  /** As by kill -9. What is stored stays; what is under way is lost. */
  async kill(): Promise<void> {
    const closed = this.#stopListening();
    this.#connections.resetAll();
    await closed;
  }

  /**
   * As by SIGTERM: takes no new calls, says nothing more on those under way for a while, and then ends them.
   * @param silenceMs a real server takes `stopSilenceMs`
   */
  async stop(silenceMs = stopSilenceMs): Promise<void> {
    const closed = this.#stopListening();
    this.isStopping = true;
    this.#connections.takeNoMoreCalls();
    await delay(silenceMs);
    await this.#connections.endAll();
    await closed;
  }

  /** Breaks every connection; new ones are welcome. */
  cutAll(): void {
    this.#connections.resetAll();
  }

  cut(peer: string): void {
    this.#connections.reset(peer);
  }

  /** Ends every subscription without an error. */
  endSubscriptions(): void {
    for (const end of this.subscriptions) end();
  }

  /** For good. */
  async close(): Promise<void> {
    const closed = this.#stopListening();
    this.#connections.close();
    this.#server.forceShutdown();
    await closed;
  }

  async #stopListening(): Promise<void> {
    const server = this.#listening;
    this.#listening = null;
    if (server === null) return;
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
