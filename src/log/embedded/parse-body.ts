import type { NewLogEvent } from '../event-log.js';

/** An event out of its stored text, which `storedForm` made and a checksum has found to be as it was. Erasable. */
export function parseBody(body: string): NewLogEvent {
  // See above; a schema here would cost more than parsing.
  return JSON.parse(body) as NewLogEvent;
}
