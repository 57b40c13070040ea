/**
 * The languages that phrases are printed in. Number forms are data of this project's own version, not of the machine's:
 * the same events give the same bytes everywhere. No phrase counts a noun, so none needs plural rules.
 */
export interface Language {
  readonly id: string;
  readonly number: (value: number) => string;
  readonly exactly: (value: number) => string;
  readonly atLeast: (value: number) => string;
  readonly atMost: (value: number) => string;
  readonly about: (value: number) => string;
  readonly between: (low: number, high: number) => string;
  readonly unknown: string;
  readonly noEstimate: string;
  readonly said: (quantity: string, speaker: Speaker, hedged: boolean) => string;
  readonly derived: (quantity: string) => string;
  /** What several speakers allow together and nobody said. */
  readonly together: (quantity: string) => string;
  readonly contested: (quantity: string) => string;
  readonly pinned: (quantity: string) => string;
  readonly unconfirmed: (phrase: string) => string;
}

export interface Speaker {
  readonly name: string;
  readonly named: boolean;
}

const grouped = (value: number, separator: string): string =>
  value < 1_000 ? String(value) : String(value).replace(/\B(?=(?:\d{3})+$)/gu, separator);

/** Words that stand in lower case within names of people and places. */
const nameParticles = new Set([
  'of',
  'the',
  'and',
  'for',
  'in',
  'on',
  'at',
  'de',
  'du',
  'des',
  'la',
  'le',
  'el',
  'al',
  'bin',
  'ben',
  'ibn',
  'von',
  'van',
  'ould',
  'da',
  'di',
]);

/** "Algerian interior ministry" is a description and takes an article; "Reuters" and "Abdelmalek Sellal" are names. */
const isDescription = (name: string): boolean =>
  /^(?:government|ministry|inquest|office|police) /iu.test(name) ||
  name.split(' ').some((word) => /^\p{Ll}/u.test(word) && !nameParticles.has(word) && !/['’]s$/u.test(name));

const indefinite = (name: string): string => `${/^[aeiou]/iu.test(name) ? 'an' : 'a'} ${name}`;

const lowerFirst = (text: string): string => text.replace(/^The /u, 'the ');

const namedSpeaker = (name: string): string =>
  isDescription(name) && !/^the /iu.test(name) ? `the ${name}` : lowerFirst(name);

/** A plural source ("Algerian sources") takes no article. */
const unnamedSpeaker = (name: string): string =>
  /(?:s|people)$/u.test(name) && !/['’]s? /u.test(name) ? name : indefinite(name);

/** How many names are kept as words; the same few speak all the time. */
const wordsKeptMax = 1_000;

/** Keeps what was made of the names met last. */
const remembered = (make: (name: string) => string): ((name: string) => string) => {
  const kept = new Map<string, string>();
  return (name) => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    if (kept.size >= wordsKeptMax) kept.clear();
    const words = make(name);
    kept.set(name, words);
    return words;
  };
};

const [namedWords, unnamedWords] = [remembered(namedSpeaker), remembered(unnamedSpeaker)];

const englishSpeaker = ({ name, named }: Speaker): string => (named ? namedWords(name) : unnamedWords(name));

const english: Language = {
  id: 'en',
  number: (value) => grouped(value, ','),
  exactly: (value) => grouped(value, ','),
  atLeast: (value) => `at least ${grouped(value, ',')}`,
  atMost: (value) => `at most ${grouped(value, ',')}`,
  about: (value) => `about ${grouped(value, ',')}`,
  between: (low, high) => `${grouped(low, ',')} to ${grouped(high, ',')}`,
  unknown: 'an unknown number',
  noEstimate: 'no estimate',
  said: (quantity, speaker, hedged) => `${hedged ? 'perhaps ' : ''}${quantity}, ${englishSpeaker(speaker)} said`,
  derived: (quantity) => `${quantity}, adding up what was reported`,
  together: (quantity) => `${quantity}, taking the accounts together`,
  contested: (quantity) => `${quantity}, accounts differ`,
  pinned: (quantity) => `${quantity}, set by the editors`,
  unconfirmed: (phrase) => `${phrase}; unconfirmed`,
};

/** French puts a narrow no-break space between thousands. */
const french: Language = {
  id: 'fr',
  number: (value) => grouped(value, '\u202f'),
  exactly: (value) => grouped(value, '\u202f'),
  atLeast: (value) => `au moins ${grouped(value, '\u202f')}`,
  atMost: (value) => `au plus ${grouped(value, '\u202f')}`,
  about: (value) => `environ ${grouped(value, '\u202f')}`,
  between: (low, high) => `de ${grouped(low, '\u202f')} à ${grouped(high, '\u202f')}`,
  unknown: 'un nombre inconnu',
  noEstimate: 'pas d’estimation',
  said: (quantity, { name }, hedged) => `${hedged ? 'peut-être ' : ''}${quantity}, selon ${name}`,
  derived: (quantity) => `${quantity}, somme de ce qui a été rapporté`,
  together: (quantity) => `${quantity}, en rapprochant les déclarations`,
  contested: (quantity) => `${quantity}, les sources divergent`,
  pinned: (quantity) => `${quantity}, chiffre retenu par la rédaction`,
  unconfirmed: (phrase) => `${phrase} ; non confirmé`,
};

export const languages: readonly Language[] = [english, french];

/** The language by its tag's first part; English where it is not among ours. */
export const languageOf = (lang?: string): Language => {
  if (lang === undefined) return english;
  const [id] = lang.toLowerCase().split('-');
  return languages.find((language) => language.id === id) ?? english;
};
