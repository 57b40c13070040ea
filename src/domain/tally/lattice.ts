import { cellText, parseCell, sidePrefix, type Cell } from '../cell.js';
import type { Side } from '../vocabulary.js';
import { sideCell, type SchemeIndex } from './scheme-index.js';

/** A whole and its parts, as indices of cells. */
export interface Relation {
  readonly whole: number;
  readonly parts: readonly number[];
  /** The parts are all there is of the whole. */
  readonly complete: boolean;
  readonly overlapping: boolean;
  /** The sum of a union measure, where what is current and was said earlier stays out. */
  readonly measures: boolean;
}

/** The cells of an incident's sums and how they add up. */
export interface Lattice {
  readonly cells: readonly Cell[];
  readonly texts: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  readonly relations: readonly Relation[];
  /** For each cell the relations (by index) whose whole it is, and those in which it is a part. */
  readonly below: readonly (readonly number[])[];
  readonly above: readonly (readonly number[])[];
  /** For each cell whether it has a figure not withdrawn or a pin, or stands above one that has. */
  readonly listed: readonly boolean[];
  /** For each cell its component: cells of one are joined by relations, cells of two never touch. */
  readonly component: readonly number[];
  readonly components: readonly (readonly number[])[];
}

interface Draft {
  readonly whole: Cell;
  readonly parts: Map<string, Cell>;
  complete: boolean;
  readonly overlapping: boolean;
  readonly measures: boolean;
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

/** The relations in which a cell is a part: by key, by side, by union group, by union measure. */
const relationsAbove = (cell: Cell, scheme: SchemeIndex): (Omit<Draft, 'parts'> & { id: string; all: Cell[] })[] => {
  const found: (Omit<Draft, 'parts'> & { id: string; all: Cell[] })[] = [];
  for (const [key, value] of cell.breakdown) {
    const keyIndex = scheme.key(key);
    const parent = keyIndex.parentOf(value);
    const level = keyIndex.levelBelow(parent);
    const whole = withValue(cell, key, parent);
    found.push({
      id: `${cellText(whole)} by ${key}`,
      whole,
      complete: level.complete,
      overlapping: level.overlapping,
      measures: false,
      all: level.values === null ? [] : level.values.map((each) => withMember(whole, key, each)),
    });
  }
  const side = scheme.sideOf(cell.who);
  if (side !== null)
    found.push({
      id: `${cell.measure} of ${side} ${cellText(cell).slice(cell.measure.length + 1 + cell.who.length)}`,
      whole: sideCell(cell, side),
      complete: true,
      overlapping: false,
      measures: false,
      all: scheme.groupsOf(side).map((who) => ({ ...cell, who })),
    });
  for (const union of scheme.unionGroups)
    if (union.of.includes(cell.who)) {
      const whole = { ...cell, who: union.id };
      found.push({
        id: `${cellText(whole)} by group`,
        whole,
        complete: true,
        overlapping: false,
        measures: false,
        all: union.of.map((who) => ({ ...cell, who })),
      });
    }
  // A side's union measure is the sum of its groups', not of the side's measures.
  if (!cell.who.startsWith(sidePrefix))
    for (const union of scheme.unionMeasures)
      if (union.of.includes(cell.measure)) {
        const whole = { ...cell, measure: union.id };
        found.push({
          id: `${cellText(whole)} by measure`,
          whole,
          complete: true,
          overlapping: false,
          measures: true,
          all: union.of.map((measure) => ({ ...cell, measure })),
        });
      }
  return found;
};

/**
 * The lattice over the cells that are spoken of: they, all above them, and what completes a whole beside them.
 * @param spoken cells with a figure that is not withdrawn, and pinned cells
 */
export const buildLattice = (spoken: readonly string[], scheme: SchemeIndex): Lattice => {
  const index = new Map<string, number>();
  const cells: Cell[] = [];
  const texts: string[] = [];
  const listed: boolean[] = [];
  const add = (cell: Cell): number => {
    const text = cellText(cell);
    const known = index.get(text);
    if (known !== undefined) return known;
    index.set(text, cells.length);
    cells.push(cell);
    texts.push(text);
    listed.push(false);
    return cells.length - 1;
  };
  for (const text of [...spoken].sort()) {
    const cell = parseCell(text);
    if (cell !== null) listed[add(cell)] = true;
  }
  const drafts = new Map<string, Draft>();
  // All above what is listed is listed; the list grows while it is walked.
  for (let at = 0; at < cells.length; at += 1) {
    const cell = cells[at];
    if (cell === undefined) continue;
    for (const { id, all, ...rest } of relationsAbove(cell, scheme)) {
      const draft = drafts.get(id) ?? { ...rest, parts: new Map<string, Cell>() };
      drafts.set(id, draft);
      draft.parts.set(texts[at] ?? '', cell);
      for (const part of all) draft.parts.set(cellText(part), part);
      listed[add(rest.whole)] = true;
    }
  }
  const relations: Relation[] = [];
  for (const draft of drafts.values()) {
    const parts = [...draft.parts.values()].map(add);
    relations.push({
      whole: add(draft.whole),
      parts: parts.sort((a, b) => ((texts[a] ?? '') < (texts[b] ?? '') ? -1 : 1)),
      complete: draft.complete,
      overlapping: draft.overlapping,
      measures: draft.measures,
    });
  }
  const below: number[][] = cells.map(() => []);
  const above: number[][] = cells.map(() => []);
  for (const [at, relation] of relations.entries()) {
    below[relation.whole]?.push(at);
    for (const part of relation.parts) above[part]?.push(at);
  }
  const component: number[] = cells.map(() => -1);
  const components: number[][] = [];
  for (let start = 0; start < cells.length; start += 1) {
    if (component[start] !== -1) continue;
    const members: number[] = [start];
    component[start] = components.length;
    for (let at = 0; at < members.length; at += 1) {
      const cell = members[at] ?? 0;
      for (const relationAt of [...(below[cell] ?? []), ...(above[cell] ?? [])]) {
        const relation = relations[relationAt];
        if (relation === undefined) continue;
        for (const next of [relation.whole, ...relation.parts])
          if (component[next] === -1) {
            component[next] = components.length;
            members.push(next);
          }
      }
    }
    components.push(members);
  }
  return { cells, texts, index, relations, below, above, listed, component, components };
};

/** Which sides a scheme's cells are on; for warnings. */
export const sidesOf = (scheme: SchemeIndex, cell: Cell): Side | null =>
  cell.who.startsWith(sidePrefix) ? (cell.who.slice(sidePrefix.length) as Side) : scheme.sideOf(cell.who);
