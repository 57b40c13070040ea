import { eventAt } from '../words-to-figures/events.js';
import { isNumberWord } from '../words-to-figures/number-words.js';
import type { Token } from '../words-to-figures/tokens.js';
import { canSpeak } from './speaker-kind.js';
import { closers, isTime, nameMiddle, nameStops, nameTokensMax, pronouns, says } from './speech-words.js';
import { auxiliaries } from './word-lists.js';

const shortened = /^(?:\p{L}|gov|lt|gen|dr|sen|rep|mr|mrs|ms|brig|col|sgt|capt|maj|prof|st|adm|supt|insp|rev|fr)$/iu;
const isShortened = (token: Token | undefined): boolean => token !== undefined && shortened.test(token.text);

/** Index where the noun phrase that ends before `end` begins; walks back over names, offices and "of the". */
export function nameStart(tokens: readonly Token[], end: number, least: number): number {
  let at = end;
  while (at > least && end - at < nameTokensMax) {
    const token = tokens[at - 1];
    if (token === undefined) break;
    const word = token.lower;
    if (token.kind === 'punctuation' && !(token.text === '.' && isShortened(tokens[at - 2])) && token.text !== '&')
      break;
    if (
      token.kind === 'number' ||
      token.kind === 'compound' ||
      isNumberWord(word) ||
      nameStops.has(word) ||
      (auxiliaries.has(word) && word !== 'us') ||
      isTime(token)
    )
      break;
    if (says.has(word) && !canSpeak(word) && at !== end) break;
    const event = eventAt(tokens, at - 1);
    if (
      event !== null &&
      event.event !== 'present' &&
      !/^(?:rescue|emergency|missing|release|hold|death|deaths|survivors?)$/u.test(word)
    )
      break;
    if (pronouns.has(word) && word !== 'one') {
      if (at === end) at -= 1;
      break;
    }
    at -= 1;
  }
  // A name does not begin with "of", "and" or "in".
  while (
    at < end &&
    nameMiddle.has(tokens[at]?.lower ?? '') &&
    !/^(?:the|a|an)$/u.test(tokens[at]?.lower ?? '') &&
    !/^(?:its|their|his|her)$/u.test(tokens[at]?.lower ?? '')
  )
    at += 1;
  return at;
}

/** Index after the noun phrase that begins at `from`: for "according to X" and "said X". */
export function nameEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && at - from < nameTokensMax) {
    const token = tokens[at];
    if (token === undefined) break;
    const word = token.lower;
    if (token.text === '.' && at > from && isShortened(tokens[at - 1])) {
      at += 1;
      continue;
    }
    if (
      token.kind === 'punctuation' ||
      nameStops.has(word) ||
      (says.has(word) && !canSpeak(word)) ||
      isTime(token) ||
      (auxiliaries.has(word) && word !== 'us')
    )
      break;
    if (
      /^(?:on|in|by|at)$/u.test(word) &&
      (isTime(tokens[at + 1]) || /^(?:a|an|its|his|her|their|telephone)$/u.test(tokens[at + 1]?.lower ?? ''))
    )
      break;
    if (/^(?:quoted|citing|cited|quoting|adding|based|compiled|included|includes|include)$/u.test(word)) break;
    if (token.kind === 'number' || isNumberWord(word)) break;
    const happened = eventAt(tokens, at);
    if (
      happened !== null &&
      happened.event !== 'present' &&
      !/^(?:rescue|emergency|missing|release|hold|death|deaths|survivors)$/u.test(word)
    )
      break;
    at += 1;
  }
  while (at > from && nameMiddle.has(tokens[at - 1]?.lower ?? '')) at -= 1;
  return at;
}

/** "…, head of the fire service": what stands after a name between commas; index after it. */
export function apposition(tokens: readonly Token[], comma: number): number {
  if (tokens[comma]?.text !== ',') return comma;
  const first = tokens[comma + 1];
  if (first === undefined || first.kind !== 'word') return comma;
  const fits =
    /^(?:an?|the|its|head|director|chief|spokes\w+|deputy|commander|president|chair\w*|secretary|mayor|governor|minister|manager|coordinator|leader)$/u.test(
      first.lower,
    ) || canSpeak(first.lower);
  const end = nameEnd(tokens, comma + 1);
  // "The ministry's spokesman, Yusuf Warsame": an office, then its name.
  const office =
    /^\p{Ll}/u.test(tokens[comma - 1]?.text ?? '') &&
    capitalisedOnly(tokens, comma + 1, end) &&
    closers.has(tokens[end]?.text ?? '.');
  if ((!fits && !office) || says.has(first.lower)) return comma;
  return end > comma + 1 && end - comma <= nameTokensMax ? end : comma;
}

export const withoutArticle = (name: string): string =>
  name
    .replace(/^(?:the|an?|its|their|our|his|her)\s+/iu, '')
    .replace(/^[\s,.'"“”‘’]+|[\s,'"“”‘’:]+$/gu, '')
    .replace(/['’]s$/u, '')
    .replaceAll(/\s+/gu, ' ');

/** Whether anything in the words can speak: a known noun, a capitalised name, a pronoun. */
export function isSpeaker(tokens: readonly Token[], from: number, to: number): boolean {
  if (from >= to) return false;
  const slice = tokens.slice(from, to);
  if (slice[0]?.kind === 'number' || /^(?:i|we|you)$/u.test(slice[0]?.lower ?? '')) return false;
  return slice.some(
    (token, index) =>
      canSpeak(token.lower) ||
      pronouns.has(token.lower) ||
      (token.kind === 'word' && /^\p{Lu}/u.test(token.text) && (index > 0 || from > 0 || slice.length <= 4)),
  );
}

export const capitalisedOnly = (tokens: readonly Token[], from: number, to: number): boolean =>
  from < to &&
  tokens
    .slice(from, to)
    .every(
      ({ text, kind }) =>
        kind === 'punctuation' || /^\p{Lu}/u.test(text) || /^(?:al|de|bin|ben|van|von|da|el|ould)$/u.test(text),
    );
