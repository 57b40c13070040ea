import { jsonOf, pathOf, type Call } from './call.js';
import { accepted, failed } from './failure.js';

/** Events of one page. */
const pageEvents = 1_000;
export const batchType = 'application/cloudevents-batch+json';

/** An event as the service gives it to auditors, as far as the commands look into it. */
export interface EventLine {
  readonly id: string;
  readonly source: string;
  readonly position: string;
}

export const isEventPage = (body: unknown): body is readonly EventLine[] =>
  Array.isArray(body) && body.every((line) => typeof (line as Partial<EventLine> | null)?.position === 'string');

/** The events after a position, page by page; of one incident where it is named. */
export const eventPages = async function* (
  call: Call,
  incident?: string,
  from: string | null = null,
): AsyncGenerator<readonly EventLine[], void> {
  const segments = incident === undefined ? ['events'] : ['incidents', incident, 'events'];
  for (let after = from; ;) {
    const path = pathOf(segments, { after: after ?? undefined, limit: pageEvents });
    const page = jsonOf(accepted(await call('GET', path, undefined, { accept: batchType })).text);
    if (!isEventPage(page)) throw failed('The service answered with something else than events.');
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageEvents) return;
    after = last.position;
  }
};

/** The same, one JSON text an event. */
export const eventLines = async function* (call: Call, incident?: string): AsyncGenerator<string, void> {
  for await (const page of eventPages(call, incident)) for (const event of page) yield JSON.stringify(event);
};
