import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { lexicons } from '../../src/domain/tally/lexicons.js';
import { aboutWidth } from '../../src/domain/tally/interval.js';

const page = await readFile(new URL('../../docs/methods.md', import.meta.url), 'utf8');

/** Rows of the table whose first title is `title`, cell by cell. */
const rowsOf = (title: string): readonly (readonly string[])[] => {
  const lines = page.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${title} |`));
  const end = lines.findIndex((line, at) => at > head && !line.startsWith('|'));
  return lines.slice(head, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

test('the lexicons of the page are those of the code', () => {
  const [titles = [], , ...rows] = rowsOf('word');
  const shown = titles.slice(1).map((title, column) => {
    const words = rows.map((row) => [row[0], row[column + 1]]).filter(([, low]) => low !== '–');
    return [title.replaceAll('`', ''), Object.fromEntries(words.map(([word, low]) => [word, Number(low)]))];
  });
  const meant = Object.entries(lexicons).map(([id, words]) => [id, Object.fromEntries(words)]);
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(meant));
});

test('about is as wide as the page says', () => {
  const shown = /So 253 is read as 252 to 254,\s+250 as 245 to 255, 1,200 as 1,150 to 1,250\./u;
  expect(page).toMatch(shown);
  expect([253, 250, 1_200].map(aboutWidth)).toEqual([1, 5, 50]);
});
