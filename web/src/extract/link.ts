import { eventAt } from '../words-to-figures/events.js';
import { auxiliaries, beForms } from './word-lists.js';
import type { EventName } from '../words-to-figures/events.js';
import type { Scheme } from '../words-to-figures/scheme.js';
import type { Token } from '../words-to-figures/tokens.js';
import { directEvent, shareInLists } from './direct-event.js';
import { type EventFound } from './find-event.js';
import { listOf } from './mention-lists.js';
import type { Mention } from './mention-shape.js';
import type { NounPhrase } from './noun-phrase.js';
import { articleCounts, describedBy, leadsPart, partEvent } from './parts.js';

/** A number of people with what happened to them. */
export interface Linked {
  readonly mention: Mention;
  readonly found: EventFound;
  /** Of people named before: "including two Britons". */
  readonly part: boolean;
  /** Its own words say which part: "including two Britons", "12 of them children". */
  readonly telling: boolean;
  /** The list that it stands in, itself included. */
  readonly list: readonly Mention[];
  /** Whose part, where that is in the article. */
  readonly whole: Linked | null;
  /** "Two of the dead were Algerian": what is said of them after the verb. */
  readonly described: NounPhrase | null;
  /** "passed 700": more than that. */
  readonly surpassed: boolean;
  /** Of a list whose members are of several kinds. */
  readonly sentence: number;
}

/** What is known from the sentences before. */
export interface Before {
  readonly last: Linked | null;
  readonly sentence: number;
  /** What the sentence before spoke of last, where it gave no number. */
  readonly event: EventName | null;
  /** Those of whom it was said last that they were there. */
  readonly present?: Linked | null;
  /** What a number stood for when it was last given: "the figure of 201 is not final". */
  readonly given?: (value: number) => EventName | null;
}

/** The whole may stand at most so many sentences before its part. */
const wholeSentencesBack = 2;

/** Ties each number of a sentence to what happened; numbers to which nothing happened are left out. */
export function linkMentions(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  scheme: Scheme,
  before: Before,
): readonly Linked[] {
  const previous =
    before.event ??
    before.last?.found.event ??
    (mentions.some(({ phrase }) => phrase?.bodies === true) ? 'killed' : null);
  const again = ({ quantity }: Mention): EventName | null =>
    'value' in quantity ? (before.given?.(quantity.value) ?? null) : null;
  const direct = new Map(
    mentions.map((mention) => [mention, directEvent(tokens, mentions, mention, again(mention) ?? previous)]),
  );
  shareInLists(tokens, mentions, direct);
  const linked: Linked[] = [];
  for (const mention of mentions) {
    const list = listOf(tokens, mentions, mention);
    const lead = list[0] ?? mention;
    const led = leadsPart(tokens, lead) || (lead !== mention && leadsPart(tokens, mention));
    const part = led || mention.partitive;
    const own = direct.get(mention);
    if (
      own === undefined ||
      own.refused ||
      /^(?:not|n't|never|without|neither)$/u.test(tokens[mention.start - 1]?.lower ?? '')
    )
      continue;
    const candidates = linked.filter((other) => !list.includes(other.mention) || other.mention.whole !== null);
    const recent = before.last !== null && before.sentence <= wholeSentencesBack ? before.last : null;
    // "161 aboard, including 11 crew": part of those, though nothing happened to them.
    const unlinked = mentions.findLast((other) => other.end <= (list[0]?.start ?? 0));
    const known = unlinked === undefined || linked.some((other) => other.mention === unlinked);
    // What is said of "two of the 11" is said of the two.
    const within = mentions.some((other) => other.whole === mention);
    const described = within ? null : describedBy(tokens, mention, scheme);
    // "24 of the visitors were Australian": of those who were there, whatever was said last.
    const aboard = described !== null && mention.partitive && mention.phrase?.noun?.noun === 'population';
    const there = aboard ? before.present : null;
    const whole = part ? (wholeOf(candidates, list) ?? there ?? (known ? recent : null)) : null;
    let found = own.found;
    if (found === null && mention.whole !== null) found = direct.get(mention.whole)?.found ?? null;
    // "Two of the passengers were travelling on …": what is said of them is something else.
    const inherits =
      led || mention.telling === true || described !== null || mention.phrase === null || mention.whole !== null;
    if (
      found === null &&
      part &&
      inherits &&
      (whole !== null || (partEvent(tokens) ?? victimsEvent(mention, described, whole)) !== null)
    ) {
      const event = partEvent(tokens) ?? victimsEvent(mention, described, whole) ?? whole?.found.event ?? null;
      if (event !== null) found = { event, rule: 'part', hedged: whole?.found.hedged ?? false, at: mention.start };
    }
    // "Both were men": who they are is said of those of the sentence before.
    if (found === null && mention.phrase === null && described !== null && recent !== null && mention.start === 0)
      found = { event: recent.found.event, rule: 'part', hedged: false, at: mention.start };
    // "The dead are from two towns; seven are Dutch".
    if (
      found === null &&
      !own.refused &&
      mention.phrase === null &&
      described?.nationality != null &&
      linked.at(-1)?.part !== true &&
      linked.at(-1)?.described == null &&
      mention.start > 0
    ) {
      const spoken = lastEventBefore(tokens, mention.start) ?? recent?.found.event ?? null;
      if (spoken !== null) found = { event: spoken, rule: 'part', hedged: false, at: mention.start };
    }
    // "Two Malians and a Frenchman, the source says": of those of the sentence before.
    if (
      found === null &&
      recent !== null &&
      lead.start === 0 &&
      mention.phrase?.nationality != null &&
      mentions.every((other) => list.includes(other)) &&
      !tokens.some(({ lower }) => beForms.has(lower) || auxiliaries.has(lower))
    ) {
      linked.push({
        mention,
        found: { event: recent.found.event, rule: 'part', hedged: false, at: mention.start },
        part: true,
        telling: true,
        list,
        whole: recent,
        described,
        surpassed: false,
        sentence: before.sentence,
      });
      continue;
    }
    // "Thirty were Nepali, 32 Bangladeshi and one from the Maldives": the verb is said once.
    const leader = linked.at(-1);
    const nation = mention.phrase?.nationality ?? described?.nationality ?? null;
    if (
      found === null &&
      (nation !== null || /^(?:sex|age)$/u.test(described?.noun?.noun ?? '')) &&
      leader !== undefined &&
      (leader.part || leader.described !== null) &&
      !own.refused
    ) {
      linked.push({
        mention,
        found: { ...leader.found, rule: 'part' },
        part: true,
        telling: true,
        list,
        whole: leader,
        described,
        surpassed: false,
        sentence: before.sentence,
      });
      continue;
    }
    if (
      found?.rule === 'beside' &&
      found.event === 'hospitalised' &&
      mention.phrase === null &&
      linked.at(-1)?.found.event === 'killed' &&
      tokens[mention.start - 1]?.lower === 'and'
    )
      // "45 died on the spot and three in hospital".
      found = { ...found, event: 'killed', rule: 'list' };
    if (found === null) continue;
    if (mention.article && !articleCounts(tokens, mentions, mention, found)) continue;
    linked.push({
      mention,
      found,
      part,
      telling: led || mention.telling === true || found.rule === 'among',
      list,
      whole,
      described,
      surpassed: own.surpassed,
      sentence: before.sentence,
    });
  }
  return linked;
}

/** The nearest number before that is itself no part in the same list; of a list of wholes the last. */
function wholeOf(candidates: readonly Linked[], list: readonly Mention[]): Linked | null {
  const start = list[0]?.start ?? 0;
  const earlier = candidates.filter(({ mention }) => mention.start < start);
  return earlier.findLast(({ part }) => !part) ?? earlier.at(-1) ?? null;
}

/** "16 of the victims were children": the dead, unless the injured were spoken of last. */
function victimsEvent(mention: Mention, described: NounPhrase | null, whole: Linked | null): EventName | null {
  if (described === null || !mention.partitive || mention.phrase?.words.at(-1) !== 'victims') return null;
  return whole?.found.event === 'injured' ? null : 'killed';
}

/** What the sentence has spoken of so far. */
function lastEventBefore(tokens: readonly Token[], before: number): EventName | null {
  for (let at = before - 1; at >= 0; at -= 1) {
    const read = eventAt(tokens, at);
    if (read !== null && read.forms.some((form) => form === 'noun' || form === 'adjective')) return read.event;
  }
  return null;
}
