import type { Problem } from '../../api/shapes.js';

/** What is to be filed: kept in the browser from before it is first sent until the service has answered for it. */
export interface WaitingFiling {
  /** Its Idempotency-Key: however often it is sent, it is filed once. */
  readonly id: string;
  readonly slug: string;
  readonly path: string;
  /** The body's text: a repeat must be the same bytes. */
  readonly body: string;
  /** For people: what this is. */
  readonly label: string;
  readonly at: number;
  /** The desk that filed it, where known: another must not send it, since keys are scoped to desks. */
  readonly desk: string | null;
  /** What it was made of, to go back to where it is refused. */
  readonly draft?: unknown;
  /** Why it waits or, with `refused`, why it was not taken. */
  readonly problem?: Problem;
  readonly refused?: boolean;
}
