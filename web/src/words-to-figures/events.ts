import type { Scheme } from './scheme.js';
import type { Token } from './tokens.js';

/** What happened to people, before a scheme gives it a measure. */
export type EventName =
  | 'killed'
  | 'injured'
  | 'missing'
  | 'held'
  | 'freed'
  | 'rescued'
  | 'escaped'
  | 'arrested'
  | 'displaced'
  | 'evacuated'
  | 'presumedDead'
  | 'present'
  | 'hospitalised'
  | 'survived'
  | 'trapped'
  | 'deadOrMissing'
  | 'casualties';

/**
 * How a word takes its people.
 * - `participle`: "were killed", "12 people killed"; also active, "killed 12"
 * - `intransitive`: "12 people died"
 * - `transitive`: takes them after itself only: "killing 12", "claimed 12 lives"
 * - `adjective`: before or after them: "dead", "missing"
 * - `noun`: is itself what is counted: "12 deaths", "12 wounded"
 */
export type EventForm = 'participle' | 'intransitive' | 'transitive' | 'adjective' | 'noun';

export interface EventRead {
  readonly event: EventName;
  readonly forms: readonly EventForm[];
  readonly length: number;
}

const rows: readonly (readonly [EventName, readonly EventForm[], string])[] = [
  [
    'killed',
    ['participle'],
    'killed|slain|murdered|executed|beheaded|slaughtered|massacred|shot dead|stabbed to death|beaten to death|crushed to death|trampled to death|burned to death|burnt to death|shot and killed|gunned down|shot to death|hacked to death|electrocuted|suffocated|asphyxiated|incinerated|lynched|swept to their deaths|blown up',
  ],
  [
    'killed',
    ['transitive'],
    'killing|kill|kills|claimed|claiming|claims|claim|slaying|murdering|executing|took the lives of|taking the lives of|claimed the lives of|claiming the lives of|cost the lives of|costing the lives of',
  ],
  [
    'killed',
    ['intransitive'],
    'died|die|dies|perished|perish|succumbed|lost their lives|lost his life|lost her life|lose their lives|have died|has died|drowned|were found dead|was found dead|found dead|dying|fell to their deaths|burned alive|bled to death|froze to death',
  ],
  [
    'killed',
    ['adjective'],
    'confirmed dead|pronounced dead|declared dead|reported dead|dead|deceased|fatally injured|fatally wounded|lifeless',
  ],
  [
    'killed',
    ['noun'],
    'dead|deaths|death|fatalities|fatality|confirmed dead|confirmed deaths|murders|killings|lives lost',
  ],
  [
    'injured',
    ['participle'],
    'injured|wounded|hurt|maimed|seriously injured|badly injured|critically injured|severely injured|slightly injured|lightly injured|seriously wounded|badly wounded|critically wounded|lightly wounded|seriously hurt|badly hurt|burned|burnt|scalded|stabbed|shot and wounded|shot and injured',
  ],
  ['injured', ['transitive'], 'injuring|wounding|hurting|injures|wounds|maiming'],
  ['injured', ['noun'], 'injuries|injured|wounded|casualties with injuries'],
  [
    'injured',
    ['intransitive'],
    'sustained injuries|suffered injuries|sustained minor injuries|suffered minor injuries|suffered burns|suffered serious injuries|sustained serious injuries|suffered gunshot wounds|suffered wounds|suffered broken bones|have minor injuries|had minor injuries|has minor injuries|have injuries|had injuries|has injuries|with injuries|with minor injuries|with serious injuries|with burns|with gunshot wounds|with bullet wounds|received medical attention|received treatment|needed treatment|needed hospital treatment|required treatment|suffered cuts|suffered shrapnel wounds|sustained wounds|sustained burns',
  ],
  [
    'hospitalised',
    ['participle'],
    'hospitalised|hospitalized|receiving treatment|receiving medical treatment|receiving care|undergoing treatment|under treatment|receiving medical care|taken to hospital|taken to hospitals|taken to the hospital|rushed to hospital|rushed to hospitals|admitted to hospital|sent to hospital|brought to hospital|transported to hospital|transferred to hospital|airlifted to hospital|treated in hospital|treated for injuries|being treated|treated',
  ],
  ['hospitalised', ['adjective'], 'in hospital|in intensive care|in a hospital'],
  [
    'hospitalised',
    ['transitive'],
    'hospitalising|hospitalizing|treating|was treating|were treating|had treated|admitting|had admitted',
  ],
  [
    'missing',
    ['adjective', 'noun'],
    'missing|unaccounted for|unaccounted-for|unaccounted|reported missing|listed as missing|still missing',
  ],
  [
    'missing',
    ['intransitive'],
    'disappeared|vanished|went missing|gone missing|have not been found|has not been found|had not been found|have yet to be found|had yet to be found|could not be found|could not be accounted for|cannot be accounted for|could not be traced|could not be located|not been accounted for|have not been traced',
  ],
  [
    'held',
    ['participle'],
    'held hostage|held captive|being held|held|taken hostage|taken captive|taken prisoner|kidnapped|abducted|captured|seized|held prisoner|hijacked',
  ],
  ['held', ['transitive'], 'holding|hold|holds|kidnapping|abducting|seizing|capturing|holding hostage|kidnap'],
  ['held', ['intransitive'], 'remain in captivity|remained in captivity|remain captive'],
  ['held', ['adjective'], 'captive|in captivity'],
  ['freed', ['participle'], 'freed|released|liberated|set free|let go|allowed to leave'],
  ['freed', ['transitive'], 'freeing|releasing|liberating|frees|releases|free|release'],
  [
    'rescued',
    ['participle'],
    'rescued|saved|pulled alive|pulled out alive|brought out alive|found alive|brought to safety|brought to the surface|winched to safety|winched|plucked|plucked to safety|pulled to safety|brought out|pulled from|pulled out|pulled out of|brought out of|led out|dug out|helped to safety|airlifted to safety|airlifted|winched up|hoisted|ferried to safety|picked up by|brought up alive|brought up|pulled alive from|pulled from the rubble alive|hauled to safety|taken to safety|brought ashore alive|pulled from the water alive|dug out alive|led to safety|carried to safety|lifted to safety',
  ],
  ['rescued', ['transitive'], 'rescuing|saving|rescues|rescue|plucking'],
  [
    'escaped',
    ['intransitive'],
    'escaped|escape|escapes|fled|flee|got away|broke free|managed to flee|managed to escape|slipped away|got out|came out alive|came out by themselves|climbed out|walked out|made their own way out|ran to safety|made it out|swam to safety|swam ashore|escaping|fleeing',
  ],
  [
    'arrested',
    ['participle'],
    'arrested|detained|taken into custody|placed under arrest|remanded in custody|remanded|rounded up|apprehended',
  ],
  ['arrested', ['transitive'], 'arresting|detaining|apprehending|arrests'],
  ['arrested', ['adjective'], 'in custody|under arrest|in detention'],
  ['arrested', ['noun'], 'arrests'],
  [
    'displaced',
    ['participle'],
    'displaced|made homeless|left homeless|rendered homeless|driven from their homes|forced from their homes|forced to leave their homes|forced out of their homes|forced to flee|forced to flee their homes|uprooted|sheltered|told to leave their homes|told to leave|ordered to leave their homes|ordered out of their homes|asked to leave their homes|forced to abandon their homes|forced out|sleeping in shelters|made to leave their homes',
  ],
  ['displaced', ['transitive'], 'displacing|uprooting'],
  [
    'displaced',
    ['adjective', 'noun'],
    'homeless|displaced|in shelters|in relief camps|in camps|in evacuation centers|in displacement camps|in refugee camps|in relief centres|in makeshift camps|living in tents|living in camps|in emergency accommodation|without homes|in emergency shelters|in temporary shelters|in evacuation centres',
  ],
  [
    'displaced',
    ['intransitive'],
    'fled to|flee to|fleeing to|fled their homes|fled their villages|fled their village|fled the area|fled the city|fled the region|left their homes|abandoned their homes|lost their homes|have fled their homes|sought shelter|sought refuge|are sheltering|were sheltering|sheltering|took refuge|have taken refuge',
  ],
  ['evacuated', ['participle'], 'evacuated|moved to safety|moved to higher ground|relocated'],
  ['evacuated', ['transitive'], 'evacuating'],
  [
    'presumedDead',
    ['participle', 'adjective'],
    'missing , presumed dead|missing , feared dead|missing , believed dead|missing and presumed dead|missing and feared dead|missing presumed dead|missing and believed dead|presumed dead|feared dead|believed dead|believed to be dead|believed to have died|believed to have drowned|feared drowned|feared killed|feared to have died|feared to have drowned|presumed drowned|presumed killed|thought to have died|thought to be dead|assumed dead|assumed to be dead|thought to have drowned|presumed to be dead|presumed to have died|feared to be dead|believed killed|believed to have been killed|feared to have been killed|given up for dead|declared presumed dead|thought dead|believed drowned|presumed lost|feared to have perished|believed to have perished|thought to have perished',
  ],
  [
    'present',
    ['adjective'],
    'aboard|on board|on-board|onboard|on site|on the site|at the site|at the plant|in the building|inside the building|inside the plant|inside the building at the time|at the site at the time',
  ],
  ['present', ['intransitive'], 'were sleeping|were asleep|were praying|were there'],
  ['present', ['transitive'], 'carrying|was carrying|had been carrying|carried|were carrying'],
  ['survived', ['intransitive'], 'survived|survive|lived to tell'],
  ['survived', ['noun'], 'survivors'],
  [
    'trapped',
    ['participle', 'adjective'],
    'trapped|trapped underground|stranded|still trapped|buried alive|stuck|feared trapped|believed trapped|cut off',
  ],
  ['trapped', ['transitive'], 'trapping|stranding'],
  [
    'deadOrMissing',
    ['adjective', 'noun'],
    'dead or missing|dead and missing|killed or missing|died or gone missing|died or disappeared|died or went missing',
  ],
  ['casualties', ['noun'], 'casualties'],
  [
    'casualties',
    ['participle'],
    'killed or injured|killed or wounded|killed or hurt|wounded or killed|injured or killed|hurt or killed|dead or injured|dead or wounded',
  ],
];

const table = new Map<string, { event: EventName; forms: EventForm[] }[]>();
let longest = 1;
for (const [event, forms, phrases] of rows)
  for (const phrase of phrases.split('|')) {
    longest = Math.max(longest, phrase.split(' ').length);
    const entries = table.get(phrase) ?? [];
    const known = entries.find((entry) => entry.event === event);
    if (known === undefined) entries.push({ event, forms: [...forms] });
    else known.forms.push(...forms);
    table.set(phrase, entries);
  }

/** The longest event phrase that begins at a token. */
export function eventAt(tokens: readonly Token[], at: number): EventRead | null {
  for (let length = Math.min(longest, tokens.length - at); length >= 1; length -= 1) {
    const found = table.get(
      tokens
        .slice(at, at + length)
        .map(({ lower }) => lower)
        .join(' '),
    );
    const [first] = found ?? [];
    if (first !== undefined) return { event: first.event, forms: first.forms, length };
  }
  return null;
}

const standard = new Set([
  'killed',
  'injured',
  'escaped',
  'freed',
  'arrested',
  'missing',
  'held',
  'presumedDead',
  'present',
  'displaced',
]);

/** Ids under which a scheme may have an event, best first; the last that is a standard measure is the fallback. */
const candidates: Readonly<Record<EventName, readonly string[]>> = {
  killed: ['killed'],
  injured: ['injured'],
  missing: ['missing'],
  held: ['held'],
  freed: ['freed'],
  rescued: ['rescued', 'saved', 'freed'],
  escaped: ['escaped'],
  arrested: ['arrested'],
  displaced: ['displaced'],
  evacuated: ['evacuated', 'displaced'],
  presumedDead: ['presumedDead'],
  present: ['present'],
  hospitalised: ['hospitalised', 'hospitalized', 'injured'],
  survived: ['survived', 'survivors'],
  trapped: ['trapped', 'stranded'],
  deadOrMissing: ['deadOrMissing', 'dead-or-missing'],
  casualties: ['casualties', 'killedOrInjured'],
};

/** The measure that an event has in a scheme; `null` where the scheme has no place for it. */
export function measureOf(scheme: Scheme, event: EventName): string | null {
  const own = new Map((scheme.measures ?? []).map(({ id }) => [id.toLowerCase(), id]));
  for (const id of candidates[event]) {
    const declared = own.get(id.toLowerCase());
    if (declared !== undefined) return declared;
    if (standard.has(id)) return id;
  }
  return null;
}

/** Measures of the incident's own that no event above means, found by their own name: `quarantined`. */
export function ownMeasureAt(scheme: Scheme, tokens: readonly Token[], at: number): string | null {
  const word = tokens[at]?.lower;
  return (scheme.measures ?? []).find(({ id }) => id.toLowerCase() === word)?.id ?? null;
}
