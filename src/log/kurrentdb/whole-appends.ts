import type { LogEvent } from '../event-log.js';
import type { StoredEvent } from './stored-event.js';
import { positionOf } from './token.js';

/** Puts events that come one by one together to whole appends. What is not whole is not there yet. */
export class WholeAppends {
  #whole: LogEvent[] = [];
  #begun: StoredEvent[] = [];

  add(stored: StoredEvent): void {
    this.#begun.push(stored);
    if (stored.place !== stored.size - 1) return;
    for (const { event, place } of this.#begun)
      this.#whole.push({ ...event, position: positionOf(stored.commit, place) });
    this.#begun = [];
  }

  /** Whether an append has begun and its end has not come yet. */
  get isInside(): boolean {
    return this.#begun.length > 0;
  }

  /** How many events the whole appends have so far. */
  get count(): number {
    return this.#whole.length;
  }

  /** The events of the whole appends so far. */
  take(): readonly LogEvent[] {
    const taken = this.#whole;
    this.#whole = [];
    return taken;
  }
}
