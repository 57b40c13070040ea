import { cellText, parseCell, sidePrefix } from '../cell.js';
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
  const cell = parseCell(figure.reading.cell);
  if (number === null || cell === null) return null;
  const printedOf = (side: Side): { count: number; figures: readonly string[] } => {
    const text = cellText({ ...cell, who: `${sidePrefix}${side}` });
    const estimate: Estimate | null =
      cell.who === groupAll ? (context.after.estimates.get(text) ?? null) : context.before(text);
    const best = estimate?.best ?? null;
    return { count: best === null ? 0 : (best.point ?? best.low), figures: figuresOf(text, estimate, figure, context) };
  };
  const [victims, perpetrators, responders] = [
    printedOf('victims'),
    printedOf('perpetrators'),
    printedOf('responders'),
  ];
  if (victims.count === 0 || perpetrators.count === 0) return null;
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
    related: [...victims.figures, ...perpetrators.figures, ...(three ? responders.figures : [])],
  };
};

/** Those that made its best; of a side that is only its groups' sum, those that made theirs. */
const figuresOf = (
  cell: string,
  estimate: Estimate | null,
  figure: FiledFigure,
  { after, tallier }: WarningContext,
): readonly string[] => {
  if (estimate !== null && estimate.figures.length > 0) return estimate.figures;
  const { lattice } = tallier;
  const at = lattice?.index.get(cell);
  if (lattice === null || at === undefined) return [];
  return (lattice.below[at] ?? [])
    .flatMap((relation) => lattice.relations[relation]?.parts ?? [])
    .flatMap((part) => after.estimates.get(lattice.texts[part] ?? '')?.figures ?? [])
    .filter((id) => id !== figure.reading.id);
};
