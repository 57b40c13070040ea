import type { FiledEvent } from '../events.js';
import type { Ledger } from '../tally/ledger.js';
import type { Warning } from '../tally/shapes.js';
import { breakdownExceedsTotal } from './breakdown-exceeds-total.js';
import { equalsOtherMeasure } from './equals-other-measure.js';
import { fallWithoutReason } from './fall-without-reason.js';
import { contextOf, type FiledFigure, type WarningContext } from './filed-figure.js';
import { largeJump } from './large-jump.js';
import { likelyEcho } from './likely-echo.js';
import { likelySameReport } from './likely-same-report.js';
import { relayDisagrees } from './relay-disagrees.js';
import { sameOriginRestated } from './same-origin-restated.js';
import { sumOfSides } from './sum-of-sides.js';

const rules: readonly ((figure: FiledFigure, context: WarningContext) => Warning | null)[] = [
  breakdownExceedsTotal,
  sumOfSides,
  largeJump,
  equalsOtherMeasure,
  fallWithoutReason,
  sameOriginRestated,
  likelyEcho,
  relayDisagrees,
];

/**
 * What a desk should look at again in what it just filed: a report, or a correction. Warnings never block.
 * @param events one whole filing
 * @param after the ledger right after `applyFiling` of that filing, before any other. What was before it is read from
 *   the filing's own revisions, so the same filing gets the same warnings whenever it is folded in again.
 */
export const warningsOf = (events: readonly FiledEvent[], after: Ledger): Warning[] => {
  const context = contextOf(events, after);
  if (context === null) return [];
  const warnings: Warning[] = [];
  const same = likelySameReport(context);
  if (same !== null) warnings.push(same);
  for (const figure of context.figures)
    for (const rule of rules) {
      const warning = rule(figure, context);
      if (warning !== null) warnings.push(warning);
    }
  return warnings;
};
