import { independent } from './origins.js';
import {
  isOvertaken,
  isUnhedgedTotal,
  mostAuthoritative,
  newestSince,
  reachedByTwo,
  type Method,
  type Own,
} from './methods.js';
import type { Standing } from './standing.js';
import { closedHull, overlap, type Span } from './words.js';

/* Section 4: what stands beside best, before the cells are added up. */

/**
 * "standing numeric unhedged statements, not party, that do not overlap best: an older one than best's newest (by since)
 * read by age, a newer one as said; in a current measure an older one never"
 */
const dissentOf = (standing: readonly Standing[], best: Own | null, current: boolean): Standing[] => {
  if (best === null) return [];
  const newest = newestSince(best.made);
  return standing.filter((each) => {
    if (!each.numeric || each.hedged || each.kind === 6 || best.made.includes(each)) return false;
    const older = each.sinceMs < newest;
    if (older && current) return false;
    return !overlap(older ? { low: each.low, high: Infinity } : each, best);
  });
};

export interface Beside {
  readonly best: Own | null;
  readonly dissenting: readonly Standing[];
  readonly agreeing: readonly Standing[];
  /** 0: nobody. Before parts and cap. */
  readonly confirmed: number;
  readonly official: Own | null;
  /** Contested by what was said of this very cell. */
  readonly contested: boolean;
  readonly unconfirmed: boolean;
  /** "the hull of best as shown and all standing numeric statements…" */
  readonly reportedWith: (shown: Span | null) => Span | null;
}

export const besideOf = (standing: readonly Standing[], method: Method, current: boolean): Beside => {
  const best = method(standing, current);
  const made = best?.made ?? [];
  const dissenting = dissentOf(standing, best, current);
  const newestMadeMs = Math.max(...made.map((each) => each.saidMs));

  // "unhedged numeric totals of kinds 1 to 4 that as said overlap best and whose point, else low, is at least best's low
  // (in a current measure none older than best, but for what made it)"
  const agreeing = standing.filter(
    (each) =>
      best !== null &&
      isUnhedgedTotal(each) &&
      each.kind <= 4 &&
      overlap(each, best) &&
      (each.point ?? each.low) >= best.low &&
      !(current && each.saidMs < newestMadeMs && !made.includes(each)),
  );

  // "totals and partials, in numbers or words, no increments or sums, hedged and dissenting ones aside (where a method
  // gives no best: the default's dissent)"
  const aside = best === null ? dissentOf(standing, mostAuthoritative(standing, current), current) : dissenting;
  const confirming = standing.filter(
    (each) =>
      (each.countsAs === 'total' || each.countsAs === 'partial') &&
      !each.hedged &&
      each.kind <= 4 &&
      !aside.includes(each) &&
      // An older statement "is not compared with a newer one at all": who was held last week is not confirmed as held today.
      !(current && isOvertaken(each, best ?? mostAuthoritative(standing, current), current)),
  );
  const byOne = Math.max(0, ...confirming.filter((each) => each.kind === 1).map((each) => each.low));

  const madeByParty = made.some((each) => each.kind === 6);
  const madeByAuthority = made.some((each) => each.kind === 1);
  const reportedWith = (shown: Span | null): Span | null => {
    // "A mere floor under best adds nothing: a partial, an increment without F, an authority's older open total under an
    // authority's best"
    const isMereFloor = (each: Standing): boolean =>
      shown !== null &&
      each.low < shown.low &&
      (each.countsAs === 'partial' ||
        (each.countsAs === 'additional' && each.withoutF) ||
        (each.countsAs === 'total' &&
          each.kind === 1 &&
          each.high === Infinity &&
          each.saidMs < newestMadeMs &&
          madeByAuthority));
    const with_ = standing.filter(
      (each) =>
        each.numeric && (each.kind <= 5 || madeByParty) && !isOvertaken(each, best, current) && !isMereFloor(each),
    );
    const spans = [...(shown === null ? [] : [shown]), ...with_];
    return spans.length === 0 ? null : closedHull(spans);
  };

  return {
    best,
    dissenting,
    agreeing,
    confirmed: Math.max(byOne, reachedByTwo(confirming)),
    // "what the default method makes of authorities' numeric totals alone, whatever the method"
    official: mostAuthoritative(
      standing.filter((each) => each.kind === 1 && each.countsAs === 'total' && each.numeric),
      current,
    ),
    contested:
      best !== null &&
      (best.hullTaken || dissenting.some((each) => each.kind <= 4 && !isOvertaken(each, best, current))),
    // "nothing of kinds 1 to 4 made best"
    unconfirmed: !made.some((each) => each.kind <= 4),
    reportedWith,
  };
};

export const countAgreeing = ({ agreeing }: Beside): number => independent(agreeing);
