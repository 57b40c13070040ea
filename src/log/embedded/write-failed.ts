import type { WriteFailure } from './messages.js';

/** A failure to open or write, told in a message that can cross threads. */
export class WriteFailed extends Error {
  readonly failure: WriteFailure;
  constructor(failure: WriteFailure, cause?: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

/** For good: the message says what to do. */
export function refused(message: string): WriteFailure {
  return { kind: 'refused', outcomeUnknown: false, message };
}

/** For now, or until a restart. */
export function unavailable(message: string, outcomeUnknown: boolean): WriteFailure {
  return { kind: 'unavailable', outcomeUnknown, message };
}
