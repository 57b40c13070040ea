import { isNumberWord } from '../words-to-figures/number-words.js';
import { eventAt } from '../words-to-figures/events.js';
import type { Token } from '../words-to-figures/tokens.js';
import { canSpeak, isAgency } from './speaker-kind.js';
import { apposition, capitalisedOnly, isSpeaker, nameEnd, nameStart, withoutArticle } from './speaker-names.js';
import {
  between,
  closers,
  creditTokensMax,
  denials,
  isTime,
  labelTokensMax,
  nameTokensMax,
  relative,
  relativeTokensMax,
  relayVerbs,
  says,
  textOf,
  weak,
} from './speech-words.js';
import { auxiliaries } from './word-lists.js';

/** Between a possessive and its "figures", in tokens. */
const countTokensMax = 4;
const finding = /^(?:found|ruled|concluded|heard|shows|showed|suggests|suggested|indicates|indicated)$/u;

export interface Raw {
  readonly nameFrom: number;
  readonly nameTo: number;
  readonly start: number;
  readonly end: number;
  readonly verb: string;
  readonly form: 'before' | 'after' | 'according';
  readonly relays: readonly string[];
}

/** "told Reuters", "told the BBC": a known agency, or a capitalised name that is none of people. */
function relayAt(
  tokens: readonly Token[],
  at: number,
  source: string,
): { readonly relays: readonly string[]; readonly end: number } {
  if (!relayVerbs.has(tokens[at]?.lower ?? '')) return { relays: [], end: at + 1 };
  const end = nameEnd(tokens, at + 1);
  const name = withoutArticle(textOf(tokens, at + 1, end, source));
  const carries = tokens
    .slice(at + 1, end)
    .some(
      ({ lower, text }) =>
        isAgency(lower) ||
        /^(?:newspaper|television|tv|radio|agency|daily|post|times|news|broadcaster|channel|magazine)$/u.test(lower) ||
        /^\p{Lu}{2,}$/u.test(text),
    );
  return { relays: carries && name !== '' ? [name] : [], end: Math.max(end, at + 1) };
}

export function rawFrames(tokens: readonly Token[], source: string): readonly Raw[] {
  const raws: Raw[] = [];
  let least = 0;
  const colon = labelled(tokens);
  const credited = creditedAt(tokens);
  if (colon !== null)
    raws.push({ nameFrom: 0, nameTo: colon, start: 0, end: colon + 1, verb: 'said', form: 'before', relays: [] });
  const push = (raw: Raw): void => {
    raws.push(raw);
    least = raw.end;
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const word = tokens[at]?.lower ?? '';
    if (at < least) continue;
    if (word === 'according' && tokens[at + 1]?.lower === 'to') {
      let end = nameEnd(tokens, at + 2);
      // "according to a Reuters tally based on …"
      const aside = apposition(tokens, end);
      if (isSpeaker(tokens, at + 2, end)) {
        const name = end;
        if (aside > end) end = aside;
        push({ nameFrom: at + 2, nameTo: end, start: at, end, verb: 'according', form: 'according', relays: [] });
        if (name > end) continue;
      }
      continue;
    }
    const sourced = word === 'from' && at <= 2 && /^(?:that|this)$/u.test(tokens[0]?.lower ?? '');
    if (sourced || /^(?:citing|quoting|cited)$/u.test(word)) {
      const name = nameEnd(tokens, at + 1);
      const end = apposition(tokens, name);
      if (isSpeaker(tokens, at + 1, name))
        push({ nameFrom: at + 1, nameTo: end, start: at, end, verb: word, form: 'according', relays: [] });
      continue;
    }
    // "Mentioned by their governments as having been captured".
    if (
      word === 'by' &&
      /^(?:their|its)$/u.test(tokens[at + 1]?.lower ?? '') &&
      /^governments?$/u.test(tokens[at + 2]?.lower ?? '')
    ) {
      push({ nameFrom: at + 1, nameTo: at + 3, start: at, end: at + 3, verb: 'by', form: 'according', relays: [] });
      continue;
    }
    // "The coroner found on Wednesday that …", "the inquest heard that …".
    const finds = finding.test(word) && tokens.slice(at + 1, at + 6).some(({ lower }) => lower === 'that');
    // "59 people confirmed dead": what happened, and no speech.
    if (eventAt(tokens, at) !== null && /^(?:confirmed|reported)$/u.test(word)) continue;
    const count = countOf(tokens, at, least);
    if (count !== null) {
      push({
        nameFrom: count.from,
        nameTo: count.to,
        start: count.from,
        end: at + 1,
        verb: 'said',
        form: 'before',
        relays: [],
      });
      continue;
    }
    if (!finds && !says.has(word) && !denials.has(word)) continue;
    // "The final count", "lost count": a noun.
    if (
      /^(?:counts?|reports?|records?|claims?|estimates?|fears?|lists?)$/u.test(word) &&
      /^(?:the|a|an|final|death|body|official|lost|first|latest|provisional|its|their|this|by|of|news|media|new|unconfirmed|conflicting|initial|early|to)$/u.test(
        tokens[at - 1]?.lower ?? '',
      )
    )
      continue;
    const refused = denials.has(word);
    // "so says the mayor", "… ," said X.
    const inverted = /^(?:said|says|say|added|adds|warned|announced|reports|reported)$/u.test(word);
    const before = tokens[at - 1];
    const opener = before === undefined || closers.has(before.text) || before.lower === 'so';
    if (inverted && opener) {
      const end = nameEnd(tokens, at + 1);
      if (isSpeaker(tokens, at + 1, end) && endsThere(tokens, end)) {
        const aside = apposition(tokens, end);
        push({
          nameFrom: at + 1,
          nameTo: aside,
          start: at,
          end: aside,
          verb: word,
          form: before?.lower === 'so' ? 'after' : 'after',
          relays: [],
        });
        continue;
      }
    }
    // Subject before the verb, over helping verbs, adverbs and a comma with what it says of the person.
    let subjectEnd = at;
    while (subjectEnd > least && (between.has(tokens[subjectEnd - 1]?.lower ?? '') || isTime(tokens[subjectEnd - 1])))
      subjectEnd -= 1;
    let nameTo = subjectEnd;
    let nameFrom: number;
    if (tokens[subjectEnd - 1]?.text === ',') {
      nameTo = subjectEnd - 1;
      let asideFrom = nameTo;
      while (asideFrom > least && tokens[asideFrom - 1]?.text !== ',' && nameTo - asideFrom < nameTokensMax + 4)
        asideFrom -= 1;
      const hasAside = tokens[asideFrom - 1]?.text === ',';
      nameFrom = hasAside ? nameStart(tokens, asideFrom - 1, least) : nameStart(tokens, nameTo, least);
      const body =
        hasAside &&
        isSpeaker(tokens, nameFrom, asideFrom - 1) &&
        (apposition(tokens, asideFrom - 1) > asideFrom - 1 || relative.test(tokens[asideFrom]?.lower ?? ''));
      if (!body) {
        nameFrom = nameStart(tokens, nameTo, least);
        if (tokens[nameTo - 1]?.kind !== 'word') continue;
      } else if (relative.test(tokens[asideFrom]?.lower ?? '')) nameTo = asideFrom - 1;
    } else {
      nameFrom = nameStart(tokens, nameTo, least);
      // "police spokesman, Manoj Neupane, said" has no comma here; "the governor, John Waromi, said" has.
    }
    // "The mining minister, Tomas Vidal": office, comma, name.
    if (tokens[nameFrom - 1]?.text === ',' && nameTo - nameFrom <= 4 && capitalisedOnly(tokens, nameFrom, nameTo)) {
      const officeFrom = nameStart(tokens, nameFrom - 1, least);
      if (officeFrom < nameFrom - 1 && tokens.slice(officeFrom, nameFrom - 1).some(({ lower }) => canSpeak(lower)))
        nameFrom = officeFrom;
    }
    // "The company that runs it says": the speaker stands before the relative clause.
    const clause = relativeBefore(tokens, at, least);
    if (
      clause !== null &&
      (/^(?:it|they|them|he|she)$/u.test(tokens[nameFrom]?.lower ?? '') ||
        nameFrom >= subjectEnd ||
        !isSpeaker(tokens, nameFrom, nameTo))
    ) {
      nameFrom = nameStart(tokens, clause, least);
      nameTo = clause;
    }
    // "The army has a different number: it puts the dead at 154".
    if (/^(?:it|they|he|she)$/u.test(tokens[nameFrom]?.lower ?? '') && nameFrom > 2 && raws.length === 0) {
      const subject = personEnd(tokens, nameEnd(tokens, 0), tokens[nameFrom]?.lower ?? '');
      if (
        subject > 0 &&
        subject < nameFrom &&
        tokens.slice(0, subject).some(({ lower }) => canSpeak(lower)) &&
        (auxiliaries.has(tokens[subject]?.lower ?? '') || /^(?:he|she)$/u.test(tokens[nameFrom]?.lower ?? ''))
      ) {
        nameFrom = 0;
        nameTo = subject;
      }
    }
    if (!isSpeaker(tokens, nameFrom, nameTo)) continue;
    const { relays, end } = relayAt(tokens, at, source);
    const closes =
      tokens[nameFrom - 1]?.text === ',' &&
      (at + 1 >= tokens.length || closers.has(tokens[at + 1]?.text ?? '') || isTime(tokens[at + 1]));
    if (weak.has(word) && !closes && !numberFollows(tokens, at) && !refused) continue;
    push({ nameFrom, nameTo, start: nameFrom, end, verb: word, form: 'before', relays });
  }
  // "Eight girls kidnapped: police".
  if (credited !== null && raws.length === 0)
    raws.push({
      nameFrom: credited + 1,
      nameTo: tokens.length,
      start: credited,
      end: tokens.length,
      verb: 'said',
      form: 'after',
      relays: [],
    });
  return raws;
}

/** Whether an inverted speaker is followed by nothing that would make it the subject of another verb. */
const endsThere = (tokens: readonly Token[], at: number): boolean =>
  at >= tokens.length ||
  closers.has(tokens[at]?.text ?? '') ||
  isTime(tokens[at]) ||
  /^(?:in|on|at|by|who|as|when|after|while|from|during)$/u.test(tokens[at]?.lower ?? '');

const numberFollows = (tokens: readonly Token[], at: number): boolean =>
  tokens
    .slice(at + 1, at + 24)
    .some(
      ({ kind, lower }) =>
        kind === 'number' ||
        /^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|.*teen|twenty.*|thirty.*|forty.*|fifty.*|sixty.*|seventy.*|eighty.*|ninety.*|hundred|thousand|dozens?|scores|hundreds|thousands|no|nobody|that|several|deaths?|number)$/u.test(
          lower,
        ),
    );

/** Index of the "that" or "which" of a short relative clause right before a verb, where one who can speak stands before it. */
function relativeBefore(tokens: readonly Token[], verb: number, least: number): number | null {
  for (let at = verb - 1; at > Math.max(least, verb - relativeTokensMax); at -= 1) {
    if (tokens[at]?.kind === 'punctuation') return null;
    if (/^(?:that|which|who)$/u.test(tokens[at]?.lower ?? '')) return canSpeak(tokens[at - 1]?.lower ?? '') ? at : null;
  }
  return null;
}

/** "Eight girls kidnapped: police": index of the colon that credits a headline. */
function creditedAt(tokens: readonly Token[]): number | null {
  const colon = tokens.findLastIndex(
    ({ text, start }, at) => text === ':' || (/^[-–—]$/u.test(text) && start > (tokens[at - 1]?.end ?? 0)),
  );
  const length = tokens.length - colon - 1;
  if (colon < 2 || length < 1 || length > creditTokensMax || !isSpeaker(tokens, colon + 1, tokens.length)) return null;
  return canSpeak(tokens.at(-1)?.lower ?? '') ? colon : null;
}

/** "Prime Minister Ana Lee wept as she gave …": the name ends with its last capital. */
function personEnd(tokens: readonly Token[], end: number, pronoun: string): number {
  if (!/^(?:he|she)$/u.test(pronoun)) return end;
  return tokens.slice(0, end).findLastIndex(({ text }) => /^\p{Lu}/u.test(text)) + 1;
}

/** "The ministry's latest figures are …": where the name of whose figures begins, its end being the possessive. */
function countOf(
  tokens: readonly Token[],
  at: number,
  least: number,
): { readonly from: number; readonly to: number } | null {
  if (!/^(?:figures?|count|toll|tally|estimates?|data|statistics|numbers)$/u.test(tokens[at]?.lower ?? '')) return null;
  if (
    !/^(?:is|are|was|were|now|stood|stands|shows?|showed|puts?|has|have|of|gives?)$/u.test(tokens[at + 1]?.lower ?? '')
  )
    return null;
  for (let owner = at - 1; owner > Math.max(least, at - countTokensMax) - 1; owner -= 1) {
    const token = tokens[owner];
    if (token === undefined || token.kind !== 'word') return null;
    if (!token.possessive) continue;
    const from = nameStart(tokens, owner + 1, least);
    return isSpeaker(tokens, from, owner + 1) && canSpeak(token.lower) ? { from, to: owner + 1 } : null;
  }
  return null;
}

/** "Foreign minister: 161 still aboard": index of the colon. */
function labelled(tokens: readonly Token[]): number | null {
  const colon = tokens.findIndex(({ text }) => text === ':');
  if (colon < 1 || colon > labelTokensMax || !isSpeaker(tokens, 0, colon)) return null;
  const name = tokens.slice(0, colon);
  if (name.some(({ lower }, at) => isNumberWord(lower) || eventAt(tokens, at) !== null)) return null;
  if (
    name.some(
      ({ kind, lower }) => kind === 'punctuation' || (says.has(lower) && !canSpeak(lower)) || auxiliaries.has(lower),
    )
  )
    return null;
  return name.some(({ lower }) => canSpeak(lower)) || (name.length >= 2 && capitalisedOnly(tokens, 0, colon))
    ? colon
    : null;
}
