import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { bounds } from '../../src/domain/bounds.js';
import { bodyBytesMax, nestingDepthMax } from '../../src/http/json-body.js';
import { problems } from '../../src/http/problems.js';

const root = new URL('../../', import.meta.url);

const documented = readFileSync(new URL('docs/problems.md', root), 'utf8')
  .split('\n')
  .map(
    (line) =>
      /^\| `(?<code>[a-z0-9-]+)` \| (?<status>\d{3}) \| (?<meaning>[^|]+) \| (?<remedy>[^|]+) \|$/u.exec(line)?.groups,
  )
  .filter((row) => row !== undefined);

const sourceBeside = (directory: string, besides: string): string =>
  readdirSync(new URL(directory, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !besides.includes(name))
    .map((name) => readFileSync(new URL(`${directory}/${name}`, root), 'utf8'))
    .join('\n');

describe('the catalogue of problems', () => {
  it('is what docs/problems.md says, both ways, in order of status', () => {
    const inCode = Object.entries(problems).map(([code, { status }]) => `${code} ${status}`);
    expect(documented.map((row) => `${row['code']} ${row['status']}`).toSorted()).toEqual(inCode.toSorted());
    const statuses = documented.map((row) => Number(row['status']));
    expect(statuses).toEqual(statuses.toSorted((a, b) => a - b));
  });

  it('has no two codes of one title', () => {
    const titles = Object.values(problems).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('has no code that nothing answers with', () => {
    const source = ['src/domain', 'src/filing', 'src/projections', 'src/audit', 'src/http']
      .map((directory) => sourceBeside(directory, 'problems.ts refusal.ts call.decorator.ts'))
      .join('\n')
      // What OpenAPI says of a call is no use of a code.
      .replaceAll(/problems: \[[^\]]*\]/gu, '');
    expect(Object.keys(problems).filter((code) => !source.includes(`'${code}'`))).toEqual([]);
  });

  it('tells the bounds as they are', () => {
    const row = (code: string): string => documented.find((one) => one['code'] === code)?.['meaning'] ?? '';
    expect(row('body-too-large')).toContain(`${bodyBytesMax / 1024} KiB`);
    expect(row('too-many-figures')).toContain(String(bounds.figuresInReportMax));
    expect(row('nested-too-deep')).toContain(String(nestingDepthMax));
  });
});
