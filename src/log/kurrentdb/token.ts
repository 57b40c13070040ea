import { type Position as ServerPosition, START } from '@kurrent/kurrentdb-client';
import { type Checkpoint, LogRefusedError, type Position } from '../event-log.js';

/** Bits of a position that say an event's place in its append: more places than the smallest events fill an append. */
const placeBits = 14n;

/** Upper bound of the events of one append: places that a position can tell apart. */
export const appendEventsMax = 2 ** Number(placeBits);

/** The smallest that an event of ours takes in the server's log, in bytes, so that room tells a number of events. */
const recordBytesMin = 256n;

/**
 * The port's position of an event: the server's commit position of the last event of its append, and its place in the
 * append. The server answers an append with the former alone; so the positions of all its events are known without
 * reading them back, and from a position the event is found again.
 */
export const positionOf = (lastCommit: bigint, place: number): Position => (lastCommit << placeBits) | BigInt(place);

/** What a position is made of. */
export const partsOf = (position: Position): { readonly lastCommit: bigint; readonly place: number } => {
  const lastCommit = position >> placeBits;
  return { lastCommit, place: Number(position - (lastCommit << placeBits)) };
};

/** At most so many events lie after a position, up to another one. */
export const eventsBetweenMost = (after: Position, upTo: Position): number => {
  if (upTo <= after) return 0;
  const [from, to] = [partsOf(after), partsOf(upTo)];
  const bytes = to.lastCommit - from.lastCommit;
  return bytes === 0n ? to.place - from.place : Number((bytes + recordBytesMin - 1n) / recordBytesMin);
};

/**
 * A checkpoint of the port.
 * @param position of the last event of ours before it
 * @param at where the server goes on: both halves, since one alone skips events
 */
export const checkpointOf = (position: Position, { commit, prepare }: ServerPosition): Checkpoint => ({
  position,
  token: `${commit}/${prepare}`,
});

/** The checkpoint right after a whole append, by the position of its last event. */
export const checkpointAfter = (position: Position): Checkpoint => {
  const { lastCommit } = partsOf(position);
  // Of what this adapter writes both halves are equal.
  return checkpointOf(position, { commit: lastCommit, prepare: lastCommit });
};

/** Before the first event. */
export const beginning: Checkpoint = { position: 0n, token: '0/0' };

/** @throws LogRefusedError where the token is not of this kind of log */
export const serverPositionOf = (checkpoint: Checkpoint | null): ServerPosition | typeof START => {
  if (checkpoint === null || checkpoint.token === beginning.token) return START;
  const [, commit, prepare] = /^(\d{1,20})\/(\d{1,20})$/u.exec(checkpoint.token) ?? [];
  if (commit === undefined || prepare === undefined)
    throw new LogRefusedError(
      `Checkpoint ${checkpoint.token} is not of a KurrentDB. Start from the beginning (tollbook rebuild)`,
    );
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};
