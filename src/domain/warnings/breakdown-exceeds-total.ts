import type { Lattice, Relation } from '../tally/lattice.js';
import type { Best, Warning } from '../tally/shapes.js';
import type { FiledFigure, WarningContext } from './filed-figure.js';
import { people } from './wording.js';

/**
 * A part that is more than its whole: the figure alone, or (where it raises its cell) it together with the other parts
 * that it is disjoint from, has a low above what the whole is at most, as the same report has it or else as it stood
 * before. Wholes are those of breakdown, side and union group; a union measure's members may have been counted at
 * different times.
 */
export const breakdownExceedsTotal = (figure: FiledFigure, context: WarningContext): Warning | null => {
  const { lattice } = context.tallier;
  const at = lattice?.index.get(figure.reading.cell);
  if (lattice === null || at === undefined) return null;
  const above = lattice.above[at];
  if (above === undefined || above.length === 0) return null;
  const { low } = figure.value;
  // A whole that nobody speaks of is itself a part: more Japanese than dead are too many, whoever counted foreigners.
  // Nothing is added up before a whole is found that somebody speaks of: most figures have none.
  const waiting: Part[] = [{ at, through: null, of: null }];
  const seen = new Set<number>();
  for (const part of waiting)
    for (const relationAt of lattice.above[part.at] ?? []) {
      const relation = lattice.relations[relationAt];
      if (relation === undefined || relation.measures || seen.has(relationAt)) continue;
      seen.add(relationAt);
      const whole = lattice.texts[relation.whole] ?? '';
      const most = mostOf(whole, context);
      if (most === null) {
        waiting.push({ at: relation.whole, through: relation, of: part });
        continue;
      }
      const together = raises(figure, context) ? lowTogether(part, relation, low, lattice, context) : low;
      if (together > most.high)
        return {
          code: 'breakdownExceedsTotal',
          pointer: figure.pointer,
          detail:
            low > most.high
              ? `${figure.reading.cell} is at least ${people(low)}, more than all of ${whole}: ${people(most.high)}. Check number and breakdown.`
              : `With ${figure.reading.cell} the parts of ${whole} come to at least ${people(together)}, and it is ${people(most.high)}. Check whether some are counted twice or the total is older.`,
          related: most.figures,
        };
    }
  return null;
};

/** A part of a whole: the figure's own cell, or a whole that nobody speaks of, reached from one of its parts. */
interface Part {
  readonly at: number;
  readonly through: Relation | null;
  readonly of: Part | null;
}

/** What a part comes to at least together with the others of a whole: of a whole on the way, with its own others. */
const lowTogether = (part: Part, relation: Relation, low: number, lattice: Lattice, context: WarningContext): number =>
  (part.of === null || part.through === null ? low : lowTogether(part.of, part.through, low, lattice, context)) +
  lowOfOthers(relation, part.at, lattice, context);

/** What the other parts of a whole come to at least, where nobody is counted in two of them. */
const lowOfOthers = (relation: Relation, at: number, lattice: Lattice, context: WarningContext): number =>
  relation.overlapping
    ? 0
    : relation.parts
        .filter((part) => part !== at)
        .reduce((sum, part) => sum + (enteringBest(lattice.texts[part] ?? '', context)?.low ?? 0), 0);

const raises = ({ reading, value }: FiledFigure, context: WarningContext): boolean =>
  value.low > (context.before(reading.cell)?.best?.low ?? -1);

interface Most {
  readonly high: number;
  readonly figures: readonly string[];
}

/** What the whole is at most, with the figures behind it; `null`: nobody says. */
const mostOf = (whole: string, context: WarningContext): Most | null => {
  if (context.figures.some((other) => other.reading.cell === whole)) {
    const inReport = context.figures.filter((other) => other.reading.cell === whole);
    const high = Math.max(...inReport.map((other) => other.value.high ?? Infinity));
    return high === Infinity ? null : { high, figures: inReport.map((other) => other.reading.id) };
  }
  // What parts add up to is not a total that they could exceed: it has to be said of the whole itself, or pinned.
  if (context.tallier.view(whole)?.own == null && !context.after.state.pins.has(whole)) return null;
  const before = context.before(whole);
  const high = before?.best?.high ?? null;
  return before === null || high === null ? null : { high, figures: before.figures };
};

const enteringBest = (cell: string, { after }: WarningContext): Best | null => {
  const estimate = after.estimates.get(cell);
  return estimate === undefined || estimate.status === 'unconfirmed' ? null : estimate.best;
};
