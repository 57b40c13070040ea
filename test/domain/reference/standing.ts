import { lowers, type Statement } from './statements.js';
import { overlap } from './words.js';

/** A statement that stands, with its since. */
export interface Standing extends Statement {
  readonly sinceMs: number;
  /** Filed with a reason that lowers, or repeating a number that was. */
  readonly lowering: boolean;
}

const oldestFirst = (a: Statement, b: Statement): number => a.saidMs - b.saidMs || a.position - b.position;

interface OfOrigin {
  readonly total: Standing | null;
  readonly passedOver: ReadonlySet<Statement>;
}

/**
 * "But words do not replace the number before them, nor a hedged number the unhedged one before it, that they can be true
 * with: they are passed over"
 */
const cannotReplace = (later: Statement, before: Statement): boolean =>
  before.numeric && overlap(later, before) && (!later.numeric || (later.hedged && !before.hedged));

/** "the newest total stands, and replaces everything older of that origin in that cell" */
const newestTotal = (statements: readonly Statement[]): OfOrigin => {
  let total = null as Standing | null;
  // "the oldest of the unbroken run of its origin's totals with the same interval, hedged or unhedged alike": what is
  // passed over breaks no run, being replaced by a partial does.
  const passedOver = new Set<Statement>();
  for (const each of statements.toSorted(oldestFirst)) {
    if (each.countsAs === 'total') {
      if (total !== null && cannotReplace(each, total)) passedOver.add(each);
      else {
        const repeats: Standing | null = total?.low === each.low && total.high === each.high ? total : null;
        total = {
          ...each,
          sinceMs: repeats?.sinceMs ?? each.saidMs,
          lowering: lowers(each) || (repeats?.lowering ?? false),
        };
      }
    } else if (each.countsAs === 'partial') {
      // "a later partial that cannot be true with an older total replaces that"
      if (total !== null && each.saidMs > total.saidMs && !overlap(each, total)) total = null;
    }
  }
  return { total, passedOver };
};

/** Section 3 for one cell. @param statements all of that cell */
export const standingOf = (statements: readonly Statement[]): Standing[] => {
  const byOrigin = Map.groupBy(statements, (each) => each.origin);
  const ruled = new Map([...byOrigin].map(([origin, all]) => [origin, newestTotal(all)]));
  const newest = (all: readonly Statement[], totals: readonly Statement[]): Statement[] => {
    const last = all.toSorted(oldestFirst).at(-1);
    // "stand beside it while they are not older than it"; a total that does not replace a number leaves it there
    const replaced = totals.some(
      (each) => last !== undefined && each.saidMs > last.saidMs && !cannotReplace(each, last),
    );
    return last === undefined || replaced ? [] : [last];
  };
  // "it is spent, and stands no more, once F's origin, or its own, states a later total (one that is passed over spends
  // nothing)"
  const spent = (increment: Statement): boolean =>
    [increment.origin, increment.originOfF].some((origin) =>
      (byOrigin.get(origin ?? '') ?? []).some(
        (each) =>
          each.countsAs === 'total' &&
          each.saidMs > increment.saidMs &&
          !(ruled.get(each.origin)?.passedOver.has(each) ?? false),
      ),
    );
  return [...byOrigin].flatMap(([origin, all]): Standing[] => {
    const { total, passedOver } = ruled.get(origin) ?? { total: null, passedOver: new Set() };
    const totals = all.filter((each) => each.countsAs === 'total' && !passedOver.has(each));
    const beside = [
      ...newest(
        all.filter((each) => each.countsAs === 'partial'),
        totals,
      ),
      ...newest(
        all.filter((each) => each.countsAs === 'sum' && !each.lapsed),
        totals,
      ),
      ...all.filter((each) => each.countsAs === 'additional' && !spent(each)),
    ];
    return [
      ...(total === null ? [] : [total]),
      ...beside.map((each) => ({ ...each, sinceMs: each.saidMs, lowering: lowers(each) })),
    ];
  });
};
