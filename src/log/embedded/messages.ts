/** What the main thread and the writer thread say to each other. All of it survives structured cloning. */

/** Handed to the thread at its start. */
export interface WriterOptions {
  readonly directory: string;
}

export interface QueuedAppend {
  readonly stream: string;
  readonly expected: number;
  /** See `storedForm`. */
  readonly bodies: readonly string[];
}

/**
 * Appends as one list of texts and numbers: of each its stream, its expectation, how many bodies it has, and these. Lists
 * of objects take twice as long to go from thread to thread.
 */
export type PackedAppends = readonly (string | number)[];

export type AppendOutcome =
  /** `revision` of its last event, `position` of its first: the positions of one append have no gaps. */
  | { readonly ok: true; readonly revision: number; readonly position: number }
  | { readonly ok: false; readonly actual: number };

/** Outcomes as one list of numbers, see `packOutcomes`. */
export type PackedOutcomes = readonly number[];

/** Why a group of appends was not answered. */
export interface WriteFailure {
  readonly kind: 'refused' | 'unavailable';
  /** Whether the group may be on disk all the same. */
  readonly outcomeUnknown: boolean;
  readonly message: string;
}

export type ToWriter =
  /** `first` numbers the first of the appends; the thread answers in the order of these numbers. */
  { readonly kind: 'append'; readonly first: number; readonly appends: PackedAppends } | { readonly kind: 'close' };

export type FromWriter =
  | { readonly kind: 'ready'; readonly epoch: string; readonly head: number }
  | { readonly kind: 'notReady'; readonly failure: WriteFailure }
  | {
      readonly kind: 'committed';
      readonly first: number;
      readonly outcomes: PackedOutcomes;
      readonly head: number;
    }
  | { readonly kind: 'failed'; readonly first: number; readonly count: number; readonly failure: WriteFailure };
