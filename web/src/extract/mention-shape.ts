import type { Quantity } from '../words-to-figures/quantities.js';
import type { NounPhrase } from './noun-phrase.js';

/** A number of people, as it stands in a sentence. Indexes are of the sentence's tokens. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly quantity: Quantity;
  readonly hedged: boolean;
  readonly more: boolean;
  /** "Seven more", and not "another seven". */
  readonly moreAfter: boolean;
  readonly definite: boolean;
  /** `null`: a number alone, "12 were injured". */
  readonly phrase: NounPhrase | null;
  /** "two of the 11", "12 of them": a part of people named elsewhere. */
  readonly partitive: boolean;
  /** "12 of them children": the noun says what this part is, where "two of the men" says of whom. */
  readonly telling?: boolean;
  /** "a Malian": no number was written. */
  readonly article: boolean;
  /** "the 11 dead militants" within "two of the 11 dead militants". */
  readonly whole: Mention | null;
}
