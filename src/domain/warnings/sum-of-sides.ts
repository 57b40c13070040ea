import { cellText, sidePrefix } from '../cell.js';
import type { Estimate, Warning } from '../tally/shapes.js';
import { groupAll, type Side } from '../vocabulary.js';
import { numberOf, type FiledFigure, type WarningContext } from './filed-figure.js';
import { people } from './wording.js';

/**
 * A number that is that of victims and perpetrators together (with or without responders), both above 0: as they stand
 * after the filing for a figure of the group `all`, which is no part of them, and as they stood before it for any other.
 */
export const sumOfSides = (figure: FiledFigure, context: WarningContext): Warning | null => {
  const number = numberOf(figure.value);
  const cell = context.tallier.view(figure.reading.cell)?.cell;
  if (number === null || cell === undefined) return null;
  const shownOf = (side: Side): Shown => {
    const text = cellText({ ...cell, who: `${sidePrefix}${side}` });
    const estimate: Estimate | null =
      cell.who === groupAll ? (context.after.estimates.get(text) ?? null) : context.before(text);
    const best = estimate?.best ?? null;
    return { text, estimate, count: best === null ? 0 : (best.point ?? best.low) };
  };
  const perpetrators = shownOf('perpetrators');
  if (perpetrators.count === 0) return null;
  const victims = shownOf('victims');
  if (victims.count === 0) return null;
  const responders = shownOf('responders');
  const two = victims.count + perpetrators.count;
  if (number !== two && number !== two + responders.count) return null;
  const three = number !== two;
  return {
    code: 'sumOfSides',
    pointer: figure.pointer,
    detail: `${people(number)} is ${people(victims.count)} victims and ${people(perpetrators.count)} perpetrators${three ? ` and ${people(responders.count)} responders` : ''} together. ${
      cell.who === groupAll
        ? 'It is kept as said and added to nothing.'
        : 'Sides are never added together: check whom the number counts, and file it for the group all if it mixes them.'
    }`,
    related: [victims, perpetrators, ...(three ? [responders] : [])].flatMap((side) =>
      figuresOf(side, figure, context),
    ),
  };
};

/** A side as it stood: what is printed of it, 0 where nothing is. */
interface Shown {
  readonly text: string;
  readonly estimate: Estimate | null;
  readonly count: number;
}

/** Those that made its best; of a side that is only its groups' sum, those that made theirs. */
const figuresOf = (
  { text, estimate }: Shown,
  figure: FiledFigure,
  { after, tallier }: WarningContext,
): readonly string[] => {
  if (estimate !== null && estimate.figures.length > 0) return estimate.figures;
  const { lattice } = tallier;
  const at = lattice?.index.get(text);
  if (lattice === null || at === undefined) return [];
  return (lattice.below[at] ?? [])
    .flatMap((relation) => lattice.relations[relation]?.parts ?? [])
    .flatMap((part) => after.estimates.get(lattice.texts[part] ?? '')?.figures ?? [])
    .filter((id) => id !== figure.reading.id);
};
