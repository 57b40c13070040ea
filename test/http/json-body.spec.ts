import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nestingDepthMax, readJson } from '../../src/http/json-body.js';
import { ProblemError } from '../../src/http/problems.js';

const refusalOf = (bytes: Buffer | string): ProblemError => {
  try {
    readJson(Buffer.from(bytes));
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('it was read');
};

describe('a JSON body', () => {
  it('is read as JSON.parse reads it, whatever it holds', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        // Arbitrary text may happen to give a member twice only where fast-check does, which it does not.
        expect(readJson(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['an empty body', '', 'body-required'],
    ['a lone continuation byte', Buffer.from([0x22, 0x80, 0x22]), 'invalid-utf8'],
    ['an overlong form', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'invalid-utf8'],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'invalid-utf8'],
    ['half of JSON', '{"a":', 'invalid-json'],
    ['a byte order mark', '\uFEFF{}', 'invalid-json'],
    ['NaN', '{"a":NaN}', 'invalid-json'],
    ['two values', '{} {}', 'invalid-json'],
    ['a tower of arrays', '['.repeat(100_000) + ']'.repeat(100_000), 'nested-too-deep'],
  ])('is refused where it is %s', (_what, bytes, code) => {
    expect(refusalOf(bytes)).toMatchObject({ code, status: 400 });
  });

  it('may be nested to the bound', () => {
    expect(() => readJson(Buffer.from('['.repeat(nestingDepthMax) + ']'.repeat(nestingDepthMax)))).not.toThrow();
  });

  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":{"b":[{"c":1,"d":2,"c":3}]}}', '/a/b/0/c'],
    // The same name, written in two ways.
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"a/b":1,"a/b":2}', '/a~1b'],
    ['{"m~n":1,"m~n":2}', '/m~0n'],
    ['{"__proto__":1,"__proto__":2}', '/__proto__'],
    ['{"x":"\\"a\\":1","":1,"":2}', '/'],
  ])('names the member given twice in %s', (text, pointer) => {
    expect(refusalOf(text)).toMatchObject({ code: 'duplicate-member', errors: [{ pointer }] });
  });

  it.each([
    ['0.99999999999999999999', false],
    ['1.00000000000000000001', false],
    ['1e-400', false],
    ['-1E-400', false],
    ['1.5', false],
    ['123e-2', false],
    ['7.000', true],
    ['70e-1', true],
    ['1.2500E2', true],
    ['0.000e-5', true],
    ['1e400', false],
    ['12e2', true],
  ])('%s is a whole number: %s', (text, isWhole) => {
    expect(Number.isInteger((readJson(Buffer.from(`{"n":[${text}]}`)) as { n: [number] }).n[0])).toBe(isWhole);
  });

  it.each(['{"a":"b:c","d":"\\":\\\\"}', '{"a:b":":"}', '{"__proto__":{"polluted":true}}', '[":",{"a":[]}]'])(
    'takes %s, colons in strings and all',
    (text) => {
      expect(JSON.stringify(readJson(Buffer.from(text)))).toBe(text);
    },
  );

  it('pollutes no prototype', () => {
    readJson(Buffer.from('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
