import type { Stale } from '../api/shapes.js';
import type { Connection } from '../feed/use-feed.js';
import { numbers, times } from '../words/locale.js';

/** Says, above the numbers, that and why they may be out of date. */
export function StaleNotice({ connection, stale }: { connection: Connection; stale: Stale | null }) {
  const { state, contactAt } = connection;
  return (
    <>
      {stale !== null && (
        <p class="notice notice-stale" role="alert">
          <strong>Out of date.</strong> The event at position {numbers.count(Number(stale.position))} of this incident
          cannot be read, so the numbers below stand as they were before it, and no report can be filed until that is
          mended. <span class="small">{stale.error}</span>
        </p>
      )}
      {state.phase === 'away' && (
        <p class="notice notice-stale">
          <strong>Not updating since {times.clock(state.since)}.</strong> The numbers below are as of{' '}
          {times.clockSeconds(contactAt)} and may have changed. {state.problem.detail ?? state.problem.title}
          {!state.final && ' This page keeps trying.'}
        </p>
      )}
    </>
  );
}
