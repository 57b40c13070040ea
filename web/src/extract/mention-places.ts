import { demonymAt } from '../words-to-figures/demonyms.js';
import { peopleNounAt } from '../words-to-figures/people-nouns.js';
import type { Scheme } from '../words-to-figures/scheme.js';
import type { Token } from '../words-to-figures/tokens.js';
import type { Mention } from './mention-shape.js';
import { type NounPhrase, readNounPhrase } from './noun-phrase.js';
import { auxiliaries } from './word-lists.js';

export const determiners = new Set(['the', 'these', 'those', 'its', 'their', 'his', 'her', 'our']);

const responding = /^(?:service|services|brigade|force|forces|army|navy|police|guard|military|unit)$/u;

/** How long the name of a body may be, in tokens. */
const bodyTokensMax = 4;

/** "members of the security forces", "people from Hungary": what follows the noun and says more of the people. */
export function extended(tokens: readonly Token[], phrase: NounPhrase, scheme: Scheme): NounPhrase {
  const head = phrase.words.at(-1) ?? '';
  let at = phrase.end;
  if (/^members?$/u.test(head) && tokens[at]?.lower === 'of') {
    at += determiners.has(tokens[at + 1]?.lower ?? '') ? 2 : 1;
    const inner = readNounPhrase(tokens, at, scheme);
    if (inner !== null && inner !== 'bare')
      return { ...inner, event: phrase.event ?? inner.event, nationality: phrase.nationality ?? inner.nationality };
    // "Three members of the civil protection service": of those who help.
    const body = tokens.slice(at, at + bodyTokensMax).findIndex(({ lower }) => responding.test(lower));
    if (body !== -1 && !tokens.slice(at, at + body).some(({ kind }) => kind === 'punctuation'))
      return {
        ...phrase,
        end: at + body + 1,
        words: ['responders'],
        noun: { noun: 'responder', cluster: 'security-force', breakdown: {} },
      };
  }
  // "29 bodies of children": whose bodies they are.
  if (phrase.bodies && tokens[at]?.lower === 'of') {
    const inner = readNounPhrase(tokens, at + 1, scheme);
    if (inner !== null && inner !== 'bare' && inner.plural) return { ...inner, event: 'killed', bodies: true };
  }
  if (tokens[at]?.lower === 'each') at += 1;
  if (
    phrase.nationality === null &&
    (tokens[at]?.lower === 'from' || (tokens[at]?.lower === 'of' && /^(?:nationals?|citizens?)$/u.test(head)))
  ) {
    at += tokens[at + 1]?.lower === 'the' ? 2 : 1;
    const place = demonymAt(tokens, at);
    if (place?.uses.has('place') === true) return { ...phrase, nationality: place.nationality, end: at + place.length };
  }
  // "women and children", "police and soldiers" under one number: no breakdown holds for all of them.
  if ((tokens[phrase.end]?.lower === 'and' || tokens[phrase.end]?.lower === 'or') && phrase.noun !== null) {
    const other = peopleNounAt(tokens, phrase.end + 1);
    if (
      other !== null &&
      other.read.cluster !== phrase.noun.cluster &&
      !auxiliaries.has(tokens[phrase.end + 1]?.lower ?? '')
    )
      return {
        ...phrase,
        end: phrase.end + 1 + other.length,
        noun: { noun: 'generic', cluster: 'person', breakdown: {} },
        words: ['people'],
      };
  }
  return phrase;
}

/** "one from the Maldives", "two from Japan": a nation is all that is said of them. */
export function fromPlace(tokens: readonly Token[], at: number): NounPhrase | null {
  const led = tokens[at]?.lower === 'each' ? at + 1 : at;
  if (tokens[led]?.lower !== 'from') return null;
  const from = tokens[led + 1]?.lower === 'the' ? led + 2 : led + 1;
  const place = demonymAt(tokens, from);
  if (place?.uses.has('place') !== true) return null;
  return {
    end: from + place.length,
    words: [],
    noun: null,
    nationality: place.nationality,
    event: null,
    bodies: false,
    plural: true,
  };
}

/** "one person each from Hungary, India and Peru": one number for each of the places after the first. */
export function eachOf(tokens: readonly Token[], mention: Mention): readonly Mention[] {
  const { phrase } = mention;
  if (phrase === null || phrase.nationality === null) return [];
  if (!tokens.slice(mention.start, mention.end).some(({ lower }) => lower === 'each')) return [];
  const more: Mention[] = [];
  for (let at = mention.end; at < tokens.length;) {
    const joint = tokens[at]?.lower ?? '';
    if (joint !== ',' && joint !== 'and') break;
    const from = at + (joint === ',' && tokens[at + 1]?.lower === 'and' ? 2 : 1);
    const place = demonymAt(tokens, from);
    if (place === null) break;
    more.push({
      ...mention,
      start: from,
      end: from + place.length,
      phrase: { ...phrase, nationality: place.nationality },
    });
    at = from + place.length;
  }
  return more;
}
