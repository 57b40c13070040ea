import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packAppends, unpackAppends } from '../../src/log/embedded/packed-appends.js';

test('appends come out of their packing as they went in', () => {
  const append = fc.record({
    stream: fc.string(),
    expected: fc.integer({ min: -1 }),
    bodies: fc.array(fc.string(), { minLength: 1, maxLength: 5 }),
  });
  fc.assert(
    fc.property(fc.array(append), (appends) => {
      expect(unpackAppends(structuredClone(packAppends(appends)))).toEqual(appends);
    }),
  );
});
