import type { Nature } from '../vocabulary.js';
import { authorityRank, isConfirming, isParty, isPlainTotal, pressRank } from './classes.js';
import { countIndependent, secondReach } from './independence.js';
import { overlaps, reach } from './interval.js';
import type { Method, MethodResult } from './method.js';
import { mostAuthoritative } from './method-most-authoritative.js';
import { isOvertaken, newestSinceMs } from './overtaken.js';
import type { Best, Interval } from './shapes.js';
import type { Statement } from './statements.js';

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
  /** Said-at of the newest that made best, epoch ms. */
  readonly asOfMs: number;
  /** Newest since of what made best, epoch ms. */
  readonly sinceMs: number;
}

const dissentOf = (standing: readonly Statement[], made: MethodResult, nature: Nature): Statement[] => {
  const newestMs = newestSinceMs(made);
  return standing.filter((each) => {
    if (!each.numeric || each.hedged || isParty(each) || made.by.includes(each)) return false;
    if (each.sinceMs >= newestMs) return !overlaps(each.interval, made.best);
    if (nature === 'current') return false;
    return !overlaps({ low: each.interval.low, high: null }, made.best);
  });
};

const agreementOf = (standing: readonly Statement[], made: MethodResult, nature: Nature, asOfMs: number): Statement[] =>
  standing.filter(
    (each) =>
      isConfirming(each) &&
      isPlainTotal(each) &&
      overlaps(each.interval, made.best) &&
      (each.point ?? each.interval.low) >= made.best.low &&
      (nature === 'cumulative' || each.saidMs >= asOfMs || made.by.includes(each)),
  );

/** The floor that one authority, or two independent origins, reach. */
const confirmedOf = (
  standing: readonly Statement[],
  made: MethodResult | null,
  dissenting: readonly Statement[],
  nature: Nature,
): number | null => {
  const counted = standing.filter(
    (each) =>
      isConfirming(each) &&
      (each.role === 'total' || each.role === 'partial') &&
      !each.hedged &&
      !dissenting.includes(each) &&
      // Who was held last week is not confirmed as held today.
      !(nature === 'current' && made !== null && isOvertaken(each, made, nature)),
  );
  const authorities = counted.filter((each) => each.rank === authorityRank).map((each) => each.interval.low);
  const floor = Math.max(0, ...authorities, secondReach(counted) ?? 0);
  return floor >= 1 ? floor : null;
};

export const ownEstimateOf = (standing: readonly Statement[], method: Method, nature: Nature): OwnEstimate => {
  const result = method.estimate(standing, nature);
  const officials = standing.filter((each) => each.rank === authorityRank && each.role === 'total' && each.numeric);
  const official = mostAuthoritative.estimate(officials, nature)?.best ?? null;
  if (result === null) {
    const usual = mostAuthoritative.estimate(standing, nature);
    const dissent = usual === null ? [] : dissentOf(standing, usual, nature);
    return {
      standing,
      result,
      unconfirmed: true,
      contested: false,
      dissenting: [],
      agreeing: [],
      origins: 0,
      official,
      confirmed: confirmedOf(standing, usual, dissent, nature),
      hedged: false,
      asOfMs: 0,
      sinceMs: 0,
    };
  }
  const asOfMs = Math.max(...result.by.map((each) => each.saidMs));
  const dissenting = dissentOf(standing, result, nature);
  const agreeing = agreementOf(standing, result, nature, asOfMs);
  return {
    standing,
    result,
    unconfirmed: !result.by.some(isConfirming),
    contested: result.hull || dissenting.some((each) => isConfirming(each) && !isOvertaken(each, result, nature)),
    dissenting,
    agreeing,
    origins: countIndependent(agreeing.length > 0 ? agreeing : result.by),
    official,
    confirmed: confirmedOf(standing, result, dissenting, nature),
    hedged: result.by.every((each) => each.hedged),
    asOfMs,
    sinceMs: newestSinceMs(result),
  };
};

/** A mere floor under best says nothing that best does not. */
const isFloorUnder = (statement: Statement, best: Interval, bestByAuthority: boolean): boolean =>
  statement.interval.low < best.low &&
  (statement.role === 'partial' ||
    (statement.role === 'increment' && !statement.hasBase) ||
    (bestByAuthority &&
      statement.rank === authorityRank &&
      statement.role === 'total' &&
      statement.interval.high === null));

/** From the lowest to the highest that was said and is not overtaken, best as shown included; an open high is its low. */
export const reportedOf = (own: OwnEstimate, best: Interval | null, nature: Nature): Interval | null => {
  const { result } = own;
  const byParty = result !== null && result.by.some(isParty);
  const byAuthority = result !== null && result.by.some((each) => each.rank === authorityRank);
  let low = best === null ? Infinity : best.low;
  let high = best === null ? -Infinity : reach(best);
  for (const each of own.standing) {
    if (!each.numeric || (isParty(each) ? !byParty : each.rank > pressRank)) continue;
    if (result !== null && isOvertaken(each, result, nature)) continue;
    if (best !== null && isFloorUnder(each, best, byAuthority)) continue;
    low = Math.min(low, each.interval.low);
    high = Math.max(high, reach(each.interval));
  }
  return low === Infinity ? null : { low, high };
};
