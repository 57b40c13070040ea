import type { LogEvent, NewLogEvent } from '../event-log.js';
import { parseBody } from './parse-body.js';

/** Appends, and characters of JSON in them, that are held for one subscription; past it, it reads the store. */
const appendsMax = 4_096;
const charactersMax = 4 * 1024 * 1024;

/** An append that is on disk. */
export interface CommittedAppend {
  readonly stream: string;
  readonly events: readonly NewLogEvent[];
  /** The events as stored. */
  readonly bodies: readonly string[];
  /** Revision and position of its first event; the others follow without gaps. */
  readonly revision: number;
  readonly position: number;
}

/** What a subscription finds where it looks on after a position. */
export type Tailed =
  | { readonly kind: 'events'; readonly events: readonly LogEvent[]; readonly end: number }
  /** The log ends there, as far as it has told. */
  | { readonly kind: 'nothing' }
  /** What comes right after it is not held: the store has it. */
  | { readonly kind: 'notHeld' };

const nothing: Tailed = { kind: 'nothing' };
const notHeld: Tailed = { kind: 'notHeld' };

/**
 * What was committed since a subscription last looked: it is in memory still, and need not be read back from the disk.
 * Bounded: a subscription that falls behind misses nothing, since the store has it all.
 */
export class CommitTail {
  #appends: CommittedAppend[] = [];
  #characters = 0;
  /** Whether all that came after what the subscription has is held here. */
  #complete = false;

  /** Appends come in the order of their positions. */
  push(append: CommittedAppend): void {
    if (this.#appends.length >= appendsMax || this.#characters >= charactersMax) {
      this.#takeAll();
      this.#complete = false;
    }
    this.#appends.push(append);
    for (const body of append.bodies) this.#characters += body.length;
  }

  /** Notes that the store has nothing after what the subscription has: what comes from now on is held here. */
  reachedHead(): void {
    // What was told of meanwhile may be beyond a part that was let go; the next look finds out.
    this.#complete = this.#appends.length === 0;
  }

  /** Notes that the store may have what was never told here. */
  doubt(): void {
    this.#complete = false;
  }

  /** Everything held after a position, of streams whose name begins so, and the position that it ends with. */
  take(after: number, prefix: string): Tailed {
    if (this.#appends.length === 0) return this.#complete ? nothing : notHeld;
    // What is not of use now is of none later: the next look begins where this one, or the store, ends.
    const appends = this.#takeAll();
    let end = after;
    const events: LogEvent[] = [];
    for (const { stream, events: given, bodies, revision, position } of appends) {
      if (position <= end) continue;
      if (position !== end + 1) {
        this.#complete = false;
        break;
      }
      end += bodies.length;
      if (!stream.startsWith(prefix)) continue;
      for (const [place, event] of given.entries()) {
        // Whoever made the text does not change what it was made of; of others only the text is as stored.
        const { id, type, data, meta } = event.text === undefined ? parseBody(bodies[place] ?? '') : event;
        events.push({
          id,
          type,
          data,
          meta,
          stream,
          revision: BigInt(revision + place),
          position: BigInt(position + place),
        });
      }
    }
    if (end !== after) return { kind: 'events', events, end };
    return this.#complete ? nothing : notHeld;
  }

  #takeAll(): CommittedAppend[] {
    const appends = this.#appends;
    this.#appends = [];
    this.#characters = 0;
    return appends;
  }
}
