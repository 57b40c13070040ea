export const delayMsMax = 30_000;

/**
 * Full jitter: anything from nothing up to a bound that doubles, so that readers cut off together do not come back
 * together. `randomly` gives [0, 1).
 */
export function reconnectDelayMs(attempt: number, baseMs: number, randomly: () => number): number {
  const bound = Math.min(delayMsMax, baseMs * 2 ** Math.min(attempt, 10));
  return Math.round(bound * (0.25 + 0.75 * randomly()));
}
