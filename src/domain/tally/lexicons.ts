import type { LexiconId } from '../vocabulary.js';

/**
 * Words for numbers, each a lower bound without an upper one. Named and versioned: the event keeps the words, and a
 * lexicon is read when the tally is made, so that a newer one reads old words again.
 */
export const lexicons: Readonly<Record<LexiconId, ReadonlyMap<string, number>>> = {
  'plain/1': new Map([
    ['a couple', 2],
    ['a few', 3],
    ['several', 3],
    ['a dozen', 12],
    ['dozens', 24],
    ['many dozens', 36],
    ['scores', 40],
    ['hundreds', 200],
    ['thousands', 2000],
  ]),
  // ACLED codebook: unclear fatality words and the number that they are coded as.
  'acled/1': new Map([
    ['several', 3],
    ['a few', 3],
    ['many', 3],
    ['dozens', 12],
    ['hundreds', 100],
  ]),
};

/** A word as lexicons have it: NFKC, lower case, spaces collapsed. */
export const canonicalWord = (word: string): string =>
  word.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/** At least how many people a word means; `null` where the lexicon lacks it. */
export const lexiconLow = (lexicon: LexiconId, word: string): number | null =>
  lexicons[lexicon].get(canonicalWord(word)) ?? null;
