import { tokenise, type Token } from '../words-to-figures/tokens.js';

export interface Sentence {
  readonly tokens: readonly Token[];
  /** Which paragraph of the article, from 0. */
  readonly paragraph: number;
  /** A line without a full stop: a headline, a label. */
  readonly heading: boolean;
  /** The first after a time of day in a live blog, or after a speaker's name in a transcript. */
  readonly opens: boolean;
}

const abbreviations = new Set(
  'mr mrs ms dr prof gen col lt sgt maj capt cmdr gov sen rep rev st mt jan feb mar apr jun jul aug sep sept oct nov dec inc ltd co corp no vs fr sr jr dept est incl approx supt insp brig cpl pte adm hon amb cdr det atty messrs mssrs dist gov sgts'.split(
    ' ',
  ),
);
const marks = new Set(['.', '!', '?']);
const closing = new Set(['"', '”', '’', "'", ')', ']', '»']);
const opening = new Set(['"', '“', '‘', '(', '[', '«']);
const dashes = new Set(['-', '–', '—']);
/** How far into a paragraph a dateline's dash, or a transcript's colon, may stand, in tokens. */
const datelineTokensMax = 14;
const labelTokensMax = 3;
/** A line without a full stop that is longer than this is prose whose last mark is missing, in tokens. */
const headingTokensMax = 22;

const startsSentence = (token: Token | undefined): boolean =>
  token === undefined ||
  opening.has(token.text) ||
  token.kind === 'number' ||
  token.kind === 'compound' ||
  /^\p{Lu}/u.test(token.text);

/** Whether the full stop at this place belongs to an abbreviation or an initial. */
function abbreviates(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== '.') return false;
  const before = tokens[at - 1];
  if (before === undefined || before.end !== tokens[at]?.start) return false;
  if (before.lower === 'no') return tokens[at + 1]?.kind === 'number';
  if (/^\p{Lu}$/u.test(before.text)) return true;
  return abbreviations.has(before.lower) && /^(?:\p{Lu}|\p{Ll}+$)/u.test(before.text);
}

/** Where the sentence that begins at `from` ends (the token after its last). */
function endOfSentence(tokens: readonly Token[], from: number): number {
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    // "At 6 p.m. The…": the full stop is part of the token.
    const spoken =
      /^[ap]\.m\.$/u.test(token.lower) && startsSentence(tokens[at + 1]) && tokens[at + 1]?.kind === 'word';
    if (spoken) return at + 1;
    if (!marks.has(token.text) || abbreviates(tokens, at)) continue;
    let end = at + 1;
    while (end < tokens.length && (marks.has(tokens[end]?.text ?? '') || closes(tokens, end))) end += 1;
    if (startsSentence(tokens[end])) return end;
  }
  return tokens.length;
}

/** A quote mark that hangs on the word before it closes. */
const closes = (tokens: readonly Token[], at: number): boolean =>
  closing.has(tokens[at]?.text ?? '') && tokens[at]?.start === tokens[at - 1]?.end;

/**
 * How many tokens at a paragraph's beginning are a dateline ("BEIRUT, May 3 (Reuters) -"), a time of day, or the name
 * of who speaks in a transcript: no part of what is said.
 */
function preamble(tokens: readonly Token[]): { readonly length: number; readonly opens: boolean } {
  const first = tokens[0];
  if (first === undefined) return { length: 0, opens: false };
  if (first.kind === 'compound' && /^\d{1,2}:\d{2}/u.test(first.text))
    return { length: 1 + labelAt(tokens, 1), opens: true };
  const label = labelAt(tokens, 0);
  if (label > 0 && first.text === first.text.toUpperCase() && first.text.length > 2)
    return { length: label, opens: true };
  for (let at = 1; at < Math.min(tokens.length, datelineTokensMax); at += 1) {
    const token = tokens[at];
    if (token === undefined || (marks.has(token.text) && !abbreviates(tokens, at))) break;
    const spaced = token.start > (tokens[at - 1]?.end ?? 0);
    const bracketed = tokens[at - 1]?.text === ')';
    const shouted = first.text.length > 2 && first.text === first.text.toUpperCase() && first.kind === 'word';
    if (dashes.has(token.text) && spaced && (bracketed || shouted)) {
      const doubled = dashes.has(tokens[at + 1]?.text ?? '') ? 2 : 1;
      return { length: at + doubled, opens: false };
    }
  }
  return { length: 0, opens: false };
}

/** "REPORTER:" and "UPDATE:" at a place: its length in tokens, or 0. */
function labelAt(tokens: readonly Token[], from: number): number {
  for (let at = from; at < from + labelTokensMax; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind !== 'word' || token.text !== token.text.toUpperCase()) return 0;
    if (tokens[at + 1]?.text === ':') return at + 2 - from;
  }
  return 0;
}

/** The sentences of a text, each with its tokens, whose offsets are the text's. */
export function sentencesOf(text: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let paragraph = 0;
  for (const match of text.matchAll(/[^\n]+/gu)) {
    const tokens = tokenise(match[0]).map((token) => ({
      ...token,
      start: token.start + match.index,
      end: token.end + match.index,
    }));
    if (tokens.length === 0) continue;
    const { length, opens } = preamble(tokens);
    let from = length;
    while (from < tokens.length) {
      const end = endOfSentence(tokens, from);
      const slice = tokens.slice(from, end);
      const finished = slice.some(({ text: mark }) => marks.has(mark));
      sentences.push({
        tokens: slice,
        paragraph,
        heading: from === length && !finished && slice.length <= headingTokensMax,
        opens: opens && from === length,
      });
      from = end;
    }
    paragraph += 1;
  }
  return sentences;
}
