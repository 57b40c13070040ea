/** Bounds of a wait before the next attempt, in ms. */
export interface Backoff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * How long to wait before the attempt-th attempt (from 1), in ms: doubling, and anywhere between half of that and all
 * of it, so that many who lost the same thing at once do not all come back at once.
 * @param random from 0 to 1
 */
export const backoffMs = ({ firstMs, mostMs }: Backoff, attempt: number, random: () => number): number => {
  const most = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return most / 2 + (random() * most) / 2;
};
