import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, v5 } from 'uuid';
import { idsOfKey, newIds } from '../../src/filing/filing-ids.js';

// Stored events have ids made with it: it never changes.
const namespace = parse('6b6f0f5a-3c1e-5d7b-9a44-0d0f5f2f7c11');

test('the ids of a key are UUIDs version 5 of incident, desk, key and place', () => {
  const name = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(name, name, name, fc.nat(600), (slug, desk, key, place) => {
      const { filingId, eventId } = idsOfKey(slug, desk, key);
      expect(filingId).toBe(v5(JSON.stringify([slug, desk, key]), namespace));
      expect(eventId(place)).toBe(v5(JSON.stringify([slug, desk, key, place]), namespace));
    }),
  );
});

test('without a key they are new, and stay when asked for again', () => {
  let made = 0;
  const { filingId, eventId } = newIds(() => String((made += 1)));
  expect([filingId, eventId(1), eventId(0), eventId(1)]).toEqual(['1', '2', '3', '2']);
});
