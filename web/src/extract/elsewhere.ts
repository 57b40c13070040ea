import type { Token } from '../words-to-figures/tokens.js';
import { months } from './word-lists.js';

/** When the article was written, as far as dates in it are read against. */
export interface Written {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
}

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

export const writtenAt = (publishedAt: string | undefined): Written => {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?/u.exec(publishedAt ?? '');
  return match === null
    ? { year: null, month: null, day: null }
    : { year: Number(match[1]), month: Number(match[2]), day: match[3] === undefined ? null : Number(match[3]) };
};

interface Range {
  readonly from: number;
  readonly to: number;
}

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.lower ?? '';
const isYearText = (text: string): boolean => /^(?:1[89]|20)\d\d$/u.test(text);
/** From this day on, the month before is no longer the incident's own as a rule. */
const lateInMonth = 7;
const long = /^(?:weeks?|months?|years?|decades?|centur(?:y|ies)|season)$/u;

const many = /^(?:attacks|clashes|accidents|crashes|bombings|shootings|strikes|incidents)$/u;

/** Index of the next mark that ends a clause, for what is said of another time. */
function clauseEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at < tokens.length && !endsClause(tokens, at)) at += 1;
  return at;
}

function clauseStart(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at > 0 && !endsClause(tokens, at - 1)) at -= 1;
  return at;
}

/** A semicolon, a dash that stands free, "but", "while". */
function endsClause(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.text === ';' || /^(?:but|while|whereas)$/u.test(token.lower)) return true;
  return /^[-–—]$/u.test(token.text) && token.start > (tokens[at - 1]?.end ?? 0);
}

/**
 * What a mark of another time reaches: between commas, its own stretch; where that begins the clause ("In 2003, …"),
 * all of it.
 */
function stretch(tokens: readonly Token[], at: number): Range {
  const [start, end] = [clauseStart(tokens, at), clauseEnd(tokens, at)];
  let from = at;
  while (from > start && tokens[from - 1]?.text !== ',') from -= 1;
  if (from === start) return { from: start, to: end };
  let to = at;
  while (to < end && tokens[to]?.text !== ',') to += 1;
  // "The worst fire, in Bucharest in 2015, claimed 64 lives": an aside that says of which fire all of it is.
  if (wordAt(tokens, from) === 'in' && to < end) return { from: start, to: end };
  return { from, to };
}

/** Parts of a sentence about another time or another disaster; `written` says which year is this one. */
export function elsewhereRanges(tokens: readonly Token[], written: Written): readonly Range[] {
  const ranges: Range[] = [];
  const clause = (at: number): void => {
    ranges.push(stretch(tokens, at));
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const word = wordAt(tokens, at);
    const before = wordAt(tokens, at - 1);
    const decade = /^(?:1[89]|20)\d\ds$/u.test(word);
    const year = decade || (tokens[at]?.kind === 'number' && isYearText(tokens[at]?.text ?? ''));
    if (year) {
      const other = decade || written.year === null || Number(tokens[at]?.text) !== written.year;
      const dated =
        /^(?:in|since|of|the|from|a|an|early|late|by|and|during|until|,|-|–|\()$/u.test(before) ||
        months.has(before) ||
        at === 0;
      // "August 2 2015" is a date of the incident as often as not; only another year sets it apart.
      if (other && dated && !(written.year === null && !decade && months.has(before))) {
        const ranked = tokens
          .slice(Math.max(0, at - 12), at)
          .some(({ lower }) => /(?:^worst|^first|^biggest|[a-z]{3}est)$/u.test(lower));
        if (before === 'since' && ranked) {
          // "The deadliest crash since 1992, when 167 died": from there on it is the other one.
          let to = at + 1;
          while (to < tokens.length && !(tokens[to]?.text === ',' && wordAt(tokens, to + 1) !== 'when')) to += 1;
          const leading = tokens.slice(0, at).every(({ text }) => text !== ',') && at < 4;
          if (leading) clause(at);
          else ranges.push({ from: at - 1, to });
        } else if (before === 'since') ranges.push({ from: clauseStart(tokens, at), to: clauseEnd(tokens, at) });
        else if (!/^(?:built|opened|founded|born|launched|made)$/u.test(wordAt(tokens, at - 2))) clause(at);
      }
      continue;
    }
    if (
      word === 'last' &&
      monthNames.includes(wordAt(tokens, at + 1)) &&
      monthNames.indexOf(wordAt(tokens, at + 1)) + 1 !== written.month
    )
      clause(at);
    // "…, denying reports that 200 had been killed".
    if (/^(?:denying|dismissing|rejecting|refuting)$/u.test(word)) ranges.push({ from: at, to: clauseEnd(tokens, at) });
    if (/^(?:earlier|ago|before|previously)$/u.test(word) && long.test(before)) clause(at);
    if (
      word === 'last' &&
      /^(?:year|month|week|decade|century|season|summer|winter|spring|autumn)$/u.test(wordAt(tokens, at + 1))
    )
      clause(at);
    if (
      /^(?:previous|similar|past|comparable|earlier|separate|another|worst|unrelated)$/u.test(word) &&
      /^(?:attacks?|disasters?|quakes?|earthquakes?|crash|crashes|accidents?|incidents?|blasts?|bombings?|fires?|floods?|sinkings?|shootings?|tragedy|tragedies|eruptions?|storms?|sieges?|stampedes?|collapse|explosions?|massacres?)$/u.test(
        wordAt(tokens, at + 1),
      ) &&
      word !== 'worst'
    )
      clause(at);
    if (
      word === 'earlier' &&
      before !== 'said' &&
      wordAt(tokens, at + 1) === 'this' &&
      long.test(wordAt(tokens, at + 2))
    )
      clause(at);
    // "Less than three weeks after a quake that killed 8,000".
    if (word === 'after' && long.test(before) && /^(?:a|an|another)$/u.test(wordAt(tokens, at + 1)))
      ranges.push({ from: at, to: clauseEnd(tokens, at) });
    // "Attacks have killed hundreds this year": all of them together.
    if (
      word === 'this' &&
      wordAt(tokens, at + 1) === 'year' &&
      tokens.slice(clauseStart(tokens, at), at).some(({ lower }) => many.test(lower))
    )
      clause(at);
    // "Accidents kill thousands every year": what always happens.
    if (
      /^(?:every|each|per)$/u.test(word) &&
      /^(?:year|month|week|season|winter|summer)$/u.test(wordAt(tokens, at + 1))
    )
      clause(at);
    if (
      /^(?:annually|yearly)$/u.test(word) ||
      (word === 'a' && wordAt(tokens, at + 1) === 'year' && at > 0 && before.endsWith('s'))
    )
      clause(at);
    if (/^(?:war|conflict|genocide|epidemic|pandemic)$/u.test(word) && /^(?:civil|world|gulf|vietnam)$/u.test(before))
      clause(at);
    if (
      word === 'in' &&
      at < 3 &&
      /^other$/u.test(wordAt(tokens, at + 1)) &&
      /^(?:news|developments)$/u.test(wordAt(tokens, at + 2))
    )
      ranges.push({ from: 0, to: tokens.length });
    const month = monthNames.indexOf(wordAt(tokens, at + 1)) + 1;
    const dayFollows = tokens[at + 2]?.kind === 'number' && !isYearText(tokens[at + 2]?.text ?? '');
    if (
      word === 'in' &&
      month > 0 &&
      written.month !== null &&
      !dayFollows &&
      (Math.abs(month - written.month) > 1 || (month !== written.month && (written.day ?? 0) > lateInMonth)) &&
      /^\p{Lu}/u.test(tokens[at + 1]?.text ?? '')
    )
      clause(at);
    if (word === 'in' && month > 0 && written.month !== null && !dayFollows && month !== written.month && at === 0)
      clause(at);
  }
  return ranges;
}

const comparing =
  /^(?:earlier|previous|previously|initial|initially|originally|prior|first|compared|versus|against|instead|yesterday's|old|provisional-old|preliminary-old)$/u;

/**
 * Whether a number is one that a newer replaces: "up from 34", "an earlier toll of 80", "had initially spoken of 30".
 * @param start the number's first token
 */
export function isCompared(tokens: readonly Token[], start: number): boolean {
  const one = wordAt(tokens, start - 1);
  if (
    one === 'from' &&
    tokens
      .slice(Math.max(0, start - 12), start)
      .some(({ lower }) =>
        /^(?:up|down|to|revised|raised|lowered|cut|rose|increased|rising|increase|jumped|climbed)$/u.test(lower),
      )
  )
    return true;
  for (let at = start - 1; at >= Math.max(0, start - 9); at -= 1) {
    const word = wordAt(tokens, at);
    if (word === ';' || word === '.' || /^(?:but|while|whereas|now)$/u.test(word)) return false;
    if (word === ',' && at < start - 3) {
      // "Earlier, police had said 30 were dead".
      if (at <= 1 && comparing.test(wordAt(tokens, 0))) return had(tokens, start);
      return false;
    }
    if (!comparing.test(word)) continue;
    if (word === 'against' || word === 'versus' || word === 'compared') return at >= start - 4;
    if (word === 'first')
      return (
        /^(?:said|reported|put|gave|thought|believed|announced)$/u.test(wordAt(tokens, at + 1)) ||
        wordAt(tokens, at - 1) === 'at'
      );
    if (word === 'earlier' || word === 'previously') {
      const noun = tokens
        .slice(at, start)
        .some(({ lower }) => /^(?:toll|count|figure|estimate|tally|number|report|reports)$/u.test(lower));
      return noun || had(tokens, start);
    }
    return true;
  }
  return saidBefore(tokens, start);
}

/** "On Friday he had spoken of two dead". */
function saidBefore(tokens: readonly Token[], start: number): boolean {
  for (let at = start - 1; at > Math.max(0, start - 9); at -= 1) {
    if (tokens[at]?.kind === 'punctuation') return false;
    if (/^(?:spoken|given|put)$/u.test(wordAt(tokens, at)) && wordAt(tokens, at - 1) === 'had') return true;
  }
  return false;
}

const had = (tokens: readonly Token[], start: number): boolean =>
  tokens
    .slice(Math.max(0, start - 9), start)
    .some(
      ({ lower }) =>
        lower === 'had' ||
        lower === 'counted' ||
        lower === 'put' ||
        lower === 'gave' ||
        lower === 'reported' ||
        lower === 'said',
    );
