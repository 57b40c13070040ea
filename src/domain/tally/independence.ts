import type { Statement } from './statements.js';

const ownSource = ({ source }: Statement): string => source;

/** Who each of some statements counts as: an origin counts once, as its statement filed last says. */
const sourcesOf = (statements: readonly Statement[]): ((statement: Statement) => string) => {
  // Of an origin stand at most one total, one partial count and one sum: of one role, each origin speaks once.
  const role = statements[0]?.role;
  if (role !== 'increment' && statements.every((each) => each.role === role)) return ownSource;
  const last = new Map<string, Statement>();
  for (const statement of statements) {
    const before = last.get(statement.origin);
    if (before === undefined || before.lastSeq < statement.lastSeq) last.set(statement.origin, statement);
  }
  return (statement) => (last.get(statement.origin) ?? statement).source;
};

/** How many independent sources some statements are of. */
export const countIndependent = (statements: readonly Statement[]): number => {
  if (statements.length < 2) return statements.length;
  const sourceOf = sourcesOf(statements);
  const sources = new Set<string>();
  for (const statement of statements) sources.add(sourceOf(statement));
  return sources.size;
};

/** The highest n that two independent sources reach with their lows; `null` where there are not two. */
export const secondReach = (statements: readonly Statement[]): number | null => {
  if (statements.length < 2) return null;
  const sourceOf = sourcesOf(statements);
  let [first, second]: [string | null, string | null] = [null, null];
  let [highest, next] = [-1, -1];
  // The last are the newest, and mostly the highest: nobody asks who the others are.
  for (let at = statements.length - 1; at >= 0; at -= 1) {
    const statement = statements[at];
    if (statement === undefined || statement.low <= next) continue;
    const source = sourceOf(statement);
    const { low } = statement;
    if (source === first) highest = Math.max(highest, low);
    else if (low > highest) {
      [second, next] = [first, highest];
      [first, highest] = [source, low];
    } else if (low > next) [second, next] = [source, low];
  }
  return second === null ? null : next;
};
