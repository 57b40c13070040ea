import { ProblemError } from './problems.js';

const keptMs = 10 * 60 * 1000;
const keptMax = 1_000;

interface Kept<T> {
  readonly bodyHash: string;
  readonly answer: Promise<T>;
  readonly until: number;
}

/** Answers under an idempotency key, for what the incident's own stream cannot remember. */
export class RecentAnswers<T> {
  private readonly kept = new Map<string, Kept<T>>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Does it once; a repeat gets the first answer, waiting for it where it is under way. A failure is forgotten. */
  async once(
    scope: string,
    idempotency: { readonly key: string; readonly bodyHash: string } | null,
    act: () => Promise<T>,
  ): Promise<{ readonly body: T; readonly replayed: boolean }> {
    if (idempotency === null) return { body: await act(), replayed: false };
    const name = `${scope}\n${idempotency.key}`;
    const before = this.kept.get(name);
    if (before !== undefined && before.until > this.now()) {
      if (before.bodyHash !== idempotency.bodyHash)
        throw new ProblemError('idempotency-key-reused', 'This Idempotency-Key was used with another body.');
      return { body: await before.answer, replayed: true };
    }
    const answer = act();
    this.kept.delete(name);
    this.kept.set(name, { bodyHash: idempotency.bodyHash, answer, until: this.now() + keptMs });
    this.forgetOldest();
    try {
      return { body: await answer, replayed: false };
    } catch (error) {
      this.kept.delete(name);
      throw error;
    }
  }

  /** The map is in order of time: the oldest stand first. */
  private forgetOldest(): void {
    for (const [name, { until }] of this.kept) {
      if (this.kept.size <= keptMax && until > this.now()) return;
      this.kept.delete(name);
    }
  }
}
