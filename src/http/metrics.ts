import { Counter, Gauge, Registry } from 'prom-client';

/** What the projections and the feed say of themselves. */
export interface ServiceState {
  readonly appendedTo: string;
  readonly projectedTo: string;
  readonly lagEvents: number;
  readonly lagSeconds: number;
  readonly poisoned: number;
  /** Position that a rebuild of the list has come to; 0 while there is none. */
  readonly rebuiltTo: string;
  readonly readers: number;
}

export type FilingOutcome = 'stored' | 'replayed' | 'refused' | 'unavailable';

/** Each gauge with its help and where its value stands. Positions beyond 2⁵³ lose their last digits here only. */
const gauges: readonly (readonly [name: string, help: string, read: (state: ServiceState) => number])[] = [
  ['tollbook_log_appended_to', 'Position of the last event in the log.', (state) => Number(state.appendedTo)],
  ['tollbook_projection_position', 'Position up to which the tally has come.', (state) => Number(state.projectedTo)],
  ['tollbook_projection_lag_events', 'How far the tally is behind the log, in events.', (state) => state.lagEvents],
  ['tollbook_projection_lag_seconds', 'How far the tally is behind the log, in time.', (state) => state.lagSeconds],
  [
    'tollbook_rebuild_position',
    'Position that a rebuild has come to; 0 while there is none.',
    (state) => Number(state.rebuiltTo),
  ],
  ['tollbook_feed_readers', 'Open feeds.', (state) => state.readers],
  ['tollbook_poisoned_incidents', 'Incidents set aside for an unreadable event.', (state) => state.poisoned],
];

/**
 * Metrics for Prometheus. What is counted is kept in plain maps, and brought into the library's form only when somebody
 * asks: its labels cost more than a whole 304.
 */
export class HttpMetrics {
  private readonly requests = new Map<string, { readonly labels: Record<string, string>; count: number }>();
  private readonly filings = new Map<FilingOutcome, number>();

  constructor(private readonly readState: () => Promise<ServiceState>) {}

  readonly contentType = new Registry().contentType;

  count(method: string, route: string, status: number): void {
    const key = `${status} ${method} ${route}`;
    const known = this.requests.get(key);
    // Bounded: route is the pattern, never the address.
    if (known === undefined) this.requests.set(key, { labels: { method, route, status: String(status) }, count: 1 });
    else known.count += 1;
  }

  countFiling(outcome: FilingOutcome): void {
    this.filings.set(outcome, (this.filings.get(outcome) ?? 0) + 1);
  }

  async text(): Promise<string> {
    const registers = [new Registry()];
    const requests = new Counter({
      name: 'tollbook_http_requests_total',
      help: 'Requests answered, by method, route and status.',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    for (const { labels, count } of this.requests.values()) requests.inc(labels, count);
    const filings = new Counter({
      name: 'tollbook_filings_total',
      help: 'Commands by outcome; replayed is a repeat under its idempotency key.',
      labelNames: ['outcome'],
      registers,
    });
    for (const [outcome, count] of this.filings) filings.inc({ outcome }, count);
    const state = await this.readState();
    for (const [name, help, read] of gauges) new Gauge({ name, help, registers }).set(read(state));
    const [registry] = registers;
    return registry === undefined ? '' : registry.metrics();
  }
}
