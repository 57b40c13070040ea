import { retryAfter } from './answer.js';
import { ProblemError } from './problems.js';

/** When to come back, in seconds. */
const retrySeconds = 5;

/** Work that takes much memory: one after the other, and no long queue. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(private readonly waitingMax: number) {}

  /** @throws ProblemError 429 where too many wait */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= this.waitingMax)
      throw new ProblemError('busy', 'Other exports are being made; try again in a while.', {
        headers: retryAfter(retrySeconds),
      });
    this.#waiting += 1;
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      this.#waiting -= 1;
    }
  }
}
