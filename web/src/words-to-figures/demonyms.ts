/*
 * Peoples and their countries: ISO 3166-1 alpha-2, names of the country, adjectives, nouns for its people (in the
 * singular; plurals that only add an s are not written down). An own table and not Intl: it knows no demonyms, and what
 * an article comes to must not change with the browser.
 */
const rows = `
AD;Andorra;Andorran;Andorran
AE;United Arab Emirates,UAE,Emirates;Emirati;Emirati
AF;Afghanistan;Afghan;Afghan,Afghani
AG;Antigua and Barbuda;Antiguan;Antiguan
AL;Albania;Albanian;Albanian
AM;Armenia;Armenian;Armenian
AO;Angola;Angolan;Angolan
AR;Argentina;Argentine,Argentinian,Argentinean;Argentine,Argentinian
AT;Austria;Austrian;Austrian
AU;Australia;Australian;Australian
AZ;Azerbaijan;Azerbaijani,Azeri;Azerbaijani,Azeri
BA;Bosnia and Herzegovina,Bosnia;Bosnian;Bosnian
BB;Barbados;Barbadian;Barbadian
BD;Bangladesh;Bangladeshi;Bangladeshi
BE;Belgium;Belgian;Belgian
BF;Burkina Faso;Burkinabe,Burkinabé;Burkinabe,Burkinabé
BG;Bulgaria;Bulgarian;Bulgarian
BH;Bahrain;Bahraini;Bahraini
BI;Burundi;Burundian;Burundian
BJ;Benin;Beninese;Beninese
BN;Brunei;Bruneian;Bruneian
BO;Bolivia;Bolivian;Bolivian
BR;Brazil;Brazilian;Brazilian
BS;Bahamas;Bahamian;Bahamian
BT;Bhutan;Bhutanese;Bhutanese
BW;Botswana;Botswanan;Motswana,Batswana
BY;Belarus;Belarusian,Belarussian;Belarusian,Belarussian
BZ;Belize;Belizean;Belizean
CA;Canada;Canadian;Canadian
CD;Democratic Republic of Congo,DR Congo,DRC;Congolese;Congolese
CF;Central African Republic;Central African;Central African
CG;Republic of Congo,Congo-Brazzaville;;
CH;Switzerland;Swiss;Swiss
CI;Ivory Coast,Côte d'Ivoire;Ivorian;Ivorian
CL;Chile;Chilean;Chilean
CM;Cameroon;Cameroonian;Cameroonian
CN;China;Chinese;Chinese
CO;Colombia;Colombian;Colombian
CR;Costa Rica;Costa Rican;Costa Rican
CU;Cuba;Cuban;Cuban
CV;Cape Verde;Cape Verdean;Cape Verdean
CY;Cyprus;Cypriot;Cypriot
CZ;Czech Republic,Czechia;Czech;Czech
DE;Germany;German;German
DJ;Djibouti;Djiboutian;Djiboutian
DK;Denmark;Danish;Dane
DM;Dominica;;
DO;Dominican Republic;Dominican;Dominican
DZ;Algeria;Algerian;Algerian
EC;Ecuador;Ecuadorian,Ecuadorean;Ecuadorian,Ecuadorean
EE;Estonia;Estonian;Estonian
EG;Egypt;Egyptian;Egyptian
ER;Eritrea;Eritrean;Eritrean
ES;Spain;Spanish;Spaniard
ET;Ethiopia;Ethiopian;Ethiopian
FI;Finland;Finnish;Finn
FJ;Fiji;Fijian;Fijian
FR;France;French;Frenchman/Frenchmen,Frenchwoman/Frenchwomen
GA;Gabon;Gabonese;Gabonese
GB;United Kingdom,UK,U.K.,Britain,Great Britain,England,Scotland,Wales,Northern Ireland;British,English,Scottish,Welsh;Briton,Brit,Englishman/Englishmen,Englishwoman/Englishwomen,Scot,Scotsman/Scotsmen,Welshman/Welshmen
GD;Grenada;Grenadian;Grenadian
GE;Georgia;Georgian;Georgian
GH;Ghana;Ghanaian;Ghanaian
GM;Gambia;Gambian;Gambian
GN;Guinea;Guinean;Guinean
GQ;Equatorial Guinea;Equatorial Guinean,Equatoguinean;Equatoguinean
GR;Greece;Greek;Greek
GT;Guatemala;Guatemalan;Guatemalan
GW;Guinea-Bissau;Bissau-Guinean;Bissau-Guinean
GY;Guyana;Guyanese;Guyanese
HK;Hong Kong;Hongkonger;Hongkonger
HN;Honduras;Honduran;Honduran
HR;Croatia;Croatian,Croat;Croatian,Croat
HT;Haiti;Haitian;Haitian
HU;Hungary;Hungarian;Hungarian
ID;Indonesia;Indonesian;Indonesian
IE;Ireland,Irish Republic;Irish;Irishman/Irishmen,Irishwoman/Irishwomen
IL;Israel;Israeli;Israeli
IN;India;Indian;Indian
IQ;Iraq;Iraqi;Iraqi
IR;Iran;Iranian;Iranian
IS;Iceland;Icelandic;Icelander
IT;Italy;Italian;Italian
JM;Jamaica;Jamaican;Jamaican
JO;Jordan;Jordanian;Jordanian
JP;Japan;Japanese;Japanese
KE;Kenya;Kenyan;Kenyan
KG;Kyrgyzstan;Kyrgyz;Kyrgyz
KH;Cambodia;Cambodian;Cambodian
KM;Comoros;Comoran,Comorian;Comoran,Comorian
KP;North Korea;North Korean;North Korean
KR;South Korea;South Korean,Korean;South Korean,Korean
KW;Kuwait;Kuwaiti;Kuwaiti
KZ;Kazakhstan;Kazakh,Kazakhstani;Kazakh,Kazakhstani
LA;Laos;Laotian,Lao;Laotian,Lao
LB;Lebanon;Lebanese;Lebanese
LI;Liechtenstein;Liechtensteiner;Liechtensteiner
LK;Sri Lanka;Sri Lankan;Sri Lankan
LR;Liberia;Liberian;Liberian
LS;Lesotho;Basotho;Mosotho,Basotho
LT;Lithuania;Lithuanian;Lithuanian
LU;Luxembourg;Luxembourgish;Luxembourger
LV;Latvia;Latvian;Latvian
LY;Libya;Libyan;Libyan
MA;Morocco;Moroccan;Moroccan
MC;Monaco;Monegasque;Monegasque
MD;Moldova;Moldovan;Moldovan
ME;Montenegro;Montenegrin;Montenegrin
MG;Madagascar;Malagasy;Malagasy
MK;North Macedonia,Macedonia;Macedonian,North Macedonian;Macedonian
ML;Mali;Malian;Malian
MM;Myanmar,Burma;Burmese,Myanmar;Burmese
MN;Mongolia;Mongolian;Mongolian
MR;Mauritania;Mauritanian;Mauritanian
MT;Malta;Maltese;Maltese
MU;Mauritius;Mauritian;Mauritian
MV;Maldives;Maldivian;Maldivian
MW;Malawi;Malawian;Malawian
MX;Mexico;Mexican;Mexican
MY;Malaysia;Malaysian;Malaysian
MZ;Mozambique;Mozambican;Mozambican
NA;Namibia;Namibian;Namibian
NE;Niger;Nigerien;Nigerien
NG;Nigeria;Nigerian;Nigerian
NI;Nicaragua;Nicaraguan;Nicaraguan
NL;Netherlands,Holland;Dutch;Dutchman/Dutchmen,Dutchwoman/Dutchwomen
NO;Norway;Norwegian;Norwegian
NP;Nepal;Nepali,Nepalese;Nepali,Nepalese
NZ;New Zealand;New Zealand;New Zealander,Kiwi
OM;Oman;Omani;Omani
PA;Panama;Panamanian;Panamanian
PE;Peru;Peruvian;Peruvian
PG;Papua New Guinea;Papua New Guinean;Papua New Guinean
PH;Philippines;Philippine,Filipino,Filipina;Filipino,Filipina
PK;Pakistan;Pakistani;Pakistani
PL;Poland;Polish;Pole
PS;Palestine,Gaza,West Bank;Palestinian;Palestinian
PT;Portugal;Portuguese;Portuguese
PY;Paraguay;Paraguayan;Paraguayan
QA;Qatar;Qatari;Qatari
RO;Romania;Romanian;Romanian
RS;Serbia;Serbian,Serb;Serbian,Serb
RU;Russia;Russian;Russian
RW;Rwanda;Rwandan;Rwandan
SA;Saudi Arabia;Saudi,Saudi Arabian;Saudi,Saudi Arabian
SC;Seychelles;Seychellois;Seychellois
SD;Sudan;Sudanese;Sudanese
SE;Sweden;Swedish;Swede
SG;Singapore;Singaporean;Singaporean
SI;Slovenia;Slovenian,Slovene;Slovenian,Slovene
SK;Slovakia;Slovak,Slovakian;Slovak
SL;Sierra Leone;Sierra Leonean;Sierra Leonean
SN;Senegal;Senegalese;Senegalese
SO;Somalia;Somali;Somali
SR;Suriname;Surinamese;Surinamese
SS;South Sudan;South Sudanese;South Sudanese
SV;El Salvador;Salvadoran,Salvadorean;Salvadoran,Salvadorean
SY;Syria;Syrian;Syrian
SZ;Eswatini,Swaziland;Swazi;Swazi
TD;Chad;Chadian;Chadian
TG;Togo;Togolese;Togolese
TH;Thailand;Thai;Thai
TJ;Tajikistan;Tajik,Tajikistani;Tajik,Tajikistani
TL;East Timor,Timor-Leste;Timorese,East Timorese;Timorese
TM;Turkmenistan;Turkmen;Turkmen
TN;Tunisia;Tunisian;Tunisian
TO;Tonga;Tongan;Tongan
TR;Turkey,Türkiye;Turkish;Turk
TT;Trinidad and Tobago,Trinidad;Trinidadian;Trinidadian
TW;Taiwan;Taiwanese;Taiwanese
TZ;Tanzania;Tanzanian;Tanzanian
UA;Ukraine;Ukrainian;Ukrainian
UG;Uganda;Ugandan;Ugandan
US;United States,USA,US,U.S.,America;American,US,U.S.;American
UY;Uruguay;Uruguayan;Uruguayan
UZ;Uzbekistan;Uzbek,Uzbekistani;Uzbek,Uzbekistani
VA;Vatican;;
VE;Venezuela;Venezuelan;Venezuelan
VN;Vietnam,Viet Nam;Vietnamese;Vietnamese
VU;Vanuatu;Vanuatuan,ni-Vanuatu;ni-Vanuatu
WS;Samoa;Samoan;Samoan
XK;Kosovo;Kosovan,Kosovar;Kosovar,Kosovan
YE;Yemen;Yemeni;Yemeni
ZA;South Africa;South African;South African
ZM;Zambia;Zambian;Zambian
ZW;Zimbabwe;Zimbabwean;Zimbabwean
`;

type Use = 'place' | 'adjective' | 'singular' | 'plural';

export interface Demonym {
  /** ISO 3166-1 alpha-2 in upper case, or `foreign`. */
  readonly nationality: string;
  /** A word may be several: "Algerian" is an adjective and one person, "Japanese" one person or many too. */
  readonly uses: ReadonlySet<Use>;
  /** How many tokens it takes. */
  readonly length: number;
}

const table = new Map<string, { nationality: string; uses: Set<Use> }>();
let longest = 1;

function add(words: string, nationality: string, use: Use): void {
  const key = words.toLowerCase();
  longest = Math.max(longest, key.split(' ').length);
  const known = table.get(key);
  if (known === undefined) table.set(key, { nationality, uses: new Set([use]) });
  else if (known.nationality === nationality) known.uses.add(use);
}

const listed = (cell: string | undefined): readonly string[] =>
  cell === undefined || cell === '' ? [] : cell.split(',');

for (const row of rows.trim().split('\n')) {
  const [code = '', places, adjectives, nouns] = row.split(';');
  for (const place of listed(places)) add(place, code, 'place');
  for (const adjective of listed(adjectives)) add(adjective, code, 'adjective');
  for (const noun of listed(nouns)) {
    const [singular = '', plural] = noun.split('/');
    add(singular, code, 'singular');
    if (plural !== undefined) add(plural, code, 'plural');
    else if (/(?:ese|Swiss|Seychellois)$/u.test(singular)) add(singular, code, 'plural');
    else add(`${singular}s`, code, 'plural');
  }
}
add('foreigner', 'foreign', 'singular');
add('foreigners', 'foreign', 'plural');
add('foreign', 'foreign', 'adjective');
add('expatriate', 'foreign', 'singular');
add('expatriates', 'foreign', 'plural');
add('expats', 'foreign', 'plural');

/** What is never a nationality although it is written like one: a country's name in lower case is another word. */
const capitalised = /^\p{Lu}/u;

/** The people or country named from a token on; the longest name wins ("South African" before "African"). */
export function demonymAt(
  tokens: readonly { readonly text: string; readonly lower: string }[],
  at: number,
): Demonym | null {
  for (let length = longest; length >= 1; length -= 1) {
    const slice = tokens.slice(at, at + length);
    if (slice.length < length) continue;
    const found = table.get(slice.map(({ lower }) => lower).join(' '));
    if (found === undefined) continue;
    if (found.nationality !== 'foreign' && !capitalised.test(slice[0]?.text ?? '')) continue;
    return { nationality: found.nationality, uses: found.uses, length };
  }
  return null;
}

const countries = new Map(
  rows
    .trim()
    .split('\n')
    .map((row) => {
      const [code = '', places] = row.split(';');
      return [code, listed(places)[0] ?? code] as const;
    }),
);

/** A country's name as written in English; `null` for what is no country's code. */
export const countryName = (nationality: string): string | null => countries.get(nationality) ?? null;
