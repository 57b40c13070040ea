import type { Quantity } from '../words-to-figures/quantities.js';
import type { SpeakerKind } from './speaker-kind.js';

export interface Article {
  readonly text: string;
  /** Who published it: the last link of every chain, and the speaker of what it says in its own name. */
  readonly outlet: string;
  /** An instant or a plain date; tells this year's numbers from those of another. */
  readonly publishedAt?: string | undefined;
}

/** A stretch of the article's text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Link {
  readonly name: string;
  readonly kind: SpeakerKind;
  readonly named?: boolean;
}

export type Basis = 'total' | 'partial' | 'additional' | 'sum';

/** One figure read out of an article, for a person to accept, change or drop. */
export interface Proposal {
  readonly measure: string;
  readonly group?: string;
  readonly side?: string;
  readonly breakdown: Readonly<Record<string, string>>;
  readonly quantity: Quantity;
  readonly basis: Basis;
  /** Places in the list of proposals of the figures that an increment adds to; empty where that is not in the article. */
  readonly of: readonly number[];
  readonly hedged: boolean;
  /** The words of the first span. */
  readonly words: string;
  /** Where the article says it, the first place first; each number that is said again is here too. */
  readonly spans: readonly Span[];
  /** Speaker first, outlet last. */
  readonly attribution: readonly Link[];
  /** From 0 to 1: less for every step that had to be inferred. Not a probability. */
  readonly confidence: number;
  /** Why, for the desk: the rules that fired. */
  readonly rules: readonly string[];
}
