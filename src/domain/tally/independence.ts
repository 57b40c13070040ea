import type { Statement } from './statements.js';

/**
 * Who counts as one when counting sources: those of one body; unnamed ones of one kind without a body ("a security
 * source" of two agencies may be one person); else each origin.
 */
export const independenceKey = (statement: Statement): string =>
  statement.body !== null
    ? `body ${statement.body}`
    : statement.named
      ? `origin ${statement.origin}`
      : `unnamed ${statement.kind}`;

/** For each independent source its statements; an origin counts once, as its statement filed last says. */
export const independentSources = (statements: readonly Statement[]): ReadonlyMap<string, readonly Statement[]> => {
  const [only, ...others] = statements;
  if (only === undefined) return new Map();
  if (others.length === 0) return new Map([[independenceKey(only), [only]]]);
  const last = new Map<string, Statement>();
  for (const statement of statements) {
    const before = last.get(statement.origin);
    if (before === undefined || before.lastSeq < statement.lastSeq) last.set(statement.origin, statement);
  }
  const sources = new Map<string, Statement[]>();
  for (const statement of statements) {
    const key = independenceKey(last.get(statement.origin) ?? statement);
    const source = sources.get(key);
    if (source === undefined) sources.set(key, [statement]);
    else source.push(statement);
  }
  return sources;
};

export const countIndependent = (statements: readonly Statement[]): number => independentSources(statements).size;

/** The highest n that two independent sources reach with their lows; `null` where there are not two. */
export const secondReach = (statements: readonly Statement[]): number | null => {
  if (statements.length < 2) return null;
  const reaches = [...independentSources(statements).values()]
    .map((source) => Math.max(...source.map((each) => each.interval.low)))
    .sort((a, b) => b - a);
  return reaches[1] ?? null;
};
