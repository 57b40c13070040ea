import { type EventName, eventAt } from '../words-to-figures/events.js';
import { type Scheme, type Who, sameWho } from '../words-to-figures/scheme.js';
import type { Token } from '../words-to-figures/tokens.js';
import { defaultWho } from '../words-to-figures/who.js';
import type { Article, Basis } from './article.js';
import { type Frame, framesOf } from './attribution.js';
import type { Linked } from './link.js';
import type { Draft } from './merge.js';
import type { Sentence } from './sentences.js';
import { type Speaker, Speakers } from './speakers.js';
import { unnamedTally } from './special-speakers.js';
import { type Whom, sideOf } from './whom.js';

/** How the speaker of a number was found. */
export type SpeakerRule = 'said' | 'same paragraph' | 'goes on' | 'outlet';

export interface Voice {
  readonly speaker: Speaker;
  readonly rule: SpeakerRule;
  /** "according to a Reuters tally": the press's own sum. */
  readonly tally: boolean;
}

interface Reading {
  readonly linked: Linked;
  readonly whom: Whom;
  readonly measure: string;
  readonly basis: Basis;
}

/** What the sentences before leave behind. */
export class Discourse {
  readonly speakers: Speakers;
  last: Linked | null = null;
  lastSentence = 0;
  lastEvent: EventName | null = null;
  lastWhom: Whom | null = null;
  focus: Who | null = null;
  focusVoice: Voice | null = null;
  paragraph = -1;
  paragraphVoice: Voice | null = null;
  readonly readings: Reading[] = [];
  readonly drafts = new Map<Linked, { readonly draft: Draft; readonly whom: Whom }>();

  constructor(outlet: string) {
    this.speakers = new Speakers(outlet);
  }
}

/** "34 dead, including two firefighters": the 34 were people of both sides. */
export function noteOtherSide(scheme: Scheme, discourse: Discourse, part: Linked, whom: Whom): void {
  const whole = part.whole === null ? undefined : discourse.drafts.get(part.whole);
  if (whole === undefined || !part.telling || whole.whom.rule !== 'default' || !('group' in whom.who)) return;
  const [one, other] = [sideOf(scheme, whom.who), sideOf(scheme, whole.whom.who)];
  if (one !== null && other !== null && one !== other) whole.draft.partsOnOtherSides.push(whom.who.group);
}

export function voiceOf(discourse: Discourse, frame: Frame): Voice {
  const tally = unnamedTally(frame.name);
  if (tally !== null) return { speaker: { ...discourse.speakers.press, name: tally }, rule: 'said', tally: true };
  if (discourse.speakers.isNobody(frame)) return { speaker: discourse.speakers.press, rule: 'outlet', tally: false };
  if (discourse.speakers.speaksItself(frame)) return { speaker: discourse.speakers.press, rule: 'said', tally: false };
  return { speaker: discourse.speakers.of(frame), rule: 'said', tally: false };
}

/** A quotation of several sentences, or one that the next goes on with: who said it stands at the end of the next. */
export function quotedBy(
  article: Article,
  discourse: Discourse,
  sentence: Sentence,
  following: Sentence | undefined,
): Voice | null {
  if (following === undefined || following.paragraph !== sentence.paragraph) return null;
  // "That's according to the Red Cross", "So says the mayor": it speaks of the sentence before.
  const opening = following.tokens
    .slice(0, 4)
    .map(({ lower }) => lower)
    .join(' ');
  if (
    /^(?:that (?:is |comes )?from|this (?:is |comes )?from|that (?:is )?according to|that's according to|this is according to|this according to|so says? |so said )/u.test(
      `${opening} `,
    )
  ) {
    const [first] = framesOf(following, article.text);
    if (first !== undefined) return voiceOf(discourse, first);
  }
  if (discourse.paragraphVoice !== null) return null;
  const quotation = /^["“]/u.test(sentence.tokens[0]?.text ?? '');
  const anaphoric = /^(?:both|they|it|he|she|these|those|none|neither|others?)$/u.test(
    following.tokens[0]?.lower ?? '',
  );
  if (!quotation && !anaphoric) return null;
  const frames = framesOf(following, article.text);
  const [frame] = frames;
  return frame?.later === true && frames.length === 1 ? voiceOf(discourse, frame) : null;
}

/** Who speaks where no words of the sentence say so. */
export function standingVoice(
  discourse: Discourse,
  sentence: Sentence,
  frames: readonly Frame[],
  quoted: Voice | null,
): Voice {
  if (quoted !== null) return quoted;
  if (sentence.heading && frames.length === 0)
    return { speaker: discourse.speakers.press, rule: 'outlet', tally: false };
  if (discourse.paragraphVoice !== null) return { ...discourse.paragraphVoice, rule: 'same paragraph' };
  const starts = sentence.tokens[0]?.lower ?? '';
  const { last } = discourse.speakers;
  // "It also …", "Of these, …" goes on with what was said in the paragraph before.
  if (/^(?:it|he|she|they)$/u.test(starts) && last !== null && !sentence.opens)
    return { speaker: last, rule: 'goes on', tally: false };
  return { speaker: discourse.speakers.press, rule: 'outlet', tally: false };
}

/** Whom the whole of a part counts; of a list of several groups, whom the list's own whole counts. */
export function wholeWhomOf(
  scheme: Scheme,
  discourse: Discourse,
  resolved: readonly { readonly linked: Linked; readonly whom: Whom }[],
  whole: Linked | null,
): Whom | null {
  if (whole === null) return null;
  const known =
    resolved.find(({ linked }) => linked === whole)?.whom ??
    (whole === discourse.last ? discourse.lastWhom : null) ??
    discourse.readings.find(({ linked }) => linked === whole)?.whom ??
    null;
  if (known === null) return null;
  const besides = resolved.filter(({ linked }) => linked !== whole && whole.list.includes(linked.mention));
  if (whole.list.length === 1 || besides.every(({ whom }) => sameWho(whom.who, known.who))) return known;
  const above = wholeWhomOf(scheme, discourse, resolved, whole.whole);
  return above ?? { who: defaultWho(scheme), breakdown: {}, explicit: false, rule: 'default' };
}

/** The frame that speaks for a place: one said afterwards before one that only goes on. */
export function frameFor(frames: readonly Frame[], at: number): Frame | null {
  const covering = frames.filter(({ from, to }) => at >= from && at < to);
  return covering.find(({ later, start }) => later && at < start) ?? covering.at(-1) ?? null;
}

/** What a sentence without numbers speaks of last: "how many were still trapped". */
function lastEventOf(tokens: readonly Token[]): EventName | null {
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    if (tokens[at]?.lower === 'toll') return 'killed';
    const read = eventAt(tokens, at);
    if (read !== null && read.forms.some((form) => form !== 'transitive')) return read.event;
  }
  return null;
}

export function settle(
  discourse: Discourse,
  tokens: readonly Token[],
  resolved: readonly { linked: Linked; whom: Whom }[],
  standing: Voice,
  frames: readonly Frame[],
  voices: ReadonlyMap<Frame, Voice>,
): void {
  const lastFrame = frames.at(-1);
  const voice = lastFrame === undefined ? standing : (voices.get(lastFrame) ?? standing);
  if (lastFrame !== undefined || (standing.rule !== 'outlet' && standing.rule !== 'same paragraph'))
    discourse.paragraphVoice = voice;
  const final = resolved.at(-1);
  if (final === undefined) {
    discourse.lastSentence += 1;
    discourse.lastEvent = lastEventOf(tokens) ?? discourse.lastEvent;
    return;
  }
  discourse.last = resolved.findLast(({ linked }) => !linked.part)?.linked ?? final.linked;
  discourse.lastWhom = resolved.find(({ linked }) => linked === discourse.last)?.whom ?? null;
  discourse.lastSentence = 0;
  discourse.lastEvent = null;
  const [first] = resolved;
  const explicit =
    first !== undefined && resolved.every(({ whom }) => whom.explicit && sameWho(whom.who, first.whom.who));
  discourse.focus = explicit ? first.whom.who : null;
  discourse.focusVoice = explicit ? voice : null;
}
