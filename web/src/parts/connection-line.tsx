import type { Readiness } from '../api/shapes.js';
import { connectionWords } from '../feed/connection-words.js';
import type { Connection } from '../feed/use-feed.js';
import { times } from '../words/locale.js';
import { useNow } from './use-now.js';

interface ConnectionLineProps {
  readonly connection: Connection;
  readonly readiness: Readiness | null;
  readonly stale: boolean;
}

/** State of the connection and the age of what is shown; always in view. */
export function ConnectionLine({ connection, readiness, stale }: ConnectionLineProps) {
  const now = useNow();
  const { tone, label, age } = connectionWords(connection.state, connection.contactAt, now, times, {
    stale,
    lagEvents: readiness?.lagEvents ?? 0,
    lagSeconds: readiness?.lagSeconds ?? 0,
  });
  return (
    <p class={`connection connection-${tone}`} data-connection={tone}>
      <span class="connection-label" role="status">
        <span class="dot" aria-hidden="true" />
        {label}
      </span>
      <span class="connection-age">{age}</span>
    </p>
  );
}
