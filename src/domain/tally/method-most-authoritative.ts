import type { Nature } from '../vocabulary.js';
import {
  authorityRank,
  classOf,
  isConfirming,
  isParty,
  isPlainTotal,
  isRefuted,
  type StatementClass,
} from './classes.js';
import type { Method, MethodResult } from './method.js';
import { isOvertaken } from './overtaken.js';
import { agree, hullOf, isSome, succeed, type Made, type Statements } from './reconcile.js';
import type { Statement } from './statements.js';

const classes: readonly StatementClass[] = [1, 2, 3];

const ofHighestKind = (statements: Statements): Statements => {
  const rank = Math.min(...statements.map((each) => each.rank));
  const [first = statements[0], ...rest] = statements.filter((each) => each.rank === rank);
  return [first, ...rest];
};

/** An authority's nought against people counted by others, not overtaken: nobody prints "none" then, but the span. */
const spanOfNought = (made: Made, standing: readonly Statement[], nature: Nature): Made | null => {
  if (made.best.low !== 0 || made.best.high !== 0 || made.by[0]?.rank !== authorityRank) return null;
  const positive = standing.filter(
    (each) =>
      isConfirming(each) &&
      isPlainTotal(each) &&
      each.interval.low > 0 &&
      !made.by.includes(each) &&
      !isOvertaken(each, made, nature),
  );
  const all = [...made.by, ...positive];
  return positive.length > 0 && isSome(all) ? hullOf(all) : null;
};

const estimate = (standing: readonly Statement[], nature: Nature): MethodResult | null => {
  for (const party of [false, true])
    for (const statementClass of classes) {
      const candidates = standing.filter(
        (each) =>
          isParty(each) === party &&
          classOf(each) === statementClass &&
          !(statementClass === 1 && isRefuted(each, standing)),
      );
      if (!isSome(candidates)) continue;
      const highest = ofHighestKind(candidates);
      const made = highest[0].rank === authorityRank ? succeed(highest, nature) : agree(highest, nature);
      const span = statementClass === 1 ? spanOfNought(made, standing, nature) : null;
      return { ...(span ?? made), floor: statementClass === 2 };
    }
  return null;
};

/** Source: BBC editorial guidelines 11.3.1 (whom to believe when reporting casualties). */
export const mostAuthoritative: Method = {
  id: 'most-authoritative/1',
  lexicon: null,
  text:
    'The highest kind of speaker that gave a plain total makes best: of authorities the newest, narrowed by older ones ' +
    'that it can be true with; of others what all of them allow, else the span of what they said. Where nobody gave a ' +
    'plain total, hedged totals, words and partial counts do, then increments and sums; parties to the conflict last.',
  estimate,
};
