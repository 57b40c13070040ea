import type { Readiness } from '../api/shapes.js';
import { connectionWords } from '../feed/connection-words.js';
import type { Connection } from '../feed/use-feed.js';
import { numbers, times } from '../words/locale.js';
import { useNow } from './use-now.js';

/** State of the connection and the age of what is shown; always in view. */
export function ConnectionLine({ connection, readiness }: { connection: Connection; readiness: Readiness | null }) {
  const now = useNow();
  const { tone, label, age } = connectionWords(connection.state, connection.contactAt, now, times);
  const lag = tone === 'live' && readiness !== null && readiness.lagEvents > 0 ? readiness : null;
  return (
    <p class={`connection connection-${tone}`} data-connection={tone}>
      <span class="connection-label" role="status">
        <span class="dot" aria-hidden="true" />
        {label}
      </span>
      <span class="connection-age">
        {age}
        {lag !== null && ` · service ${numbers.count(lag.lagEvents)} events behind`}
      </span>
    </p>
  );
}
