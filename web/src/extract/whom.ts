import { defaultWho, groupNamed, sideOrGroup, valueInScheme, whoOf, type WhoRead } from '../words-to-figures/who.js';
import { demonymAt } from '../words-to-figures/demonyms.js';
import { tokenise, type Token } from '../words-to-figures/tokens.js';
import { peopleNounAt } from '../words-to-figures/people-nouns.js';
import { sameWho, type Scheme, type Who } from '../words-to-figures/scheme.js';
import type { Linked } from './link.js';
import type { NounPhrase } from './noun-phrase.js';
import { beForms } from './word-lists.js';

/** Whom a number counts, and how that was found. */
export interface Whom {
  readonly who: Who;
  readonly breakdown: Readonly<Record<string, string>>;
  readonly explicit: boolean;
  readonly rule: 'named' | 'whole' | 'before' | 'focus' | 'default';
}

export const sideOf = (scheme: Scheme, who: Who): string | null =>
  'side' in who ? who.side : (scheme.groups.find(({ id }) => id === who.group)?.side ?? null);

const saysNothing = (phrase: NounPhrase | null): boolean =>
  phrase === null ||
  ((phrase.noun === null || phrase.noun.noun === 'generic') &&
    phrase.words.every((word) => /^(?:others?|bodies|body|nationals?|citizens?|more|remains|members?)$/u.test(word)));

/** A group's id as a text would write it, so that a people in it is seen: `armenian-soldiers`. */
const upper = (id: string): string => id.replaceAll(/[-_]/gu, ' ').replace(/^./u, (first) => first.toUpperCase());

function breakdownOf(
  scheme: Scheme,
  read: WhoRead | null,
  phrases: readonly (NounPhrase | null)[],
  nationality: string | null,
): Record<string, string> {
  const breakdown: Record<string, string> = { ...read?.breakdown };
  const nation = nationality ?? phrases.find((phrase) => phrase?.nationality != null)?.nationality ?? null;
  if (nation !== null) {
    const known = valueInScheme(scheme, 'nationality', nation);
    // "Armenian soldiers" under a group of that name: the nation sets nobody apart.
    const inGroup =
      read !== null &&
      read.explicit &&
      'group' in read.who &&
      demonymAt(tokenise(upper(read.who.group)), 0)?.nationality === nation;
    if (known !== null && !inGroup) breakdown['nationality'] = known;
  }
  return breakdown;
}

/**
 * @param earlier what was already resolved in the same sentence, in order
 * @param focus whom the sentences before were about, where they were about one group alone
 * @param nationality of the speaker, where the words are "its nationals"
 */
export function whomOf(
  scheme: Scheme,
  tokens: readonly Token[],
  linked: Linked,
  earlier: readonly { readonly linked: Linked; readonly whom: Whom }[],
  wholeWhom: Whom | null,
  focusOf: Who | null,
  nationality: string | null,
): Whom {
  const { mention, described, part } = linked;
  // "Three more Japanese nationals" are people, whoever the sentence before was about.
  const focus = /^(?:nationals?|citizens?|people|persons?)$/u.test(mention.phrase?.words.at(-1) ?? '') ? null : focusOf;
  const { phrase } = mention;
  const source =
    described?.noun != null && (phrase === null || phrase.noun === null || phrase.noun.noun === 'generic' || part)
      ? described
      : phrase;
  const read =
    source === null ? null : whoOf(scheme, source.words, source.noun, source === described || linked.telling);
  const whoseRead = phrase === null || phrase === source ? null : whoOf(scheme, phrase.words, phrase.noun, false);
  // "223 of the 276 schoolgirls" names all of them and no part.
  const own = tokens.slice(mention.start, mention.end).some(({ lower }) => /^(?:its|their|our)$/u.test(lower));
  const naming = mention.partitive && !own && !linked.telling && source === phrase;
  const breakdown = breakdownOf(scheme, naming ? null : read, [phrase, described], nationality);
  const amongWhom = linked.found.rule === 'among' ? groupAt(scheme, tokens, linked.found.at) : null;
  if (amongWhom !== null && read?.explicit !== true)
    return { who: { group: amongWhom }, breakdown, explicit: true, rule: 'named' };
  const victims =
    /^victims?$/u.test(phrase?.words.at(-1) ?? '') ||
    /^(?:captives|hostages)$/u.test(tokens[linked.found.at]?.lower ?? '');
  if (victims && read?.explicit !== true) return { who: defaultWho(scheme), breakdown, explicit: true, rule: 'named' };
  // Whom the police take away is not whom it happened to.
  const arrested =
    linked.found.event === 'arrested' &&
    !part &&
    (read === null || !read.explicit || /^(?:people|persons?)$/u.test(phrase?.words.at(-1) ?? ''))
      ? sideOrGroup(scheme, 'perpetrators')
      : null;
  if (arrested !== null) return { who: arrested, breakdown: {}, explicit: true, rule: 'named' };
  if (whoseRead?.explicit === true) return { who: whoseRead.who, breakdown, explicit: true, rule: 'named' };
  if (read?.explicit === true) return { who: read.who, breakdown, explicit: true, rule: 'named' };
  // "24 were arrested. The dead included two foreigners": none of the arrested.
  const ofOthers = linked.whole?.found.event === 'arrested' && linked.found.event !== 'arrested';
  if (part && wholeWhom !== null && !ofOthers) {
    const mixed = Object.hasOwn(breakdown, 'age') || Object.hasOwn(breakdown, 'sex');
    const wholeSide = sideOf(scheme, wholeWhom.who);
    // "12 civilians and three soldiers, including two children": not the soldiers' children.
    const who = mixed && wholeSide === 'responders' ? defaultWho(scheme) : wholeWhom.who;
    return {
      who,
      breakdown:
        linked.telling || linked.found.rule === 'part'
          ? { ...inherited(wholeWhom, breakdown), ...breakdown }
          : breakdown,
      explicit: wholeWhom.explicit,
      rule: 'whole',
    };
  }
  const tolled =
    linked.found.rule === 'toll'
      ? groupNamed(
          scheme,
          tokens.slice(Math.max(0, linked.found.at - 3), linked.found.at + 1).map(({ lower }) => lower),
        )
      : null;
  const besideToll = tolled ?? (linked.found.rule === 'toll' ? namedAround(scheme, tokens, linked.found.at) : null);
  if (besideToll !== null) return { who: { group: besideToll }, breakdown, explicit: true, rule: 'named' };
  if (saysNothing(phrase) || linked.found.rule === 'toll') {
    const wholes = earlier.filter((other) => other.linked.found.rule !== 'part');
    const [first] = wholes;
    const one = first !== undefined && wholes.every(({ whom }) => sameWho(whom.who, first.whom.who));
    const bare = phrase === null || phrase.nationality === null;
    const beside = wholes.at(-1);
    // "Six Filipinos were dead and four missing": four of them too.
    if (
      phrase === null &&
      beside !== undefined &&
      linked.found.rule !== 'toll' &&
      (beside.whom.breakdown['nationality'] !== undefined ||
        (beForms.has(tokens[mention.end]?.lower ?? '') &&
          Object.keys(beside.whom.breakdown).some((key) => key === 'age' || key === 'sex'))) &&
      tokens[mention.start - 1]?.lower === 'and' &&
      wholes.length <= 2
    )
      return {
        who: beside.whom.who,
        breakdown: { ...beside.whom.breakdown, ...breakdown },
        explicit: beside.whom.explicit,
        rule: 'before',
      };
    if (one && first.whom.explicit && bare) return { who: first.whom.who, breakdown, explicit: true, rule: 'before' };
    if (
      wholes.length === 0 &&
      focus !== null &&
      !mention.article &&
      linked.found.rule !== 'toll' &&
      ((phrase === null && mention.start === 0) || phrase?.nationality != null || phrase?.bodies === true)
    )
      return { who: focus, breakdown, explicit: true, rule: 'focus' };
    if (wholes.length === 0 && focus !== null && phrase?.nationality != null)
      return { who: focus, breakdown, explicit: true, rule: 'focus' };
    // A list of peoples goes on about those that it began with.
    if (phrase?.nationality != null && first !== undefined && first.whom.rule === 'focus')
      return { who: first.whom.who, breakdown, explicit: true, rule: 'focus' };
  }
  return { who: read?.who ?? defaultWho(scheme), breakdown, explicit: false, rule: 'default' };
}

/** "Among the passengers were …": the group that the word itself names. */
function groupAt(scheme: Scheme, tokens: readonly Token[], at: number): string | null {
  const noun = peopleNounAt(tokens, at);
  if (noun === null || noun.read.noun === 'generic') return null;
  const read = whoOf(scheme, [tokens[at]?.lower ?? ''], noun.read, false);
  return read.explicit && 'group' in read.who ? read.who.group : null;
}

/** A group that stands in "death toll among police", "number of hostages killed". */
function namedAround(scheme: Scheme, tokens: readonly Token[], at: number): string | null {
  const words = tokens.slice(at, at + 8).map(({ lower }) => lower);
  for (let index = 0; index < words.length - 1; index += 1)
    if (/^(?:of|among|for)$/u.test(words[index] ?? '')) {
      const named = groupNamed(scheme, words.slice(index + 1, index + 3));
      if (named !== null) return named;
    }
  return null;
}

/** What a part keeps of its whole's breakdown: nothing of a key that it has itself. */
function inherited(whole: Whom, own: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(whole.breakdown).filter(([key]) => !Object.hasOwn(own, key));
  return Object.fromEntries(kept);
}
