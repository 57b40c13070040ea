import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';

const dist = fileURLToPath(new URL('../../web/dist', import.meta.url));
const firstPageBytesMax = 100_000;

it('keeps everything that the first page loads small', () => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:html|js|css|svg)$/u.test(name),
  );
  const bytes = files
    .map((name) => gzipSync(readFileSync(`${dist}/${name}`)).length)
    .reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThan(firstPageBytesMax);
});
