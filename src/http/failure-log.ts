import type { ProblemError } from './problems.js';

/** How long the same outage is not told again, in ms. */
export const sameAgainMs = 60_000;

export interface FailureLines {
  warn(line: Readonly<Record<string, unknown>>): unknown;
  error(line: Readonly<Record<string, unknown>>): unknown;
}

interface Outage {
  readonly level: 'warn' | 'error';
  readonly message: string;
  /** When a request last met it, and when it was last told; how many met it since. */
  metAtMs: number;
  toldAtMs: number;
  requests: number;
}

const outage = (level: Outage['level'], message: string): Outage => ({
  level,
  message,
  metAtMs: Number.NEGATIVE_INFINITY,
  toldAtMs: Number.NEGATIVE_INFINITY,
  requests: 0,
});

/**
 * Tells the operator of requests that failed on this side. What nobody expected is told each time, with its stack; an
 * outage of the event log, which every request meets alike, in one line a minute.
 */
export class FailureLog {
  readonly #away = outage('warn', 'The event log is away: what needs it is answered 503');
  readonly #refusing = outage(
    'error',
    'The event log refuses, and its operator has to look: what needs it is answered 503',
  );

  constructor(
    private readonly lines: FailureLines,
    private readonly nowMs: () => number,
  ) {}

  /** @param problem what the caller is answered */
  note(thrown: unknown, problem: ProblemError, requestId: string): void {
    if (problem.code === 'log-unavailable')
      this.#tell(thrown instanceof Error && thrown.name === 'LogRefusedError' ? this.#refusing : this.#away, thrown);
    else if (problem !== thrown && problem.status >= 500)
      this.lines.error({ message: 'A request failed unexpectedly', requestId, error: stackOf(thrown) });
  }

  #tell(which: Outage, thrown: unknown): void {
    const nowMs = this.nowMs();
    // After so long a time that no request met it, it is another outage.
    if (nowMs - which.metAtMs > sameAgainMs) which.requests = 0;
    which.metAtMs = nowMs;
    which.requests += 1;
    if (nowMs - which.toldAtMs < sameAgainMs) return;
    const { level, message, requests } = which;
    this.lines[level]({ message, error: thrown instanceof Error ? thrown.message : String(thrown), requests });
    which.toldAtMs = nowMs;
    which.requests = 0;
  }
}

const stackOf = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
