import type { EventRule } from './find-event.js';
import type { Linked } from './link.js';
import type { SpeakerRule } from './discourse.js';
import type { Whom } from './whom.js';

const eventCost: Readonly<Record<EventRule, number>> = {
  inTheNoun: 0,
  beside: 0,
  object: 0,
  predicate: 0.03,
  toll: 0.03,
  among: 0.05,
  list: 0.08,
  relative: 0.08,
  part: 0.08,
  there: 0.15,
};
const whomCost: Readonly<Record<Whom['rule'], number>> = {
  named: 0,
  whole: 0.03,
  default: 0.05,
  before: 0.1,
  focus: 0.15,
};
const speakerCost: Readonly<Record<SpeakerRule, number>> = {
  said: 0,
  'same paragraph': 0.12,
  'goes on': 0.2,
  outlet: 0.1,
};

/** From 0 to 1: less for each step that the words did not say outright. Two decimals, so that it prints alike everywhere. */
export function confidenceOf(
  linked: Linked,
  whom: Whom,
  speaker: SpeakerRule,
  sure: boolean,
  heading: boolean,
): number {
  const { mention } = linked;
  let left = 0.98 - eventCost[linked.found.rule] - whomCost[whom.rule] - speakerCost[speaker];
  if (mention.phrase === null) left -= 0.05;
  if (mention.article) left -= 0.1;
  if (mention.more) left -= 0.05;
  if (!sure) left -= 0.15;
  if (heading) left -= 0.1;
  return Math.round(Math.max(0.05, left) * 100) / 100;
}
