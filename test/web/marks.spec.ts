import { expect, it } from '@jest/globals';
import type { Figure } from '../../web/src/api/shapes.js';
import { marksOf, originsShownMax } from '../../web/src/chart/marks.js';

const figure = (id: string, origin: string, members: Partial<Figure> = {}): Figure => ({
  id,
  report: `rep_${id}`,
  cell: 'killed/hostages',
  position: id,
  recordedAt: '2026-11-22T20:00:00.000Z',
  statedAt: null,
  publishedAt: '2013-01-18T12:00:00Z',
  outlet: 'APA',
  url: null,
  attribution: [{ name: `the ${origin}`, kind: 'authority' }],
  origin,
  quantity: { kind: 'exactly', value: 30 },
  interval: { low: 30, high: 30 },
  words: null,
  basis: 'total',
  of: [],
  hedged: false,
  state: 'standing',
  filedBy: { desk: 'local', person: null },
  ...members,
});

it('tells the origins apart that were reported most, and counts the others together', () => {
  const origins = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const figures = [...origins.map((origin, at) => figure(String(at), origin)), figure('9', 'g')];
  const { marks, origins: shown, others } = marksOf(figures, 'published');
  expect(shown.map(({ origin, count }) => [origin, count])).toEqual([
    ['g', 2],
    ['a', 1],
    ['b', 1],
    ['c', 1],
    ['d', 1],
  ]);
  expect(others).toBe(2);
  expect(marks.map(({ origin }) => origin)).toEqual([1, 2, 3, 4, originsShownMax, originsShownMax, 0, 0]);
});

it('calls an origin for which several people spoke by its own name', () => {
  const { origins } = marksOf(
    [
      figure('1', 'algerian-government', { attribution: [{ name: 'the spokesman', kind: 'authority' }] }),
      figure('2', 'algerian-government', { attribution: [{ name: 'the minister', kind: 'authority' }] }),
    ],
    'published',
  );
  expect(origins.map(({ speaker }) => speaker)).toEqual(['Algerian government']);
});

it('stands where it was published or recorded, hollow once withdrawn', () => {
  const figures = [figure('1', 'a', { state: 'retracted', interval: { low: 7, high: null } })];
  expect(marksOf(figures, 'published').marks[0]).toMatchObject({
    at: Date.parse('2013-01-18T12:00:00Z'),
    low: 7,
    high: null,
    counts: false,
  });
  expect(marksOf(figures, 'recorded').marks[0]?.at).toBe(Date.parse('2026-11-22T20:00:00Z'));
});
