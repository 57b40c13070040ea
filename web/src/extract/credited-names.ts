import { eventAt } from '../words-to-figures/events.js';
import { isNumberWord } from '../words-to-figures/number-words.js';
import type { Token } from '../words-to-figures/tokens.js';
import { canSpeak } from './speaker-kind.js';
import { capitalisedOnly, isSpeaker, nameStart } from './speaker-names.js';
import { creditTokensMax, labelTokensMax, relativeTokensMax, says } from './speech-words.js';
import { auxiliaries } from './word-lists.js';

/** Between a possessive and its "figures", in tokens. */
const countTokensMax = 4;

/** Index of the "that" or "which" of a short relative clause right before a verb, where one who can speak stands before it. */
export function relativeBefore(tokens: readonly Token[], verb: number, least: number): number | null {
  for (let at = verb - 1; at > Math.max(least, verb - relativeTokensMax); at -= 1) {
    if (tokens[at]?.kind === 'punctuation') return null;
    if (/^(?:that|which|who)$/u.test(tokens[at]?.lower ?? '')) return canSpeak(tokens[at - 1]?.lower ?? '') ? at : null;
  }
  return null;
}

/** "Eight girls kidnapped: police": index of the colon that credits a headline. */
export function creditedAt(tokens: readonly Token[]): number | null {
  const colon = tokens.findLastIndex(
    ({ text, start }, at) => text === ':' || (/^[-–—]$/u.test(text) && start > (tokens[at - 1]?.end ?? 0)),
  );
  const length = tokens.length - colon - 1;
  if (colon < 2 || length < 1 || length > creditTokensMax || !isSpeaker(tokens, colon + 1, tokens.length)) return null;
  return canSpeak(tokens.at(-1)?.lower ?? '') ? colon : null;
}

/** "Prime Minister Ana Lee wept as she gave …": the name ends with its last capital. */
export function personEnd(tokens: readonly Token[], end: number, pronoun: string): number {
  if (!/^(?:he|she)$/u.test(pronoun)) return end;
  return tokens.slice(0, end).findLastIndex(({ text }) => /^\p{Lu}/u.test(text)) + 1;
}

/** "The ministry's latest figures are …": where the name of whose figures begins, its end being the possessive. */
export function countOf(
  tokens: readonly Token[],
  at: number,
  least: number,
): { readonly from: number; readonly to: number } | null {
  if (!/^(?:figures?|count|toll|tally|estimates?|data|statistics|numbers)$/u.test(tokens[at]?.lower ?? '')) return null;
  if (
    !/^(?:is|are|was|were|now|stood|stands|shows?|showed|puts?|has|have|of|gives?)$/u.test(tokens[at + 1]?.lower ?? '')
  )
    return null;
  for (let owner = at - 1; owner > Math.max(least, at - countTokensMax) - 1; owner -= 1) {
    const token = tokens[owner];
    if (token === undefined || token.kind !== 'word') return null;
    if (!token.possessive) continue;
    const from = nameStart(tokens, owner + 1, least);
    return isSpeaker(tokens, from, owner + 1) && canSpeak(token.lower) ? { from, to: owner + 1 } : null;
  }
  return null;
}

/** "Foreign minister: 161 still aboard": index of the colon. */
export function labelled(tokens: readonly Token[]): number | null {
  const colon = tokens.findIndex(({ text }) => text === ':');
  if (colon < 1 || colon > labelTokensMax || !isSpeaker(tokens, 0, colon)) return null;
  const name = tokens.slice(0, colon);
  if (name.some(({ lower }, at) => isNumberWord(lower) || eventAt(tokens, at) !== null)) return null;
  if (
    name.some(
      ({ kind, lower }) => kind === 'punctuation' || (says.has(lower) && !canSpeak(lower)) || auxiliaries.has(lower),
    )
  )
    return null;
  return name.some(({ lower }) => canSpeak(lower)) || (name.length >= 2 && capitalisedOnly(tokens, 0, colon))
    ? colon
    : null;
}
