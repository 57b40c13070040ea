import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { estimateOf, tallyOf } from '../../src/domain/tally/ledger.js';
import type { Best } from '../../src/domain/tally/shapes.js';
import { methodIds } from '../../src/domain/vocabulary.js';
import { references, SampleHistory } from '../domain/tally/sample-incident.js';

const page = new URL('../../docs/methods.md', import.meta.url);
const begin = /<!-- in-amenas: written by the code[^>]*-->\n/u;
const end = '<!-- in-amenas: end -->';

const shown = (best: Best | null | undefined): string => {
  if (best === null || best === undefined) return '–';
  const { low, high, point } = best;
  const span = high === null ? `≥ ${low}` : low === high ? String(low) : `${low}–${high}`;
  return point !== null && low !== high ? `${span} (${point})` : span;
};

const titles = (first: string): string[][] => [
  [first, ...methodIds.map((method) => method.replace('/1', ''))],
  ['---', ...methodIds.map(() => '---')],
];

const printed = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `| ${row.join(' | ')} |\n`).join('');

/** Hostages killed, under each method: after each report that moved one of them. */
const asItCame = (): string => {
  const history = new SampleHistory();
  const rows = titles('after report');
  for (const reference of references) {
    history.file(reference);
    const bests = methodIds.map((method) => shown(estimateOf(history.ledger, 'killed/hostages', { method })?.best));
    if (bests.join() !== rows.at(-1)?.slice(1).join()) rows.push([reference, ...bests]);
  }
  return printed(rows);
};

/** In Amenas with all its reports: each cell's best under each method. */
const atTheEnd = (): string => {
  const history = new SampleHistory();
  for (const reference of references) history.file(reference);
  const tallies = methodIds.map((method) => ({
    method,
    bests: new Map(tallyOf(history.ledger, { method }).cells.map(({ cell, best }) => [cell, best])),
  }));
  const cells = [...new Set(tallies.flatMap(({ bests }) => [...bests.keys()]))].sort();
  return printed([
    ...titles('cell'),
    ...cells.map((cell) => [`\`${cell}\``, ...tallies.map(({ bests }) => shown(bests.get(cell)))]),
  ]);
};

test('the table of In Amenas under each method is what the code gives', async () => {
  const text = await readFile(page, 'utf8');
  const from = begin.exec(text);
  if (from === null) throw new Error('docs/methods.md has no place for the table');
  const start = from.index + from[0].length;
  const stop = text.indexOf(end);
  const written = `\nHostages killed, after each report that moved one of the six:\n\n${asItCame()}\nEvery cell, at the end:\n\n${atTheEnd()}\n`;
  if (process.env['UPDATE_DOCS'] !== undefined)
    await writeFile(page, text.slice(0, start) + written + text.slice(stop));
  else expect(text.slice(start, stop)).toBe(written);
});

test('every method has its section, with where it comes from', async () => {
  const text = await readFile(page, 'utf8');
  for (const method of methodIds) {
    const [, section = ''] = text.split(`\n## ${method}\n`);
    expect(section.split('\n## ')[0]).toMatch(/\*\*Where it comes from\.\*\*/u);
  }
});
