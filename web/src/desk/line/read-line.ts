import type { Incident } from '../../api/shapes.js';
import { demonymAt, type Demonym } from '../../words-to-figures/demonyms.js';
import { eventAt, measureOf, ownMeasureAt } from '../../words-to-figures/events.js';
import { peopleNounAt, type PeopleNoun } from '../../words-to-figures/people-nouns.js';
import { readQuantity, type Quantity, type QuantityRead } from '../../words-to-figures/quantities.js';
import { idWords, singular } from '../../words-to-figures/singular.js';
import { tokenise, type Token } from '../../words-to-figures/tokens.js';
import { whoOf } from '../../words-to-figures/who.js';
import { whoName } from '../../words/names.js';
import type { QuantityDraft } from '../draft.js';
import type { LineReading } from './line-reading.js';

/** The part of an incident that says how its figures are counted. */
export type LineScheme = Pick<Incident, 'home' | 'groups' | 'measures' | 'breakdowns'>;

const noQuantity: QuantityDraft = { kind: '', value: '', high: '', word: '' };

const quantityDraftOf = (quantity: Quantity): QuantityDraft => {
  const { kind } = quantity;
  if (kind === 'between') return { ...noQuantity, kind, value: String(quantity.low), high: String(quantity.high) };
  if (kind === 'vague') return { ...noQuantity, kind, word: quantity.word };
  if (kind === 'unspecified') return { ...noQuantity, kind };
  return { ...noQuantity, kind, value: String(quantity.value) };
};

/** Words that stand between the others and say nothing of the number. */
const silent = new Set(
  'a an the of and in by at on from were was are is be been have has had being there among them who that not yet still now so far'.split(
    ' ',
  ),
);

const pairPattern = /(?<key>[A-Za-z][\w.-]*)=(?<value>[\w.-]+)/gu;

/** What of a line has been made something of, by token. */
class Used {
  readonly #used = new Set<number>();

  mark(from: number, to: number): void {
    for (let place = from; place < to; place += 1) this.#used.add(place);
  }

  has(place: number): boolean {
    return this.#used.has(place);
  }
}

/** The first quantity, wherever it stands: "killed: 12", "at least 7 killed". */
function firstQuantity(tokens: readonly Token[]): QuantityRead | null {
  for (let place = 0; place < tokens.length; place += 1) {
    const read = readQuantity(tokens, place);
    if (read !== null) return read;
  }
  return null;
}

/** People are written in lower case in a hurry: "japanese" is Japanese all the same. */
const capitalised = (tokens: readonly Token[]): readonly Token[] =>
  tokens.map((token) => ({ ...token, text: token.text.charAt(0).toUpperCase() + token.text.slice(1) }));

interface Found {
  readonly measure: string | null;
  readonly nationality: string | null;
  readonly noun: PeopleNoun | null;
  readonly words: readonly string[];
}

function readRest(tokens: readonly Token[], used: Used, scheme: LineScheme): Found {
  const upper = capitalised(tokens);
  let measure: string | null = null;
  let nationality: string | null = null;
  for (let place = 0; place < tokens.length; place += 1) {
    if (used.has(place)) continue;
    const event = eventAt(tokens, place);
    const own = ownMeasureAt(scheme, tokens, place);
    if (measure === null && (event !== null || own !== null)) {
      measure = own ?? (event === null ? null : measureOf(scheme, event.event));
      if (measure !== null) used.mark(place, place + (event?.length ?? 1));
      continue;
    }
    const people: Demonym | null = nationality === null ? demonymAt(upper, place) : null;
    if (people !== null) {
      nationality = people.nationality;
      used.mark(place, place + people.length);
    }
  }
  return { measure, nationality, ...readNoun(tokens, used) };
}

/** The noun that says who is counted, and the words before it that belong to it. */
function readNoun(tokens: readonly Token[], used: Used): Pick<Found, 'noun' | 'words'> {
  const free = tokens
    .map((token, place) => ({ token, place }))
    .filter(({ place, token }) => !used.has(place) && token.kind === 'word');
  const words = free.map(({ token }) => token.lower).filter((word) => !silent.has(word));
  for (const { place } of free) {
    const noun = peopleNounAt(tokens, place);
    if (noun === null) continue;
    used.mark(place, place + noun.length);
    return { noun: noun.read, words };
  }
  return { noun: null, words };
}

/** Pairs as cells write them, `place=bus`, cut out of a line. */
function takePairs(line: string): { readonly rest: string; readonly pairs: readonly (readonly [string, string])[] } {
  const pairs = [...line.matchAll(pairPattern)].map(
    ({ groups }) => [groups?.['key'] ?? '', groups?.['value'] ?? ''] as const,
  );
  return { rest: line.replaceAll(pairPattern, ' '), pairs };
}

/** One figure as a desk types it, "at least 7 foreign hostages killed", read by an incident's scheme. */
export function readLine(line: string, scheme: LineScheme): LineReading {
  const { rest, pairs } = takePairs(line);
  const tokens = tokenise(rest);
  const used = new Used();
  const quantity = firstQuantity(tokens);
  if (quantity !== null) used.mark(quantity.start, quantity.end);
  const { measure, nationality, noun, words } = readRest(tokens, used, scheme);
  const who = whoOf(scheme, words, noun, false);
  if ('group' in who.who && who.explicit) markNamed(tokens, used, who.who.group);
  const breakdown = new Map<string, string>(Object.entries(who.breakdown));
  if (nationality !== null) breakdown.set('nationality', nationality);
  for (const [key, value] of pairs) breakdown.set(key, value);
  const whoText = 'group' in who.who ? who.who.group : `side:${who.who.side}`;
  const unread = tokens.filter(
    (token, place) => token.kind !== 'punctuation' && !used.has(place) && !silent.has(token.lower),
  );
  return {
    figure: {
      measure: measure ?? '',
      who: whoText,
      breakdown: [...breakdown],
      quantity: quantity === null ? noQuantity : quantityDraftOf(quantity.quantity),
      hedged: quantity?.hedged ?? false,
      basis: quantity?.more === true ? 'additional' : 'total',
    },
    assumed: who.explicit ? [] : [whoName(whoText).toLowerCase()],
    unread: unread.map(({ text }) => text),
  };
}

/** A group may be named by words that are no nouns of people ("not attackers"): those have been read then. */
function markNamed(tokens: readonly Token[], used: Used, group: string): void {
  const names = new Set(idWords(group));
  for (const [place, token] of tokens.entries()) if (names.has(singular(token.lower))) used.mark(place, place + 1);
}
