import { BoundedMap } from '../projections/bounded-map.js';
import type { Done } from './outcome.js';

/** Answers kept in memory for repeats; older ones are worked out again from the log. */
const answersMax = 2_000;
/** Characters of all of them together, as JSON. */
const charactersMax = 16 * 1024 * 1024;
export interface RecentAnswer {
  readonly bodyHash: string;
  readonly done: Done;
}

/** The last answers given under an idempotency key, those included for which nothing had to be stored. */
export class RecentAnswers {
  readonly #answers = new BoundedMap<string, RecentAnswer>(answersMax, charactersMax);

  /** @param scopedKey see `keyOf` */
  get(slug: string, scopedKey: string): RecentAnswer | undefined {
    return this.#answers.get(nameOf(slug, scopedKey));
  }

  set(slug: string, scopedKey: string, answer: RecentAnswer): void {
    this.#answers.set(nameOf(slug, scopedKey), answer, answer.done.json.length);
  }
}

/** Neither a slug nor a key has line breaks, so no two give one name. */
const nameOf = (slug: string, scopedKey: string): string => `${slug}\n${scopedKey}`;
