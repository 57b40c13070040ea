import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { constants, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** For what was written to leave, in ms. */
const flushMs = 20;

/**
 * The connections of one server and the calls on them, below gRPC: to break them as a network or a dying process does,
 * which no gRPC server can do to itself.
 */
export class OpenConnections {
  readonly #sockets = new Map<string, Socket>();
  readonly #streams = new Set<ServerHttp2Stream>();

  constructor() {
    subscribe('http2.server.stream.created', this.#created);
  }

  add(socket: Socket): void {
    const peer = peerOf(socket);
    this.#sockets.set(peer, socket);
    socket.once('close', () => this.#sockets.delete(peer));
    // Broken on purpose.
    socket.on('error', () => undefined);
  }

  /** As when the process at the other end dies. */
  reset(peer: string): void {
    const socket = this.#sockets.get(peer);
    // One of TLS cannot be reset from here.
    if (socket !== undefined && 'encrypted' in socket) socket.destroy();
    else socket?.resetAndDestroy();
  }

  resetAll(): void {
    for (const peer of this.#sockets.keys()) this.reset(peer);
  }

  /** Tells clients to send no new calls here; those under way stay. */
  takeNoMoreCalls(): void {
    const busy = new Set([...this.#streams].map(({ session }) => session));
    for (const session of busy) session?.close();
    const busyPeers = new Set([...busy].map((session) => (session === undefined ? '' : peerOf(session.socket))));
    for (const [peer, socket] of this.#sockets) if (!busyPeers.has(peer)) socket.destroy();
  }

  /** Ends the calls under way without a word on how they went, and then the connections. */
  async endAll(): Promise<void> {
    for (const stream of this.#streams) stream.close(constants.NGHTTP2_NO_ERROR);
    // So that this arrives before the end of the connection does.
    await delay(flushMs);
    for (const socket of this.#sockets.values()) socket.end();
  }

  close(): void {
    unsubscribe('http2.server.stream.created', this.#created);
    this.resetAll();
  }

  readonly #created = (message: unknown): void => {
    const { stream } = message as { stream: ServerHttp2Stream };
    const socket = stream.session?.socket;
    if (socket === undefined || !this.#sockets.has(peerOf(socket))) return;
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
  };
}

const peerOf = ({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string =>
  `${remoteAddress}:${remotePort}`;
