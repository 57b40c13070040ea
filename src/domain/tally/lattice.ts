import { cellText, type Cell } from '../cell.js';
import type { SchemeIndex } from './scheme-index.js';
import { summedCells, type SummedCell } from './summed-cells.js';
import type { SumAbove } from './wholes.js';

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
  /** The sums of parts stand before those of their wholes. */
  readonly relations: readonly Relation[];
  /** For each cell the relations (by index) whose whole it is, and those in which it is a part. */
  readonly below: readonly (readonly number[])[];
  readonly above: readonly (readonly number[])[];
  /** For each cell whether it has a figure not withdrawn or a pin, or stands above one that has. */
  readonly listed: readonly boolean[];
  /** For each cell its component: cells of one are joined by relations, cells of two never touch. */
  readonly component: readonly number[];
  readonly components: readonly (readonly number[])[];
  /** For each component its relations, by index. */
  readonly relationsIn: readonly (readonly number[])[];
  /** For each relation its place among those of its component. */
  readonly placeOf: readonly number[];
  /** For each component whether one of its relations is the sum of a union measure. */
  readonly measured: readonly boolean[];
}

/** A sum with its parts among the cells of the sums, by text. */
interface Draft {
  readonly id: string;
  readonly sum: SumAbove;
  readonly whole: string;
  readonly parts: Set<string>;
  complete: boolean;
}

/** The sums that hold between cells of the sums. A part that is not among them can be any number. */
const draftsOf = (summed: readonly SummedCell[]): Map<string, Draft> => {
  const present = new Set(summed.map((each) => each.text));
  const drafts = new Map<string, Draft>();
  for (const { text, above } of summed)
    for (const sum of above) {
      const whole = sum.wholeText;
      if (!present.has(whole)) continue;
      const draft = drafts.get(sum.id) ?? { id: sum.id, sum, whole, parts: new Set<string>(), complete: false };
      drafts.set(sum.id, draft);
      draft.parts.add(text);
    }
  for (const draft of drafts.values())
    draft.complete = draft.sum.complete && draft.sum.declared().every((part) => draft.parts.has(cellText(part)));
  return drafts;
};

/**
 * Takes out, over and over, what binds nothing: a cell that nobody speaks of and that is in one sum only can be whatever
 * the others leave. Without it the sum is one of parts that are not all there is. No bound of another cell changes.
 * @returns the texts of what stays
 */
const pruned = (summed: readonly SummedCell[], drafts: Map<string, Draft>): Set<string> => {
  const sumsOf = new Map<string, Set<Draft>>(summed.map((each) => [each.text, new Set()]));
  for (const draft of drafts.values()) for (const text of [draft.whole, ...draft.parts]) sumsOf.get(text)?.add(draft);
  const unspoken = new Set(summed.filter((each) => !each.listed).map((each) => each.text));
  const waiting = [...unspoken];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    const sums = sumsOf.get(text);
    if (sums === undefined || sums.size > 1) continue;
    sumsOf.delete(text);
    for (const draft of sums) {
      draft.complete = false;
      draft.parts.delete(text);
      if (draft.whole !== text && draft.parts.size > 0) continue;
      drafts.delete(draft.id);
      for (const left of [draft.whole, ...draft.parts]) {
        sumsOf.get(left)?.delete(draft);
        if (unspoken.has(left)) waiting.push(left);
      }
    }
  }
  return new Set(sumsOf.keys());
};

/** Cells joined by relations, and those cells' relations. */
const componentsOf = (
  size: number,
  relations: readonly Relation[],
  touching: (cell: number) => readonly number[],
): Pick<Lattice, 'component' | 'components' | 'relationsIn' | 'placeOf' | 'measured'> => {
  const component = Array.from({ length: size }, () => -1);
  const components: number[][] = [];
  for (let start = 0; start < size; start += 1) {
    if (component[start] !== -1) continue;
    const members: number[] = [start];
    component[start] = components.length;
    for (let at = 0; at < members.length; at += 1)
      for (const relationAt of touching(members[at] ?? 0)) {
        const relation = relations[relationAt];
        if (relation === undefined) continue;
        for (const next of [relation.whole, ...relation.parts])
          if (component[next] === -1) {
            component[next] = components.length;
            members.push(next);
          }
      }
    components.push(members);
  }
  const relationsIn: number[][] = components.map(() => []);
  const placeOf: number[] = [];
  for (const [at, { whole }] of relations.entries()) {
    const list = relationsIn[component[whole] ?? 0];
    placeOf.push(list?.length ?? 0);
    list?.push(at);
  }
  const measured = relationsIn.map((list) => list.some((at) => relations[at]?.measures === true));
  return { component, components, relationsIn, placeOf, measured };
};

/**
 * The lattice over the cells that are spoken of.
 * @param spoken cells with a figure that is not withdrawn, and pinned cells
 */
export const buildLattice = (spoken: readonly string[], scheme: SchemeIndex): Lattice => {
  const summed = summedCells(spoken, scheme);
  const drafts = draftsOf(summed);
  const stays = pruned(summed, drafts);
  const kept = summed.filter((each) => stays.has(each.text));
  const texts = kept.map((each) => each.text);
  const index = new Map(texts.map((text, at) => [text, at]));
  const indexOf = (text: string): number => index.get(text) ?? 0;
  // What has longer chains below it comes later, so that one pass over the sums carries floors all the way up.
  const draftsBelow = new Map<string, Draft[]>();
  for (const draft of drafts.values()) draftsBelow.set(draft.whole, [...(draftsBelow.get(draft.whole) ?? []), draft]);
  const heights = new Map<string, number>();
  const heightOf = (text: string): number => {
    const known = heights.get(text);
    if (known !== undefined) return known;
    let height = 0;
    for (const draft of draftsBelow.get(text) ?? [])
      for (const part of draft.parts) height = Math.max(height, heightOf(part) + 1);
    heights.set(text, height);
    return height;
  };
  const relations: Relation[] = [...drafts.values()]
    .sort((a, b) => heightOf(a.whole) - heightOf(b.whole))
    .map((draft) => ({
      whole: indexOf(draft.whole),
      parts: [...draft.parts].sort().map(indexOf),
      complete: draft.complete,
      overlapping: draft.sum.overlapping,
      measures: draft.sum.measures,
    }));
  const below: number[][] = kept.map(() => []);
  const above: number[][] = kept.map(() => []);
  for (const [at, relation] of relations.entries()) {
    below[relation.whole]?.push(at);
    for (const part of relation.parts) above[part]?.push(at);
  }
  return {
    cells: kept.map((each) => each.cell),
    texts,
    index,
    relations,
    below,
    above,
    listed: kept.map((each) => each.listed),
    ...componentsOf(kept.length, relations, (cell) => [...(below[cell] ?? []), ...(above[cell] ?? [])]),
  };
};
