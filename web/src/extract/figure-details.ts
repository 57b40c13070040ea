import type { EventName } from '../words-to-figures/events.js';
import type { Quantity } from '../words-to-figures/quantities.js';
import { type Scheme, type Who, sameWho } from '../words-to-figures/scheme.js';
import type { Token } from '../words-to-figures/tokens.js';
import type { Article, Link, Span } from './article.js';
import { identifiesDead } from './basis.js';
import type { Linked } from './link.js';
import type { Mention } from './mention-shape.js';
import type { Sentence } from './sentences.js';
import { type SpeakerKind, fights } from './speaker-kind.js';
import type { Speaker } from './speakers.js';
import { type Whom, sideOf } from './whom.js';

/** Counts that come and go: "three more are missing" adds to the dead named before, and to no count of the missing. */
export const currentMeasures = new Set(['missing', 'held', 'presumedDead', 'present', 'displaced', 'trapped']);

/** Perpetrators who are captured are under arrest; only others are held. */
export const eventFor = (scheme: Scheme, linked: Linked, whom: Whom): EventName =>
  linked.found.event === 'held' && sideOf(scheme, whom.who) === 'perpetrators' ? 'arrested' : linked.found.event;

/** Words of an article whose people were held by somebody. */
const captivity =
  /\b(?:hostages?|captives?|captors?|captivity|kidnap\w*|abduct\w*|hijack\w*|prisoners?|sieges?|besieged|commandos?|gunm[ae]n|militants?|attackers?|trafficked|freed)\b/iu;

/** Rescued people count as freed, under a scheme without a measure of them, where somebody held them. */
export const rescuedFromNobody = (event: EventName, measure: string | null, text: string, scheme: Scheme): boolean =>
  event === 'rescued' && measure === 'freed' && !captivity.test([text, ...scheme.groups.map(({ id }) => id)].join(' '));

/** Numbers that leave out people who are told of beside them: "the minister and 12 others", "but one died", "my two brothers". */
export function countsTheRest(tokens: readonly Token[], { mention, list }: Linked): boolean {
  const words = mention.phrase?.words ?? [];
  const before = tokens[mention.start - 1]?.lower ?? '';
  if (before === 'and' && list.length === 1 && words.some((word) => /^others?$/u.test(word)) && named(tokens, mention))
    return true;
  if (before === 'but' && mention.phrase === null && tokens[mention.start]?.lower === 'one') return true;
  return /^(?:my|his|her)$/u.test(before) && kin.test(words.at(-1) ?? '');
}

const kin =
  /^(?:brothers?|sisters?|sons?|daughters?|cousins?|children|friends?|colleagues?|neighbou?rs?|nephews?|nieces?|parents|uncles?|aunts?)$/u;

/** "Beatriz Raw, and 12 others": a name stands before. */
const named = (tokens: readonly Token[], mention: Mention): boolean => {
  const at = tokens[mention.start - 2]?.text === ',' ? mention.start - 3 : mention.start - 2;
  return /^\p{Lu}/u.test(tokens[at]?.text ?? '');
};

/** How far after those arrested it may stand what for, in tokens. */
const suspicionTokensMax = 10;

/** "Arrested three people suspected of trafficking": no victims, under a scheme that has no place for others. */
export const isSuspected = (tokens: readonly Token[], mention: Mention): boolean =>
  tokens
    .slice(mention.end, mention.end + suspicionTokensMax)
    .some(({ lower }) => /^(?:suspected|suspicion|connection|accused|charged|charges|linked|over)$/u.test(lower));

/** "Six bodies have not been identified": a part of the dead that nobody counts apart. */
export const isUnidentified = (tokens: readonly Token[], mention: Mention): boolean =>
  mention.phrase?.bodies === true &&
  /\b(?:(?:not|yet|never|be|remain|remained|still) (?:been |be |to be )*(?:formally |officially )?(?:identified|unidentified|unclaimed|claimed))/u.test(
    tokens
      .slice(mention.end, mention.end + 8)
      .map(({ lower }) => lower)
      .join(' '),
  );

/** "43 of its nationals", "three of their citizens". */
export const ownNationals = (tokens: readonly Token[], mention: Mention): boolean => {
  const words = tokens.slice(mention.start, mention.end).map(({ lower }) => lower);
  return (
    words.some((word) => /^(?:its|their|our)$/u.test(word)) &&
    words.some((word) => /^(?:nationals?|citizens?|compatriots?|countrymen)$/u.test(word))
  );
};

/** A part without anything that sets it apart is no cell of its own: "two of them critically". */
export function saysNothingNew(linked: Linked, whom: Whom, whole: Whom | null): boolean {
  if (!linked.part) return false;
  if (linked.found.rule === 'part')
    return whole === null
      ? Object.keys(whom.breakdown).length === 0 && !whom.explicit
      : sameWho(whom.who, whole.who) && sameBreakdown(whom.breakdown, whole.breakdown);
  // "27 of the injured had burns": who they are is not said.
  if (
    linked.mention.partitive &&
    linked.found.rule === 'inTheNoun' &&
    linked.mention.phrase?.words.length === 0 &&
    linked.described === null
  )
    return (
      Object.keys(whom.breakdown).length === 0 || (whole !== null && sameBreakdown(whom.breakdown, whole.breakdown))
    );
  // "Of the 475 on board, 179 were rescued": another count than its whole's.
  const outOf = linked.whole?.found.event;
  if (outOf !== undefined && outOf !== linked.found.event && /^(?:present|held|trapped|missing)$/u.test(outOf))
    return false;
  const head = linked.mention.phrase?.words.at(-1) ?? '';
  const vague =
    linked.mention.phrase === null ||
    linked.mention.phrase.words.length === 0 ||
    /^(?:victims?|bodies|dead)$/u.test(head);
  if (!vague) return false;
  const own = whole === null || !sameBreakdown(whom.breakdown, whole.breakdown);
  return (Object.keys(whom.breakdown).length === 0 || !own) && (whom.rule !== 'named' || head !== '');
}

export const sameBreakdown = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, value]) => b[key] === value);

/** "22 of the victims had been identified": dead, though no word says so. */
export function identified(tokens: readonly Token[], mentions: readonly Mention[]): readonly Linked[] {
  const alone: Linked[] = [];
  for (const mention of mentions) {
    const head = mention.phrase?.words.at(-1) ?? '';
    const buried = mention.phrase === null && tokens[mention.start - 1]?.lower === 'buried';
    const outOfDead =
      tokens[0]?.lower === 'of' &&
      /^(?:dead|victims|bodies|deceased)$/u.test(tokens[2]?.lower ?? '') &&
      mention.start < 6;
    const dead =
      buried ||
      (mention.phrase?.event === 'killed' && mention.phrase.words.length === 0) ||
      outOfDead ||
      mention.phrase?.bodies === true ||
      /^(?:victims?|dead|deceased)$/u.test(head) ||
      (mention.phrase === null && mention.partitive);
    if (!dead || !(buried || identifiesDead(tokens, mention.start, mention.end))) continue;
    alone.push({
      mention,
      found: { event: 'killed', rule: 'beside', hedged: false, at: mention.start },
      part: false,
      telling: false,
      list: [mention],
      whole: null,
      described: null,
      surpassed: false,
      sentence: 0,
    });
  }
  return alone;
}

/** A body that fights is a party where it counts the other side. */
export function partyKind(scheme: Scheme, speaker: Speaker, who: Who): SpeakerKind {
  if (speaker.kind !== 'authority' || sideOf(scheme, who) !== 'perpetrators') return speaker.kind;
  return fights(speaker.name) ? 'party' : speaker.kind;
}

export function chainOf(article: Article, speaker: Speaker, kind: SpeakerKind): readonly Link[] {
  const first: Link = speaker.named ? { name: speaker.name, kind } : { name: speaker.name, kind, named: false };
  const links: Link[] = [first];
  for (const name of [...speaker.relays, article.outlet])
    if (!links.some((link) => link.name.toLowerCase() === name.toLowerCase())) links.push({ name, kind: 'press' });
  return links;
}

export const spanOf = (article: Article, tokens: readonly Token[], mention: Mention): Span => {
  const start = tokens[mention.start]?.start ?? 0;
  return { start, end: Math.min(article.text.length, tokens[mention.end - 1]?.end ?? start) };
};

/** What was said of the number, where more than the phrase itself says it. */
export function quantityOf(
  tokens: readonly Token[],
  linked: Linked,
  all: readonly Sentence[],
  sentence: Sentence,
): Quantity {
  const { quantity } = linked.mention;
  if (quantity.kind !== 'exactly') return quantity;
  if (linked.surpassed) return { kind: 'moreThan', value: quantity.value };
  const open = linked.found.rule === 'among' || linked.found.rule === 'list';
  // "Two Britons were among at least seven": there may be more of them among the rest.
  if (open && amongOpen(tokens, linked)) return { kind: 'atLeast', value: quantity.value };
  const next = all[all.indexOf(sentence) + 1];
  if (linked.described?.nationality != null && next !== undefined && restUnclear(next.tokens))
    return { kind: 'atLeast', value: quantity.value };
  return quantity;
}

const amongOpen = (tokens: readonly Token[], linked: Linked): boolean => {
  const at = tokens.findIndex(({ lower }, index) => index >= linked.mention.end && lower === 'among');
  if (at === -1) return tokens[linked.mention.start - 1]?.lower === 'least';
  return tokens[at + 1]?.lower === 'at' || tokens[at + 1]?.lower === 'more' || listIsOpen(tokens, at);
};

/** "At least 15 children, 10 women and six policemen were among the dead": the whole list is a floor. */
const listIsOpen = (tokens: readonly Token[], among: number): boolean =>
  tokens.slice(0, among).some(({ lower }, index) => lower === 'at' && tokens[index + 1]?.lower === 'least');

const restUnclear = (tokens: readonly Token[]): boolean =>
  tokens.some(({ lower }) => /^(?:rest|others|remaining|remainder)$/u.test(lower)) &&
  tokens.some(({ lower }) => /^(?:unclear|unknown|unidentified|undetermined|unconfirmed)$/u.test(lower));
