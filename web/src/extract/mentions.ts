import { eventAt } from '../words-to-figures/events.js';
import { demonymAt } from '../words-to-figures/demonyms.js';
import { readNumber } from '../words-to-figures/number-words.js';
import { peopleNounAt } from '../words-to-figures/people-nouns.js';
import { readQuantity } from '../words-to-figures/quantities.js';
import type { Scheme } from '../words-to-figures/scheme.js';
import type { Token } from '../words-to-figures/tokens.js';
import { countsNobody, isYear } from './counts-nobody.js';
import { determiners, eachOf, extended, fromPlace } from './mention-places.js';
import type { Mention } from './mention-shape.js';
import { type NounPhrase, readNounPhrase } from './noun-phrase.js';
import { auxiliaries, phraseStops } from './word-lists.js';

const pronouns = new Set(['them', 'whom', 'these', 'those', 'us', 'which']);

function mentionAt(tokens: readonly Token[], at: number, scheme: Scheme): Mention | null {
  const read = readQuantity(tokens, at);
  if (read === null) return null;
  const numbered = read.quantity.kind !== 'vague' && read.quantity.kind !== 'unspecified';
  if (numbered && countsNobody(tokens, coreStart(tokens, read.start, read.end), read.end)) return null;
  const shared = {
    start: read.start,
    quantity: read.quantity,
    hedged: read.hedged,
    more: read.more,
    moreAfter: read.moreAfter,
    definite: read.definite,
    article: false,
  };
  if (tokens[read.end]?.lower === 'of') {
    const after = read.end + 1;
    const word = tokens[after]?.lower ?? '';
    const those = thoseWho(tokens, after);
    if (those !== null) return { ...shared, end: those.end, phrase: those, partitive: true, whole: null };
    if (
      (pronouns.has(word) && !(word === 'those' || word === 'these')) ||
      (pronouns.has(word) && peopleNounAt(tokens, after + 1) === null && tokens[after + 1]?.lower !== 'who')
    )
      return {
        ...shared,
        end: after + 1,
        phrase: nounAfterPronoun(tokens, after + 1, scheme),
        partitive: true,
        telling: true,
        whole: null,
      };
    const inner = mentionAt(tokens, after, scheme);
    if (inner !== null && determiners.has(word))
      return { ...shared, end: inner.end, phrase: inner.phrase, partitive: true, whole: inner };
    const determined = determiners.has(word);
    const phrase = readNounPhrase(tokens, determined ? after + 1 : after, scheme);
    if (phrase !== null && phrase !== 'bare') {
      const full = extended(tokens, phrase, scheme);
      return { ...shared, end: full.end, phrase: full, partitive: determined, whole: null };
    }
    // "12 of the dead", "of the injured".
    if (determined) {
      const event = eventAt(tokens, after + 1);
      const said = event?.forms.some((form) => form === 'noun' || form === 'adjective') === true ? event : null;
      const named: NounPhrase | null =
        said === null
          ? null
          : {
              end: after + 1 + said.length,
              words: [],
              noun: null,
              nationality: null,
              event: said.event,
              bodies: false,
              plural: true,
            };
      return { ...shared, end: named?.end ?? after + 2, phrase: named, partitive: true, whole: null };
    }
    return null;
  }
  const phrase = readNounPhrase(tokens, read.end, scheme);
  if (phrase === null) return null;
  if (phrase === 'bare') {
    const origin = fromPlace(tokens, read.end);
    if (origin !== null) return { ...shared, end: origin.end, phrase: origin, partitive: false, whole: null };
    if (isYear(tokens[read.end - 1]) && read.end - read.start === 1) return null;
    // "A spokesman for Rescue 1122": part of a name.
    const [name, first] = [tokens[read.start - 1], tokens[read.start]];
    if (read.start > 1 && first?.kind === 'number' && /^\p{Lu}/u.test(name?.text ?? '') && name?.kind === 'word')
      return null;
    return { ...shared, end: read.end, phrase: null, partitive: false, whole: null };
  }
  if (
    isYear(tokens[read.end - 1]) &&
    /^(?:in|since|of|by|from|the|a)$/u.test(tokens[read.start - 1]?.lower ?? tokens[read.start]?.lower ?? '')
  )
    return null;
  const full = extended(tokens, phrase, scheme);
  return { ...shared, end: full.end, phrase: full, partitive: false, whole: null };
}

/** "Nineteen of those who died", "six of those killed": named by what happened to them. */
function thoseWho(tokens: readonly Token[], at: number): NounPhrase | null {
  if (tokens[at]?.lower !== 'those') return null;
  for (let next = at + 1; next < at + 5; next += 1) {
    const read = eventAt(tokens, next);
    if (read !== null)
      return {
        end: next + read.length,
        words: [],
        noun: null,
        nationality: null,
        event: read.event,
        bodies: false,
        plural: true,
      };
    if (!/^(?:who|were|was|had|have|been|being)$/u.test(tokens[next]?.lower ?? '')) return null;
  }
  return null;
}

/** "12 of them children": what they are stands right after. */
function nounAfterPronoun(tokens: readonly Token[], at: number, scheme: Scheme): NounPhrase | null {
  const phrase = readNounPhrase(tokens, at, scheme);
  return phrase === null || phrase === 'bare' ? null : phrase;
}

/** The index at which the number itself begins, after "at least" and the like. */
function coreStart(tokens: readonly Token[], start: number, end: number): number {
  for (let at = start; at < end; at += 1) if (readNumber(tokens, at) !== null) return at;
  return start;
}

/** "a Malian", "an Austrian", "a police officer": one, without a number. */
function articleMention(tokens: readonly Token[], at: number, scheme: Scheme): Mention | null {
  const word = tokens[at]?.lower;
  if (word !== 'a' && word !== 'an') return null;
  const phrase = readNounPhrase(tokens, at + 1, scheme);
  if (phrase === null || phrase === 'bare' || (phrase.plural && phrase.nationality === null)) return null;
  if (tokens.slice(at, phrase.end).some(({ kind, lower }) => kind === 'compound' || lower.endsWith('-old')))
    return null;
  if (/^(?:mother|father|wife|husband)$/u.test(phrase.words.at(-1) ?? '')) return null;
  if (phrase.noun?.noun === 'role' && phrase.noun.breakdown['role'] === phrase.words.at(-1)) return null;
  const full = extended(tokens, phrase, scheme);
  return {
    start: at,
    end: full.end,
    quantity: { kind: 'exactly', value: 1 },
    hedged: false,
    more: false,
    moreAfter: false,
    definite: false,
    phrase: full,
    partitive: false,
    article: true,
    whole: null,
  };
}

/** "Americans, Norwegians": people of a nation, without a number, where others stand beside them. */
function bareNation(tokens: readonly Token[], at: number): Mention | null {
  const demonym = demonymAt(tokens, at);
  if (
    demonym === null ||
    !demonym.uses.has('plural') ||
    demonym.uses.has('adjective') ||
    demonym.nationality === 'foreign'
  )
    return null;
  const end = at + demonym.length;
  return {
    start: at,
    end,
    quantity: { kind: 'unspecified' },
    hedged: false,
    more: false,
    moreAfter: false,
    definite: false,
    partitive: false,
    article: true,
    whole: null,
    phrase: { end, words: [], noun: null, nationality: demonym.nationality, event: null, bodies: false, plural: true },
  };
}

/** "The families of the 39": it is their families that are spoken of. */
const belongsToOthers = (tokens: readonly Token[], at: number): boolean => {
  const start = tokens[at - 1]?.lower === 'the' ? at - 1 : at;
  return tokens[start - 1]?.lower === 'of' && others.test(tokens[start - 2]?.lower ?? '');
};
const others =
  /^(?:families|relatives|parents|friends|names|photos|photographs|pictures|homes|list|kin|coffins|funerals?)$/u;

/** "Two or three deaths a day": a rate, and no count. */
const isRate = (tokens: readonly Token[], end: number): boolean =>
  /^(?:a|an|per|each|every)$/u.test(tokens[end]?.lower ?? '') &&
  /^(?:day|hour|week|month|year|minute|night)$/u.test(tokens[end + 1]?.lower ?? '');

/** All numbers of people in a sentence, in order. */
export function mentionsOf(tokens: readonly Token[], scheme: Scheme): readonly Mention[] {
  const mentions: Mention[] = [];
  let at = 0;
  while (at < tokens.length) {
    const lower = tokens[at]?.lower ?? '';
    // "from 16 to 29": two numbers, and no range.
    const compared = tokens[at - 1]?.lower === 'from' ? readNumber(tokens, at) : null;
    if (compared !== null && tokens[compared.end]?.lower === 'to') {
      at = compared.end;
      continue;
    }
    const mention = mentionAt(tokens, at, scheme) ?? articleMention(tokens, at, scheme) ?? bareNation(tokens, at);
    if (mention !== null && (isRate(tokens, mention.end) || belongsToOthers(tokens, at))) {
      at = mention.end;
      continue;
    }
    if (
      mention === null ||
      (mention.phrase === null &&
        lower === 'one' &&
        !mention.partitive &&
        !auxiliaries.has(tokens[mention.end]?.lower ?? '') &&
        phraseStops.has(tokens[mention.end]?.lower ?? ''))
    ) {
      // A number that counts something else is passed as a whole, so that "1,200 US troops" is not read again.
      const skipped = readQuantity(tokens, at);
      at = skipped === null || mention !== null ? at + 1 : skipped.end;
      continue;
    }
    if (mention.whole?.phrase?.event != null) mentions.push(mention.whole);
    const more = eachOf(tokens, mention);
    mentions.push(mention, ...more);
    at = Math.max(more.at(-1)?.end ?? mention.end, at + 1);
  }
  return mentions.toSorted((a, b) => a.start - b.start);
}
