import type { FiledEvent } from '../../../src/domain/events.js';

/** A history as a person reads it, a line an event: for a difference that has to be looked into. */
export const tell = (events: readonly FiledEvent[]): string =>
  events
    .map((event) => {
      const { data } = event;
      const rest: Record<string, unknown> = { ...data };
      delete rest['bodyHash'];
      if (event.type === 'IncidentOpened') rest['scheme'] = undefined;
      return `${event.id.slice(-4)} ${event.type} ${JSON.stringify(rest).replaceAll('00000000-0000-4000-8000-', '')}`;
    })
    .join('\n');
