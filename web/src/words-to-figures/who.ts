import { idWords, singular } from './singular.js';
import { declaredValues, type Scheme, type Who } from './scheme.js';
import { peopleNoun, roleSlug, type PeopleNoun } from './people-nouns.js';

type Group = Scheme['groups'][number];

const responderWords = new Set([
  'responder',
  'rescuer',
  'force',
  'security',
  'emergency',
  'service',
  'service-personnel',
  'military',
  'troop',
  'personnel',
]);

const onSide = (scheme: Scheme, side: string): readonly Group[] =>
  scheme.groups.filter((group) => group.side === side && group.of === undefined);

/** One group of the side, or the side where it has several; `null` where it has none. */
export function sideOrGroup(scheme: Scheme, side: string): Who | null {
  const groups = onSide(scheme, side);
  if (groups.length === 0) return null;
  return groups.length === 1 && groups[0] !== undefined ? { group: groups[0].id } : { side };
}

/** Whom a number of people counts when nothing is said of them: those it happened to. */
export function defaultWho(scheme: Scheme): Who {
  const named = scheme.groups.find(({ id }) => id === 'people' || id === 'persons');
  if (named !== undefined) return { group: named.id };
  const victims = sideOrGroup(scheme, 'victims');
  if (victims !== null) return victims;
  const [only, another] = scheme.groups;
  return only !== undefined && another === undefined ? { group: only.id } : { group: 'all' };
}

const endsWith = (words: readonly string[], tail: readonly string[]): boolean =>
  tail.length <= words.length && tail.every((word, index) => words[words.length - tail.length + index] === word);

/** The group that the words of a noun phrase name ("the Algerian workers"), the one of most words first. */
export function groupNamed(scheme: Scheme, words: readonly string[]): string | null {
  const singulars = words.map(singular);
  let best: { readonly id: string; readonly length: number } | null = null;
  for (const { id } of scheme.groups) {
    const named = idWords(id);
    for (let cut = singulars.length; cut >= named.length; cut -= 1)
      if (endsWith(singulars.slice(0, cut), named) && (best === null || named.length > best.length))
        best = { id, length: named.length };
  }
  return best?.id ?? qualified(scheme, singulars);
}

/** "Regime soldiers" under a group `regime-forces`: what sets the group apart is said, its head in another word. */
function qualified(scheme: Scheme, singulars: readonly string[]): string | null {
  const head = peopleNoun(singulars.at(-1) ?? '');
  if (head === null || (head.noun !== 'responder' && head.noun !== 'perpetrator')) return null;
  const found = scheme.groups.find(({ id }) => {
    const words = idWords(id);
    const last = words.at(-1) ?? '';
    const fits = responderWords.has(last) || peopleNoun(last)?.cluster === head.cluster;
    return (
      words.length > 1 &&
      fits &&
      words.slice(0, -1).every((word) => singulars.includes(word) && peopleNoun(word) === null && word !== 'security')
    );
  });
  return found?.id ?? null;
}

const clusterOfGroup = (id: string): readonly PeopleNoun[] => {
  const words = idWords(id);
  const whole = peopleNoun(words.join('-'));
  const head = words.at(-1);
  if (whole !== null) return [whole];
  const headNoun = head === undefined ? null : peopleNoun(head);
  // "Crew members", "bus passengers": what stands before a noun that says nothing names them.
  const others = headNoun === null || headNoun.noun === 'generic' ? words.map((word) => peopleNoun(word)) : [headNoun];
  return others.filter((noun) => noun !== null && noun.noun !== 'generic') as PeopleNoun[];
};

/** The group whose name means the same people as the noun. */
function groupOfCluster(scheme: Scheme, noun: PeopleNoun): string | null {
  if (noun.noun === 'generic') return null;
  const found = scheme.groups.find(({ id }) =>
    clusterOfGroup(id).some((named) => named.noun === noun.noun && named.cluster === noun.cluster),
  );
  return found?.id ?? null;
}

/** Whether those counted when nothing is said are of a kind that the number is not. */
function others(scheme: Scheme, cluster: string): boolean {
  const who = defaultWho(scheme);
  return 'group' in who && clusterOfGroup(who.group).some((named) => named.cluster === cluster);
}

/** Whose members are on the other side. */
const parties =
  /^(?:al-qaeda|al-qaida|taliban|isis|isil|hamas|hezbollah|shabaab|al-shabaab|haram|gang|cartel|militia|suspected)$/u;
const pupil: PeopleNoun = { noun: 'role', cluster: 'student', breakdown: {} };

export interface WhoRead {
  readonly who: Who;
  readonly breakdown: Readonly<Record<string, string>>;
  /** Whether the words said so, or it is whom the incident counts when nothing is said. */
  readonly explicit: boolean;
}

/** A breakdown value as the scheme writes it; `null` where its key declares values and this is none of them. */
export function valueInScheme(scheme: Scheme, key: string, value: string): string | null {
  const declared = declaredValues(scheme, key);
  if (declared === null) return value;
  const same = (id: string): boolean => {
    if (id === value || singular(id) === singular(value)) return true;
    const [one, two] = [peopleNoun(id), peopleNoun(value)];
    return one !== null && two !== null && one.cluster === two.cluster && one.noun === two.noun;
  };
  return declared.find(same) ?? null;
}

function breakdownOf(scheme: Scheme, entries: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(entries)) {
    const known = valueInScheme(scheme, key, value);
    if (known !== null) found[key] = known;
  }
  return found;
}

/** A role as the article words it: "employees", and not the name of the cluster they are of. */
function literal(noun: PeopleNoun, words: readonly string[]): Readonly<Record<string, string>> {
  const head = words.at(-1);
  if (noun.breakdown['role'] === undefined || head === undefined || head === singular(head)) return noun.breakdown;
  const joined = words.slice(-2).join('-');
  return {
    ...noun.breakdown,
    role:
      noun.breakdown['role'] === joined ? joined : noun.breakdown['role'].includes('-') ? noun.breakdown['role'] : head,
  };
}

/** A key of the incident's own one of whose values is what the noun says. */
function ownKey(scheme: Scheme, noun: PeopleNoun): Record<string, string> | null {
  for (const { key } of scheme.breakdowns ?? []) {
    if (['nationality', 'sex', 'age', 'place'].includes(key) || declaredValues(scheme, key) === null) continue;
    const value = valueInScheme(scheme, key, roleSlug(noun.cluster));
    if (value !== null) return { [key]: value };
  }
  return null;
}

/**
 * Whom a noun phrase names under a scheme.
 * @param words the phrase's words in lower case, without the quantity and without what says a nationality
 * @param noun what its head says
 * @param isPart whether it names a part of people named before ("including four tourists"), which a scheme without
 * such a group keeps as a role
 */
export function whoOf(scheme: Scheme, words: readonly string[], noun: PeopleNoun | null, isPart: boolean): WhoRead {
  const named = groupNamed(scheme, words);
  if (named !== null) return { who: { group: named }, breakdown: {}, explicit: true };
  const suspect = words.some((word) => parties.test(word)) ? sideOrGroup(scheme, 'perpetrators') : null;
  if (suspect !== null && noun?.noun === 'generic') return { who: suspect, breakdown: {}, explicit: true };
  if (noun === null || noun.noun === 'generic') return { who: defaultWho(scheme), breakdown: {}, explicit: false };
  const clustered = groupOfCluster(scheme, noun);
  if (clustered !== null) return { who: { group: clustered }, breakdown: {}, explicit: true };
  // The children of a school are its pupils.
  const pupils =
    noun.noun === 'age' && noun.cluster === 'children' && noun.breakdown['sex'] === undefined
      ? groupOfCluster(scheme, pupil)
      : null;
  if (pupils !== null) return { who: { group: pupils }, breakdown: {}, explicit: true };
  if (noun.noun === 'perpetrator') {
    const who = sideOrGroup(scheme, 'perpetrators');
    return { who: who ?? defaultWho(scheme), breakdown: {}, explicit: who !== null };
  }
  if (noun.noun === 'responder') {
    const only = noun.cluster === 'security-force' ? sideOrGroup(scheme, 'responders') : null;
    if (only !== null) return { who: only, breakdown: {}, explicit: true };
    const general = onSide(scheme, 'responders').filter(({ id }) =>
      idWords(id).some((word) => responderWords.has(word)),
    );
    if (general[0] !== undefined) return { who: { group: general[0].id }, breakdown: {}, explicit: true };
  }
  const own = ownKey(scheme, noun);
  if (own !== null) return { who: defaultWho(scheme), breakdown: own, explicit: false };
  // "33 men were trapped" tells men from nobody.
  const everybody = /^(?:civilian|resident)$/u.test(noun.cluster);
  if (everybody) return { who: defaultWho(scheme), breakdown: {}, explicit: false };
  // A crew is none of the passengers.
  const crew = noun.cluster === 'crew' && others(scheme, 'passenger');
  const saysLittle = noun.noun === 'population' || (noun.noun === 'sex' && noun.cluster === 'men');
  if (saysLittle && !isPart && !crew) return { who: defaultWho(scheme), breakdown: {}, explicit: false };
  return {
    who: defaultWho(scheme),
    breakdown: breakdownOf(scheme, crew ? noun.breakdown : literal(noun, words)),
    explicit: false,
  };
}
