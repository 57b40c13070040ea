import { groupAll, standardMeasures, type Nature, type Side } from '../vocabulary.js';
import { sidePrefix, type Cell } from '../cell.js';
import type { BreakdownValue, Scheme } from '../schema/incident.js';

/** One level of a breakdown: values that split the same whole. */
export interface Level {
  readonly complete: boolean;
  readonly overlapping: boolean;
  /** All values of the level where it is complete; else `null`: those that occur. */
  readonly values: readonly string[] | null;
}

export interface KeyIndex {
  /** The value that a value is part of; `null` at the top. */
  readonly parentOf: (value: string) => string | null;
  /** The level below a value, or the top level (`null`). */
  readonly levelBelow: (value: string | null) => Level;
}

/** A scheme with what the sums ask of it at hand. */
export interface SchemeIndex {
  readonly scheme: Scheme;
  readonly natureOf: (cell: Cell) => Nature;
  readonly sideOf: (group: string) => Side | null;
  readonly groupsOf: (side: Side) => readonly string[];
  /** Union groups with their members. */
  readonly unionGroups: readonly { readonly id: string; readonly of: readonly string[] }[];
  readonly unionMeasures: readonly { readonly id: string; readonly of: readonly string[] }[];
  readonly key: (key: string) => KeyIndex;
}

const openLevel: Level = { complete: false, overlapping: false, values: null };

const nationalityIndex = (home: string | null, top: Level): KeyIndex => ({
  parentOf: (value) =>
    home === null || value === home || value === 'foreign' || value === 'unknown' ? null : 'foreign',
  levelBelow: (value) => (value === null ? top : { ...openLevel, overlapping: top.overlapping }),
});

const valuesIndex = (top: Level, values: readonly BreakdownValue[]): KeyIndex => {
  const parents = new Map<string, string | null>();
  const levels = new Map<string, Level>();
  const walk = (parent: string | null, children: readonly BreakdownValue[]): void => {
    for (const child of children) {
      parents.set(child.id, parent);
      const below = child.values ?? [];
      levels.set(child.id, {
        complete: child.complete ?? false,
        overlapping: child.overlapping ?? false,
        values: child.complete ? below.map((value) => value.id) : null,
      });
      walk(child.id, below);
    }
  };
  walk(null, values);
  return {
    parentOf: (value) => parents.get(value) ?? null,
    levelBelow: (value) => (value === null ? top : (levels.get(value) ?? openLevel)),
  };
};

export const indexScheme = (scheme: Scheme): SchemeIndex => {
  const natures = new Map<string, Nature>(Object.entries(standardMeasures));
  for (const measure of scheme.measures) natures.set(measure.id, measure.nature ?? 'cumulative');
  const sides = new Map<string, Side>();
  const groups = new Map<Side, string[]>();
  const unionGroups: { id: string; of: readonly string[] }[] = [];
  for (const group of scheme.groups)
    if ('side' in group) {
      sides.set(group.id, group.side);
      groups.set(group.side, [...(groups.get(group.side) ?? []), group.id]);
    } else unionGroups.push({ id: group.id, of: group.of });
  const keys = new Map<string, KeyIndex>();
  for (const declared of scheme.breakdowns) {
    const values = declared.values ?? [];
    const complete = declared.complete ?? false;
    const top: Level = {
      complete,
      overlapping: declared.overlapping ?? false,
      values: complete ? values.map((value) => value.id) : null,
    };
    keys.set(
      declared.key,
      declared.key === 'nationality'
        ? nationalityIndex(scheme.home, {
            ...top,
            values: complete && scheme.home !== null ? [scheme.home, 'foreign', 'unknown'] : null,
            complete: complete && scheme.home !== null,
          })
        : valuesIndex(top, values),
    );
  }
  const undeclared = valuesIndex(openLevel, []);
  const undeclaredNationality = nationalityIndex(scheme.home, openLevel);
  return {
    scheme,
    natureOf: (cell) =>
      cell.breakdown.some(([key, value]) => key === 'nationality' && value === 'unknown')
        ? 'current'
        : (natures.get(cell.measure) ?? 'cumulative'),
    sideOf: (group) => (group === groupAll ? null : (sides.get(group) ?? null)),
    groupsOf: (side) => groups.get(side) ?? [],
    unionGroups,
    unionMeasures: scheme.measures.flatMap((measure) =>
      measure.of === undefined ? [] : [{ id: measure.id, of: measure.of }],
    ),
    key: (key) => keys.get(key) ?? (key === 'nationality' ? undeclaredNationality : undeclared),
  };
};

export const sideCell = (cell: Cell, side: Side): Cell => ({ ...cell, who: `${sidePrefix}${side}` });
