/** A piece of a text with its place in it: `text.slice(start, end)`, in UTF-16 units. */
export interface Token {
  readonly text: string;
  /** Lower case, straight apostrophes, without a possessive `'s`. */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'word' | 'number' | 'compound' | 'punctuation';
  readonly possessive: boolean;
}

const clock = String.raw`\d{1,2}:\d{2}(?::\d{2})?`;
const compound = String.raw`\d[\d,]*(?:\.\d+)?(?:(?:-[\p{L}]+)+|(?:st|nd|rd|th|s|pm|am|km|m|kg|mph|ft|k|bn|mn|C|F|GMT)\b)`;
const number = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`;
const initials = String.raw`(?:\p{L}\.){2,}`;
const word = String.raw`[\p{L}\p{M}]+(?:['’][\p{L}]+|-[\p{L}\d]+)*['’]?`;
const pattern = new RegExp(
  `(?<compound>${clock}|${compound})|(?<number>${number})|(?<word>${initials}|${word})|(?<punctuation>\\S)`,
  'gu',
);

const canonical = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll('’', "'");

/** Words, numbers and marks of a text, in order; spaces are left out. */
export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    const raw = match[0];
    const { compound: isCompound, number: isNumber, word: isWord } = match.groups ?? {};
    const lower = canonical(raw);
    const possessive = isWord !== undefined && /(?:'s|s')$/u.test(lower);
    // A quote mark that closes after a word is no part of it.
    const quoted = isWord !== undefined && lower.endsWith("'") && !possessive;
    const length = quoted ? raw.length - 1 : raw.length;
    tokens.push({
      text: raw.slice(0, length),
      lower: possessive ? lower.replace(/'s?$/u, '') : lower.slice(0, length),
      start: match.index,
      end: match.index + length,
      kind:
        isCompound !== undefined
          ? 'compound'
          : isNumber !== undefined
            ? 'number'
            : isWord === undefined
              ? 'punctuation'
              : 'word',
      possessive,
    });
  }
  return tokens;
}

/** Whether these words stand at a place of the tokens. */
export const wordsAt = (tokens: readonly Token[], at: number, words: readonly string[]): boolean =>
  words.every((expected, offset) => tokens[at + offset]?.lower === expected);
