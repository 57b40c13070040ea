import { describe, expect, test } from '@jest/globals';
import { bestText, counted, grouped, intervalText, timeText } from '../../src/cli/numbers.js';
import { printable, widthOf } from '../../src/cli/printable.js';
import { tableText, wrap } from '../../src/cli/table.js';

describe('tables', () => {
  test('columns are aligned and titles stand above them', () => {
    const text = tableText(
      [{ title: 'CELL' }, { title: 'BEST', align: 'right' }],
      [
        ['killed/a', '7'],
        ['held/b', '1,200'],
      ],
      null,
    );
    expect(text).toBe('CELL       BEST\nkilled/a      7\nheld/b    1,200\n');
  });

  test('the last column is wrapped to the terminal, and no word is lost', () => {
    const words = 'at least thirty people were killed, two officials said on the record';
    const text = tableText([{ title: 'CELL' }, { title: 'IN WORDS' }], [['killed/hostages', words]], 50);
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(50);
    expect(
      lines
        .slice(1)
        .map((line) => line.slice(17))
        .join(' '),
    ).toBe(words);
  });

  test('a column narrower than a word keeps the word', () => {
    expect(wrap('a Zwölfbuchstabenwort b', 5)).toEqual(['a', 'Zwölfbuchstabenwort', 'b']);
  });

  test('wide and combining characters count as they show', () => {
    expect(widthOf('共同通信')).toBe(8);
    expect(widthOf('e\u0301te\u0301')).toBe(3);
    expect(widthOf('a\u200bb')).toBe(2);
    const [, first, second] = tableText(
      [{ title: 'A' }, { title: 'B' }],
      [
        ['共同', 'x'],
        ['AFP', 'y'],
      ],
      null,
    ).split('\n');
    expect(widthOf(first!)).toBe(widthOf(second!));
  });

  test('what a report says cannot steer the terminal', () => {
    expect(printable('a\u001b[2Jb\r\nc\u202ed')).toBe('a [2Jb c d');
    expect(tableText([{ title: 'A' }], [['x\u001b]0;y\u0007']], null)).toBe('A\nx ]0;y\n');
  });
});

describe('numbers', () => {
  test.each([
    [null, '–'],
    [{ low: 12, high: 30 }, '12–30'],
    [{ low: 7, high: 7 }, '7'],
    [{ low: 44_374, high: null }, '44,374+'],
    [{ low: 0, high: null }, 'any'],
  ])('interval %j is %s', (interval, text) => {
    expect(intervalText(interval)).toBe(text);
  });

  test('a point inside a range is said before it', () => {
    expect(bestText({ low: 245, high: 255, point: 250 })).toBe('250 (245–255)');
    expect(bestText({ low: 12, high: 30, point: null })).toBe('12–30');
    expect(bestText({ low: 30, high: 30, point: 30 })).toBe('30');
  });

  test('thousands, plurals and times', () => {
    expect(grouped(1_000_000_000)).toBe('1,000,000,000');
    expect(grouped(999)).toBe('999');
    expect(counted(1, 'figure')).toBe('1 figure');
    expect(counted(0, 'reply', 'replies')).toBe('0 replies');
    expect(timeText('2013-01-17T22:00:00.123Z')).toBe('2013-01-17 22:00Z');
    expect(timeText(null)).toBe('–');
  });
});
