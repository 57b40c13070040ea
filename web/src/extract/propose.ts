import { measureOf } from '../words-to-figures/events.js';
import { type Scheme, sameWho } from '../words-to-figures/scheme.js';
import type { Token } from '../words-to-figures/tokens.js';
import type { Article, Proposal } from './article.js';
import { type Frame, framesOf } from './attribution.js';
import { basisOf } from './basis.js';
import { confidenceOf } from './confidence.js';
import {
  Discourse,
  type Voice,
  frameFor,
  noteOtherSide,
  quotedBy,
  settle,
  standingVoice,
  voiceOf,
  wholeWhomOf,
} from './discourse.js';
import { type Written, elsewhereRanges, isCompared, writtenAt } from './elsewhere.js';
import {
  chainOf,
  countsTheRest,
  currentMeasures,
  eventFor,
  identified,
  isSuspected,
  isUnidentified,
  ownNationals,
  partyKind,
  quantityOf,
  rescuedFromNobody,
  sameBreakdown,
  saysNothingNew,
  spanOf,
} from './figure-details.js';
import { type Linked, linkMentions } from './link.js';
import type { Mention } from './mention-shape.js';
import { mentionsOf } from './mentions.js';
import { type Draft, mergeProposals } from './merge.js';
import { zeroMentions } from './nobody.js';
import { placeOf } from './place.js';
import { type Sentence, sentencesOf } from './sentences.js';
import { governmentOf } from './special-speakers.js';
import { type Whom, whomOf } from './whom.js';

/** "Our teams", outside of quotation marks; "our correspondent" is a newsroom's. */
const speaksOfUs = (text: string): boolean =>
  /\bour (?!(?:own )?(?:correspondents?|reporters?|readers|story|newspaper|earlier))/iu.test(
    text.replaceAll(/["“][^"”]*["”]/gu, ' '),
  );

const isQuestion = (tokens: readonly Token[]): boolean => tokens.slice(-2).some(({ text }) => text === '?');

const isConditional = (tokens: readonly Token[]): boolean => tokens[0]?.lower === 'if';

/**
 * Reads the figures out of an article, under an incident's scheme. Pure: the same text gives the same proposals.
 * They are for a person to judge; see docs/extract.md for what is read and what is not.
 */
export function proposeFigures(article: Article, scheme: Scheme): readonly Proposal[] {
  const written = writtenAt(article.publishedAt);
  const sentences = sentencesOf(article.text);
  const discourse = new Discourse(article.outlet);
  // A statement that the outlet publishes as its own: what it says unattributed is that body's word too.
  discourse.speakers.heed(
    sentences.flatMap((sentence) => framesOf(sentence, article.text)),
    speaksOfUs(article.text),
  );
  const drafts: Draft[] = [];
  for (const [index, sentence] of sentences.entries()) {
    const following = sentences[index + 1];
    drafts.push(...readSentence(article, scheme, written, discourse, sentence, following, sentences));
  }
  return mergeProposals(drafts, article, scheme);
}

function readSentence(
  article: Article,
  scheme: Scheme,
  written: Written,
  discourse: Discourse,
  sentence: Sentence,
  following: Sentence | undefined,
  all: readonly Sentence[],
): readonly Draft[] {
  const { tokens } = sentence;
  if (sentence.paragraph !== discourse.paragraph) {
    discourse.paragraph = sentence.paragraph;
    discourse.paragraphVoice = null;
  }
  if (sentence.opens) discourse.focus = null;
  const frames = framesOf(sentence, article.text);
  const voices = new Map<Frame, Voice>(frames.map((frame) => [frame, voiceOf(discourse, frame)]));
  const quoted = frames.length === 0 ? quotedBy(article, discourse, sentence, following) : null;
  const standing = standingVoice(discourse, sentence, frames, quoted);

  const elsewhere = elsewhereRanges(tokens, written);
  const apart = (at: number): boolean => elsewhere.some(({ from, to }) => at >= from && at < to);
  const skipped = isQuestion(tokens) || isConditional(tokens);
  const mentions = skipped
    ? []
    : [...mentionsOf(tokens, scheme), ...zeroMentions(tokens, scheme)].toSorted((a, b) => a.start - b.start);
  const usable = mentions.filter((mention) => !apart(mention.start) && !isCompared(tokens, mention.start));
  const linked = [
    ...identified(tokens, usable),
    ...linkMentions(tokens, usable, scheme, {
      last: discourse.last,
      sentence: discourse.lastSentence,
      event: discourse.lastEvent,
      present:
        discourse.readings.findLast(({ linked: { found, part } }) => found.event === 'present' && !part)?.linked ??
        null,
      given: (value) =>
        discourse.readings.findLast(
          ({ linked: { mention } }) => 'value' in mention.quantity && mention.quantity.value === value,
        )?.linked.found.event ?? null,
    }),
  ];
  const found = new Set<Mention>();
  const resolved: { linked: Linked; whom: Whom }[] = [];
  const drafts: Draft[] = [];
  let droppedPart = false;
  for (const one of linked.toSorted((a, b) => a.mention.start - b.mention.start)) {
    if (found.has(one.mention)) continue;
    found.add(one.mention);
    const frame = frameFor(frames, one.mention.start);
    if (frame?.denies === true) continue;
    let voice = frame === null ? standing : (voices.get(frame) ?? standing);
    const wholeWhom = wholeWhomOf(scheme, discourse, resolved, one.whole);
    const own = ownNationals(tokens, one.mention) ? voice.speaker.nationality : null;
    const sameVoice = frame === null || voice.speaker.name === discourse.focusVoice?.speaker.name;
    const ofOthers = discourse.last?.found.event === 'arrested' && one.found.event !== 'arrested';
    const named = whomOf(
      scheme,
      tokens,
      one,
      resolved,
      wholeWhom,
      sameVoice && !ofOthers ? discourse.focus : null,
      own,
    );
    const place = placeOf(scheme, tokens, one.mention);
    const whom = place === null ? named : { ...named, breakdown: { ...named.breakdown, place } };
    resolved.push({ linked: one, whom });
    const measure = measureOf(scheme, eventFor(scheme, one, whom));
    const unplaced = one.mention.phrase?.words[0] === 'responders' && whom.rule === 'default';
    if (unplaced || countsTheRest(tokens, one)) continue;
    if (one.found.event === 'arrested' && whom.rule === 'default' && isSuspected(tokens, one.mention)) continue;
    if (rescuedFromNobody(one.found.event, measure, article.text, scheme)) continue;
    const empty = saysNothingNew(one, whom, wholeWhom);
    // "Ten of the victims died inside; two more in hospital": both are parts of a number given elsewhere.
    const goesOn =
      (one.mention.more && droppedPart) ||
      (one.mention.article && one.list.length === 1 && !whom.explicit && discourse.readings.length > 0);
    if (empty) droppedPart = true;
    if (measure === null || empty || goesOn || isUnidentified(tokens, one.mention)) continue;
    if (frame === null && whom.rule === 'focus' && voice.rule === 'outlet' && discourse.focusVoice !== null)
      voice = { ...discourse.focusVoice, rule: 'goes on' };
    const government =
      frame !== null && /^governments?$/iu.test(frame.name) ? governmentOf(whom.breakdown['nationality']) : null;
    const speaker = government ?? voice.speaker;
    const more = one.mention.more;
    const earlierSame = discourse.readings.some(
      (reading) =>
        reading.measure === measure &&
        sameWho(reading.whom.who, whom.who) &&
        sameBreakdown(reading.whom.breakdown, whom.breakdown),
    );
    const otherBefore = resolved.some(
      (other) =>
        other.linked !== one &&
        measureOf(scheme, other.linked.found.event) !== measure &&
        other.linked.mention.start < one.mention.start,
    );
    const earlierHere = resolved.some(
      (other) =>
        other.linked !== one &&
        !other.linked.part &&
        measureOf(scheme, other.linked.found.event) === measure &&
        sameWho(other.whom.who, whom.who),
    );
    const lastMeasure =
      discourse.last === null || discourse.lastSentence > 1 ? null : measureOf(scheme, discourse.last.found.event);
    const goesOnFrom = otherBefore || (lastMeasure !== null && lastMeasure !== measure) || currentMeasures.has(measure);
    const basis = voice.tally ? 'sum' : basisOf(tokens, one, more, earlierSame || earlierHere, otherBefore, goesOnFrom);
    const kind = partyKind(scheme, speaker, whom.who);
    discourse.readings.push({ linked: one, whom, measure, basis });
    const draft: Draft = {
      measure,
      who: whom.who,
      breakdown: whom.breakdown,
      quantity: quantityOf(tokens, one, all, sentence),
      basis,
      hedged: one.mention.hedged || one.found.hedged,
      span: spanOf(article, tokens, one.mention),
      attribution: chainOf(article, speaker, kind),
      outletSpeaks: voice.rule === 'outlet' && government === null,
      heading: sentence.heading,
      partsOnOtherSides: [],
      rules: [one.found.rule, whom.rule, voice.rule],
      confidence: confidenceOf(one, whom, voice.rule, speaker.sure, sentence.heading),
    };
    drafts.push(draft);
    discourse.drafts.set(one, { draft, whom });
    noteOtherSide(scheme, discourse, one, whom);
  }
  discourse.speakers.claimed = tokens.some(
    ({ lower }, at) => lower === 'responsibility' && /^claim(?:ed|s|ing)?$/u.test(tokens[at - 1]?.lower ?? ''),
  );
  settle(discourse, tokens, resolved, standing, frames, voices);
  return drafts;
}
