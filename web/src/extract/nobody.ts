import type { Scheme } from '../words-to-figures/scheme.js';
import type { Token } from '../words-to-figures/tokens.js';
import type { Mention } from './mention-shape.js';
import { readNounPhrase } from './noun-phrase.js';

/**
 * "No passengers were hurt", "there were no deaths": exactly 0. "No casualties were reported" says only that nobody
 * has reported any, and is no number.
 */
export function zeroMentions(tokens: readonly Token[], scheme: Scheme): readonly Mention[] {
  const found: Mention[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens[at]?.lower !== 'no') continue;
    const skipped = /^(?:more|other|further|additional)$/u.test(tokens[at + 1]?.lower ?? '') ? 2 : 1;
    const phrase = readNounPhrase(tokens, at + skipped, scheme);
    if (phrase === null || phrase === 'bare') continue;
    if (reportsOnly(tokens, phrase.end)) continue;
    const counted = phrase.event !== null && !phrase.bodies;
    const there =
      tokens.slice(Math.max(0, at - 3), at).some(({ lower }) => /^(?:were|was|are|is)$/u.test(lower)) &&
      tokens.slice(Math.max(0, at - 4), at).some(({ lower }) => lower === 'there');
    if (counted && (!there || phrase.event === 'arrested' || phrase.event === 'casualties')) continue;
    found.push({
      start: at,
      end: phrase.end,
      quantity: { kind: 'exactly', value: 0 },
      hedged: false,
      more: false,
      moreAfter: false,
      definite: false,
      phrase,
      partitive: false,
      article: false,
      whole: null,
    });
  }
  return found;
}

const reportsOnly = (tokens: readonly Token[], from: number): boolean =>
  tokens
    .slice(from, from + 6)
    .some(({ lower }) => /^(?:reported|reports|known|word|confirmed|immediate)$/u.test(lower));
