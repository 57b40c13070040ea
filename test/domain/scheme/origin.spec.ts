import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalName, originNameOf } from '../../../src/domain/origin.js';

// All of Unicode, each code point alike.
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 12 })
  .map((points) => String.fromCodePoint(...points));

describe('a name in canonical form', () => {
  test.each([
    ['  The   Interior\tMinistry ', 'the interior ministry'],
    ['The mayor’s office', "the mayor's office"],
    ['The mayor´s office', "the mayor's office"],
    ['ＮＨＫ', 'nhk'],
    ['Ministère de l’Intérieur', "ministère de l'intérieur"],
    ['Ministe\u0300re', 'ministère'],
    ['İstanbul', 'i̇stanbul'],
  ])('%j is %j', (name, canonical) => {
    expect(canonicalName(name)).toBe(canonical);
  });

  test('is its own canonical form', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const once = canonicalName(name);
        expect(canonicalName(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the origin behind a chain', () => {
  const source = { name: 'Algerian security source', kind: 'official', named: false } as const;
  const relay = { name: 'Reuters', kind: 'press' } as const;

  test('is the id of the speaker where the desk gave one', () => {
    expect(originNameOf([{ ...source, id: 'security-source' }, relay], 'APA')).toBe('security-source');
  });

  test('is the name of a named speaker, whoever relays it', () => {
    expect(originNameOf([{ name: 'Interior  Ministry', kind: 'authority' }, relay], 'APA')).toBe('interior ministry');
  });

  test('is an unnamed speaker together with the first relay: two agencies’ sources may be two people', () => {
    expect(originNameOf([source, relay, { name: 'APA', kind: 'press' }], 'APA')).toBe(
      'algerian security source @ reuters',
    );
    expect(originNameOf([source], 'Agence  France-Presse')).toBe('algerian security source @ agence france-presse');
  });
});
