import { singular } from './singular.js';

/**
 * What a noun says of the people it names.
 * - `generic`: nothing ("people", "others")
 * - `population`: whom an incident happened to; names a group where the scheme has it, else hardly anything
 * - `responder`, `perpetrator`: a side
 * - `role`: what they do, a breakdown where it is no group
 * - `age`, `sex`: a breakdown
 */
export type NounClass = 'generic' | 'population' | 'responder' | 'perpetrator' | 'role' | 'age' | 'sex';

export interface PeopleNoun {
  readonly noun: NounClass;
  /** Nouns of one cluster name the same people: "policeman" and "officer". */
  readonly cluster: string;
  readonly breakdown: Readonly<Record<string, string>>;
}

const generic =
  'person individual life soul victim human other member relative body corpse remains civilian-casualty someone citizen national adult-person';

/** Each line a cluster; its first word is its name. */
const populations = `
hostage captive abductee
passenger traveller traveler commuter
crew crewman crewmember crew-member sailor seaman seafarer mariner steward stewardess flight-attendant
worker employee staff staffer labourer laborer workman personnel colleague
miner pitman mineworker mine-worker coalminer coal-miner
resident villager inhabitant townspeople homeowner tenant local occupant householder islander
civilian noncombatant non-combatant
worshipper worshiper pilgrim devotee congregant churchgoer mourner
spectator fan supporter concertgoer concert-goer festival-goer festivalgoer reveller reveler partygoer party-goer clubber attendee participant
guest customer shopper diner patron trader vendor stallholder
tourist holidaymaker visitor backpacker sightseer
bystander passer-by passerby pedestrian onlooker
migrant refugee asylum-seeker
patient inpatient casualty-patient
`;
const roles = `
student undergraduate pupil schoolchild schoolgirl schoolboy school-child schoolkid
teacher schoolteacher lecturer
journalist reporter correspondent cameraman photographer
doctor surgeon physician
nurse midwife
driver motorist lorry-driver bus-driver
pilot co-pilot
aid-worker relief-worker humanitarian humanitarian-worker
health-worker healthworker medical-worker
construction-worker builder
farmer farmworker farm-worker
fisherman
engineer technician
diplomat
prisoner inmate
protester protestor demonstrator activist
priest imam cleric nun monk
lawmaker politician councillor minister-person
lawyer
shopkeeper
cyclist
climber mountaineer hiker skier
driver-person trucker
volunteer
contractor
athlete player footballer
actor musician
guide
cook
scientist
dissident
carer
`;
const responders = `
soldier troop armed-force service-member serviceman servicewoman infantryman marine commando conscript trooper paratrooper army-officer ranger
police policeman policewoman police-officer officer constable gendarme cop patrolman carabiniere
firefighter fireman fire-fighter
rescuer rescue-worker rescue-diver diver coastguard coastguardsman lifeguard lifeboatman search-and-rescue-worker emergency-worker first-responder responder
paramedic medic ambulance-worker
guard security-guard guardsman watchman
security-force security-personnel security-officer security-agent
peacekeeper
`;
const perpetrators = `
gunman attacker assailant militant terrorist extremist jihadist jihadi islamist hostage-taker kidnapper abductor hijacker bomber suicide-bomber insurgent rebel fighter guerrilla raider shooter perpetrator suspect separatist captor knifeman pirate bandit mutineer plotter coup-plotter mutineer-soldier cartel-gunman militiaman combatant arsonist
`;
const ages = `
children child minor kid youngster toddler baby infant newborn juvenile
teenagers teenager teen adolescent
elderly pensioner octogenarian
adults adult grown-up
`;
const sexes = `
women woman female wife mother
men man male husband father
`;

const nouns = new Map<string, PeopleNoun>();
const lines = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/u));

function addAll(
  text: string,
  noun: NounClass,
  breakdownOf: (cluster: string) => Readonly<Record<string, string>>,
): void {
  for (const [cluster = '', ...more] of lines(text))
    for (const word of [singular(cluster), ...more])
      nouns.set(word, { noun, cluster, breakdown: breakdownOf(cluster) });
}

/** A role's value, as a slug in the plural: `aid-workers`. */
export const roleSlug = (cluster: string): string => {
  if (cluster === 'police' || cluster === 'crew') return cluster;
  if (cluster.endsWith('man')) return `${cluster.slice(0, -3)}men`;
  if (cluster.endsWith('y') && !/[aeiou]y$/u.test(cluster)) return `${cluster.slice(0, -1)}ies`;
  return `${cluster}s`;
};

for (const word of generic.split(' ')) nouns.set(word, { noun: 'generic', cluster: word, breakdown: {} });
addAll(populations, 'population', (cluster) => ({ role: roleSlug(cluster) }));
addAll(roles, 'role', (cluster) => ({ role: roleSlug(cluster) }));
addAll(responders, 'responder', (cluster) => ({ role: roleSlug(cluster) }));
for (const word of perpetrators.trim().split(/\s+/u))
  nouns.set(word, { noun: 'perpetrator', cluster: 'perpetrator', breakdown: {} });
addAll(ages, 'age', (cluster) => ({ age: cluster }));
addAll(sexes, 'sex', (cluster) => ({ sex: cluster }));
nouns.set('girl', { noun: 'age', cluster: 'children', breakdown: { age: 'children', sex: 'women' } });
nouns.set('boy', { noun: 'age', cluster: 'children', breakdown: { age: 'children', sex: 'men' } });
for (const word of ['schoolgirl', 'schoolboy', 'schoolchild'])
  nouns.set(word, { noun: 'role', cluster: 'student', breakdown: { role: 'pupils' } });

/** What a noun says of people, in whatever number it stands; `null` for other words. */
export function peopleNoun(word: string): PeopleNoun | null {
  return nouns.get(singular(word)) ?? nouns.get(word) ?? null;
}

/** Nouns of two words: "police officers", "aid workers". */
export function peopleNounAt(
  tokens: readonly { readonly lower: string }[],
  at: number,
): { readonly read: PeopleNoun; readonly length: number } | null {
  const [first, second] = [tokens[at]?.lower, tokens[at + 1]?.lower];
  if (first === undefined) return null;
  if (second !== undefined) {
    const joined = nouns.get(`${singular(first)}-${singular(second)}`);
    if (joined !== undefined) return { read: joined, length: 2 };
  }
  const read = peopleNoun(first);
  return read === null ? null : { read, length: 1 };
}
