import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BoundedMap } from '../../src/projections/bounded-map.js';

test('a bounded map keeps what was used last, and never more than its bounds', () => {
  const use = fc.record({ key: fc.nat(40), weight: fc.integer({ min: 1, max: 100 }), again: fc.nat(40) });
  fc.assert(
    fc.property(fc.array(use, { minLength: 1, maxLength: 100 }), (uses) => {
      const map = new BoundedMap<number, number>(16, 100);
      // Every key set so far, used last last.
      const used = new Map<number, number>();
      const touch = (key: number, weight: number): void => {
        used.delete(key);
        used.set(key, weight);
      };
      for (const { key, weight, again } of uses) {
        const known = map.get(again);
        if (known !== undefined) touch(again, known);
        map.set(key, weight, weight);
        touch(key, weight);
      }
      const kept = [...used].filter(([key]) => map.get(key) !== undefined);
      expect(kept.length).toBe(map.size);
      expect(kept.length).toBeLessThanOrEqual(16);
      expect(kept.reduce((sum, [, weight]) => sum + weight, 0)).toBeLessThanOrEqual(100);
      expect(kept.length).toBeGreaterThan(0);
      expect(kept).toEqual([...used].slice(-kept.length));
    }),
  );
});

test('a bounded map lets some of the oldest go at once', () => {
  const map = new BoundedMap<number, string>(32, 1_000);
  for (let key = 0; key < 33; key += 1) map.set(key, `value ${key}`, 1);
  expect([map.get(0), map.get(2), map.get(3), map.get(32)]).toEqual([undefined, undefined, 'value 3', 'value 32']);
  expect(map.size).toBe(30);
});
