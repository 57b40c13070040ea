import { independent } from './origins.js';
import type { Standing } from './standing.js';
import { hull, intersection, overlap, type Span } from './words.js';

/* Section 4: what makes best. */

export interface Own extends Span {
  readonly point: number | null;
  /** What made best. */
  readonly made: readonly Standing[];
  /** The hull was taken where the statements contradict each other: contested. */
  readonly hullTaken: boolean;
  /** "a best of class 2 (words, hedged, partial)" */
  readonly floor: boolean;
}

/** "Equal said-at: later position first." */
export const newestFirst = (a: Standing, b: Standing): number => b.saidMs - a.saidMs || b.position - a.position;

const newestMs = (statements: readonly Standing[]): number => Math.max(...statements.map((each) => each.saidMs));

export const newestSince = (statements: readonly Standing[]): number =>
  Math.max(...statements.map((each) => each.sinceMs));

/** "set beside a newer statement, an older one is read as [its low, ∞)" */
const readByAge = (statement: Standing, newerMs: number): Span =>
  statement.saidMs < newerMs ? { low: statement.low, high: Infinity } : statement;

export const isUnhedgedTotal = (each: Standing): boolean => each.countsAs === 'total' && each.numeric && !each.hedged;

const isClass1 = isUnhedgedTotal;
const isClass2 = (each: Standing): boolean =>
  each.countsAs === 'partial' || (each.countsAs === 'total' && (each.hedged || !each.numeric));
const isClass3 = (each: Standing): boolean => each.countsAs === 'additional' || each.countsAs === 'sum';

const party = 6;

/** "Point: the one number if there is only one, else that of the newest statement that made best with a point inside; none for a hull." */
const ownOf = (span: Span, made: readonly Standing[], hullTaken: boolean, aHull = hullTaken): Own => {
  const inside = made
    .toSorted(newestFirst)
    .find(({ point }) => point !== null && point >= span.low && point <= span.high);
  return {
    low: span.low,
    high: span.high,
    point: span.low === span.high ? span.low : aHull ? null : (inside?.point ?? null),
    made,
    hullTaken,
    floor: made.length > 0 && made.every(isClass2),
  };
};

/** "the ones that as said overlap it" */
const overlapping = (statements: readonly Standing[], span: Span): Standing[] =>
  statements.filter((each) => overlap(each, span));

/** "the newest statement; each older one, read by age, narrows it if it overlaps, else dissents" */
const asAuthorities = (candidates: readonly Standing[], current: boolean): Own => {
  const newest = newestMs(candidates);
  const compared = (current ? candidates.filter((each) => each.saidMs === newest) : [...candidates]).toSorted(
    newestFirst,
  );
  const [first, ...older] = compared;
  if (first === undefined) throw new Error('nobody to make best');
  // "none narrows one that was filed with a reason that lowers": "of a lowering one, it alone"
  if (first.lowering) return ownOf(first, [first], false);
  let best: Span = first;
  // Nor does what is older than a lowering one narrow a newer one through it: it is what was lowered.
  let loweredMs = -Infinity;
  const heard = [first];
  for (const each of older) {
    if (each.saidMs < loweredMs) break;
    heard.push(each);
    const read = readByAge(each, first.saidMs);
    if (!overlap(read, best)) continue;
    best = intersection([best, read]);
    if (each.lowering) loweredMs = each.saidMs;
  }
  return ownOf(best, overlapping(heard, best), false);
};

/** "the values that all of them, read by age, allow; if there are none, the hull of all as said" */
const asOthers = (candidates: readonly Standing[], current: boolean): Own => {
  const newest = newestMs(candidates);
  // "In a current measure: only those with the newest said-at."
  const compared = current ? candidates.filter((each) => each.saidMs === newest) : candidates;
  const all = intersection(compared.map((each) => readByAge(each, newest)));
  return all.low <= all.high ? ownOf(all, overlapping(compared, all), false) : ownOf(hull(compared), compared, true);
};

/**
 * "Overtaken: older than the newest, by since, of what made best, and of a lower kind than the highest that made best,
 * or both are authorities, or the measure is current, or cumulative with a low under best's."
 */
export const isOvertaken = (
  each: Standing,
  best: { readonly low: number; readonly made: readonly Standing[] } | null,
  current: boolean,
): boolean => {
  // "What made best neither dissents nor is overtaken."
  if (best === null || best.made.length === 0 || best.made.includes(each)) return false;
  if (each.sinceMs >= newestSince(best.made)) return false;
  const highest = Math.min(...best.made.map(({ kind }) => kind));
  return each.kind > highest || (each.kind === 1 && highest === 1) || current || each.low < best.low;
};

/** "An authority's 0 against a positive unhedged numeric total of kinds 1 to 4 that is not overtaken: the hull." */
const againstZero = (best: Own, standing: readonly Standing[], current: boolean): Own => {
  const isZero = best.low === 0 && best.high === 0 && best.made.some((each) => each.kind === 1 && each.high === 0);
  if (!isZero) return best;
  const positive = standing.filter(
    (each) => isUnhedgedTotal(each) && each.kind <= 4 && each.low > 0 && !isOvertaken(each, best, current),
  );
  if (positive.length === 0) return best;
  const made = [...best.made, ...positive];
  return ownOf(hull(made), made, true);
};

type Candidates = (standing: readonly Standing[]) => Standing[];

/** "A class 1 total makes no best once a newer unhedged statement of class 2, of its own or a higher kind, cannot be true with it." */
const class1: Candidates = (standing) =>
  standing.filter(
    (each) =>
      isClass1(each) &&
      !standing.some(
        (other) =>
          isClass2(other) &&
          !other.hedged &&
          other.saidMs > each.saidMs &&
          other.kind <= each.kind &&
          !overlap(other, each),
      ),
  );

export const mostAuthoritative = (standing: readonly Standing[], current: boolean): Own | null => {
  const others = standing.filter((each) => each.kind < party);
  const parties = standing.filter((each) => each.kind === party);
  for (const among of [others, parties])
    for (const candidates of [class1(among), among.filter(isClass2), among.filter(isClass3)]) {
      const highest = Math.min(...candidates.map((each) => each.kind));
      const making = candidates.filter((each) => each.kind === highest);
      if (making.length === 0) continue;
      const best = highest === 1 ? asAuthorities(making, current) : asOthers(making, current);
      return againstZero(best, standing, current);
    }
  return null;
};

/** "unhedged numeric totals of kinds 1 to 4" */
const numericTotals: Candidates = (standing) => standing.filter((each) => isUnhedgedTotal(each) && each.kind <= 4);

const mostRecent = (standing: readonly Standing[], current: boolean): Own | null => {
  const candidates = numericTotals(standing);
  return candidates.length === 0 ? mostAuthoritative(standing, current) : asAuthorities(candidates, current);
};

/** "… that the default's best has not overtaken" */
const notOvertaken = (standing: readonly Standing[], current: boolean): Standing[] => {
  const best = mostAuthoritative(standing, current);
  return numericTotals(standing).filter((each) => !isOvertaken(each, best, current));
};

const range = (standing: readonly Standing[], current: boolean): Own | null => {
  const candidates = notOvertaken(standing, current);
  // "range/1: all, and its hull does not contest"
  return candidates.length === 0
    ? mostAuthoritative(standing, current)
    : ownOf(hull(candidates), candidates, false, true);
};

/** "read by age against the newest, the values that most independent origins allow; the lowest such stretch" */
const majority = (standing: readonly Standing[], current: boolean): Own | null => {
  const all = notOvertaken(standing, current);
  if (all.length === 0) return mostAuthoritative(standing, current);
  const newest = newestMs(all);
  const candidates = current ? all.filter((each) => each.saidMs === newest) : all;
  const read = candidates.map((each) => ({ each, span: readByAge(each, newest) }));
  const allow = (value: number): Standing[] =>
    read.filter(({ span }) => span.low <= value && value <= span.high).map(({ each }) => each);
  // How many allow a value only changes at a low and just after a high.
  const turns = read.flatMap(({ span }) => [span.low, ...(span.high === Infinity ? [] : [span.high + 1])]);
  const stretches = [...new Set(turns)].toSorted((a, b) => a - b);
  const counts = stretches.map((from) => independent(allow(from)));
  const most = Math.max(...counts);
  const start = counts.indexOf(most);
  let end = start;
  while (counts[end + 1] === most) end += 1;
  const next = stretches[end + 1];
  const best = { low: stretches[start] ?? 0, high: next === undefined ? Infinity : next - 1 };
  // "majority/1: those that allow it, read by age"
  return ownOf(
    best,
    read.filter(({ span }) => overlap(span, best)).map(({ each }) => each),
    false,
  );
};

/** The highest n that two independent of them reach with their lows; 0: none. */
export const reachedByTwo = (statements: readonly Standing[]): number =>
  Math.max(
    0,
    ...statements
      .map(({ low }) => low)
      .filter(
        (n) =>
          independent(
            statements.filter((each) => each.low >= n),
            statements,
          ) >= 2,
      ),
  );

const twoSource = (standing: readonly Standing[], current: boolean): Own | null => {
  const counted = standing.filter((each) => each.kind <= 4 && !each.hedged && (isClass1(each) || isClass2(each)));
  const newest = newestMs(counted);
  const candidates = current ? counted.filter((each) => each.saidMs === newest) : counted;
  const low = reachedByTwo(candidates);
  if (low === 0) return null;
  const best = { low, high: Infinity };
  // "at least" n has no point: one of the sources may well have said more.
  return ownOf(best, overlapping(candidates, best), false, true);
};

/**
 * "unhedged totals of kinds 1 to 4, those older than an authority's number aside: the lowest (by low, then high) that two
 * independent origins give with the same low; else the lowest"
 */
const lowestCorroborated = (standing: readonly Standing[], current: boolean): Own | null => {
  const totals = standing.filter((each) => each.countsAs === 'total' && !each.hedged && each.kind <= 4);
  const aside = (each: Standing): boolean =>
    totals.some((other) => other.kind === 1 && other.numeric && other.saidMs > each.saidMs);
  const left = totals.filter((each) => !aside(each));
  const newest = newestMs(left);
  const candidates = current ? left.filter((each) => each.saidMs === newest) : left;
  const lowestFirst = candidates.toSorted(
    (a, b) => a.low - b.low || (a.high < b.high ? -1 : a.high > b.high ? 1 : newestFirst(a, b)),
  );
  const sameLow = (low: number): Standing[] => candidates.filter((each) => each.low === low);
  const corroborated = lowestFirst.find(({ low }) => independent(sameLow(low)) >= 2);
  const [lowest] = lowestFirst;
  const chosen = corroborated ?? lowest;
  if (chosen === undefined) return null;
  // "those with that low, else the one"
  return ownOf(chosen, corroborated === undefined ? [chosen] : sameLow(chosen.low), false);
};

export type Method = (standing: readonly Standing[], current: boolean) => Own | null;

export const methods: Readonly<Record<string, Method>> = {
  'most-authoritative/1': mostAuthoritative,
  'most-recent/1': mostRecent,
  'range/1': range,
  'majority/1': majority,
  'two-source/1': twoSource,
  'lowest-corroborated/1': lowestCorroborated,
};
