import { eventAt, type EventName } from '../words-to-figures/events.js';
import { peopleNoun } from '../words-to-figures/people-nouns.js';
import type { Token } from '../words-to-figures/tokens.js';
import type { EventFound } from './find-event.js';
import type { Mention } from './mention-shape.js';
import { adverbs, auxiliaries } from './word-lists.js';

/** How far before its number "the death toll" may stand, in tokens. */
const tollTokensMax = 26;
const links = new Set([
  'to',
  'at',
  'rose',
  'jumped',
  'soared',
  'grown',
  'swelled',
  'increased',
  'surged',
  'of',
  'is',
  'was',
  'are',
  'were',
  'reached',
  'passed',
  'exceeded',
  'topped',
  'hit',
  'surpassed',
  'as',
  ':',
  'climbed',
  'past',
  'beyond',
  'stands',
  'stood',
  'now',
  'totalled',
  'totaled',
  'total',
  'remains',
  'remained',
  '-',
  '–',
  'number',
  'numbers',
  'numbered',
  'above',
  'being',
  'had',
  'has',
  'risen',
  'crossed',
  'nearer',
  'near',
  'by',
]);
const surpassing = new Set(['passed', 'exceeded', 'topped', 'surpassed', 'past', 'beyond', 'crossed', 'above']);

const tolls: Readonly<Record<string, EventName | 'same'>> = {
  'death toll': 'killed',
  toll: 'killed',
  'number of dead': 'killed',
  'number of deaths': 'killed',
  'number of fatalities': 'killed',
  'number killed': 'killed',
  'number of people killed': 'killed',
  'number of those killed': 'killed',
  'number of confirmed dead': 'killed',
  'number of confirmed deaths': 'killed',
  'number of victims': 'killed',
  'body count': 'killed',
  losses: 'killed',
  fatalities: 'killed',
  deaths: 'killed',
  'number of injured': 'injured',
  'number of wounded': 'injured',
  'number of people injured': 'injured',
  'injury toll': 'injured',
  'number of injuries': 'injured',
  'number of those injured': 'injured',
  'number of those wounded': 'injured',
  'number of missing': 'missing',
  'number of people missing': 'missing',
  'number of people still missing': 'missing',
  'number still missing': 'missing',
  'number of those missing': 'missing',
  'number unaccounted': 'missing',
  'number of hostages': 'held',
  'number of captives': 'held',
  'number of displaced': 'displaced',
  'number of people displaced': 'displaced',
  'number of arrests': 'arrested',
  'number of survivors': 'survived',
  'number of people rescued': 'rescued',
  'number rescued': 'rescued',
  'the dead': 'killed',
  'the wounded': 'injured',
  'the injured': 'injured',
  'the missing': 'missing',
  'the displaced': 'displaced',
  injured: 'injured',
  wounded: 'injured',
  missing: 'missing',
  dead: 'killed',
  killed: 'killed',
  injuries: 'injured',
  'people killed': 'killed',
  it: 'same',
  figure: 'same',
  total: 'same',
  number: 'same',
  tally: 'same',
  count: 'same',
};
/** Before "figure" or "count": it is that of a number named before. */
const goesBack =
  /^(?:the|its|death|higher|lower|different|latest|new|official|provisional|overall|final|revised|updated|own|that|this)$/u;
const tollWordsMax = 5;

function tollEndingAt(
  tokens: readonly Token[],
  last: number,
): { event: EventName | 'same'; at: number; words: string } | null {
  for (let length = tollWordsMax; length >= 1; length -= 1) {
    const from = last - length + 1;
    if (from < 0) continue;
    const words = tokens
      .slice(from, last + 1)
      .map(({ lower }) => lower)
      .filter((word) => word !== 'the' || length <= 2)
      .join(' ');
    const event = tolls[words];
    if (event !== undefined) return { event, at: from, words };
  }
  return null;
}

/** "the number of the injured at 162", "figure for the injured to 1,527": the noun's own event in the words after it. */
function eventAfter(tokens: readonly Token[], from: number, to: number): EventName | null {
  for (let at = from; at < to; at += 1) {
    const read = eventAt(tokens, at);
    if (read !== null && read.forms.some((form) => form !== 'transitive')) return read.event;
  }
  return null;
}

/** A count that a noun before the number names: "the death toll rose to 45", "Dead: 12". */
export function tollEvent(
  tokens: readonly Token[],
  mention: Mention,
  previous: EventName | null,
): (EventFound & { readonly surpassed: boolean }) | null {
  if (mention.partitive) return null;
  let before = mention.start - 1;
  while (before >= 0 && (adverbs.has(tokens[before]?.lower ?? '') || tokens[before]?.lower === 'the')) before -= 1;
  const link = tokens[before]?.lower ?? '';
  if (!links.has(link)) return inverted(tokens, mention, previous);
  const surpassed = surpassing.has(link);
  for (let at = before; at >= Math.max(0, before - tollTokensMax); at -= 1) {
    const word = tokens[at]?.lower ?? '';
    if (word === ';' || word === '.') break;
    const toll = tollEndingAt(tokens, at);
    if (toll === null) continue;
    const whose = eventAfter(tokens, at + 1, before);
    // "Rose to", "stands at": a bare noun of what happened counts only right before its number.
    const loose = /^(?:injured|wounded|missing|dead|killed|injuries|deaths|fatalities|people killed)$/u.test(
      toll.words,
    );
    if (loose && !(link === ':' && at === before - 1) && !/^(?:deaths|fatalities|injuries)$/u.test(toll.words))
      continue;
    if (loose && before - at > 6) continue;
    if (toll.words.startsWith('the ') && !(link === 'at' || link === ':' || link === 'as')) continue;
    const event =
      toll.event === 'same'
        ? (whose ?? (toll.words === 'it' || goesBack.test(tokens[at - 1]?.lower ?? '') ? previous : null))
        : toll.event;
    // "The number of attackers is put at 17": whom it counts, and not what happened to them.
    if (
      toll.event === 'same' &&
      whose === null &&
      /^(?:of|who)$/u.test(tokens[at + 1]?.lower ?? '') &&
      at + 1 !== before
    )
      return null;
    if (event === null) return null;
    return { event, rule: 'toll', hedged: false, at: toll.at, surpassed };
  }
  return inverted(tokens, mention, previous);
}

/** "bringing to 42 the number of dead", "raised to 12 the number of people killed". */
function inverted(
  tokens: readonly Token[],
  mention: Mention,
  previous: EventName | null,
): (EventFound & { readonly surpassed: boolean }) | null {
  if (tokens[mention.start - 1]?.lower !== 'to' || tokens[mention.end]?.lower !== 'the') return null;
  const noun = tokens[mention.end + 1]?.lower ?? '';
  const first = tolls[noun] ?? (noun === 'death' ? 'killed' : undefined);
  if (first === undefined) return null;
  const event =
    first === 'same'
      ? (eventAfter(tokens, mention.end + 2, Math.min(tokens.length, mention.end + 8)) ?? previous)
      : first;
  return event === null ? null : { event, rule: 'toll', hedged: false, at: mention.end + 1, surpassed: false };
}

const among: Readonly<Record<string, EventName>> = {
  dead: 'killed',
  killed: 'killed',
  fatalities: 'killed',
  slain: 'killed',
  injured: 'injured',
  wounded: 'injured',
  hurt: 'injured',
  missing: 'missing',
  captives: 'held',
  hostages: 'held',
  rescued: 'rescued',
  survivors: 'survived',
  displaced: 'displaced',
  arrested: 'arrested',
  detained: 'arrested',
  kidnapped: 'held',
  abducted: 'held',
  freed: 'freed',
  released: 'freed',
  casualties: 'casualties',
  deaths: 'killed',
  deceased: 'killed',
};

/** Says whether a word names those to whom something happened: "among the dead". */
const amongWord = (word: string): EventName | null => among[word] ?? null;

/** How far a list after "among the dead were" is read, in tokens. */
const openingTokensMax = 16;

/** An event at most so many tokens after "among". */
const amongTokensMax = 6;

/** "Two Britons were among the dead", "among the injured were six Germans", "the dead included two Britons". */
export function amongEvent(tokens: readonly Token[], mention: Mention): { event: EventName | null; at: number } | null {
  // After: "were among …".
  for (let at = mention.end; at < Math.min(tokens.length, mention.end + 20); at += 1) {
    const word = tokens[at]?.lower ?? '';
    if (word === ';' || word === '.') break;
    if (word !== 'among' && word !== 'amongst') continue;
    const helped = /^(?:was|were|are|is|be|been|also|being|identified|counted|listed|named)$/u.test(
      tokens[at - 1]?.lower ?? '',
    );
    if (helped) return namedAfter(tokens, at);
  }
  // Before: "among the dead were …", "the dead include …".
  for (let at = mention.start - 1; at >= Math.max(0, mention.start - 4); at -= 1) {
    const word = tokens[at]?.lower ?? '';
    if (/^(?:were|was|are|is|included|include|includes)$/u.test(word)) {
      for (let back = at - 1; back >= Math.max(0, at - 8); back -= 1) {
        const event = amongWord(tokens[back]?.lower ?? '');
        const led = tokens
          .slice(Math.max(0, back - 6), back)
          .some(({ lower }) => lower === 'among' || lower === 'amongst');
        // "The missing are four Britons": the verb right after, and peoples.
        const equal = back === at - 1 && mention.phrase?.nationality != null;
        const those = (/^included?s?$/u.test(word) || equal) && tokens[back - 1]?.lower === 'the';
        if (event !== null && (led || those)) return { event, at: back };
        if (/^victims?$/u.test(tokens[back]?.lower ?? '') && (led || those)) return { event: 'killed', at: back };
        const named = /^(?:them)$/u.test(tokens[back]?.lower ?? '') || peopleNoun(tokens[back]?.lower ?? '') !== null;
        if (named && (led || those)) return { event: null, at: back };
      }
    }
    if (!adverbs.has(word) && word !== ',') break;
  }
  return amongOpening(tokens, mention);
}

/** "Among the dead were a commander and two rescue workers": all of the list, whatever stands before in it. */
function amongOpening(tokens: readonly Token[], mention: Mention): { event: EventName | null; at: number } | null {
  const event = amongWord(tokens[2]?.lower ?? '');
  const opens = /^among(?:st)?$/u.test(tokens[0]?.lower ?? '') && tokens[1]?.lower === 'the';
  if (event === null || !opens || !/^(?:were|was|are|is)$/u.test(tokens[3]?.lower ?? '')) return null;
  const between = tokens.slice(4, mention.start);
  const plain = between.every(({ lower }) => !auxiliaries.has(lower) && !/^(?:who|which|said|says|;)$/u.test(lower));
  return plain && between.length <= openingTokensMax ? { event, at: 2 } : null;
}

function namedAfter(tokens: readonly Token[], from: number): { event: EventName | null; at: number } | null {
  for (let at = from + 1; at < Math.min(tokens.length, from + 1 + amongTokensMax); at += 1) {
    const word = tokens[at]?.lower ?? '';
    const event = amongWord(word);
    if (event !== null) return { event, at };
    if (word === 'victims') return { event: 'killed', at };
    if (/^(?:them|those|these)$/u.test(word) && amongWord(tokens[at + 1]?.lower ?? '') === null)
      return { event: null, at };
  }
  return null;
}
