import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bounds } from '../../../src/domain/bounds.js';
import { storedText, utf8Bytes } from '../../../src/domain/decide/filing-size.js';
import type { FiledEvent } from '../../../src/domain/events.js';
import { file, given, killed, open } from '../given.js';

const storedBytes = (event: FiledEvent): number => Buffer.byteLength(storedText(event));

// All of Unicode, each code point alike.
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 12 })
  .map((points) => String.fromCodePoint(...points));

test('the length of a text in UTF-8 is what the runtime says it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
    }),
  );
  expect(utf8Bytes('\ud800a\udc00')).toBe(Buffer.byteLength('\ud800a\udc00'));
});

describe('a filing', () => {
  const words = '戦'.repeat(500);
  const figures = (count: number) => Array.from({ length: count }, () => killed(1, { words }));

  test('may be as large as one atomic append, and no larger', () => {
    const [, figure] = given(open())
      .when(file(figures(1)))
      .thenEvents();
    const most = Math.floor(bounds.filingBytesMax / (figure === undefined ? 1 : storedBytes(figure)));
    const taken = given(open()).when(file(figures(most - 2)));
    expect(taken.thenEvents().reduce((sum, event) => sum + storedBytes(event), 0)).toBeLessThanOrEqual(
      bounds.filingBytesMax,
    );
    given(open())
      .when(file(figures(most + 1)))
      .thenRefused('filing-too-large');
  });

  test('has no event that is too large; the refusal says which', () => {
    const values = Array.from({ length: 700 }, (_, at) => ({ id: `value-${at}-${'x'.repeat(60)}` }));
    const { decision } = given().when(open({ breakdowns: [{ key: 'place', values }] }));
    expect(decision).toMatchObject({
      refusal: { code: 'filing-too-large', detail: expect.stringMatching(/^Event 0 .*IncidentOpened.* bytes/) },
    });
  });
});
