import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packAppends, packOutcomes, unpackAppends, unpackOutcomes } from '../../src/log/embedded/packed-appends.js';

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

test('outcomes come out of their packing as they went in', () => {
  const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  const stored = fc.record({
    ok: fc.constant(true as const),
    revision: number,
    position: number.filter((position) => position > 0),
  });
  const conflict = fc.record({ ok: fc.constant(false as const), actual: fc.oneof(fc.constant(-1), number) });
  fc.assert(
    fc.property(fc.array(fc.oneof(stored, conflict)), (outcomes) => {
      expect(unpackOutcomes(structuredClone(packOutcomes(outcomes)))).toEqual(outcomes);
    }),
  );
});
