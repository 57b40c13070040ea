import { cellText, sidePrefix, type Cell } from '../cell.js';
import { sides } from '../vocabulary.js';
import { sideCell, type SchemeIndex } from './scheme-index.js';

/** A sum in which a cell is a part. */
export interface SumAbove {
  /** One sum has one id, from whichever of its parts it was reached. */
  readonly id: string;
  readonly whole: Cell;
  readonly wholeText: string;
  readonly complete: boolean;
  readonly overlapping: boolean;
  /** The sum of a union measure. */
  readonly measures: boolean;
  /** The parts that the scheme declares, made when asked for; empty where parts are those that occur. */
  readonly declared: () => readonly Cell[];
}

const withValue = (cell: Cell, key: string, value: string | null): Cell => ({
  ...cell,
  breakdown: cell.breakdown.flatMap((pair): (readonly [string, string])[] =>
    pair[0] === key ? (value === null ? [] : [[key, value]]) : [pair],
  ),
});

const withMember = (cell: Cell, key: string, value: string): Cell => ({
  ...cell,
  breakdown: [...cell.breakdown.filter(([other]) => other !== key), [key, value] as const].sort((a, b) =>
    a[0] < b[0] ? -1 : 1,
  ),
});

const everyone = { complete: true, overlapping: false };

/** The sums in which a cell is a part: by key, by side, by union group, by union measure. */
export const sumsAbove = (cell: Cell, scheme: SchemeIndex): SumAbove[] => {
  const found: SumAbove[] = [];
  for (const [key, value] of cell.breakdown) {
    const keyIndex = scheme.key(key);
    const parent = keyIndex.parentOf(value);
    const level = keyIndex.levelBelow(parent);
    const whole = withValue(cell, key, parent);
    const wholeText = cellText(whole);
    found.push({
      id: `${wholeText} by ${key}`,
      whole,
      wholeText,
      complete: level.complete,
      overlapping: level.overlapping,
      measures: false,
      declared: () => (level.values ?? []).map((each) => withMember(whole, key, each)),
    });
  }
  const side = scheme.sideOf(cell.who);
  const wholes = side === null ? [] : [sideCell(cell, side)];
  for (const union of scheme.unionGroups) if (union.of.includes(cell.who)) wholes.push({ ...cell, who: union.id });
  for (const whole of wholes) {
    const wholeText = cellText(whole);
    found.push({
      id: `${wholeText} by group`,
      whole,
      wholeText,
      ...everyone,
      measures: false,
      declared: () => membersOf(whole, scheme).filter((member) => member.measure === cell.measure),
    });
  }
  // A side's union measure is the sum of its groups', not of the side's measures.
  if (!cell.who.startsWith(sidePrefix))
    for (const union of scheme.unionMeasures)
      if (union.of.includes(cell.measure)) {
        const whole = { ...cell, measure: union.id };
        const wholeText = cellText(whole);
        found.push({
          id: `${wholeText} by measure`,
          whole,
          wholeText,
          ...everyone,
          measures: true,
          declared: () => union.of.map((measure) => ({ ...cell, measure })),
        });
      }
  return found;
};

/** The members of a side, a union group or a union measure; of a union group's union measure both kinds. */
export const membersOf = (cell: Cell, scheme: SchemeIndex): Cell[] => {
  const side = sides.find((each) => `${sidePrefix}${each}` === cell.who);
  if (side !== undefined) return scheme.groupsOf(side).map((who) => ({ ...cell, who }));
  const groups = scheme.unionGroups.find((union) => union.id === cell.who)?.of ?? [];
  const measures = scheme.unionMeasures.find((union) => union.id === cell.measure)?.of ?? [];
  return [...groups.map((who) => ({ ...cell, who })), ...measures.map((measure) => ({ ...cell, measure }))];
};
