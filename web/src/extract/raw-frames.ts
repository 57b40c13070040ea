import { eventAt } from '../words-to-figures/events.js';
import { isNumberWord } from '../words-to-figures/number-words.js';
import type { Token } from '../words-to-figures/tokens.js';
import { countOf, creditedAt, labelled, personEnd, relativeBefore } from './credited-names.js';
import { canSpeak, isAgency } from './speaker-kind.js';
import { apposition, capitalisedOnly, isSpeaker, nameEnd, nameStart, withoutArticle } from './speaker-names.js';
import {
  between,
  closers,
  denials,
  isTime,
  nameTokensMax,
  relative,
  relayVerbs,
  says,
  textOf,
  weak,
} from './speech-words.js';
import { auxiliaries } from './word-lists.js';

/** "The governor, meanwhile, gave …": words that say nothing of the speaker. */
const passing = /^(?:meanwhile|however|though|too|also|meantime|instead|separately)$/u;

/** "Interior ministry figures showed …": the ministry's. */
const sheets = /^(?:figures|data|records|statistics)$/u;

const finding = /^(?:found|ruled|concluded|heard|shows|showed|suggests|suggested|indicates|indicated)$/u;

export interface Raw {
  readonly nameFrom: number;
  readonly nameTo: number;
  readonly start: number;
  readonly end: number;
  readonly verb: string;
  /** "Who heads the agency": what is said of the speaker besides the name, as token places. */
  readonly about?: readonly [number, number];
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
    const shown = sheets.test(tokens[at - 1]?.lower ?? '') && at - 1 > least;
    const finds = finding.test(word) && (shown || tokens.slice(at + 1, at + 6).some(({ lower }) => lower === 'that'));
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
    const inverted = /^(?:said|says|say|added|adds|warned|announced|reports|reported|tweeted|wrote|explained)$/u.test(
      word,
    );
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
    // "Declared an end to the siege, saying 61 had died": who is the sentence's subject.
    if (/^(?:saying|adding)$/u.test(word)) {
      const subject = nameEnd(tokens, 0);
      if (raws.length === 0 && isSpeaker(tokens, 0, subject))
        push({ nameFrom: 0, nameTo: subject, start: 0, end: at + 1, verb: word, form: 'before', relays: [] });
      continue;
    }
    // Subject before the verb, over helping verbs, adverbs and a comma with what it says of the person.
    let subjectEnd = finds && shown ? at - 1 : at;
    while (subjectEnd > least && (between.has(tokens[subjectEnd - 1]?.lower ?? '') || isTime(tokens[subjectEnd - 1])))
      subjectEnd -= 1;
    let nameTo = subjectEnd;
    let nameFrom: number;
    let about: readonly [number, number] | undefined;
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
        (apposition(tokens, asideFrom - 1) > asideFrom - 1 ||
          relative.test(tokens[asideFrom]?.lower ?? '') ||
          passing.test(tokens[asideFrom]?.lower ?? ''));
      if (!body) {
        nameFrom = nameStart(tokens, nameTo, least);
        if (tokens[nameTo - 1]?.kind !== 'word') continue;
      } else if (relative.test(tokens[asideFrom]?.lower ?? '') || passing.test(tokens[asideFrom]?.lower ?? '')) {
        about = [asideFrom, nameTo];
        nameTo = asideFrom - 1;
      }
    } else {
      nameFrom = nameStart(tokens, nameTo, least);
      // "police spokesman, Manoj Neupane, said" has no comma here; "the governor, John Waromi, said" has.
    }
    // "The mining minister, Tomas Vidal": office, comma, name.
    if (tokens[nameFrom - 1]?.text === ',' && nameTo - nameFrom <= 4 && capitalisedOnly(tokens, nameFrom, nameTo)) {
      const officeFrom = nameStart(tokens, nameFrom - 1, least);
      if (
        officeFrom < nameFrom - 1 &&
        !counted(tokens[officeFrom - 1]) &&
        !placing.test(tokens[officeFrom - 1]?.lower ?? '') &&
        tokens.slice(officeFrom, nameFrom - 1).some(({ lower }) => canSpeak(lower)) &&
        !tokens
          .slice(officeFrom, nameFrom - 1)
          .some(({ lower }) => /^(?:them|whom|many|most|some|all|both)$/u.test(lower))
      )
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
    if (
      /^(?:it|they|he|she)$/u.test(tokens[nameFrom]?.lower ?? '') &&
      nameFrom > 2 &&
      raws.length === 0 &&
      !ends(tokens, at)
    ) {
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
    push({
      nameFrom,
      nameTo,
      start: nameFrom,
      end,
      verb: word,
      form: 'before',
      relays,
      ...(about === undefined ? {} : { about }),
    });
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

const ends = (tokens: readonly Token[], verb: number): boolean =>
  verb + 1 >= tokens.length ||
  closers.has(tokens[verb + 1]?.text ?? '') ||
  isTime(tokens[verb + 1]) ||
  tokens[verb + 1]?.lower === 'in';

/** "Two died in hospital, Mengal said": where it was, and no office. */
const placing = /^(?:in|at|from|to|near|into|inside|outside|on)$/u;

/** "Five women, Mengal added": people of a number are no office. */
const counted = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind === 'number' || isNumberWord(token.lower));

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
