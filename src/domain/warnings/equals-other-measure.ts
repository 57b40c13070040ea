import type { Scheme } from '../schema/incident.js';
import type { Warning } from '../tally/shapes.js';
import { standardMeasures } from '../vocabulary.js';
import { numberOf, type FiledFigure, type WarningContext } from './filed-figure.js';
import { people as inWords } from './wording.js';

/** Small numbers are equal by chance every night. */
const numberMin = 10;

/**
 * The very number, of 10 or more, that stands for another measure of the same people: injured filed as killed, or one
 * total read into two columns. A union measure and its members are not compared.
 */
export const equalsOtherMeasure = (figure: FiledFigure, context: WarningContext): Warning | null => {
  const number = numberOf(figure.value);
  const { scheme } = context.after.state;
  if (number === null || number < numberMin || scheme === null) return null;
  const { cell } = figure.reading;
  const own = cell.slice(0, cell.indexOf('/'));
  const people = cell.slice(own.length);
  for (const measure of comparedWith(own, scheme)) {
    // Most incidents speak of few measures: no cell has to be named to look for a number of the others.
    if (!context.tallier.speaksOf(measure)) continue;
    const text = `${measure}${people}`;
    for (const statement of context.tallier.view(text)?.standing ?? []) {
      if (!statement.numeric || (statement.point ?? statement.interval.low) !== number) continue;
      // Of two in one report, the later is told.
      const related = statement.readings.filter((other) => figure.corrected || other.seq < figure.reading.seq);
      if (related.length === 0) continue;
      return {
        code: 'equalsOtherMeasure',
        pointer: figure.pointer,
        detail: `${inWords(number)} is also what stands for ${text}. Check that it is ${own} and not ${measure}.`,
        related: related.map(({ id }) => id),
      };
    }
  }
  return null;
};

// By measure. A scheme never changes once it is made, and every figure filed asks.
const compared = new WeakMap<Scheme, Map<string, readonly string[]>>();

/** The measures of an incident that are neither a union with the given one in it, nor in it, nor that one itself. */
const comparedWith = (own: string, scheme: Scheme): readonly string[] => {
  let byMeasure = compared.get(scheme);
  if (byMeasure === undefined) compared.set(scheme, (byMeasure = new Map()));
  let measures = byMeasure.get(own);
  if (measures === undefined) {
    const unions = new Map(
      scheme.measures.flatMap((measure) => (measure.of === undefined ? [] : [[measure.id, measure.of]])),
    );
    measures = [...Object.keys(standardMeasures), ...scheme.measures.map(({ id }) => id)].filter(
      (measure) => measure !== own && !contains(measure, own, unions) && !contains(own, measure, unions),
    );
    byMeasure.set(own, measures);
  }
  return measures;
};

const contains = (union: string, member: string, unions: ReadonlyMap<string, readonly string[]>): boolean =>
  (unions.get(union) ?? []).some((part) => part === member || contains(part, member, unions));
