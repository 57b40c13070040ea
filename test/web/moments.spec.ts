import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellsAt, clockOf, everSeen, momentAt, momentsOf, timelineOf } from '../../web/src/past/moments.js';
import { estimate, revision } from './samples.js';

const live = (number: string, at: string, members = {}) =>
  revision(number, { recordedAt: at, publishedAt: at, ...members });

describe('clockOf', () => {
  it('goes by publication where most reports were filed long after it, else by recording', () => {
    expect(clockOf([revision('1'), revision('2', { publishedAt: null })])).toBe('published');
    expect(clockOf([live('1', '2026-11-22T20:00:00Z'), live('2', '2026-11-22T21:00:00Z')])).toBe('recorded');
    expect(clockOf([])).toBe('recorded');
  });
});

describe('momentsOf', () => {
  it('makes one moment of all that was published at a time, and never goes back', () => {
    const moments = momentsOf(
      [
        revision('3', { position: '30', publishedAt: '2013-01-17T00:00:00Z' }),
        revision('1', { position: '10', publishedAt: '2013-01-16T00:00:00Z' }),
        revision('2', { position: '20', publishedAt: '2013-01-18T00:00:00Z' }),
        revision('4', { position: '40', publishedAt: null }),
        revision('5', { position: '50', publishedAt: '2013-01-19T00:00:00Z' }),
      ],
      'published',
    );
    expect(moments.map(({ at, position }) => [new Date(at).toISOString().slice(0, 10), position])).toEqual([
      ['2013-01-16', '10'],
      // Filed late, and a decision of the desk: at the time of what they came after.
      ['2013-01-18', '40'],
      ['2013-01-19', '50'],
    ]);
    expect(moments[1]?.revisions.map(({ number }) => number)).toEqual(['2', '3', '4']);
  });

  it('makes one moment of each filing by the time of recording', () => {
    const moments = momentsOf(
      [
        live('1', '2026-11-22T20:00:00Z', { position: '10' }),
        live('2', '2026-11-22T20:00:00Z', { position: '10', cell: 'killed/militants' }),
        live('3', '2026-11-22T20:00:00Z', { position: '12' }),
      ],
      'recorded',
    );
    expect(moments.map(({ position, revisions }) => [position, revisions.length])).toEqual([
      ['10', 2],
      ['12', 1],
    ]);
  });
});

describe('cellsAt', () => {
  it('gives each cell as its last revision up to then left it, for any history', () => {
    const histories = fc.array(
      fc.record({ cell: fc.constantFrom('a/x', 'b/x', 'c/x'), value: fc.option(fc.nat(99)), joins: fc.boolean() }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(histories, fc.nat(), (history, choice) => {
        let position = 0;
        const revisions = history.map(({ cell, value, joins }, at) => {
          if (!joins || at === 0) position += 1;
          return live(String(at + 1), '2026-11-22T20:00:00Z', {
            cell,
            position: String(position),
            after: value === null ? null : estimate(cell, value),
          });
        });
        const moments = momentsOf(revisions, 'recorded');
        if (moments.length === 0) return;
        const moment = choice % moments.length;
        const expected = new Map<string, unknown>();
        for (const { cell, after, position: at } of revisions)
          if (Number(at) <= moment + 1) {
            if (after === null) expected.delete(cell);
            else expected.set(cell, after);
          }
        const timeline = timelineOf(moments);
        expect(cellsAt(timeline, moment)).toEqual(expected);
        for (const cell of expected.keys()) expect(everSeen(timeline).has(cell)).toBe(true);
      }),
    );
  });

  it('gives the very objects of the revisions, so that what did not change is not drawn again', () => {
    const first = live('1', '2026-11-22T20:00:00Z', { position: '1' });
    const other = live('2', '2026-11-22T21:00:00Z', { position: '2', cell: 'killed/militants' });
    const timeline = timelineOf(momentsOf([first, other], 'recorded'));
    expect(cellsAt(timeline, 1).get('killed/hostages')).toBe(first.after);
  });
});

describe('momentAt', () => {
  const moments = momentsOf(
    ['2026-11-22T20:00:00Z', '2026-11-22T21:00:00Z', '2026-11-22T22:00:00Z'].map((at, index) =>
      live(String(index + 1), at),
    ),
    'recorded',
  );
  it.each([
    ['2026-11-22T19:00:00Z', 0],
    ['2026-11-22T21:00:00Z', 1],
    ['2026-11-22T21:59:00Z', 1],
    ['2027-01-01T00:00:00Z', 2],
  ])('at %s is moment %i', (at, expected) => {
    expect(momentAt(moments, Date.parse(at))).toBe(expected);
  });
});
