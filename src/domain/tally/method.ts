import type { LexiconId, MethodId, Nature } from '../vocabulary.js';
import type { Made } from './reconcile.js';
import type { Statement } from './statements.js';

/** What a method makes of the standing statements of a cell. */
export interface MethodResult extends Made {
  /** Whether spanning what cannot all be true contests best (a range's own hull does not). */
  readonly hull: boolean;
  /** Best was made of words, hedged totals or partial counts: it is a floor. */
  readonly floor: boolean;
}

/** A named, versioned, pure rule. A change of what it gives is a new version. */
export interface Method {
  readonly id: MethodId;
  /** The lexicon that it reads words with; `null`: the incident's. */
  readonly lexicon: LexiconId | null;
  /** The rule in words, for an editor. */
  readonly text: string;
  /**
   * @param standing oldest said first
   * @returns `null` where the method gives no best
   */
  readonly estimate: (standing: readonly Statement[], nature: Nature) => MethodResult | null;
}
