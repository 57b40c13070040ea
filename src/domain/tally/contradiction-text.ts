import { parseCell, sidePrefix } from '../cell.js';
import { groupAll } from '../vocabulary.js';
import { whyImpossible, type Impossible } from './contradiction-sums.js';
import { languageOf } from './languages.js';
import type { Contradiction } from './shapes.js';
import type { FoundContradiction, Tallier } from './tallier.js';

const english = languageOf('en');

/** `presumedDead` as "presumed dead". */
const wordsOf = (id: string): string => id.replace(/\p{Lu}/gu, (letter) => ` ${letter.toLowerCase()}`);

/** A cell as a person says it: "victims killed (nationality JP)". */
const cellInWords = (text: string): string => {
  const cell = parseCell(text);
  if (cell === null) return text;
  const who = cell.who === groupAll ? 'people' : cell.who.replace(sidePrefix, '');
  const breakdown = cell.breakdown.map(([key, value]) => `${wordsOf(key)} ${value}`).join(', ');
  return `${who} ${wordsOf(cell.measure)}${breakdown === '' ? '' : ` (${breakdown})`}`;
};

const pairsIn = (text: string): number => text.split('/').length;

/** The most general first: what is counted as a whole before what is counted of it. */
const wholesFirst = (a: string, b: string): number => {
  const sideFirst = Number(b.includes(`/${sidePrefix}`)) - Number(a.includes(`/${sidePrefix}`));
  return pairsIn(a) - pairsIn(b) || sideFirst || (a < b ? -1 : 1);
};

const reasonOf = ({ cell, atLeast, atMost, leastBy, mostBy }: Impossible): string => {
  const name = cellInWords(cell);
  const [least, most] = [english.atLeast(atLeast), english.atMost(atMost)];
  if (mostBy === 'itself')
    return `What is counted of ${name} adds up to ${least}, more than the ${english.number(atMost)}.`;
  if (leastBy === 'itself')
    return `All that is counted of ${name} adds up to ${most}, less than the ${english.number(atLeast)}.`;
  return `What is counted of ${name} adds up to ${least} one way and to ${most} another.`;
};

/**
 * A set of estimates that cannot add up, as a sentence: each number with who said it and when, and where a sum shows it
 * at a glance, that sum.
 */
export const describeContradiction = (found: FoundContradiction, tallier: Tallier): Contradiction => {
  const parts = found.cells.toSorted(wholesFirst).map((cell) => {
    const estimate = tallier.estimate(cell);
    const day = estimate?.asOf?.slice(0, 10);
    // Who pinned a number is no source that could be asked, and what stands behind a pin is of another time.
    const when = day === undefined || estimate?.status === 'pinned' ? '' : ` on ${day}`;
    return `${cellInWords(cell)}: ${tallier.phrase(cell)}${when}`;
  });
  const why = whyImpossible(found.cells, tallier);
  return {
    cells: found.cells,
    figures: found.figures,
    text: `These cannot all be true: ${parts.join('; ')}.${why === null ? '' : ` ${reasonOf(why)}`}`,
  };
};
