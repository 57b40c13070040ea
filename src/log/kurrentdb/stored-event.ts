import { type EventData, jsonEvent, type RecordedEvent } from '@kurrent/kurrentdb-client';
import { type LogEvent, LogRefusedError, type NewLogEvent } from '../event-log.js';

/** What stands in an event's metadata: our own, and its place in its append, which the server does not tell readers. */
interface StoredMetadata {
  readonly meta: unknown;
  /** Place in the append, from 0, and how many events the append has. */
  readonly append: readonly [place: number, size: number];
}

/** An event as read, with its place in its append. */
export interface StoredEvent {
  readonly event: LogEvent;
  /** It ends its append. */
  readonly isLast: boolean;
}

/**
 * The events of one append as the client takes them, made from their texts, so that what the caller changes in its
 * objects afterwards is not stored.
 * @param bodies the events as JSON texts, by `storedForm`
 */
export const toStored = (bodies: readonly string[]): EventData[] =>
  bodies.map((body, place) => {
    const { id, type, data, meta } = JSON.parse(body) as NewLogEvent;
    const metadata: StoredMetadata = { append: [place, bodies.length], meta };
    return jsonEvent({ id, type, data: data as never, metadata: metadata as never });
  });

/** @throws LogRefusedError where the event is not one of Tollbook's */
export const fromStored = (recorded: RecordedEvent): StoredEvent => {
  const { id, type, data, streamId, revision, position, metadata } = recorded;
  if (!isStoredMetadata(metadata) || position === undefined)
    throw new LogRefusedError(
      `Event ${id} of stream ${streamId} was not written by Tollbook. Its streams (tollbook-…) are its own: let nothing else write there`,
    );
  const [place, size] = metadata.append;
  return {
    event: { id, type, data, meta: metadata.meta, stream: streamId, revision, position: position.commit },
    isLast: place === size - 1,
  };
};

const isStoredMetadata = (metadata: unknown): metadata is StoredMetadata => {
  if (typeof metadata !== 'object' || metadata === null || !('append' in metadata) || !('meta' in metadata))
    return false;
  const { append } = metadata;
  return Array.isArray(append) && append.length === 2 && append.every((each) => Number.isSafeInteger(each));
};
