import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';

const dist = fileURLToPath(new URL('../../web/dist', import.meta.url));
const firstPageBytesMax = 100_000;
/** What an incident's page asks for by itself, beside what it starts with. */
const chart = 'src/chart/step-chart.tsx';

interface Built {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

const manifest = JSON.parse(readFileSync(`${dist}/manifest.json`, 'utf8')) as Readonly<Record<string, Built>>;

/** A part of the pages with all that it imports. */
function filesOf(name: string, files = new Set<string>()): Set<string> {
  const built = manifest[name];
  if (built === undefined) throw new Error(`${name} is not in the build`);
  if (files.has(built.file)) return files;
  for (const file of [built.file, ...(built.css ?? [])]) files.add(file);
  for (const other of built.imports ?? []) filesOf(other, files);
  return files;
}

const compressedBytes = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(`${dist}/${file}`)).length, 0);

it('keeps everything that the first page loads small', () => {
  const files = filesOf(chart, filesOf('index.html'));
  expect([...files].some((file) => file.endsWith('.css'))).toBe(true);
  expect(compressedBytes([...files, 'index.html', 'favicon.svg'])).toBeLessThan(firstPageBytesMax);
});

it.each(['src/pages/audit-page.tsx', 'src/pages/desk-page.tsx', 'src/pages/embed-page.tsx'])(
  'leaves %s to who asks for it',
  (page) => {
    const built = manifest[page];
    expect(built).toBeDefined();
    expect([...filesOf('index.html')]).not.toContain(built?.file);
  },
);
