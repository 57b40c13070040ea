import { demonymAt } from '../words-to-figures/demonyms.js';
import { singular } from '../words-to-figures/singular.js';
import { tokenise } from '../words-to-figures/tokens.js';

/** In order of authority, as the vocabulary has them. */
export type SpeakerKind = 'authority' | 'official' | 'organisation' | 'witness' | 'press' | 'party';

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u));

const agencies = list(
  'reuters afp ap apa upi dpa efe ansa xinhua tass interfax ria anadolu mena pti irna sana kyodo yonhap bbc cnn aps antara bernama itar-tass ana ntb belga ukrinform unian wam petra ani nhk ctk pap lusa kuna spa rte itv npr cbs nbc abc msnbc zdf ard rai tf1 rfi dw erT ert trt',
);
const pressNouns = list(
  'newspaper newspapers television tv radio station broadcaster press media daily tabloid news correspondent reporter journalist website magazine channel post times tribune gazette herald courier telegraph tally',
);
const partyNouns = list(
  'militant rebel insurgent kidnapper hostage-taker hijacker captor jihadist jihadi guerrilla separatist gunman attacker taliban al-shabaab shabaab hamas hezbollah isis isil daesh boko al-qaeda al-qaida pirate militia junta extremist islamist fighter coalition rebels',
);
const organisationNouns = list(
  'hospital clinic company airline operator firm owner union federation association corporation charity ngo msf unhcr unicef who ocha iom un u.n. doctor nurse surgeon medic hospitals physician university club league observatory watchdog monitor campaigner activist group network church mission convoy society crescent cross morgue mortuary employer shipowner line railway utility manager management ambulance foundation institute federation agency-un carrier manufacturer amnesty refinery mine owner-operator committee lawyer observatory organisation organization matron',
);
const witnessNouns = list(
  'witness eyewitness survivor resident villager local passenger parent relative neighbour neighbor shopkeeper priest teacher onlooker fisherman worker driver miner tourist hostage mother father brother sister uncle aunt nephew cousin son daughter student pilgrim trader farmer elder imam bystander guest worshipper captive employee colleague friend guide headteacher pastor crewman sailor volunteer woman man people boy girl family',
);
const authorityNouns = list(
  `ministry minister president premier chancellor government prosecutor coroner court police governor mayor prefect commissioner sheriff magistrate judge cabinet council directorate pentagon kremlin
   authority department brigade coastguard fire-service army military navy defence defense constabulary administrator embassy consulate consul ambassador headquarters parliament municipality prefecture commissariat attorney secretary
   chief superintendent inspector commander commandant marshal general admiral interior state office service services agency bureau administration ndma fema task-force centre center regime king emir sultan monarch junta senate congress emergency force forces`,
);
const unnamedOfficials = list(
  'source official insider colonel captain officer lieutenant sergeant major investigator rescuer firefighter responder soldier policeman aide adviser advisor detective paramedic cop rescuer diver lifeguard coastguard lawmaker mp senator deputy councillor diplomat sources',
);
/** Offices that say nothing of the body they are in. */
const neutral = list(
  'director head chairman chairwoman executive boss coordinator leader deputy founder representative guard coast',
);
const titles = list('gov gen gen. col col. lt lt. maj maj. capt capt. sgt adm adm.');

const capitals: Readonly<Record<string, string>> = {
  paris: 'FR',
  london: 'GB',
  washington: 'US',
  moscow: 'RU',
  beijing: 'CN',
  tokyo: 'JP',
  berlin: 'DE',
  rome: 'IT',
  madrid: 'ES',
  lisbon: 'PT',
  ankara: 'TR',
  athens: 'GR',
  cairo: 'EG',
  tehran: 'IR',
  baghdad: 'IQ',
  damascus: 'SY',
  kyiv: 'UA',
  kiev: 'UA',
  warsaw: 'PL',
  prague: 'CZ',
  vienna: 'AT',
  budapest: 'HU',
  bucharest: 'RO',
  sofia: 'BG',
  belgrade: 'RS',
  zagreb: 'HR',
  oslo: 'NO',
  stockholm: 'SE',
  copenhagen: 'DK',
  helsinki: 'FI',
  dublin: 'IE',
  brussels: 'BE',
  bern: 'CH',
  delhi: 'IN',
  islamabad: 'PK',
  kabul: 'AF',
  dhaka: 'BD',
  kathmandu: 'NP',
  colombo: 'LK',
  bangkok: 'TH',
  hanoi: 'VN',
  manila: 'PH',
  jakarta: 'ID',
  canberra: 'AU',
  wellington: 'NZ',
  seoul: 'KR',
  pyongyang: 'KP',
  taipei: 'TW',
  ottawa: 'CA',
  brasilia: 'BR',
  bogota: 'CO',
  bogotá: 'CO',
  caracas: 'VE',
  lima: 'PE',
  santiago: 'CL',
  algiers: 'DZ',
  tunis: 'TN',
  tripoli: 'LY',
  rabat: 'MA',
  khartoum: 'SD',
  nairobi: 'KE',
  abuja: 'NG',
  accra: 'GH',
  pretoria: 'ZA',
  bamako: 'ML',
  niamey: 'NE',
  yerevan: 'AM',
  baku: 'AZ',
  tbilisi: 'GE',
  minsk: 'BY',
  riyadh: 'SA',
  doha: 'QA',
  beirut: 'LB',
  amman: 'JO',
  jerusalem: 'IL',
  sanaa: 'YE',
  mogadishu: 'SO',
  kampala: 'UG',
  kinshasa: 'CD',
  astana: 'KZ',
  tashkent: 'UZ',
  kuwait: 'KW',
  reykjavik: 'IS',
  tallinn: 'EE',
  riga: 'LV',
  vilnius: 'LT',
};

/** The country whose body a name says it is: "Iran", "Tokyo", "the French foreign ministry". */
export function nationalityOfName(name: string): string | null {
  const tokens = tokenise(name);
  for (let at = 0; at < tokens.length; at += 1) {
    const found = demonymAt(tokens, at);
    if (found !== null && found.nationality !== 'foreign') return found.nationality;
    const capital = capitals[tokens[at]?.lower ?? ''];
    if (capital !== undefined && tokens.length === 1) return capital;
  }
  return null;
}

/** "Tennessee reported four deaths": the state's authorities. */
const states =
  /^(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|North (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South (?:Carolina|Dakota)|Tennessee|Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming)$/u;

export const isAgency = (word: string): boolean => agencies.has(word);

const fighters = list('army military navy defence defense air-force troops forces airforce');
/** A body that fights: about the other side's people it is a party. */
export const fights = (name: string): boolean => {
  const words = tokenise(name).map(({ lower }) => lower);
  return (
    words.some((word) => fighters.has(word)) ||
    (words.length <= 2 &&
      words.length > 0 &&
      nationalityOfName(name) !== null &&
      words.every((word) => capitals[word] !== undefined || demonymAt(tokenise(name), 0)?.length === words.length))
  );
};

export const isInstitution = (word: string): boolean =>
  organisationNouns.has(singular(word)) || authorityNouns.has(singular(word));

/** Whether a noun can speak: an institution, an office, a person's part in the story. */
export const canSpeak = (word: string): boolean => {
  const one = singular(word);
  return (
    [neutral, agencies, pressNouns, partyNouns, organisationNouns, witnessNouns, authorityNouns, unnamedOfficials].some(
      (nouns) => nouns.has(word) || nouns.has(one),
    ) || /^spokes(?:man|woman|person|people|men)$/u.test(word)
  );
};

export interface KindRead {
  readonly kind: SpeakerKind;
  readonly named: boolean;
  /** Whether a word said so; else the kind is a guess. */
  readonly sure: boolean;
}

/**
 * What kind of speaker a name is.
 * @param name as the article has it, with what it says of the person ("Jane Doe, head of the fire service")
 * @param context the sentence's words, where it may say that the speaker would not be named
 */
export function kindOf(name: string, anonymous: boolean): KindRead {
  // "The official Xinhua agency": an adjective.
  const adjective = /^(?:the )?official (?=\p{Lu})/iu.exec(name);
  if (adjective !== null) return kindOf(name.slice(adjective[0].length), anonymous);
  const tokens = tokenise(name);
  const words = tokens.map(({ lower }) => lower);
  const ones = words.map(singular);
  const has = (nouns: ReadonlySet<string>): boolean =>
    words.some((word) => nouns.has(word)) || ones.some((word) => nouns.has(word));
  const proper = tokens.some(({ text, kind }, index) => index > 0 && kind === 'word' && /^\p{Lu}/u.test(text));
  const indefinite =
    /^(?:an?|one|two|some|several|another)\b/iu.test(name.trim()) ||
    ones.includes('source') ||
    (words.at(-1) ?? '') === 'officials';
  const named = !anonymous && !indefinite;
  const of = (kind: SpeakerKind, sure = true): KindRead => ({ kind, named, sure });
  const medical = words.some((word) => /^(?:hospital|medical|health|ambulance|medics?)$/u.test(word));
  if (ones.includes('source')) {
    if (has(partyNouns)) return { kind: 'party', named: false, sure: true };
    if (ones.includes('local') || ones.includes('tribal')) return { kind: 'witness', named: false, sure: true };
    const security = words.some((word) => /^(?:police|security|military|army|government|official)$/u.test(word));
    return { kind: medical && !security ? 'organisation' : 'official', named: false, sure: true };
  }
  const someone =
    /\b(?:an?|one|two|some|several) (?:[\p{L}-]+ ){0,2}?([\p{L}-]+)(?= (?:at|of|from|in|who|on|near)\b|,|$)/iu.exec(
      name,
    );
  if (someone?.[1] !== undefined && witnessNouns.has(singular(someone[1].toLowerCase())))
    return { kind: 'witness', named: named && proper, sure: true };
  if (
    /\b(?:Islamic State|al-?Shabaab|Boko Haram|Taliban|Hamas|Hezbollah|al-?Qa[ei]da|Houthis?|Tamil Tigers|FARC|ISIS|ISIL)\b/iu.test(
      name,
    ) &&
    !/\b(?:minister|ministry|court|police|hospital)\b/iu.test(name)
  )
    return of('party');
  const international =
    words.some((word) => /^(?:un|u\.n\.|unhcr|unicef|who|ocha|iom|wfp|unrwa|icrc|msf|red)$/u.test(word)) ||
    /\b(?:United Nations|Red Cross|Red Crescent|Save the Children|Human Rights Watch|Amnesty International|World Health)\b/u.test(
      name,
    );
  if (international) return of('organisation');
  if (has(partyNouns) && !/\b(?:minister|ministry|police|army|hospital|court)\b/iu.test(name)) return of('party');
  if (/^(?:the )?(?:.*\b)?officials?$/iu.test(name) || ones.includes('official'))
    return words.some((word) => /^(?:hospital|company|airline|union|club)$/u.test(word))
      ? of('organisation')
      : { kind: 'official', named: false, sure: true };
  const offices =
    /\b(?:minister|ministry|president|premier|chancellor|governor|mayor|prefect|prosecutors?|coroner|police|sheriff|commissioner|court|government|authorit(?:y|ies)|coast ?guard|cops|gendarmes|carabinieri|fire (?:service|brigade|department|chief)|civil (?:protection|defence|defense)|disaster|emergency (?:services?|ministry|agency|management)|foreign office|state department|defence|army|military|navy)\b/iu.test(
      name,
    );
  const bodyOfMembers = /\b(?:hospital|company|airline|union|federation|association|club|university|charity)\b/iu.test(
    name,
  );
  if (offices && !(bodyOfMembers && !/\b(?:minister|ministry)\b/iu.test(name))) {
    if (anonymous) return { kind: 'official', named: false, sure: true };
    // "A police officer", "two soldiers": someone inside; a spokesman speaks for the body.
    const inside = indefinite && has(unnamedOfficials) && !/spokes/iu.test(name);
    return inside ? { kind: 'official', named: false, sure: true } : of('authority');
  }
  const [first = ''] = words;
  const official = [...words].some((word) => titles.has(word));
  if (/\bfire (?:station|chief|department|service|brigade)\b|\bpolice station\b/iu.test(name)) return of('authority');
  if (has(organisationNouns) || /^Drs?$/u.test(tokens[0]?.text ?? '')) return of('organisation');
  if (
    /\bstate (?:media|tv|television|radio|news agency)\b/iu.test(name) ||
    words.some((word) => agencies.has(word)) ||
    has(pressNouns)
  )
    return of('press');
  if (has(authorityNouns)) return anonymous ? { kind: 'official', named: false, sure: true } : of('authority');
  if (has(unnamedOfficials) && proper === false) return { kind: 'official', named: false, sure: true };
  if (official || (has(unnamedOfficials) && proper))
    return anonymous ? { kind: 'official', named: false, sure: true } : of('authority');
  if (words.length <= 4 && capitals[words.join(' ')] !== undefined) return of('authority');
  const country = demonymAt(tokens, 0);
  if (country !== null && country.uses.has('place') && country.length === tokens.length) return of('authority');
  if (states.test(name)) return of('authority');
  if (has(witnessNouns)) return of('witness');
  if (/^\p{Lu}{2,}$/u.test(tokens[0]?.text ?? '') && first !== '') return of('organisation', false);
  if (
    /\b(?:Ltd|Inc|Corp|plc|ASA|AG|SA|GmbH|Airlines|Airways|Energy|Shipping|Oil|Gas|Mining|Industries|Group|Bank|Railways|Lines)\b/u.test(
      name,
    )
  )
    return of('organisation');
  // One capitalised word that nobody was introduced by is a company's or a body's name rather than a surname.
  return of(tokens.length === 1 && /^\p{Lu}/u.test(name) ? 'organisation' : 'witness', false);
}
