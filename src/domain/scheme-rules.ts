import { bounds } from './bounds.js';
import { cellText, parseCell, sidePrefix, type Cell } from './cell.js';
import { isCountry } from './countries.js';
import type { FieldError } from './refusal.js';
import type { BreakdownValue, IncidentAsOpened, Scheme } from './schema/incident.js';
import { schemeIdSchema, slugIdSchema } from './schema/text.js';
import { groupAll, nationalityWords, sides, standardMeasures } from './vocabulary.js';

const nationality = 'nationality';
const foreign = 'foreign';
export const defaultHeadline = 'killed/side:victims';

const isStandardMeasure = (id: string): boolean => Object.hasOwn(standardMeasures, id);

// A member that is absent is left out, so that what is stored is what is read back.
const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });

const normaliseValue = (value: BreakdownValue): BreakdownValue => ({
  id: value.id,
  ...optional('complete', value.complete),
  ...optional('overlapping', value.overlapping),
  ...optional('values', value.values?.map(normaliseValue)),
});

/**
 * The scheme of an incident with its defaults filled in and its members in one order, as it is stored. The flags of
 * breakdowns stay as given: absent is false.
 */
export const normaliseScheme = (incident: Omit<IncidentAsOpened, 'slug'>): Scheme => ({
  title: incident.title,
  place: incident.place,
  from: incident.from,
  to: incident.to ?? null,
  home: incident.home ?? null,
  method: incident.method ?? 'most-authoritative/1',
  lexicon: incident.lexicon ?? 'plain/1',
  headline: incident.headline ?? defaultHeadline,
  groups: incident.groups.map((group) =>
    'side' in group ? { id: group.id, side: group.side } : { id: group.id, of: [...group.of] },
  ),
  measures: (incident.measures ?? []).map((measure) => ({
    id: measure.id,
    ...optional('of', measure.of?.slice()),
    nature: measure.nature ?? 'cumulative',
  })),
  breakdowns: (incident.breakdowns ?? []).map((breakdown) => ({
    key: breakdown.key,
    ...optional('overlapping', breakdown.overlapping),
    ...optional('complete', breakdown.complete),
    ...optional('values', breakdown.values?.map(normaliseValue)),
  })),
});

/**
 * What is wrong with a scheme beyond the shape of its members: all of it, in the order of the body. Empty: nothing.
 * The scheme has to have passed its schema.
 */
export const checkScheme = (scheme: Omit<IncidentAsOpened, 'slug'>): FieldError[] => {
  const errors: FieldError[] = [
    ...checkPeriod(scheme),
    ...checkHome(scheme),
    ...checkGroups(scheme.groups),
    ...checkMeasures(scheme.measures ?? []),
    ...(scheme.breakdowns ?? []).flatMap((breakdown, place) => checkBreakdown(scheme, breakdown, place)),
    ...duplicates(
      (scheme.breakdowns ?? []).map((breakdown) => breakdown.key),
      (place) => `/breakdowns/${place}/key`,
      'breakdown key',
    ),
  ];
  // A headline can only be looked up in a scheme that holds by itself.
  return errors.length > 0 ? errors : checkHeadline(normaliseScheme(scheme));
};

const checkPeriod = ({ from, to }: Pick<IncidentAsOpened, 'from' | 'to'>): FieldError[] =>
  to !== null && to !== undefined && to < from
    ? [{ pointer: '/to', rule: 'not before from', detail: `The incident ends (${to}) before it begins (${from}).` }]
    : [];

const checkHome = ({ home }: Pick<IncidentAsOpened, 'home'>): FieldError[] =>
  home !== null && home !== undefined && !isCountry(home)
    ? [{ pointer: '/home', rule: 'known country', detail: `${home} is not an ISO 3166-1 alpha-2 code.` }]
    : [];

const duplicates = (ids: readonly string[], pointer: (place: number) => string, what: string): FieldError[] => {
  const seen = new Set<string>();
  const errors: FieldError[] = [];
  for (const [place, id] of ids.entries()) {
    if (seen.has(id))
      errors.push({ pointer: pointer(place), rule: 'unique', detail: `The ${what} ${id} is given twice.` });
    seen.add(id);
  }
  return errors;
};

interface Union {
  readonly id: string;
  readonly place: number;
  readonly of: readonly string[];
}

/** Members given once, no union inside itself, and nobody counted twice through a union inside the union. */
const checkUnions = (unions: readonly Union[], list: 'groups' | 'measures'): FieldError[] => {
  const byId = new Map(unions.map((union) => [union.id, union]));
  const what = list === 'groups' ? 'group' : 'measure';
  const errors: FieldError[] = [];
  for (const { id, place, of } of unions) {
    const pointer = (member: number): string => `/${list}/${place}/of/${member}`;
    const twice = duplicates(of, pointer, 'member');
    errors.push(...twice);
    const leafOf = new Map<string, string>();
    for (const [member, name] of of.entries()) {
      const { leaves, reached } = expand(name, byId);
      if (reached.has(id)) {
        errors.push({
          pointer: pointer(member),
          rule: 'no cycle',
          detail: `The ${what} ${id} would be a part of itself.`,
        });
        continue;
      }
      if (twice.length > 0) continue;
      for (const leaf of leaves) {
        const other = leafOf.get(leaf);
        if (other !== undefined)
          errors.push({
            pointer: pointer(member),
            rule: 'disjoint members',
            detail: `${leaf} would be counted twice in ${id}: as a part of ${other} and of ${name}.`,
          });
        leafOf.set(leaf, name);
      }
    }
  }
  return errors;
};

/** Everything that a member stands for, and every id on the way; stops at what it has seen, so cycles end. */
const expand = (
  name: string,
  byId: ReadonlyMap<string, Union>,
): { readonly leaves: readonly string[]; readonly reached: ReadonlySet<string> } => {
  const reached = new Set<string>();
  const leaves: string[] = [];
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    const union = byId.get(next);
    if (union === undefined) leaves.push(next);
    else waiting.push(...union.of);
  }
  return { leaves, reached };
};

const checkGroups = (groups: IncidentAsOpened['groups']): FieldError[] => {
  const errors = duplicates(
    groups.map((group) => group.id),
    (place) => `/groups/${place}/id`,
    'group',
  );
  const known = new Map(groups.map((group) => [group.id, group]));
  const unions: Union[] = [];
  for (const [place, group] of groups.entries()) {
    if (group.id === groupAll)
      errors.push({
        pointer: `/groups/${place}/id`,
        rule: 'not a standard group',
        detail: 'The group all needs no declaration: it takes figures that mix sides.',
      });
    if ('side' in group) continue;
    unions.push({ id: group.id, place, of: group.of });
    for (const [member, name] of group.of.entries()) {
      const part = known.get(name);
      if (part === undefined || name === groupAll)
        errors.push({
          pointer: `/groups/${place}/of/${member}`,
          rule: 'declared group',
          detail: `The group ${name} is not declared.`,
        });
      else if ('side' in part && part.side === 'perpetrators')
        errors.push({
          pointer: `/groups/${place}/of/${member}`,
          rule: 'no perpetrators in a union',
          detail: `${name} are perpetrators: a union group joins victims and responders only.`,
        });
    }
  }
  return [...errors, ...checkUnions(unions, 'groups')];
};

const checkMeasures = (measures: NonNullable<IncidentAsOpened['measures']>): FieldError[] => {
  const errors = duplicates(
    measures.map((measure) => measure.id),
    (place) => `/measures/${place}/id`,
    'measure',
  );
  const known = new Set(measures.map((measure) => measure.id));
  const unions: Union[] = [];
  for (const [place, measure] of measures.entries()) {
    if (isStandardMeasure(measure.id))
      errors.push({
        pointer: `/measures/${place}/id`,
        rule: 'not a standard measure',
        detail: `The measure ${measure.id} is a standard one and needs no declaration.`,
      });
    if (measure.of === undefined) continue;
    unions.push({ id: measure.id, place, of: measure.of });
    for (const [member, name] of measure.of.entries())
      if (!known.has(name) && !isStandardMeasure(name))
        errors.push({
          pointer: `/measures/${place}/of/${member}`,
          rule: 'declared measure',
          detail: `The measure ${name} is neither a standard one nor declared.`,
        });
  }
  return [...errors, ...checkUnions(unions, 'measures')];
};

const checkBreakdown = (
  scheme: Pick<IncidentAsOpened, 'home'>,
  breakdown: NonNullable<IncidentAsOpened['breakdowns']>[number],
  place: number,
): FieldError[] => {
  const at = `/breakdowns/${place}`;
  if (breakdown.key === nationality) {
    if (breakdown.values !== undefined)
      return [
        {
          pointer: `${at}/values`,
          rule: 'nationality declares no values',
          detail: 'The values of nationality are ISO 3166-1 codes, foreign, unknown and stateless.',
        },
      ];
    return breakdown.complete === true && (scheme.home ?? null) === null
      ? [
          {
            pointer: `${at}/complete`,
            rule: 'complete needs a home country',
            detail: 'Nationality is complete as home, foreign and unknown: the incident has no home country.',
          },
        ]
      : [];
  }
  if (breakdown.complete === true && breakdown.values === undefined)
    return [completeNeedsValues(`${at}/complete`, breakdown.key)];
  return checkValues(breakdown.key, breakdown.values ?? [], `${at}/values`);
};

const completeNeedsValues = (pointer: string, name: string): FieldError => ({
  pointer,
  rule: 'complete needs values',
  detail: `${name} can only be complete with its values declared.`,
});

const checkValues = (key: string, top: readonly BreakdownValue[], topPointer: string): FieldError[] => {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  // With a list of what waits and not by recursion: how deep a body nests is up to who sends it.
  const waiting = [{ values: top, pointer: topPointer, level: 1 }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (next.level > bounds.valueLevelsInBreakdownMax) {
      errors.push({
        pointer: next.pointer,
        rule: `at most ${bounds.valueLevelsInBreakdownMax} levels`,
        detail: `The values of ${key} nest more than ${bounds.valueLevelsInBreakdownMax} levels deep.`,
      });
      continue;
    }
    for (const [place, value] of next.values.entries()) {
      const pointer = `${next.pointer}/${place}`;
      if (seen.has(value.id))
        errors.push({
          pointer: `${pointer}/id`,
          rule: 'unique',
          detail: `The value ${value.id} of ${key} is given twice.`,
        });
      seen.add(value.id);
      if (value.complete === true && value.values === undefined)
        errors.push(completeNeedsValues(`${pointer}/complete`, value.id));
      if (value.values !== undefined)
        waiting.push({ values: value.values, pointer: `${pointer}/values`, level: next.level + 1 });
    }
  }
  return errors;
};

const checkHeadline = (scheme: Scheme): FieldError[] => {
  const pointer = '/headline';
  const cell = parseCell(scheme.headline);
  if (cell === null)
    return [
      {
        pointer,
        rule: 'cell in text',
        detail: `${scheme.headline} is not a cell: measure/group, then /key=value with the keys in alphabetical order.`,
      },
    ];
  return checkCell(scheme, cell).map((error) => ({ pointer, rule: error.rule, detail: error.detail }));
};

interface SchemeLookup {
  readonly groups: ReadonlySet<string>;
  readonly measures: ReadonlySet<string>;
  /** Declared values by key, of all levels; `null` for a key without. */
  readonly values: ReadonlyMap<string, ReadonlySet<string> | null>;
}

// One scheme is asked about every figure of a report; it never changes once it is made.
const lookups = new WeakMap<Scheme, SchemeLookup>();

const lookupOf = (scheme: Scheme): SchemeLookup => {
  const known = lookups.get(scheme);
  if (known !== undefined) return known;
  const idsOf = (values: readonly BreakdownValue[]): string[] =>
    values.flatMap((value) => [value.id, ...idsOf(value.values ?? [])]);
  const lookup: SchemeLookup = {
    groups: new Set(scheme.groups.map((group) => group.id)),
    measures: new Set(scheme.measures.map((measure) => measure.id)),
    values: new Map(
      scheme.breakdowns.map(({ key, values }) => [key, values === undefined ? null : new Set(idsOf(values))]),
    ),
  };
  lookups.set(scheme, lookup);
  return lookup;
};

/**
 * Why a cell is none of an incident's: measure or group not declared, a side that there is not, a value that its key
 * does not take, a country unknown. Empty: it is one.
 * @returns pointers relative to a figure: `/measure`, `/group`, `/side`, `/breakdown/nationality`
 */
export const checkCell = (scheme: Scheme, cell: Cell): FieldError[] => {
  const { groups, measures, values } = lookupOf(scheme);
  const errors: FieldError[] = [];
  if (!isStandardMeasure(cell.measure) && !measures.has(cell.measure))
    errors.push({
      pointer: '/measure',
      rule: 'declared measure',
      detail: `The measure ${cell.measure} is neither a standard one nor declared by the incident.`,
    });
  if (cell.who.startsWith(sidePrefix)) {
    const side = cell.who.slice(sidePrefix.length);
    if (!sides.some((known) => known === side))
      errors.push({ pointer: '/side', rule: 'known side', detail: `${side} is not a side: ${sides.join(', ')} are.` });
  } else if (cell.who !== groupAll && !groups.has(cell.who))
    errors.push({
      pointer: '/group',
      rule: 'declared group',
      detail: `The group ${cell.who} is not declared by the incident.`,
    });
  if (cell.breakdown.length > bounds.breakdownKeysInCellMax)
    errors.push({
      pointer: '/breakdown',
      rule: `at most ${bounds.breakdownKeysInCellMax} keys`,
      detail: `${cellText(cell)} has ${cell.breakdown.length} breakdown keys.`,
    });
  for (const [key, value] of cell.breakdown) {
    const wrong =
      key === nationality ? checkNationality(scheme, value) : checkValue(key, value, values.get(key) ?? null);
    if (wrong !== null) errors.push({ pointer: `/breakdown/${key}`, ...wrong });
  }
  return errors;
};

const checkNationality = (scheme: Scheme, value: string): Omit<FieldError, 'pointer'> | null => {
  if (value === foreign && scheme.home === null)
    return {
      rule: 'foreign needs a home country',
      detail: 'foreign is everyone but home, and the incident has no home country.',
    };
  if (isCountry(value) || nationalityWords.some((word) => word === value)) return null;
  return {
    rule: 'known country',
    detail: `${value} is not a nationality: an ISO 3166-1 alpha-2 code in upper case, ${nationalityWords.join(', ')}.`,
  };
};

const checkValue = (
  key: string,
  value: string,
  declared: ReadonlySet<string> | null,
): Omit<FieldError, 'pointer'> | null => {
  if (declared !== null)
    return declared.has(value)
      ? null
      : { rule: 'declared value', detail: `${value} is not one of the values that the incident declares for ${key}.` };
  // Of a figure it is known already; a cell in an address may name anything.
  if (!schemeIdSchema.safeParse(key).success)
    return {
      rule: 'breakdown key',
      detail: `${key} cannot be a breakdown key: letters, digits, dots, dashes, underscores.`,
    };
  return slugIdSchema.safeParse(value).success
    ? null
    : {
        rule: 'lower-case slug',
        detail: `The values of ${key} are not declared, so ${value} has to be a lower-case slug.`,
      };
};
