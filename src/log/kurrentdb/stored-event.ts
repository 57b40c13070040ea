import { hash } from 'node:crypto';
import { type EventData, jsonEvent, type RecordedEvent } from '@kurrent/kurrentdb-client';
import { type LogEvent, LogRefusedError, type NewLogEvent } from '../event-log.js';

/** What stands in an event's metadata: our own, and what the server does not tell readers. */
interface StoredMetadata {
  readonly meta: unknown;
  /** Our id. */
  readonly id: string;
  /** Place in the append, from 0, and how many events the append has. */
  readonly append: readonly [place: number, size: number];
}

/** An event as read, with its place in its append. Its position is known once the append's last event is. */
export interface StoredEvent {
  readonly event: Omit<LogEvent, 'position'>;
  readonly place: number;
  readonly size: number;
  /** The server's own position of this very event. */
  readonly commit: bigint;
}

/**
 * The events of one append as the client takes them, made from their texts, so that what the caller changes in its
 * objects afterwards is not stored.
 *
 * The id that the server gets is made of the whole event and its place. The server knows a repeat by ids alone and
 * calls it a success whatever its contents: so other contents must have another id.
 * @param bodies the events as JSON texts, by `storedForm`
 */
export const toStored = (bodies: readonly string[]): EventData[] =>
  bodies.map((body, place) => {
    const { id, type, data, meta } = JSON.parse(body) as NewLogEvent;
    const metadata: StoredMetadata = { append: [place, bodies.length], id, meta };
    return jsonEvent({
      id: serverId(`${place}/${bodies.length} ${body}`),
      type,
      data: data as never,
      metadata: metadata as never,
    });
  });

/** UUID version 8 (made of a hash). A repeat of an append is known by it: never change how it is made. */
const serverId = (text: string): string => {
  const hex = hash('sha256', text);
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** @throws LogRefusedError where the event is not one of Tollbook's */
export const fromStored = (recorded: RecordedEvent): StoredEvent => {
  const stored = storedOrNull(recorded);
  if (stored !== null) return stored;
  throw new LogRefusedError(
    `Event ${recorded.id} of stream ${recorded.streamId} was not written by Tollbook. Its streams (tollbook-…) are its own: let nothing else write there`,
  );
};

/** The event; `null` where there is none, or it is not one of Tollbook's. */
export const storedOrNull = (recorded: RecordedEvent | null): StoredEvent | null => {
  if (recorded === null) return null;
  const { type, data, streamId, revision, position, metadata } = recorded;
  if (!isStoredMetadata(metadata) || position === undefined) return null;
  const [place, size] = metadata.append;
  return {
    event: { id: metadata.id, type, data, meta: metadata.meta, stream: streamId, revision },
    place,
    size,
    commit: position.commit,
  };
};

const isStoredMetadata = (metadata: unknown): metadata is StoredMetadata => {
  if (typeof metadata !== 'object' || metadata === null) return false;
  if (!('append' in metadata) || !('meta' in metadata) || !('id' in metadata)) return false;
  const { append, id } = metadata;
  return (
    typeof id === 'string' &&
    Array.isArray(append) &&
    append.length === 2 &&
    append.every((each) => Number.isSafeInteger(each))
  );
};
