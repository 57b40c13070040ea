import type { Token } from '../words-to-figures/tokens.js';
import { type Raw, rawFrames } from './raw-frames.js';
import type { Sentence } from './sentences.js';
import { isInstitution } from './speaker-kind.js';
import { withoutArticle } from './speaker-names.js';
import { closers, denials, isTime, textOf } from './speech-words.js';

/** "X said", "according to X": who is named to have said what stands in a part of a sentence. */
export interface Frame {
  /** The speaker as written, without an article; a pronoun as it stands. */
  readonly name: string;
  /** First and one past last token of name and verb. */
  readonly start: number;
  readonly end: number;
  /** Tokens for which it speaks. */
  readonly from: number;
  readonly to: number;
  /** "told Reuters", "quoting AP": who carried it. */
  readonly relays: readonly string[];
  /** "denied", "refused to confirm": what follows is not said by it. */
  readonly denies: boolean;
  readonly anonymous: boolean;
  readonly later: boolean;
  /** "the official source": one met before, where no other name is given. */
  readonly definite: boolean;
  /** "its chairman", "her manager". */
  readonly possessive: boolean;
  /** "its director": the institution that the words before name. */
  readonly owner: string | null;
  /** "Who heads the agency": an office that is said in a clause. */
  readonly office: string | null;
}

const holdsOffice = /^who (?:heads?|leads?|runs?|directs?|commands?|chairs?|manages?|oversees?|headed|led)\b/iu;

function officeOf(tokens: readonly Token[], raw: Raw, source: string): string | null {
  const text = raw.about === undefined ? '' : textOf(tokens, raw.about[0], raw.about[1], source);
  return holdsOffice.test(text) ? text.replace(holdsOffice, 'head of') : null;
}

const anonymity =
  /not (?:be named|to be named|to be identified|be identified|authori[sz]ed)|anonym|declined to be named|did not want to be named|who would not be named|refused to be named/u;

/** Whether the frame speaks for what stands before it: ", police said." */
function isSuffix(tokens: readonly Token[], raw: Raw): boolean {
  if (raw.start === 0) return false;
  const before = tokens[raw.start - 1];
  const led =
    before !== undefined &&
    (before.text === ',' ||
      before.text === '"' ||
      before.text === '”' ||
      before.text === '–' ||
      before.text === '—' ||
      before.text === '-' ||
      before.text === ')' ||
      before.text === '’');
  let at = raw.end;
  // "said on Monday", "said in a statement", "said by telephone".
  for (let guard = 0; guard < 14 && at < tokens.length; guard += 1) {
    const token = tokens[at];
    if (token === undefined || closers.has(token.text)) break;
    const word = token.lower;
    if (
      isTime(token) ||
      token.kind === 'number' ||
      token.kind === 'compound' ||
      (/^\p{Lu}/u.test(token.text) && /^(?:in|at|from|to)$/u.test(tokens[at - 1]?.lower ?? '')) ||
      /^(?:on|in|at|by|to|via|from|a|an|his|her|its|the|statement|reporters|journalists|conference|news|press|twitter|facebook|telephone|phone|x|told|interview|message|communique|briefing|bulletin|earlier|later|report|post|televised|address|state|and|local|national|evening|for|first|time|parliament|website|note|release|tweet|video|speech|letter|update|broadcast)$/u.test(
        word,
      )
    )
      at += 1;
    else return raw.form === 'according' ? led || !startsClause(before) : raw.form === 'after';
  }
  if (raw.form === 'according') return true;
  if (raw.form === 'after') return true;
  // "The police said." has nothing after it, so that what it said stands before.
  const ends = at >= tokens.length || closers.has(tokens[at]?.text ?? '');
  if (!ends) return false;
  if (tokens[at]?.text === ':') return led;
  return led || at >= tokens.length - 1;
}

const startsClause = (token: Token | undefined): boolean =>
  token === undefined || token.text === ';' || /^(?:while|but|and|though|although)$/u.test(token.lower);

/** "The hospital …, its director said": whose director. */
function ownerOf(tokens: readonly Token[], raw: Raw): string | null {
  if (!/^(?:its|their|his|her)$/u.test(tokens[raw.nameFrom]?.lower ?? '')) return null;
  for (let at = raw.nameFrom - 1; at >= 0; at -= 1)
    if (isInstitution(tokens[at]?.lower ?? '')) return tokens[at]?.text ?? null;
  return null;
}

/** The frames of a sentence, in order, with what each speaks for. */
export function framesOf(sentence: Sentence, source: string): readonly Frame[] {
  const { tokens } = sentence;
  const raws = rawFrames(tokens, source);
  const words = textOf(tokens, 0, tokens.length, source).toLowerCase();
  const anonymous = anonymity.test(words);
  const suffix = raws.map((raw) => isSuffix(tokens, raw));
  return raws.map((raw, index) => {
    const next = raws[index + 1];
    const previous = raws[index - 1];
    let from: number;
    let to: number;
    if (suffix[index]) {
      from = previous === undefined ? 0 : suffix[index - 1] ? previous.end : previous.start;
      const rest = next === undefined ? tokens.length : suffix[index + 1] ? raw.end : next.start;
      to = rest;
    } else {
      from = raw.start === 0 || previous === undefined ? raw.start : raw.start;
      to = next === undefined ? tokens.length : suffix[index + 1] ? next.start : next.start;
    }
    const refusing = denials.has(raw.verb) || /^(?:refused|declined)$/u.test(tokens[raw.nameTo]?.lower ?? '');
    return {
      name: withoutArticle(textOf(tokens, raw.nameFrom, raw.nameTo, source)),
      start: raw.start,
      end: raw.end,
      from,
      to,
      relays: raw.relays,
      denies: refusing,
      anonymous,
      later: suffix[index] === true,
      owner: ownerOf(tokens, raw),
      office: officeOf(tokens, raw, source),
      definite: tokens[raw.nameFrom]?.lower === 'the',
      possessive: /^(?:its|their)$/u.test(tokens[raw.nameFrom]?.lower ?? ''),
    };
  });
}
