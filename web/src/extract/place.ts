import { declaredValues, type Scheme } from '../words-to-figures/scheme.js';
import { idWords } from '../words-to-figures/singular.js';
import type { Token } from '../words-to-figures/tokens.js';
import type { Mention } from './mention-shape.js';
import { says } from './speech-words.js';

/** How far behind its number "in Sumedang" may stand, in tokens. */
const placeTokensMax = 12;

const leads = /^(?:in|at|from|near|outside|around|on)$/u;

/** What ends the stretch in which a place speaks for a number. */
const ends = (token: Token | undefined): boolean =>
  token === undefined || /^(?:;|but|while|whereas|where)$/u.test(token.lower);

/** The declared place that begins at a token. */
function valueAt(tokens: readonly Token[], at: number, values: readonly string[]): string | null {
  const fits = values.filter((value) =>
    idWords(value).every((word, index) => {
      const lower = tokens[at + index]?.lower;
      return lower === word || idWords(lower ?? '')[0] === word;
    }),
  );
  return fits.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/**
 * The place of which a number speaks, where the scheme declares it: "in Sumedang, nine were killed", "nine were killed
 * in Sumedang". One of the same clause, where nobody speaks in between; `null` where the clause names none.
 */
export function placeOf(scheme: Scheme, tokens: readonly Token[], mention: Mention): string | null {
  const values = declaredValues(scheme, 'place');
  if (values === null) return null;
  const read = (at: number): string | null => {
    if (!leads.test(tokens[at]?.lower ?? '')) return null;
    const from = tokens[at + 1]?.lower === 'the' ? at + 2 : at + 1;
    return valueAt(tokens, from, values);
  };
  for (let at = mention.end; at < mention.end + placeTokensMax && !ends(tokens[at]); at += 1) {
    const value = read(at);
    if (value !== null) return value;
  }
  for (let at = mention.start - 1; at >= 0 && !ends(tokens[at]) && !says.has(tokens[at]?.lower ?? ''); at -= 1) {
    const value = read(at);
    if (value !== null) return value;
  }
  return null;
}
