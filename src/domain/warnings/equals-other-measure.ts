import { cellText, parseCell } from '../cell.js';
import type { Warning } from '../tally/shapes.js';
import { standardMeasures } from '../vocabulary.js';
import { numberOf, type FiledFigure, type WarningContext } from './filed-figure.js';
import { people } from './wording.js';

/** Small numbers are equal by chance every night. */
const numberMin = 10;

/**
 * The very number, of 10 or more, that stands for another measure of the same people: injured filed as killed, or one
 * total read into two columns. A union measure and its members are not compared.
 */
export const equalsOtherMeasure = (figure: FiledFigure, context: WarningContext): Warning | null => {
  const number = numberOf(figure.value);
  const cell = parseCell(figure.reading.cell);
  if (number === null || number < numberMin || cell === null) return null;
  const own = context.after.state.scheme?.measures ?? [];
  const unions = new Map(own.flatMap((measure) => (measure.of === undefined ? [] : [[measure.id, measure.of]])));
  for (const measure of [...Object.keys(standardMeasures), ...own.map(({ id }) => id)]) {
    if (measure === cell.measure || contains(measure, cell.measure, unions) || contains(cell.measure, measure, unions))
      continue;
    const text = cellText({ ...cell, measure });
    for (const statement of context.tallier.view(text)?.standing ?? []) {
      if (!statement.numeric || (statement.point ?? statement.interval.low) !== number) continue;
      // Of two in one report, the later is told.
      const related = statement.readings.filter((other) => figure.corrected || other.seq < figure.reading.seq);
      if (related.length === 0) continue;
      return {
        code: 'equalsOtherMeasure',
        pointer: figure.pointer,
        detail: `${people(number)} is also what stands for ${text}. Check that it is ${cell.measure} and not ${measure}.`,
        related: related.map(({ id }) => id),
      };
    }
  }
  return null;
};

const contains = (union: string, member: string, unions: ReadonlyMap<string, readonly string[]>): boolean =>
  (unions.get(union) ?? []).some((part) => part === member || contains(part, member, unions));
