import type { FiledEvent } from '../domain/events.js';
import { decodeEvent, incidentStreamPrefix } from '../domain/event-codec.js';
import { recordedLine } from './recorded-line.js';

/** The first event that does not hold. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
  constructor(
    /** A string of digits; `?` where the event does not say. */
    readonly position: string,
    why: string,
    cause?: unknown,
  ) {
    super(`The event at position ${position} does not hold: ${why}`, { cause });
  }
}

export interface VerifiedEvent {
  readonly slug: string;
  readonly position: bigint;
  readonly event: FiledEvent;
  /** The last one of its filing. */
  readonly endsFiling: boolean;
}

/** Where an incident stands. */
interface Standing {
  recordedAt: string;
  readonly ids: Set<string>;
}

/**
 * Checks exported events one after the other, in the order of the log: each is what its hash says, its position comes
 * after the one before, no incident has an event twice or one recorded before its last, and filings are whole. What a
 * store has beside its events (row checksums) is not seen here.
 */
export class EventVerifier {
  #last = 0n;
  #filing: { readonly id: string; readonly slug: string; readonly size: number; next: number } | null = null;
  readonly #incidents = new Map<string, Standing>();

  /** Position of the last event that was taken. */
  get position(): bigint {
    return this.#last;
  }

  /** Slugs, in the order of opening. */
  get incidents(): readonly string[] {
    return [...this.#incidents.keys()];
  }

  /** @throws VerifyError */
  take(line: string): VerifiedEvent {
    const position = positionOf(line);
    const fail = (why: string, cause?: unknown): never => {
      throw new VerifyError(position ?? '?', why, cause);
    };
    if (position === null) return fail('it is no event of Tollbook');
    if (BigInt(position) <= this.#last) return fail(`it comes after position ${this.#last}`);
    let event: FiledEvent;
    let slug: string;
    try {
      const read = recordedLine(line);
      event = decodeEvent(read.event);
      slug = read.stream.slice(incidentStreamPrefix.length);
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error), error);
    }
    const { recordedAt, filing, place, size } = event.meta;
    const known = this.#incidents.get(slug) ?? { recordedAt, ids: new Set() };
    if (recordedAt < known.recordedAt)
      return fail(`it was recorded at ${recordedAt}, before the event before it in ${slug} (${known.recordedAt})`);
    if (known.ids.has(event.id)) return fail(`its id ${event.id} is there already`);
    const under = this.#filing ?? { id: filing, slug, size, next: 0 };
    if (under.id !== filing || under.slug !== slug)
      return fail(
        `filing ${under.id} of ${under.slug} has ${under.size} events, and only ${under.next} come before it`,
      );
    if (place !== under.next || size !== under.size)
      return fail(
        `it is number ${place + 1} of ${size} of its filing, and number ${under.next + 1} of ${under.size} is due`,
      );
    this.#last = BigInt(position);
    known.recordedAt = recordedAt;
    known.ids.add(event.id);
    this.#incidents.set(slug, known);
    under.next += 1;
    const endsFiling = under.next === under.size;
    this.#filing = endsFiling ? null : under;
    return { slug, position: this.#last, event, endsFiling };
  }

  /** @throws VerifyError where the last filing is not whole */
  end(): void {
    if (this.#filing === null) return;
    const { id, size, next } = this.#filing;
    throw new VerifyError(String(this.#last), `its filing ${id} has ${size} events, and only ${next} are there`);
  }
}

const positionOf = (line: string): string | null => {
  try {
    const { position } = JSON.parse(line) as { position?: unknown };
    return typeof position === 'string' && /^[1-9]\d*$/u.test(position) ? position : null;
  } catch {
    return null;
  }
};
