import { eventsPath } from '../api/paths.js';
import { authorised, errorOf } from '../api/request.js';
import type { CloudEvent } from './cloud-event.js';

/** How long a browser gets to take a file that was handed to it, in ms. */
const takenMs = 60_000;

function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, takenMs);
}

/** The events that are shown, one a line. */
export const saveEvents = (name: string, events: readonly CloudEvent[]): void => {
  const lines = events.map((event) => `${JSON.stringify(event)}\n`);
  save(name, new Blob(lines, { type: 'application/x-ndjson' }));
};

/** All events of an incident, byte for byte as the service gives them. @throws RequestError */
export async function saveAllEvents(slug: string, name: string, key: string | null): Promise<void> {
  const response = await fetch(eventsPath(slug), {
    headers: { accept: 'application/x-ndjson', ...authorised(key) },
  });
  if (!response.ok) throw await errorOf(response);
  save(name, await response.blob());
}
