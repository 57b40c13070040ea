const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  women: 'woman',
  men: 'man',
  wives: 'wife',
  lives: 'life',
  crew: 'crew',
  police: 'police',
  staff: 'staff',
  bodies: 'body',
  casualties: 'casualty',
  personnel: 'personnel',
  medics: 'medic',
  corpses: 'corpse',
  nurses: 'nurse',
  hostages: 'hostage',
  schoolchildren: 'schoolchild',
  grandchildren: 'grandchild',
  priests: 'priest',
  witnesses: 'witness',
  press: 'press',
  headmistress: 'headmistress',
  princess: 'princess',
  waitress: 'waitress',
  mourners: 'mourner',
  series: 'series',
  species: 'species',
};

/** A noun in the singular, as well as endings tell: "policemen" → "policeman", "bodies" → "body". */
export function singular(word: string): string {
  const known = irregular[word];
  if (known !== undefined) return known;
  if (word.endsWith('children')) return word.slice(0, -3);
  if (word.endsWith('men') && word.length > 4) return `${word.slice(0, -3)}man`;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/u.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(?:ss|us|is)$/u.test(word)) return word.slice(0, -1);
  return word;
}

/** An id's words, each in the singular: `aid-workers` → `aid worker`. */
export const idWords = (id: string): readonly string[] =>
  id
    .replaceAll(/([a-z])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/u)
    .map(singular);
