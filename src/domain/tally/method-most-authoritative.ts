import type { Nature } from '../vocabulary.js';
import { authorityRank, classOf, isConfirming, isParty, isPlainTotal, isRefuted, mayRefute } from './classes.js';
import type { Method, MethodResult } from './method.js';
import { amongThem, overtakenBy } from './overtaken.js';
import { agree, hullOf, isSome, succeed, type Made } from './reconcile.js';
import type { Statement } from './statements.js';

/** How many classes of statement there are: a party's come after all of the others'. */
const classCount = 3;

/** An authority's nought against people counted by others, not overtaken: nobody prints "none" then, but the span. */
const spanOfNought = (made: Made, standing: readonly Statement[], nature: Nature): Made | null => {
  if (made.best.low !== 0 || made.best.high !== 0 || made.by[0]?.rank !== authorityRank) return null;
  const [madeBest, isOvertaken] = [amongThem(made.by), overtakenBy(made, nature)];
  const positive = standing.filter(
    (each) =>
      isConfirming(each) && isPlainTotal(each) && each.interval.low > 0 && !madeBest(each) && !isOvertaken(each),
  );
  const all = [...made.by, ...positive];
  return positive.length > 0 && isSome(all) ? hullOf(all) : null;
};

/** Those of the highest kind in the first class that has one, in the order given. */
const leading = (standing: readonly Statement[]): { statementClass: number; statements: Statement[] } => {
  const floors = standing.some(mayRefute);
  let statements: Statement[] = [];
  let place = Infinity;
  let rank = Infinity;
  for (const each of standing) {
    const at = classOf(each) + (isParty(each) ? classCount : 0);
    if (at > place || (at === place && each.rank > rank)) continue;
    if (floors && isPlainTotal(each) && isRefuted(each, standing)) continue;
    if (at === place && each.rank === rank) statements.push(each);
    else [statements, place, rank] = [[each], at, each.rank];
  }
  return { statementClass: ((place - 1) % classCount) + 1, statements };
};

const estimate = (standing: readonly Statement[], nature: Nature): MethodResult | null => {
  const { statementClass, statements } = leading(standing);
  if (!isSome(statements)) return null;
  const made = statements[0].rank === authorityRank ? succeed(statements, nature) : agree(statements, nature);
  const span = spanOfNought(made, standing, nature);
  const { best, by, hull } = span ?? made;
  return { best, by, hull, floor: span === null && statementClass === 2 };
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
