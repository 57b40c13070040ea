import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Estimate } from '../../web/src/api/shapes.js';
import { breakdownsOf, restOf } from '../../web/src/tally/breakdowns.js';
import { estimate, scheme } from './samples.js';

const cellsOf = (...estimates: readonly Estimate[]) => new Map(estimates.map((each) => [each.cell, each]));
const open = (low: number) => ({ best: { low, high: null, point: null } });

describe('restOf', () => {
  it('is what the parts leave of the whole, for any numbers that can be true together', () => {
    const counts = fc.array(fc.nat(50), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(counts, fc.nat(50), counts, (actual, rest, slack) => {
        const total = actual.reduce((sum, count) => sum + count, rest);
        const parts = actual.map((count, at) => ({
          low: Math.max(0, count - (slack[at] ?? 0)),
          high: (slack[at] ?? 0) % 7 === 6 ? null : count + (slack[at] ?? 0),
        }));
        const left = restOf({ low: total, high: total }, parts);
        expect(left.low).toBeLessThanOrEqual(rest);
        expect(left.high).toBeGreaterThanOrEqual(rest);
      }),
    );
  });

  it('is open where the whole is', () => {
    expect(restOf({ low: 30, high: null }, [{ low: 10, high: 10 }])).toEqual({ low: 20, high: null });
  });
});

describe('breakdownsOf', () => {
  it('takes a whole apart by nationality, foreigners again among themselves', () => {
    const cells = cellsOf(
      estimate('killed/hostages', 40),
      estimate('killed/hostages/nationality=DZ', 1),
      estimate('killed/hostages/nationality=foreign', null, { best: { low: 36, high: 37, point: null } }),
      estimate('killed/hostages/nationality=JP', 10),
      estimate('killed/hostages/nationality=MY', null, open(2)),
      estimate('killed/hostages/nationality=GB/place=SY', 1),
      estimate('killed/militants/nationality=DZ', 2),
      estimate('held/hostages/nationality=US', 3),
    );
    const [nationality, ...others] = breakdownsOf('killed/hostages', cells, scheme);
    expect(others).toEqual([]);
    expect(nationality).toMatchObject({ key: 'nationality', rest: { low: 2, high: 3 }, exceeds: false });
    expect(nationality?.parts.map(({ value }) => value)).toEqual(['foreign', 'DZ']);
    const [foreign] = nationality?.parts ?? [];
    expect(foreign?.parts.map(({ value, interval }) => [value, interval.low])).toEqual([
      ['JP', 10],
      ['MY', 2],
    ]);
    expect(foreign?.rest).toEqual({ low: 0, high: 25 });
  });

  it('takes a part apart too, by its own key and by another', () => {
    const cells = cellsOf(
      estimate('killed/hostages/nationality=foreign', 9),
      estimate('killed/hostages/nationality=JP', 4),
      estimate('killed/hostages/nationality=DZ', 3),
      estimate('killed/hostages/nationality=foreign/place=SY', 2),
    );
    const found = breakdownsOf('killed/hostages/nationality=foreign', cells, scheme);
    expect(found.map(({ key, parts }) => [key, parts.map(({ value }) => value)])).toEqual([
      ['nationality', ['JP']],
      ['place', ['SY']],
    ]);
  });

  it('leaves out keys whose values overlap, and counts of an unconfirmed part only what is implied', () => {
    const overlapping = { ...scheme, breakdowns: [{ key: 'role', overlapping: true }, { key: 'nationality' }] };
    const cells = cellsOf(
      estimate('killed/hostages', 10),
      estimate('killed/hostages/role=staff', 8),
      estimate('killed/hostages/role=guest', 8),
      estimate('killed/hostages/nationality=DZ', 9, { status: 'unconfirmed', implied: { low: 0, high: 10 } }),
    );
    const [only, ...others] = breakdownsOf('killed/hostages', cells, overlapping);
    expect(others).toEqual([]);
    expect(only?.parts[0]).toMatchObject({ value: 'DZ', interval: { low: 0, high: 10 } });
    expect(only?.rest).toEqual({ low: 0, high: 10 });
  });

  it('says where the parts are more than the whole', () => {
    const cells = cellsOf(
      estimate('killed/hostages', 5),
      estimate('killed/hostages/nationality=DZ', 4),
      estimate('killed/hostages/nationality=foreign', 3),
    );
    expect(breakdownsOf('killed/hostages', cells, scheme)[0]).toMatchObject({
      exceeds: true,
      rest: { low: 0, high: 0 },
    });
  });
});
