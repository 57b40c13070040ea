import { decodeEvent, incidentStreamPrefix } from '../domain/event-codec.js';
import type { NewLogEvent } from '../log/event-log.js';
import { cloudEventOf, leafHash, type PlacedCloudEvent } from './cloud-event.js';

/** An event out of an export, as it is to be stored again. */
export interface RecordedLine {
  readonly stream: string;
  readonly event: NewLogEvent;
  readonly filing: string;
  readonly filingSize: number;
}

const typePrefix = 'tollbook.';
const sourcePrefix = '/incidents/';

/**
 * Reads one line of an export.
 * @throws Error with why it cannot be stored again: no event, changed since, or of a version not known here
 */
export const recordedLine = (line: string): RecordedLine => {
  const placed = JSON.parse(line) as Partial<PlacedCloudEvent> | null;
  if (placed === null || typeof placed !== 'object') throw new Error('it is no CloudEvent');
  const { id, source, type, time, filing, filingplace, filingsize, desk, person, correlationid, data } = placed;
  if (
    typeof id !== 'string' ||
    typeof source !== 'string' ||
    !source.startsWith(sourcePrefix) ||
    typeof type !== 'string' ||
    !type.startsWith(typePrefix) ||
    typeof filing !== 'string' ||
    typeof filingsize !== 'number'
  )
    throw new Error('it is no event of Tollbook');
  // Members in the order in which a filing writes them, so that the same bytes are stored.
  const meta = {
    recordedAt: time,
    filing,
    place: filingplace,
    size: filingsize,
    desk,
    person: person ?? null,
    correlationId: correlationid,
    ...(placed.idempotencykey === undefined ? {} : { key: placed.idempotencykey }),
    ...(placed.bodyhash === undefined ? {} : { bodyHash: placed.bodyhash }),
  };
  const stream = `${incidentStreamPrefix}${source.slice(sourcePrefix.length)}`;
  const event = { id, type: type.slice(typePrefix.length), data, meta };
  const hash = leafHash(cloudEventOf({ ...event, stream, revision: 0n, position: 0n }));
  if (placed.leafhash !== undefined && placed.leafhash !== hash)
    throw new Error('it was changed after it was exported: its leafhash does not match');
  decodeEvent(event);
  return { stream, event, filing, filingSize: filingsize };
};
