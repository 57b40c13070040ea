import { decodeEvent } from '../domain/event-codec.js';
import type { FiledEvent } from '../domain/events.js';
import { evolveOutline, type IncidentOutline } from '../domain/incident-outline.js';
import type { LogEvent, Position } from '../log/event-log.js';

/** One filing as the log gives it back: neighbours in one stream, appended together. */
export interface RecordedFiling {
  readonly stream: string;
  readonly events: readonly [LogEvent, ...LogEvent[]];
}

/** The events of a batch by filing. A batch holds whole appends, so it holds whole filings. */
export const filingsOf = (events: readonly LogEvent[]): RecordedFiling[] => {
  const filings: { stream: string; filing: unknown; events: [LogEvent, ...LogEvent[]] }[] = [];
  let last: (typeof filings)[number] | undefined;
  for (const event of events) {
    const filing = metaMember(event, 'filing');
    if (last !== undefined && last.stream === event.stream && last.filing === filing) last.events.push(event);
    else filings.push((last = { stream: event.stream, filing, events: [event] }));
  }
  return filings;
};

export const lastOf = (filing: RecordedFiling): LogEvent => filing.events.at(-1) ?? filing.events[0];

/** An event that cannot be read or folded. It stops its own incident and nothing else. */
export class PoisonedError extends Error {
  override readonly name = 'PoisonedError';
  constructor(
    readonly position: Position,
    readonly since: string | null,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** @throws PoisonedError naming the event that cannot be read */
export const decodeFiling = (filing: RecordedFiling): FiledEvent[] =>
  filing.events.map((event) => {
    try {
      return decodeEvent(event);
    } catch (error) {
      throw new PoisonedError(event.position, recordedAtOf(event), error);
    }
  });

/** Folds a filing into an outline; one that throws may be folded half. @throws PoisonedError; what folding throws */
export const outlineFiling = (outline: IncidentOutline, filing: RecordedFiling): void => {
  for (const event of decodeFiling(filing)) evolveOutline(outline, event);
};

/** When an event was recorded, even of one that cannot be decoded; `null` where it does not say. */
export const recordedAtOf = (event: LogEvent): string | null => {
  const recordedAt = metaMember(event, 'recordedAt');
  return typeof recordedAt === 'string' ? recordedAt : null;
};

const metaMember = (event: LogEvent, member: string): unknown => {
  const { meta } = event;
  return typeof meta === 'object' && meta !== null ? (meta as Record<string, unknown>)[member] : undefined;
};
