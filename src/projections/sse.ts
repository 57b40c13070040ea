/*
 * Server-Sent Events, framed by hand: the bytes of a frame are made once and given to every reader. JSON has no line
 * breaks outside its strings and escapes those within, so one `data:` line holds it.
 */

/** One event of a feed as bytes. Without an id, a reader that is cut off after it resumes from the id before. */
export const sseFrame = (event: string, id: string | null, json: string): Buffer =>
  Buffer.from(`event: ${event}\n${id === null ? '' : `id: ${id}\n`}data: ${json}\n\n`);

/** A comment, which keeps proxies from ending a connection on which nothing happens. Has no id. */
export const heartbeatFrame = Buffer.from(': heartbeat\n\n');

/** How long a reader is to wait before it connects again, in ms. */
export const retryFrame = (ms: number): Buffer => Buffer.from(`retry: ${Math.round(ms)}\n\n`);

export type ResetReason = 'epoch' | 'tooOld' | 'ahead';

/**
 * Says that everything comes again. The empty id makes a reader forget the one it had: cut off before the last snapshot,
 * it comes back for all of them, and not for frames on top of what it has thrown away.
 */
export const resetFrame = (reason: ResetReason): Buffer => sseFrame('reset', '', JSON.stringify({ reason }));

/** `<epoch>:<position>`: names the store too, since a position of another log would silently skip events. */
export const feedId = (epoch: string, position: bigint): string => `${epoch}:${position}`;

export type Cursor = { readonly kind: 'position'; readonly position: bigint } | { readonly kind: 'otherEpoch' };

// At most 19 digits: a position fits 63 bits.
const cursorShape = /^(.*):(\d{1,19})$/su;

/** Reads a Last-Event-ID. A malformed one is no cursor of this log, so it counts as one of another epoch. */
export const readCursor = (text: string, epoch: string): Cursor => {
  const match = cursorShape.exec(text);
  if (match?.[1] !== epoch || match[2] === undefined) return { kind: 'otherEpoch' };
  return { kind: 'position', position: BigInt(match[2]) };
};
