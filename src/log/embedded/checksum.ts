import { crc32 } from 'node:zlib';

/*
 * CRC-32, seeded with the row's numbers: finds any flipped byte of a row, at a tenth of what parsing it costs. The
 * factors are odd, so that a change of one number always changes the seed. Not against forgery: that is the
 * transparency log's work.
 */

/** Checksum of a row of `events`. */
export function eventChecksum(position: number, stream: number, revision: number, rest: number, body: string): number {
  const seed = position ^ Math.imul(stream, 0x9e3779b1) ^ Math.imul(revision, 0x85ebca6b) ^ Math.imul(rest, 0xc2b2ae35);
  return crc32(body, seed >>> 0);
}

/** Checksum of a row of `streams`. */
export function streamChecksum(id: number, name: string, lastRevision: number): number {
  return crc32(name, (id ^ Math.imul(lastRevision, 0x9e3779b1)) >>> 0);
}
