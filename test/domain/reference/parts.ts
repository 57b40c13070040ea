import { standardMeasures } from '../../../src/domain/vocabulary.js';
import type { BreakdownValue, Scheme } from '../../../src/domain/schema/incident.js';
import { placeOf, textOf, type Place } from './cells.js';

/* Section 5: which cells there are, and which are parts of which. */

export interface Sum {
  readonly whole: string;
  readonly parts: readonly string[];
  readonly complete: boolean;
  readonly overlapping: boolean;
  /** Of a union measure. */
  readonly measures: boolean;
}

/** What a scheme says of one whole: the parts that it is declared to have. */
interface Division {
  readonly complete: boolean;
  readonly overlapping: boolean;
  readonly measures: boolean;
  /** Sides, union groups and union measures: with all their members where the cell has no breakdown. */
  readonly members: boolean;
  /** Declared parts; or, where any value may come, whether a value is one of them. */
  readonly parts: readonly string[] | ((value: string) => boolean);
  readonly key?: string;
}

const memberDivision = (parts: readonly string[], measures: boolean): Division => ({
  complete: true,
  overlapping: false,
  measures,
  members: true,
  parts,
});

/** The measure's own nature: "Or a word of the incident's own", cumulative by default. */
export const isCurrentMeasure = (scheme: Scheme, measure: string): boolean =>
  (scheme.measures.find(({ id }) => id === measure)?.nature ??
    Object.entries(standardMeasures).find(([id]) => id === measure)?.[1]) === 'current';

/** "A cell about nationality `unknown`, a remainder, is current in any measure." */
export const isRemainder = (cell: string): boolean => placeOf(cell).keys['nationality'] === 'unknown';

const homeWords = (home: string): string[] => [home, 'unknown', 'foreign'];

const valueDivisions = (scheme: Scheme, place: Place): Division[] => {
  const divisions: Division[] = [];
  const base = { measures: false, members: false };
  const put = (key: string, value: string): string => textOf({ ...place, keys: { ...place.keys, [key]: value } });
  const declared = new Map(scheme.breakdowns.map((each) => [each.key, each]));
  const keys = new Set(['nationality', 'sex', 'age', 'role', 'place', ...declared.keys()]);
  for (const key of keys) {
    const { complete = false, overlapping = false, values } = declared.get(key) ?? {};
    const at = place.keys[key];
    if (key === 'nationality') {
      const { home } = scheme;
      if (at === undefined)
        divisions.push(
          home === null
            ? { ...base, complete: false, overlapping, key, parts: () => true }
            : { ...base, complete, overlapping, key, parts: homeWords(home).map((value) => put(key, value)) },
        );
      // "`foreign` holds all others, stateless too, and is never complete"
      else if (at === 'foreign' && home !== null)
        divisions.push({
          ...base,
          complete: false,
          overlapping,
          key,
          parts: (value) => !homeWords(home).includes(value),
        });
    } else if (values === undefined) {
      if (at === undefined) divisions.push({ ...base, complete: false, overlapping, key, parts: () => true });
    } else {
      // "Places and other values nest as declared."
      const find = (among: readonly BreakdownValue[]): BreakdownValue | undefined =>
        among.find(({ id }) => id === at) ??
        among.map((each) => find(each.values ?? [])).find((each) => each !== undefined);
      const under = at === undefined ? { complete, overlapping, values } : find(values);
      if (under?.values !== undefined)
        divisions.push({
          ...base,
          complete: under.complete ?? false,
          overlapping: under.overlapping ?? false,
          key,
          parts: under.values.map(({ id }) => put(key, id)),
        });
    }
  }
  return divisions;
};

const divisionsOf = (scheme: Scheme, cell: string, keysSeen: ReadonlySet<string>): Division[] => {
  const place = placeOf(cell);
  const divisions: Division[] = [];
  const isSide = place.who.startsWith('side:');
  if (isSide)
    divisions.push(
      memberDivision(
        scheme.groups
          .filter((group) => 'side' in group && `side:${group.side}` === place.who)
          .map(({ id }) => textOf({ ...place, who: id })),
        false,
      ),
    );
  const union = scheme.groups.find(({ id }) => id === place.who);
  if (union !== undefined && 'of' in union)
    divisions.push(
      memberDivision(
        union.of.map((who) => textOf({ ...place, who })),
        false,
      ),
    );
  const measure = scheme.measures.find(({ id }) => id === place.measure);
  // "A side's union measure is the sum of its groups'."
  if (measure?.of !== undefined && !isSide)
    divisions.push(
      memberDivision(
        measure.of.map((id) => textOf({ ...place, measure: id })),
        true,
      ),
    );
  // A key that nobody declared divides a cell as soon as a figure has it.
  const undeclared = [...keysSeen].filter(
    (key) => !scheme.breakdowns.some((each) => each.key === key) && !standardKeys.includes(key),
  );
  const extended = { ...scheme, breakdowns: [...scheme.breakdowns, ...undeclared.map((key) => ({ key }))] };
  return [...divisions, ...valueDivisions(extended, place)];
};

const standardKeys = ['nationality', 'sex', 'age', 'role', 'place'];

const hasBreakdown = (cell: string): boolean => Object.keys(placeOf(cell).keys).length > 0;

export interface Lattice {
  readonly cells: readonly string[];
  readonly sums: readonly Sum[];
  /** Direct wholes of a cell. */
  readonly wholesOf: (cell: string) => readonly string[];
}

/** Whether a division, of this whole, has the cell as a part. */
const isPart = (whole: string, division: Division, cell: string): boolean => {
  if (typeof division.parts !== 'function') return division.parts.includes(cell);
  const [w, c] = [placeOf(whole), placeOf(cell)];
  const key = division.key ?? '';
  const value = c.keys[key];
  if (value === undefined || !division.parts(value)) return false;
  const { [key]: _, ...others } = c.keys;
  const { [key]: __, ...wholeOthers } = w.keys;
  return (
    c.measure === w.measure &&
    c.who === w.who &&
    value !== w.keys[key] &&
    textOf({ ...c, keys: others }) === textOf({ ...w, keys: wholeOthers })
  );
};

/** Cells that could be a whole of this one. */
const couldBeWholes = (scheme: Scheme, cell: string): string[] => {
  const place = placeOf(cell);
  const other: string[] = [];
  for (const group of scheme.groups) other.push(textOf({ ...place, who: group.id }));
  for (const side of ['victims', 'responders', 'perpetrators']) other.push(textOf({ ...place, who: `side:${side}` }));
  for (const measure of scheme.measures) other.push(textOf({ ...place, measure: measure.id }));
  for (const key of Object.keys(place.keys)) {
    const { [key]: _, ...rest } = place.keys;
    other.push(textOf({ ...place, keys: rest }));
    const ids = (values: readonly BreakdownValue[]): string[] =>
      values.flatMap((value) => [value.id, ...ids(value.values ?? [])]);
    const values =
      key === 'nationality' ? ['foreign'] : ids(scheme.breakdowns.find((each) => each.key === key)?.values ?? []);
    for (const value of values) other.push(textOf({ ...place, keys: { ...place.keys, [key]: value } }));
  }
  return other;
};

/**
 * "The cells of the sums are those with a figure not withdrawn and their wholes; sides, union groups and union measures of
 * cells without a breakdown, with all their members; with one, where a figure is about them or about a part of them; and
 * the declared values of a complete key beside a cell that is there."
 */
export const latticeOf = (scheme: Scheme, figured: readonly string[]): Lattice => {
  const keysSeen = new Set(figured.flatMap((cell) => Object.keys(placeOf(cell).keys)));
  const divisions = new Map<string, Division[]>();
  const dividing = (cell: string): Division[] => {
    const known = divisions.get(cell) ?? divisionsOf(scheme, cell, keysSeen);
    divisions.set(cell, known);
    return known;
  };
  const wholes = new Map<string, string[]>();
  const wholesOf = (cell: string): string[] => {
    const known =
      wholes.get(cell) ??
      couldBeWholes(scheme, cell).filter((whole) => dividing(whole).some((each) => isPart(whole, each, cell)));
    wholes.set(cell, known);
    return known;
  };
  const there = new Set<string>();
  const about = new Set<string>();
  const waiting: { readonly cell: string; readonly about: boolean }[] = figured.map((cell) => ({ cell, about: true }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { cell } = next;
    if (there.has(cell) && (about.has(cell) || !next.about)) continue;
    there.add(cell);
    if (next.about) about.add(cell);
    for (const whole of wholesOf(cell)) {
      // With a breakdown: only where a figure is about it or a part of it.
      if (next.about || !hasBreakdown(cell)) waiting.push({ cell: whole, about: next.about });
      for (const division of dividing(whole))
        // (Beside the others too there would be the product of all complete keys for one figure.)
        if (next.about && division.complete && typeof division.parts !== 'function' && division.parts.includes(cell))
          for (const part of division.parts) waiting.push({ cell: part, about: false });
    }
    // "with one, where a figure is about them or about a part of them": with their members too, then.
    if (next.about || !hasBreakdown(cell))
      for (const division of dividing(cell))
        if (division.members && typeof division.parts !== 'function')
          for (const part of division.parts) waiting.push({ cell: part, about: false });
  }
  const cells = [...there].toSorted();
  const sums = cells.flatMap((whole) =>
    dividing(whole).flatMap((division): Sum[] => {
      const parts = cells.filter((cell) => isPart(whole, division, cell));
      const { complete, overlapping, measures } = division;
      if (parts.length === 0) return [];
      // A declared part that is not there is [0, ∞): then nothing bounds the whole from above.
      const all = typeof division.parts !== 'function' && division.parts.every((part) => there.has(part));
      return [{ whole, parts, complete: complete && all, overlapping, measures }];
    }),
  );
  return { cells, sums, wholesOf: (cell) => wholesOf(cell).filter((whole) => there.has(whole)) };
};
