import type { Nature } from '../vocabulary.js';
import { authorityRank, isConfirming, isParty, isPlainTotal, pressRank } from './classes.js';
import { countIndependent, secondReach } from './independence.js';
import { overlaps, reach } from './interval.js';
import { toInstant } from '../schema/time.js';
import type { Method, MethodResult } from './method.js';
import { mostAuthoritative } from './method-most-authoritative.js';
import { amongThem, newestSinceMs, overtakenBy } from './overtaken.js';
import type { Best, Interval } from './shapes.js';
import { those, type Statement } from './statements.js';

/** What a cell's own statements give, before other cells are looked at. */
export interface OwnEstimate {
  readonly standing: readonly Statement[];
  /** `null`: the method gives no best. */
  readonly result: MethodResult | null;
  /** Nothing of kinds 1 to 4 made best: it does not enter the sums. */
  readonly unconfirmed: boolean;
  /** The statements cannot all be true, or one that is not overtaken dissents. */
  readonly contested: boolean;
  /** Standing statements that cannot be true together with best, overtaken ones included. */
  readonly dissenting: readonly Statement[];
  readonly agreeing: readonly Statement[];
  /** How many independent origins agree; where none does, how many made best. */
  readonly origins: number;
  readonly official: Best | null;
  /** The floor that the cell's own statements confirm; parts may raise it, best as shown may cap it. */
  readonly confirmed: number | null;
  readonly hedged: boolean;
  /** Said-at of the newest that made best, epoch ms; and as an instant, `null` where nothing made one. */
  readonly asOfMs: number;
  readonly asOf: string | null;
  /** Newest since of what made best, epoch ms. */
  readonly sinceMs: number;
  /** Of what stands that which `reported` spans, but for mere floors under best. */
  readonly reporting: readonly Statement[];
  readonly bestByAuthority: boolean;
}

type Tells = (statement: Statement) => boolean;

const none: readonly Statement[] = [];
const never: Tells = () => false;

const dissentOf = (standing: readonly Statement[], made: MethodResult, nature: Nature): readonly Statement[] => {
  if (made.by.length === standing.length) return none;
  const newestMs = newestSinceMs(made.by);
  const madeBest = amongThem(made.by);
  return those(standing, (each) => {
    if (!each.numeric || each.hedged || isParty(each) || madeBest(each)) return false;
    if (each.sinceMs >= newestMs) return !overlaps(each, made.best);
    // Read by age, it is a floor, which only a best that ends below it cannot be true with.
    return nature === 'cumulative' && made.best.high !== null && each.low > made.best.high;
  });
};

const agreementOf = (
  standing: readonly Statement[],
  made: MethodResult,
  nature: Nature,
  asOfMs: number,
): readonly Statement[] => {
  const madeBest = nature === 'cumulative' ? never : amongThem(made.by);
  return those(
    standing,
    (each) =>
      isConfirming(each) &&
      isPlainTotal(each) &&
      overlaps(each, made.best) &&
      (each.point ?? each.low) >= made.best.low &&
      (nature === 'cumulative' || each.saidMs >= asOfMs || madeBest(each)),
  );
};

/** The floor that one authority, or two independent origins, reach. */
const confirmedOf = (
  standing: readonly Statement[],
  dissenting: readonly Statement[],
  isOvertaken: Tells,
  nature: Nature,
): number | null => {
  const dissents = amongThem(dissenting);
  const counted = those(
    standing,
    (each) =>
      isConfirming(each) &&
      !each.hedged &&
      (each.role === 'total' || each.role === 'partial') &&
      !dissents(each) &&
      // Who was held last week is not confirmed as held today.
      !(nature === 'current' && isOvertaken(each)),
  );
  let floor = secondReach(counted) ?? 0;
  for (const each of counted) if (each.rank === authorityRank) floor = Math.max(floor, each.low);
  return floor >= 1 ? floor : null;
};

const officialOf = (standing: readonly Statement[], nature: Nature): Best | null => {
  const officials = those(standing, (each) => each.rank === authorityRank && each.role === 'total' && each.numeric);
  return officials.length === 0 ? null : (mostAuthoritative.estimate(officials, nature)?.best ?? null);
};

/** A party's numbers are reported only where a party made best. */
const reportingOf = (standing: readonly Statement[], byParty: boolean, isOvertaken: Tells): readonly Statement[] =>
  those(standing, (each) => each.numeric && (isParty(each) ? byParty : each.rank <= pressRank) && !isOvertaken(each));

/** Where the method gives no best. */
const withoutBest = (standing: readonly Statement[], nature: Nature): OwnEstimate => {
  const usual = mostAuthoritative.estimate(standing, nature);
  const dissenting = usual === null ? none : dissentOf(standing, usual, nature);
  return {
    standing,
    result: null,
    unconfirmed: true,
    contested: false,
    dissenting: none,
    agreeing: none,
    origins: 0,
    official: officialOf(standing, nature),
    confirmed: confirmedOf(standing, dissenting, usual === null ? never : overtakenBy(usual, nature), nature),
    hedged: false,
    asOfMs: 0,
    asOf: null,
    sinceMs: 0,
    reporting: reportingOf(standing, false, never),
    bestByAuthority: false,
  };
};

export const ownEstimateOf = (standing: readonly Statement[], method: Method, nature: Nature): OwnEstimate => {
  const result = method.estimate(standing, nature);
  if (result === null) return withoutBest(standing, nature);
  const asOfMs = result.by[0]?.saidMs ?? 0;
  // What made best is overtaken by nothing: nearly always that is all that stands.
  const isOvertaken = result.by.length === standing.length ? never : overtakenBy(result, nature);
  const dissenting = dissentOf(standing, result, nature);
  const agreeing = agreementOf(standing, result, nature, asOfMs);
  return {
    standing,
    result,
    unconfirmed: !result.by.some(isConfirming),
    contested: result.hull || dissenting.some((each) => isConfirming(each) && !isOvertaken(each)),
    dissenting,
    agreeing,
    origins: countIndependent(agreeing.length > 0 ? agreeing : result.by),
    official: officialOf(standing, nature),
    confirmed: confirmedOf(standing, dissenting, isOvertaken, nature),
    hedged: result.by.every((each) => each.hedged),
    asOfMs,
    asOf: asOfMs === 0 ? null : toInstant(asOfMs),
    sinceMs: newestSinceMs(result.by),
    reporting: reportingOf(standing, result.by.some(isParty), isOvertaken),
    bestByAuthority: result.by.some((each) => each.rank === authorityRank),
  };
};

/**
 * A mere floor under best says nothing that best does not: a partial count, an increment to nobody knows what, and beside
 * an authority's best an older "at least" of an authority.
 */
const isFloorUnder = (statement: Statement, best: Interval, own: OwnEstimate): boolean =>
  statement.low < best.low &&
  (statement.role === 'partial' ||
    (statement.role === 'increment' && !statement.hasBase) ||
    (own.bestByAuthority &&
      statement.saidMs < own.asOfMs &&
      statement.rank === authorityRank &&
      statement.role === 'total' &&
      statement.high === null));

/** From the lowest to the highest that was said and is not overtaken, best as shown included; an open high is its low. */
export const reportedOf = (own: OwnEstimate, best: Interval | null): Interval | null => {
  let low = best === null ? Infinity : best.low;
  let high = best === null ? -Infinity : reach(best);
  for (const each of own.reporting) {
    if (best !== null && isFloorUnder(each, best, own)) continue;
    low = Math.min(low, each.low);
    high = Math.max(high, reach(each));
  }
  return low === Infinity ? null : { low, high };
};
