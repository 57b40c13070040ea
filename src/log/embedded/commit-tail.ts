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

/**
 * What was committed since a subscription last looked: it is in memory still, and need not be read back from the disk.
 * Bounded: a subscription that falls behind misses nothing, since the store has it all.
 */
export class CommitTail {
  #appends: CommittedAppend[] = [];
  #characters = 0;

  /** Appends come in the order of their positions. */
  push(append: CommittedAppend): void {
    if (this.#appends.length >= appendsMax || this.#characters >= charactersMax) this.#takeAll();
    this.#appends.push(append);
    for (const body of append.bodies) this.#characters += body.length;
  }

  /**
   * Everything held after a position, of streams whose name begins so, and the position that it ends with; `null` where
   * what comes right after that position is not held.
   */
  take(after: number, prefix: string): { readonly events: readonly LogEvent[]; readonly end: number } | null {
    // What is not of use now is of none later: the next look begins where this one, or the store, ends.
    const appends = this.#takeAll();
    let end = after;
    const events: LogEvent[] = [];
    for (const { stream, events: given, bodies, revision, position } of appends) {
      if (position <= end) continue;
      if (position !== end + 1) break;
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
    return end === after ? null : { events, end };
  }

  #takeAll(): CommittedAppend[] {
    const appends = this.#appends;
    this.#appends = [];
    this.#characters = 0;
    return appends;
  }
}
