import type { Refusal } from '../domain/refusal.js';
import type { Outcome } from './outcome.js';
import type { RecentAnswer } from './recent-answers.js';

/** The answer to a request whose key was used: the first one again, or, with another body, a refusal. */
export const answeredBefore = (
  { key, bodyHash }: { readonly key: string; readonly bodyHash: string },
  known: RecentAnswer,
): Outcome =>
  known.bodyHash === bodyHash ? { ...known.done, replayed: true } : { kind: 'refused', refusal: keyReused(key) };

export const keyReused = (key: string): Refusal => ({
  code: 'idempotency-key-reused',
  detail: `The Idempotency-Key ${JSON.stringify(key)} was used for another request.`,
  errors: [],
});
