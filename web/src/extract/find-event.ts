import { type EventName, eventAt } from '../words-to-figures/events.js';
import type { Token } from '../words-to-figures/tokens.js';
import { contains, listOf } from './mention-lists.js';
import type { Mention } from './mention-shape.js';
import { adverbs, auxiliaries, beForms, clauseStarts, modals } from './word-lists.js';

/** What happened to the people of a mention, and by which rule it was found. */
export interface EventFound {
  readonly event: EventName;
  readonly rule: EventRule;
  /** "may have died", "could be missing". */
  readonly hedged: boolean;
  /** Index of the event's own first token. */
  readonly at: number;
}

/** How an event was tied to a number; each costs a proposal some of its confidence. */
export type EventRule =
  'inTheNoun' | 'beside' | 'object' | 'predicate' | 'relative' | 'list' | 'toll' | 'among' | 'part' | 'there';

/** What was found instead: the sentence says that it did not happen, or only that it might. */
export type Ruled = 'no';

/** How far a verb may stand from its subject, in tokens. */
const predicateTokensMax = 32;

/** "took 12 people from the bus hostage": how far the last word may stand, in tokens. */
const hostageTokensMax = 5;

const naming = new Set(['mentioned', 'named', 'listed', 'cited', 'counted', 'given']);

/** From "mentioned" to its "as", and from a subject to the end of its verb, in tokens. */
const namingTokensMax = 7;

const chainTokensMax = 14;

const reporting = new Set(
  'said says say told tells added confirmed announced reported estimated believes believe denied denies warned claimed claims insisted stated'.split(
    ' ',
  ),
);

const negations = new Set([
  'not',
  'never',
  "n't",
  "wasn't",
  "weren't",
  "isn't",
  "aren't",
  "hasn't",
  "haven't",
  "hadn't",
  "didn't",
  'neither',
  'nor',
  'cannot',
]);

const relatives = new Set(['who', 'that', 'which']);

const isQuote = (text: string): boolean => /^["“‘'«]$/u.test(text);

const isNobody = ({ quantity }: Mention): boolean => quantity.kind === 'exactly' && quantity.value === 0;

export const mentionFrom = (mentions: readonly Mention[], at: number): Mention | undefined =>
  mentions.find(({ start }) => start === at);

const mentionAfter = (mentions: readonly Mention[], tokens: readonly Token[], from: number): Mention | undefined => {
  let at = from;
  while (adverbs.has(tokens[at]?.lower ?? '') || isQuote(tokens[at]?.text ?? '')) {
    const found = mentionFrom(mentions, at);
    if (found !== undefined) return found;
    at += 1;
  }
  return mentionFrom(mentions, at);
};

/** A verb's chain from a place on: "were", "have been", "are believed to have", then what happened. */
function chainAt(
  tokens: readonly Token[],
  from: number,
  mentions: readonly Mention[],
  nobody = false,
): EventFound | Ruled | null {
  let at = from;
  let [helped, negated, hedged] = [false, false, false];
  for (;;) {
    const word = tokens[at]?.lower ?? '';
    const read = eventAt(tokens, at);
    if (read !== null && at === from && read.forms.every((form) => form === 'transitive') && read.event !== 'present')
      return null;
    if (read !== null && !(read.forms.includes('noun') && tokens[at - 1]?.lower === 'the')) {
      const passive =
        read.forms.some((form) => form !== 'transitive' && form !== 'noun') || (read.forms.includes('noun') && !helped);
      if (!passive) return null;
      // "The 12 militants killed five soldiers": what they did, and not what happened to them.
      const object =
        read.forms.includes('participle') && !helped && mentionAfter(mentions, tokens, at + read.length) !== undefined;
      if (object) return null;
      if (negated) return 'no';
      // "Nobody was seriously hurt" leaves those who were slightly.
      if (
        nobody &&
        tokens
          .slice(from, at + read.length)
          .some(({ lower }) => /^(?:seriously|badly|critically|gravely|severely)$/u.test(lower))
      )
        return 'no';
      return { event: read.event, rule: helped ? 'predicate' : 'beside', hedged, at };
    }
    // "Have been mentioned by their governments as having been captured".
    const as =
      helped && naming.has(word) ? tokens.slice(at, at + namingTokensMax).findIndex(({ lower }) => lower === 'as') : -1;
    if (as > 0) {
      at += as + 1;
      continue;
    }
    if (negations.has(word)) negated = true;
    else if (modals.has(word) || word === 'expected' || word === 'due' || word === 'set') return 'no';
    else if (word === 'may' || word === 'might') hedged = true;
    else if (word === 'believed' || word === 'thought' || word === 'feared') hedged = true;
    // "Are known to have died"; but "are to be freed" is to come.
    if (word === 'to' && at > from && !beForms.has(tokens[at - 1]?.lower ?? '')) {
      at += 1;
      continue;
    }
    if (auxiliaries.has(word) || beForms.has(word)) helped = true;
    else if (!adverbs.has(word) && !negations.has(word) && !(helped && isQuote(word))) return null;
    at += 1;
    if (at - from > chainTokensMax) return null;
  }
}

/** What stands right after: "12 people dead", "30 were injured". */
export const besideEvent = (
  tokens: readonly Token[],
  mentions: readonly Mention[],
  mention: Mention,
): EventFound | Ruled | null => chainAt(tokens, mention.end, mentions, isNobody(mention));

/** What was done to them: "killing 12 people", "claimed the lives of 12", "the deaths of seven". */
export function objectEvent(tokens: readonly Token[], mention: Mention): EventFound | Ruled | null {
  let at = mention.start - 1;
  while (at >= 0 && (adverbs.has(tokens[at]?.lower ?? '') || tokens[at]?.lower === 'the')) at -= 1;
  if (tokens[at]?.lower === 'of' && !mention.partitive) return ofEvent(tokens, at);
  // "Sank with 43 crew": they were on it.
  const aboard = /^(?:crew|passenger)$/u.test(mention.phrase?.noun?.cluster ?? '');
  if (tokens[at]?.lower === 'with' && aboard) return { event: 'present', rule: 'object', hedged: false, at };
  // "The prison held 1,224" says how many fit.
  const holder =
    /^(?:jail|prison|facility|camp|centre|center|building|stadium|hall|room|hospital|arena|ship|vessel|school)$/u.test(
      tokens[at - 1]?.lower ?? '',
    );
  const capacity =
    /^(?:held|hold|holds|carried|seized)$/u.test(tokens[at]?.lower ?? '') && (mention.phrase === null || holder);
  if (capacity) return null;
  const taken = /^(?:take|took|taken|taking|takes|held|holding|hold|holds|seized)$/u.test(tokens[at]?.lower ?? '');
  if (
    taken &&
    tokens
      .slice(mention.end, mention.end + hostageTokensMax)
      .some(({ lower }) => /^(?:hostage|captive|prisoner)$/u.test(lower))
  )
    return { event: 'held', rule: 'object', hedged: false, at };
  const pulled = /^(?:pulled|brought|dug|found|got|plucked|winched|carried|dragged|pull|pulling|hauled)$/u.test(
    tokens[at]?.lower ?? '',
  );
  const alive = tokens
    .slice(mention.end - 1, mention.end + hostageTokensMax)
    .some(
      ({ lower }, index, next) =>
        /^(?:alive|survivors?)$/u.test(lower) || (lower === 'safety' && next[index - 1]?.lower === 'to'),
    );
  if (pulled && alive) return { event: 'rescued', rule: 'object', hedged: false, at };
  for (let length = 5; length >= 1; length -= 1) {
    const from = at - length + 1;
    if (from < 0) continue;
    const read = eventAt(tokens, from);
    if (read?.length !== length) continue;
    if (!read.forms.includes('transitive') && !read.forms.includes('participle')) return null;
    let helper = from - 1;
    while (adverbs.has(tokens[helper]?.lower ?? '')) helper -= 1;
    const before = tokens[helper]?.lower ?? '';
    if (
      read.forms.includes('participle') &&
      !read.forms.includes('transitive') &&
      beForms.has(before) &&
      before !== 'been'
    )
      return null;
    if (read.forms.includes('participle') && before === 'been') return null;
    if (modals.has(before) || before === 'to' || (before === 'have' && modals.has(tokens[helper - 1]?.lower ?? ''))) {
      const claims = /^(?:claims?|claimed|said|believed|thought|known|managed|able)$/u.test(
        tokens[helper - 1]?.lower ?? '',
      );
      // "A bid to free the captives": they are held.
      const purpose =
        /^(?:bid|attempt|effort|efforts|operation|mission|trying|tried|raid|struggling|battling|fighting|working)$/u.test(
          tokens[helper - 1]?.lower ?? '',
        );
      if (
        purpose &&
        (read.event === 'freed' || read.event === 'rescued') &&
        /^(?:hostages|captives)$/u.test(mention.phrase?.words.at(-1) ?? '')
      )
        return { event: 'held', rule: 'object', hedged: false, at: from };
      if (!claims) return 'no';
    }
    if (negations.has(before)) return 'no';
    const hedged =
      before === 'may' ||
      before === 'might' ||
      (before === 'have' && /^(?:may|might)$/u.test(tokens[helper - 1]?.lower ?? ''));
    return { event: read.event, rule: 'object', hedged, at: from };
  }
  return null;
}

const ofNouns: Readonly<Record<string, EventName>> = {
  deaths: 'killed',
  death: 'killed',
  killing: 'killed',
  killings: 'killed',
  murder: 'killed',
  bodies: 'killed',
  remains: 'killed',
  lives: 'killed',
  loss: 'killed',
  execution: 'killed',
  executions: 'killed',
  body: 'killed',
  release: 'freed',
  freeing: 'freed',
  rescue: 'rescued',
  arrest: 'arrested',
  arrests: 'arrested',
  abduction: 'held',
  kidnapping: 'held',
  disappearance: 'missing',
  evacuation: 'evacuated',
  displacement: 'displaced',
  capture: 'held',
  escape: 'escaped',
  wounding: 'injured',
  drowning: 'killed',
};

function ofEvent(tokens: readonly Token[], of: number): EventFound | null {
  const event = ofNouns[tokens[of - 1]?.lower ?? ''];
  return event === undefined ? null : { event, rule: 'object', hedged: false, at: of - 1 };
}

/** A verb that stands further on: "12 people from the village, including two children, were killed". */
export function predicateEvent(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  mention: Mention,
): EventFound | Ruled | null {
  let relative: EventFound | null = null;
  let at = mention.end;
  const stop = Math.min(tokens.length, mention.end + predicateTokensMax);
  let aside = false;
  while (at < stop) {
    const word = tokens[at]?.lower ?? '';
    if (word === ';' || word === ':' || word === '"' || word === '”' || word === '“') break;
    if (word === 'including' || word === 'among' || word === 'comprising') aside = true;
    const other = mentions.find((one) => one !== mention && one.start === at && !contains(one, mention));
    if (other !== undefined) {
      if (!aside && !listOf(tokens, mentions, mention).includes(other)) break;
      at = other.end;
      continue;
    }
    if (relatives.has(word)) {
      const found = chainAt(tokens, at + 1, mentions);
      if (found === 'no') return 'no';
      if (found !== null) relative = { ...found, rule: 'relative' };
      at = found === null ? at + 1 : found.at + (eventAt(tokens, found.at)?.length ?? 1);
      continue;
    }
    // "950 miners who were trapped after a power cut have been brought up": the main verb is still to come.
    const passing = relative !== null && /^(?:after|when|because|since|before|as)$/u.test(word);
    if (passing) {
      at += 1;
      continue;
    }
    if (clauseStarts.has(word) || reporting.has(word)) break;
    const helped = auxiliaries.has(word) || beForms.has(word);
    const read = eventAt(tokens, at);
    const alone =
      read !== null &&
      read.forms.includes('intransitive') &&
      !/^(?:die|dies|escape|flee|survive|hurt)$/u.test(word) &&
      tokens[at - 1]?.lower !== 'to';
    if (helped || alone) {
      const found = chainAt(tokens, at, mentions, isNobody(mention));
      if (found === 'no') return 'no';
      if (found !== null) return { ...found, rule: 'predicate' };
      if (helped && relative === null && !aside) {
        // Another verb than one that tells what happened: the subject is used up, but for "… were in hospital".
        const next = tokens[at + 1]?.lower ?? '';
        if (beForms.has(word) && /^(?:among|in|from|all)$/u.test(next)) return null;
        return null;
      }
    }
    at += 1;
  }
  return relative;
}
