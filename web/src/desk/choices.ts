import type { Incident, QuantityKind } from '../api/shapes.js';
import { keyName, measureName, whoName } from '../words/names.js';
import { kindInWords, reasonInWords } from '../words/sentences.js';

type Choice = readonly [value: string, label: string];

const standardMeasures = [
  'killed',
  'injured',
  'missing',
  'held',
  'freed',
  'escaped',
  'arrested',
  'presumedDead',
  'present',
  'displaced',
];

/** Measures of an incident, its own first. */
export const measuresOf = (incident: Pick<Incident, 'measures'>): readonly string[] => [
  ...standardMeasures,
  ...(incident.measures ?? []).map(({ id }) => id).filter((id) => !standardMeasures.includes(id)),
];

/** Groups, sides, and what mixes them. */
export function whosOf({ groups }: Pick<Incident, 'groups'>): readonly string[] {
  const sides = [...new Set(groups.flatMap(({ side }) => side ?? []))];
  return [...groups.map(({ id }) => id), ...sides.map((side) => `side:${side}`), 'all'];
}

export const measureChoices = (incident: Incident): readonly Choice[] =>
  measuresOf(incident).map((id) => [id, measureName(id)]);

export const whoChoices = (incident: Incident): readonly Choice[] => whosOf(incident).map((id) => [id, whoName(id)]);

const standardKeys = ['nationality', 'sex', 'age', 'role', 'place'];

export function keyChoices({ breakdowns = [] }: Pick<Incident, 'breakdowns'>): readonly Choice[] {
  const declared = breakdowns.map(({ key }) => key);
  return [...declared, ...standardKeys.filter((key) => !declared.includes(key))].map((key) => [key, keyName(key)]);
}

const speakerKinds = ['authority', 'official', 'organisation', 'witness', 'press', 'party'];

const kindExamples: Readonly<Record<string, string>> = {
  authority: 'ministry, coroner, prosecutor, government',
  official: 'inside such a body, not authorised to count',
  organisation: 'hospital, company, NGO, UN body',
  witness: 'a person who was there, a local source',
  press: 'a news organisation',
  party: 'a party to the conflict',
};

export const kindChoices: readonly Choice[] = speakerKinds.map((kind) => [
  kind,
  (kindInWords(kind).split(',')[0] ?? kind).replace(/^./u, (first) => first.toUpperCase()),
]);

/** Whom a kind of source means, for those who have to choose. */
export const kindExample = (kind: string): string => kindExamples[kind] ?? 'how close it is to the count';

const quantityWords: Readonly<Record<QuantityKind, string>> = {
  exactly: 'exactly',
  atLeast: 'at least',
  moreThan: 'more than',
  atMost: 'at most',
  fewerThan: 'fewer than',
  between: 'between',
  about: 'about',
  vague: 'a word, such as dozens',
  unspecified: 'no number given',
};

export const quantityChoices: readonly Choice[] = Object.entries(quantityWords);

export const basisChoices: readonly Choice[] = [
  ['total', 'all of them, as known then'],
  ['partial', 'those that it knows of: a part'],
  ['additional', 'on top of an earlier number'],
  ['sum', 'a sum of others’ figures'],
];

const givenReasons = [
  'doubleCount',
  'reclassified',
  'missingToDead',
  'missingToSafe',
  'neverPresent',
  'lateDeath',
  'remainsMerged',
  'fraud',
  'arithmetic',
  'scopeChange',
  'sumWithdrawn',
];

export const reasonChoices: readonly Choice[] = givenReasons.map((reason) => [reason, reasonInWords(reason)]);
