import type { Statement } from './statements.js';

/** Who each of some statements counts as: an origin counts once, as its statement filed last says. */
const sourcesOf = (statements: readonly Statement[]): ((statement: Statement) => string) => {
  const last = new Map<string, Statement>();
  for (const statement of statements) {
    const before = last.get(statement.origin);
    if (before === undefined || before.lastSeq < statement.lastSeq) last.set(statement.origin, statement);
  }
  // Nearly always each origin says one thing of a cell.
  if (last.size === statements.length) return (statement) => statement.source;
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
  for (const statement of statements) {
    const source = sourceOf(statement);
    const { low } = statement.interval;
    if (source === first) highest = Math.max(highest, low);
    else if (low > highest) {
      [second, next] = [first, highest];
      [first, highest] = [source, low];
    } else if (low > next) [second, next] = [source, low];
  }
  return second === null ? null : next;
};
