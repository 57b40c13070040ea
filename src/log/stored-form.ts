import { appendBytesMax, eventBytesMax, type NewLogEvent, NO_STREAM, type StreamRevision } from './event-log.js';

/** Upper bound of a stream's name and of an event type, in UTF-16 code units. */
export const nameLengthMax = 512;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The events of one append as JSON texts `{"id":…,"type":…,"data":…,"meta":…}`, made at once, so that what the caller
 * changes in its objects afterwards is not stored.
 * @throws RangeError on what no log may be given: no events, too large, a malformed id, name or expectation
 */
export function storedForm(
  stream: string,
  expected: StreamRevision,
  events: readonly NewLogEvent[],
): { readonly bodies: readonly string[]; readonly bytes: number } {
  assertName('stream', stream);
  if (expected < NO_STREAM) throw new RangeError(`expected revision ${expected}: -1 (no stream) or more`);
  if (events.length === 0) throw new RangeError('an append needs at least one event');
  let bytes = 0;
  const bodies = events.map((event) => {
    const body = storedEvent(event);
    const eventBytes = Buffer.byteLength(body);
    if (eventBytes > eventBytesMax) {
      throw new RangeError(
        `event ${event.id} takes ${eventBytes} bytes as stored, at most ${eventBytesMax} are allowed`,
      );
    }
    bytes += eventBytes;
    return body;
  });
  if (bytes > appendBytesMax) {
    throw new RangeError(`the append takes ${bytes} bytes as stored, at most ${appendBytesMax} are allowed`);
  }
  return { bodies, bytes };
}

function storedEvent({ id, type, data, meta, text }: NewLogEvent): string {
  if (!uuid.test(id)) throw new RangeError(`event id ${JSON.stringify(id)}: a UUID in lower case is needed`);
  assertName('event type', type);
  if (text !== undefined) return text;
  return `{"id":"${id}","type":${JSON.stringify(type)},"data":${json(id, 'data', data)},"meta":${json(id, 'meta', meta)}}`;
}

function json(id: string, member: string, value: unknown): string {
  // The declared return type hides that undefined, functions and symbols have no JSON text.
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new RangeError(`${member} of event ${id} is not a JSON value`);
  return text;
}

function assertName(what: string, name: string): void {
  if (name.length === 0 || name.length > nameLengthMax || name.includes('\0') || !name.isWellFormed()) {
    throw new RangeError(`${what} ${JSON.stringify(name)}: 1 to ${nameLengthMax} characters, none of them U+0000`);
  }
}
