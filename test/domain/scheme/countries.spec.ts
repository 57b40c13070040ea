import { describe, expect, test } from '@jest/globals';
import { countries, countryName, isCountry } from '../../../src/domain/countries.js';

// Region codes that Unicode names and ISO 3166-1 does not officially assign: withdrawn, reserved, private or for tests.
const notIso = new Set(
  'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB XK YD YU ZR ZZ'.split(' '),
);

const namesIn = (lang: string) => new Intl.DisplayNames(lang, { type: 'region', fallback: 'none' });

const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));
const allPairs = letters.flatMap((a) => letters.map((b) => a + b));

describe('countries', () => {
  test('are the 249 of ISO 3166-1', () => {
    const english = namesIn('en');
    const expected = allPairs.filter((code) => !notIso.has(code) && english.of(code) !== undefined);
    expect(expected).toHaveLength(249);
    expect(Object.keys(countries)).toEqual(expected);
  });

  test('have the names that Unicode gives them, but where a newsroom prints another', () => {
    const plain = (name: string | undefined): string =>
      (name ?? '').replace(' & ', ' and ').replace('St. ', 'Saint ').replaceAll('’', "'");
    const differing = (lang: 'en' | 'fr') => {
      const names = namesIn(lang);
      return Object.keys(countries).filter((code) => countryName(code, lang) !== plain(names.of(code)));
    };
    expect(differing('en')).toEqual(['CC', 'CD', 'CG', 'CZ', 'HK', 'MM', 'MO', 'PS', 'TR']);
    expect(differing('fr')).toEqual(['CD', 'CG', 'HK', 'MM', 'MO', 'PS', 'SX', 'VA']);
  });

  test('are known by their code in upper case only', () => {
    expect(isCountry('JP')).toBe(true);
    for (const code of ['jp', 'XX', 'UK', 'XK', 'JPN', '', 'constructor', '__proto__'])
      expect(isCountry(code)).toBe(false);
    expect(countryName('DZ')).toBe('Algeria');
    expect(countryName('DZ', 'fr')).toBe('Algérie');
    expect(countryName('toString')).toBeNull();
  });
});
