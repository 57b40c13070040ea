import type { EventName } from '../words-to-figures/events.js';
import type { Token } from '../words-to-figures/tokens.js';
import { type EventFound, besideEvent, objectEvent, predicateEvent } from './find-event.js';
import { joined } from './mention-lists.js';
import { amongEvent, tollEvent } from './find-toll.js';
import type { Mention } from './mention-shape.js';

const buildings =
  /^(?:shop|store|supermarket|mall|building|hotel|church|mosque|temple|school|club|nightclub|bar|restaurant|cafe|plant|factory|mill|warehouse|train|bus|coach|station|theatre|theater|cinema|hall|stadium|market|mine|ship|boat|ferry|plane|house|block|tower|hostel|prison|bank|museum|synagogue|dormitory|ward|tunnel|office)$/u;

/** "There were 24 guests in the hotel". */
function thereEvent(tokens: readonly Token[], mention: Mention): EventFound | null {
  if (mention.phrase === null) return null;
  // "Of the 912 people in the auditorium, 75 were foreigners".
  const outOf =
    mention.start === 1 &&
    tokens[0]?.lower === 'of' &&
    /^(?:in|inside|aboard|on|at)$/u.test(tokens[mention.end]?.lower ?? '');
  if (outOf) return { event: 'present', rule: 'there', hedged: false, at: mention.end };
  // "The hospital received 27 patients".
  if (tokens[mention.start - 1]?.lower === 'received' && mention.phrase.noun?.cluster === 'patient')
    return { event: 'hospitalised', rule: 'object', hedged: false, at: mention.start - 1 };
  // "The jet had 93 passengers and five crew".
  const had = /^(?:had|has)$/u.test(tokens[mention.start - 1]?.lower ?? '');
  if (had && /^(?:passenger|crew)$/u.test(mention.phrase.noun?.cluster ?? ''))
    return { event: 'present', rule: 'there', hedged: false, at: mention.start - 1 };
  const there = tokens
    .slice(Math.max(0, mention.start - 12), mention.start)
    .some(({ lower }, index, list) => lower === 'there' && /^(?:were|was|are)$/u.test(list[index + 1]?.lower ?? ''));
  const atTheTime =
    /^(?:were|was)$/u.test(tokens[mention.end]?.lower ?? '') &&
    /^(?:on|at|in|inside|near)$/u.test(tokens[mention.end + 1]?.lower ?? '') &&
    !/^(?:hospital|custody|critical|intensive|a|least|risk|duty|their)$/u.test(tokens[mention.end + 2]?.lower ?? '') &&
    tokens
      .slice(mention.end, mention.end + 16)
      .some(({ lower }, index, list) => lower === 'when' || (lower === 'time' && list[index - 1]?.lower === 'the'));
  const verb = tokens[mention.end]?.lower === 'had' ? mention.end + 1 : mention.end;
  const inside =
    /^(?:were|was|been)$/u.test(tokens[verb]?.lower ?? '') &&
    /^(?:in|inside|at)$/u.test(tokens[verb + 1]?.lower ?? '') &&
    tokens[verb + 2]?.lower === 'the' &&
    buildings.test(tokens[verb + 3]?.lower ?? '');
  if (atTheTime || inside) return { event: 'present', rule: 'there', hedged: false, at: mention.end };
  if (!there && !/^(?:were|are|was)$/u.test(tokens[mention.end]?.lower ?? '')) return null;
  const rest = tokens.slice(mention.end, mention.end + 10).map(({ lower }) => lower);
  const place = there
    ? rest.findIndex((word) => /^(?:in|inside|aboard|at)$/u.test(word))
    : rest.findIndex((word, index) => index > 0 && index < 3 && /^(?:inside|aboard)$/u.test(word));
  if (place === -1 || rest.slice(0, place).some((word) => word === ',' && !there)) return null;
  if (
    /^(?:hospital|hospitals|custody|shelters|least|large|intensive|critical|serious|custody|risk|danger)$/u.test(
      rest[place + 1] ?? '',
    )
  )
    return null;
  return { event: 'present', rule: 'there', hedged: false, at: mention.end };
}

interface Direct {
  readonly found: EventFound | null;
  readonly refused: boolean;
  readonly surpassed: boolean;
}

export function directEvent(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  mention: Mention,
  previous: EventName | null,
): Direct {
  const none = { found: null, refused: false, surpassed: false };
  const beside = besideEvent(tokens, mentions, mention);
  if (beside === 'no') return { ...none, refused: true };
  const inherent = mention.phrase?.event ?? null;
  if (inherent !== null) {
    const later = beside ?? predicateEvent(tokens, mentions, mention);
    if (later === 'no') return { ...none, refused: true };
    const stronger =
      later !== null &&
      later.rule === 'predicate' &&
      later.event !== inherent &&
      !(inherent === 'killed' && later.event === 'rescued') &&
      !(mention.phrase?.bodies ?? false)
        ? later
        : null;
    // "Pulled 127 survivors from the water".
    const drawn = inherent === 'survived' ? objectEvent(tokens, mention) : null;
    if (drawn !== null && drawn !== 'no' && drawn.event === 'rescued') return { ...none, found: drawn };
    return { ...none, found: stronger ?? { event: inherent, rule: 'inTheNoun', hedged: false, at: mention.start } };
  }
  const object = objectEvent(tokens, mention);
  if (object === 'no') return { ...none, refused: true };
  const weakObject = object !== null && object.event === 'present' && beside !== null;
  if (object !== null && !weakObject && !(beside !== null && beside.rule === 'predicate'))
    return { ...none, found: object };
  if (beside !== null && beside.event === 'present') {
    // "All 18 people aboard a helicopter died".
    const later = predicateEvent(tokens, mentions, mention);
    if (later !== null && later !== 'no' && later.rule === 'predicate') return { ...none, found: later };
  }
  if (beside !== null) return { ...none, found: beside };
  const toll = tollEvent(tokens, mention, previous);
  if (toll !== null) return { found: toll, refused: false, surpassed: toll.surpassed };
  const among = amongEvent(tokens, mention);
  if (among !== null) {
    const event = among.event ?? previous;
    return event === null ? none : { ...none, found: { event, rule: 'among', hedged: false, at: among.at } };
  }
  const predicate = predicateEvent(tokens, mentions, mention);
  if (predicate === 'no') return { ...none, refused: true };
  if (predicate !== null) return { ...none, found: predicate };
  return { ...none, found: thereEvent(tokens, mention) };
}

/** In a list, what is said of the last holds for all before it, and what was done to the first for all after it. */
export function shareInLists(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  direct: Map<Mention, Direct>,
): void {
  const flat = mentions.filter((mention) => mention.whole === null || true);
  for (let index = flat.length - 2; index >= 0; index -= 1) {
    const [mention, next] = [flat[index] as Mention, flat[index + 1] as Mention];
    const [own, other] = [direct.get(mention), direct.get(next)];
    if (own === undefined || other === undefined || own.found !== null || own.refused || !joined(tokens, mention, next))
      continue;
    if (other.refused) direct.set(mention, other);
    const rule = other.found?.rule;
    const shared =
      rule === 'predicate' ||
      rule === 'among' ||
      rule === 'relative' ||
      rule === 'there' ||
      (rule === 'list' && other.found !== null) ||
      (rule === 'beside' && mention.phrase !== null && next.phrase !== null);
    if (shared && other.found !== null) direct.set(mention, { ...own, found: { ...other.found, rule: 'list' } });
  }
  for (let index = 1; index < flat.length; index += 1) {
    const [mention, previous] = [flat[index] as Mention, flat[index - 1] as Mention];
    const [own, other] = [direct.get(mention), direct.get(previous)];
    if (
      own === undefined ||
      other === undefined ||
      own.found !== null ||
      own.refused ||
      !joined(tokens, previous, mention)
    )
      continue;
    if (other.refused) direct.set(mention, other);
    const rule = other.found?.rule;
    if (
      other.found !== null &&
      mention.phrase !== null &&
      (rule === 'object' ||
        rule === 'toll' ||
        rule === 'list' ||
        rule === 'among' ||
        rule === 'part' ||
        rule === 'there')
    )
      direct.set(mention, { ...own, found: { ...other.found, rule: 'list' } });
  }
}
