import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
const rows = [...read('docs/dependencies.md').matchAll(/^\| `(?<name>[^`]+)` \| (?<licence>[^|]+) \| .+ \|$/gmu)].map(
  ({ groups }) => ({ name: groups!['name']!, licence: groups!['licence']! }),
);

describe('docs/dependencies.md', () => {
  it('gives a reason for every direct dependency, and for no other', () => {
    const direct = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
    expect(rows.map(({ name }) => name)).toEqual(direct);
  });

  it.each(rows)('names the licence of $name', ({ name, licence }) => {
    const { license } = JSON.parse(read(`node_modules/${name}/package.json`)) as { license: string };
    expect(licence).toBe(license);
  });
});
