import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FeedReader } from '../projections/feed-session.js';

/** How long an ended connection has to take what is unsent, in ms, before it is cut. */
const closeGraceMs = 1_000;

const feedHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  // The body ends with the connection, and is not sent in chunks: every reader gets the very same bytes.
  connection: 'close',
};

/**
 * Takes the reply out of Fastify's hands, sends the headers, and hands the bare socket to the hub. `start` attaches the
 * reader and gives what detaches it; `mayRead` is asked as long as it lasts.
 */
export const openFeed = (
  request: FastifyRequest,
  reply: FastifyReply,
  start: (reader: FeedReader) => () => void,
  mayRead: () => boolean,
): void => {
  const { raw } = reply;
  // Those of CORS and the request id, which Fastify would have sent.
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...feedHeaders }))
    if (value !== undefined) raw.setHeader(name, value);
  reply.hijack();
  raw.removeHeader('transfer-encoding');
  raw.writeHead(200);
  if (request.method === 'HEAD') {
    raw.end();
    return;
  }
  raw.flushHeaders();
  const { socket } = raw;
  // No socket: gone already, or behind another answer on this connection, where a feed would wait for ever.
  if (socket === null || socket.destroyed) {
    raw.destroy();
    return;
  }
  socket.setTimeout(0);
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  const reader: FeedReader = {
    write: (bytes) => socket.write(bytes),
    unsentBytes: () => socket.writableLength,
    drained: () => {
      if (socket.destroyed || !socket.writableNeedDrain) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
    mayRead,
    close: () => {
      socket.end();
      // One who takes nothing must not hold what is unsent.
      setTimeout(() => socket.destroy(), closeGraceMs).unref();
    },
  };
  socket.on('drain', wake);
  const detach = start(reader);
  socket.once('close', () => {
    wake();
    detach();
  });
  // A reader that resets its connection has only left; without a listener it would end the process.
  socket.on('error', () => {
    socket.destroy();
  });
};
