import type { BreakdownValue, Estimate, Incident } from '../api/shapes.js';
import { printed } from '../words/format-number.js';
import { readCell, sideOf, type CellName } from './cell-text.js';

export interface Row {
  readonly estimate: Estimate;
  /** 0 for the group as a whole, then one more for each step into its breakdown. */
  readonly depth: number;
  /** The breakdown pairs that the row is about and the row above it is not; empty for the whole. */
  readonly own: CellName['breakdown'];
}

/** One group (or side) of a measure, the whole first. */
export interface Block {
  readonly who: string;
  readonly rows: readonly Row[];
}

export interface Section {
  readonly measure: string;
  readonly blocks: readonly Block[];
  /** The right end of every range bar of the section, so that its bars can be compared. */
  readonly scaleMax: number;
}

const measureOrder = [
  'killed',
  'presumedDead',
  'missing',
  'injured',
  'held',
  'freed',
  'escaped',
  'present',
  'displaced',
  'arrested',
];
const sideOrder = ['victims', 'responders', 'perpetrators'];

/** The group of figures that mix sides: nothing else can be compared with it. */
export const mixed = 'all';

type Scheme = Pick<Incident, 'headline' | 'home' | 'groups' | 'breakdowns'>;

const placeIn = (order: readonly string[], word: string): number => {
  const at = order.indexOf(word);
  return at < 0 ? order.length : at;
};

const sideOfGroup = (who: string, scheme: Scheme): string | null =>
  scheme.groups.find((group) => group.id === who)?.side ?? null;

/** Sides with their groups below each, then unions across sides, then the group `all`, which is part of none. */
function whoOrder(who: string, scheme: Scheme): readonly number[] {
  const side = sideOf(who);
  if (side !== null) return [placeIn(sideOrder, side), 0];
  if (who === mixed) return [sideOrder.length + 2, 0];
  const at = scheme.groups.findIndex((group) => group.id === who);
  return [placeIn(sideOrder, scheme.groups[at]?.side ?? ''), at + 1];
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The value that directly holds this one, by the scheme's nesting; `null` at the top or where undeclared. */
export function holderOf(key: string, value: string, scheme: Pick<Incident, 'home' | 'breakdowns'>): string | null {
  if (key === 'nationality') {
    // Without a home country nobody is foreign, and all nationalities stand side by side.
    if (scheme.home === null || ['foreign', 'unknown', scheme.home].includes(value)) return null;
    return 'foreign';
  }
  const search = (values: readonly BreakdownValue[] | undefined, holder: string | null): string | null => {
    for (const entry of values ?? []) {
      if (entry.id === value) return holder;
      const found = search(entry.values, entry.id);
      if (found !== null) return found;
    }
    return null;
  };
  return search(scheme.breakdowns?.find((declared) => declared.key === key)?.values, null);
}

const textOf = (breakdown: CellName['breakdown']): string =>
  breakdown.map(([key, value]) => `${key}=${value}`).join('/');

/** What directly holds a breakdown: one value widened, or one key left out. */
function widerThan(breakdown: CellName['breakdown'], scheme: Scheme): readonly CellName['breakdown'][] {
  return breakdown.flatMap((pair, at) => {
    const holder = holderOf(pair[0], pair[1], scheme);
    const without = breakdown.toSpliced(at, 1);
    return holder === null ? [without] : [breakdown.with(at, [pair[0], holder]), without];
  });
}

/** The nearest cell present that this one is a part of; the whole, '', where there is none between. */
function parentOf(breakdown: CellName['breakdown'], present: ReadonlySet<string>, scheme: Scheme): string {
  let level: readonly CellName['breakdown'][] = [breakdown];
  while (level.length > 0) {
    level = level.flatMap((entry) => widerThan(entry, scheme)).filter((entry) => entry.length > 0);
    const found = level.map(textOf).find((text) => present.has(text));
    if (found !== undefined) return found;
  }
  return '';
}

interface Entry {
  readonly text: string;
  readonly cell: CellName;
  readonly estimate: Estimate;
}

function arrangeRows(entries: readonly Entry[], scheme: Scheme): readonly Row[] {
  const present = new Set(entries.map((entry) => entry.text));
  const children = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.text === '') continue;
    const parent = parentOf(entry.cell.breakdown, present, scheme);
    children.set(parent, [...(children.get(parent) ?? []), entry]);
  }
  const keyOrder = (scheme.breakdowns ?? []).map((declared) => declared.key);
  const order = ({ cell, estimate }: Entry): readonly number[] => [
    placeIn(keyOrder, cell.breakdown[0]?.[0] ?? ''),
    // What is not known of the others comes last, whatever its number.
    cell.breakdown.some(([, value]) => value === 'unknown') ? 1 : 0,
    -(printed(estimate.best) ?? -1),
  ];
  const rows: Row[] = [];
  const add = (text: string, depth: number, above: CellName['breakdown']): void => {
    const siblings = (children.get(text) ?? []).toSorted(
      (a, b) => compareLists(order(a), order(b)) || (a.text < b.text ? -1 : 1),
    );
    for (const { cell, estimate, text: own } of siblings) {
      const pairs = cell.breakdown.filter(([key, value]) => !above.some(([k, v]) => k === key && v === value));
      rows.push({ estimate, depth, own: pairs });
      add(own, depth + 1, cell.breakdown);
    }
  };
  const whole = entries.find((entry) => entry.text === '');
  if (whole !== undefined) rows.push({ estimate: whole.estimate, depth: 0, own: [] });
  add('', 1, []);
  return rows;
}

/**
 * A side of which one group alone was reported on repeats that group, part by part. What nobody said of the side itself
 * is left out then; its whole stays in the headline's measure, where sides are compared.
 */
function withoutRepetitions(
  entries: readonly Entry[],
  groups: readonly (readonly Entry[])[],
  keepWhole: boolean,
): readonly Entry[] {
  const [only, ...others] = groups;
  if (only === undefined || others.length > 0) return entries;
  const ofGroup = new Set(only.map((entry) => entry.text));
  return entries.filter(
    ({ text, estimate }) => estimate.status !== 'derived' || !ofGroup.has(text) || (keepWhole && text === ''),
  );
}

/** The highest number that a bar shows. An implied bound counts only while it does not dwarf what was reported. */
function scaleMaxOf(entries: readonly Entry[]): number {
  const estimates = entries.map((entry) => entry.estimate);
  const said = Math.max(
    1,
    ...estimates.flatMap(({ best, reported, confirmed }) => [
      best?.high ?? best?.low ?? 0,
      reported?.high ?? reported?.low ?? 0,
      confirmed ?? 0,
    ]),
  );
  const implied = estimates.map((estimate) => estimate.implied?.high ?? 0).filter((high) => high <= said * 1.5);
  return Math.max(said, ...implied);
}

/** The sections with the scale of a longer history, so that bars keep their scale while time moves. */
export function scaledFor(sections: readonly Section[], estimates: Iterable<Estimate>): readonly Section[] {
  const tops = new Map<string, number>();
  for (const { cell, best, reported, confirmed } of estimates) {
    const { measure, who } = readCell(cell);
    if (who === mixed) continue;
    const top = Math.max(best?.high ?? best?.low ?? 0, reported?.high ?? reported?.low ?? 0, confirmed ?? 0);
    if (top > (tops.get(measure) ?? 0)) tops.set(measure, top);
  }
  return sections.map((section) => ({
    ...section,
    scaleMax: Math.max(section.scaleMax, tops.get(section.measure) ?? 0),
  }));
}

/** All cells of a tally in reading order: by measure (the headline's first), by side and group, wholes before parts. */
export function arrangeCells(cells: readonly Estimate[], scheme: Scheme): readonly Section[] {
  const sections = new Map<string, Map<string, Entry[]>>();
  for (const estimate of cells) {
    const cell = readCell(estimate.cell);
    const blocks = sections.get(cell.measure) ?? new Map<string, Entry[]>();
    blocks.set(cell.who, [...(blocks.get(cell.who) ?? []), { text: textOf(cell.breakdown), cell, estimate }]);
    sections.set(cell.measure, blocks);
  }
  const first = readCell(scheme.headline).measure;
  const order = (measure: string): number => (measure === first ? -1 : placeIn(measureOrder, measure));
  return [...sections]
    .toSorted(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))
    .map(([measure, blocks]) => ({
      measure,
      blocks: [...blocks]
        .toSorted(([a], [b]) => compareLists(whoOrder(a, scheme), whoOrder(b, scheme)))
        .map(([who, entries]) => {
          const side = sideOf(who);
          const groups = side === null ? [] : [...blocks].filter(([other]) => sideOfGroup(other, scheme) === side);
          const ofGroups = groups.map(([, of]) => of);
          const shown = side === null ? entries : withoutRepetitions(entries, ofGroups, measure === first);
          return { who, rows: arrangeRows(shown, scheme) };
        })
        .filter((block) => block.rows.length > 0),
      scaleMax: scaleMaxOf([...blocks].filter(([who]) => who !== mixed).flatMap(([, entries]) => entries)),
    }));
}

/** The groups that make up a side's count, without a breakdown; none for another cell. */
export function groupsOf(cell: string, cells: readonly Estimate[], scheme: Scheme): readonly Estimate[] {
  const { measure, who, breakdown } = readCell(cell);
  const side = sideOf(who);
  if (side === null || breakdown.length > 0) return [];
  return cells.filter((estimate) => {
    const other = readCell(estimate.cell);
    return other.measure === measure && other.breakdown.length === 0 && sideOfGroup(other.who, scheme) === side;
  });
}
