import type { LogEvent } from '../event-log.js';
import type { StoredEvent } from './stored-event.js';

/** Events handed on at once, at least, where so many are there: whole appends, so it can be more. */
const batchEventsMin = 500;

/** Puts events that come one by one together to whole appends. What is not whole is not there yet. */
export class WholeAppends {
  #whole: LogEvent[] = [];
  #begun: LogEvent[] = [];

  add({ event, isLast }: StoredEvent): void {
    this.#begun.push(event);
    if (!isLast) return;
    this.#whole.push(...this.#begun);
    this.#begun = [];
  }

  get isFull(): boolean {
    return this.#whole.length >= batchEventsMin;
  }

  /** The whole appends so far; `null` where there is none. */
  take(): readonly LogEvent[] | null {
    if (this.#whole.length === 0) return null;
    const taken = this.#whole;
    this.#whole = [];
    return taken;
  }
}
