import { incidentStreamPrefix, streamOf } from '../domain/event-codec.js';
import type { EventLog, LogEvent, Position } from '../log/event-log.js';
import { placedCloudEvent } from './cloud-event.js';

/** Events of a page where no limit is asked for. */
const pageEventsDefault = 100;

export interface EventQuery {
  /** One incident's slug; all incidents where it is absent. */
  readonly incident?: string | undefined;
  /** A position, exclusive; a string of digits. */
  readonly after?: string | undefined;
  /** 1 to 1,000, which is checked where the request is read. */
  readonly limit?: number | undefined;
}

export interface EventPage {
  readonly data: readonly object[];
  readonly hasMore: boolean;
  /** Position of the last one here; `null` where there is nothing more. */
  readonly next: string | null;
}

/** The recorded events themselves, for auditors: CloudEvents in the order of the log. */
export class EventArchive {
  constructor(private readonly log: EventLog) {}

  /**
   * One page.
   * @returns `null` where there is no such incident
   * @throws LogUnavailableError
   */
  async list(query: EventQuery): Promise<EventPage | null> {
    const limit = query.limit ?? pageEventsDefault;
    const data: object[] = [];
    let last: Position = 0n;
    for await (const batch of this.#batches(query))
      for (const event of batch) {
        if (data.length === limit) return { data, hasMore: true, next: String(last) };
        data.push(placedCloudEvent(event));
        last = event.position;
      }
    if (data.length === 0 && query.incident !== undefined && (await this.#firstAt(query.incident, 0n)) === null)
      return null;
    return { data, hasMore: false, next: null };
  }

  /** All events, as newline-delimited JSON; each chunk holds whole lines. */
  async *stream(query: Omit<EventQuery, 'limit'>): AsyncGenerator<string, void> {
    for await (const batch of this.#batches(query)) {
      let lines = '';
      for (const event of batch) lines += `${JSON.stringify(placedCloudEvent(event))}\n`;
      if (lines !== '') yield lines;
    }
  }

  async *#batches({ incident, after }: EventQuery): AsyncGenerator<readonly LogEvent[], void> {
    const position = after === undefined ? 0n : BigInt(after);
    if (incident !== undefined) {
      const from = await this.#revisionAfter(incident, position);
      for await (const batch of this.log.readStream(streamOf(incident), from))
        yield batch.filter((event) => event.position > position);
      return;
    }
    if (position > 0n && position >= (await this.log.head())) return;
    // A position that no event has is none that a page ever ended with; from the beginning, what lies before is left out.
    const checkpoint = position === 0n ? null : await this.log.checkpointAt(position);
    for await (const batch of this.log.readAll({ after: checkpoint, streamPrefix: incidentStreamPrefix }))
      yield batch.filter((event) => event.position > position);
  }

  /** A revision of the stream at or before the first event after a position: found by halving, not by reading all. */
  async #revisionAfter(incident: string, position: Position): Promise<bigint> {
    if (position === 0n) return 0n;
    let low = 0n;
    let high = 1n;
    for (;;) {
      const at = await this.#firstAt(incident, high);
      if (at === null || at > position) break;
      low = high;
      high *= 2n;
    }
    while (high - low > 1n) {
      const middle = (low + high) / 2n;
      const at = await this.#firstAt(incident, middle);
      if (at === null || at > position) high = middle;
      else low = middle;
    }
    return low;
  }

  async #firstAt(incident: string, revision: bigint): Promise<Position | null> {
    for await (const [first] of this.log.readStream(streamOf(incident), revision)) return first?.position ?? null;
    return null;
  }
}
