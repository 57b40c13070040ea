import type { Token } from '../words-to-figures/tokens.js';
import type { Basis } from './article.js';
import type { Linked } from './link.js';

const has = (tokens: readonly Token[], from: number, to: number, pattern: RegExp): boolean =>
  tokens.slice(Math.max(0, from), to).some(({ lower }) => pattern.test(lower));

/** Around a number, in tokens: how far "identified" or "recovered" may stand. */
const aroundTokensMax = 12;

/** Index where the clause of a number ends. */
function clauseEndFrom(tokens: readonly Token[], from: number): number {
  let at = from;
  while (
    at < tokens.length &&
    at < from + aroundTokensMax &&
    !/^(?:[.;]|while|but|although|whereas)$/u.test(tokens[at]?.lower ?? '')
  )
    at += 1;
  return at;
}

/** Whether a number is of those identified, counted, buried or recovered up to now, and so no total. */
export function isPartial(tokens: readonly Token[], linked: Linked): boolean {
  const { mention } = linked;
  const end = clauseEndFrom(tokens, mention.end);
  const identified = /^(?:identified|buried)$/u;
  const predicate = tokens.slice(mention.end, end).findIndex(({ lower }) => identified.test(lower));
  const negated = has(tokens, mention.end, mention.end + predicate, /^(?:not|yet|never|remain|to)$/u);
  if (predicate !== -1 && !negated && !has(tokens, mention.end, mention.end + predicate, /^(?:,|and|who)$/u))
    return true;
  const justBefore = tokens.slice(Math.max(0, mention.start - 2), mention.start);
  if (justBefore.some(({ lower }) => identified.test(lower)) && justBefore.every(({ kind }) => kind === 'word'))
    return true;
  const bodies =
    mention.phrase?.bodies === true ||
    tokens.slice(Math.max(0, mention.start - 3), mention.start).some(({ lower }) => lower === 'bodies');
  if (!bodies) return false;
  const recovered = /^(?:recovered|retrieved|found|pulled|counted|brought|collected|exhumed|taken)$/u;
  const soFar = tokens.some(({ lower }, at) => lower === 'so' && tokens[at + 1]?.lower === 'far');
  const before = has(tokens, mention.start - 6, mention.start, recovered);
  const after = has(tokens, mention.end, end, recovered);
  if (!before && !after) return false;
  const perfect =
    has(tokens, mention.start - 7, mention.start, /^(?:has|have|had|'ve)$/u) ||
    has(tokens, mention.end, end, /^(?:has|have|had)$/u);
  return soFar || perfect;
}

/** Whether the sentence says a partial count of people of whom it does not say what happened: "22 victims were identified". */
export const identifiesDead = (tokens: readonly Token[], start: number, end: number): boolean => {
  const to = clauseEndFrom(tokens, end);
  const near = (from: number, until: number): boolean =>
    tokens.slice(Math.max(0, from), until).some(({ lower }) => lower === 'identified');
  if (has(tokens, end, to, /^(?:not|yet|never)$/u)) return false;
  return near(end, Math.min(to, end + 6)) || near(start - 2, start);
};

/**
 * @param more "another", "seven more" stood with the number; "another" may only go on to other people
 * @param earlierSame whether the article gave a number of the same cell's measure and group before
 * @param goesOn whether it may only go on from people of another count, in this sentence or the one before
 * @param otherInSentence whether another measure's number stands before it in the sentence ("12 killed and another 30 hurt")
 */
export function basisOf(
  tokens: readonly Token[],
  linked: Linked,
  more: boolean,
  earlierSame: boolean,
  otherInSentence: boolean,
  goesOn: boolean,
): Basis {
  if (isPartial(tokens, linked)) return 'partial';
  if (!more) return risesBy(tokens, linked) ? 'additional' : 'total';
  if (linked.found.rule === 'part') return 'total';
  const after = linked.mention.moreAfter;
  if (otherInSentence && !after) return 'total';
  if (earlierSame) return 'additional';
  return after && !goesOn ? 'additional' : 'total';
}

/** "rose by 12", "after four people died of their wounds": the number is what was added. */
function risesBy(tokens: readonly Token[], linked: Linked): boolean {
  const { mention } = linked;
  if (tokens[mention.start - 1]?.lower === 'by' && linked.found.rule === 'toll') return true;
  // "The toll has climbed to 78 after four people died in hospital."
  const after = tokens.slice(0, mention.start).map(({ lower }) => lower);
  const toll = after.includes('toll') || after.includes('number');
  return (
    toll &&
    /^(?:after|when|as)$/u.test(after.at(-1) ?? '') &&
    linked.found.event === 'killed' &&
    linked.found.rule !== 'toll'
  );
}
