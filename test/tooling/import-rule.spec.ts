import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));
const trees: string[] = [];

/** A project of its own, with these files and this project's packages. */
function plant(files: Record<string, string>): string {
  const tree = mkdtempSync(join(tmpdir(), 'tollbook-imports-'));
  trees.push(tree);
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  for (const name of ['package.json', 'tsconfig.json']) copyFileSync(join(root, name), join(tree, name));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  return tree;
}

function check(files: Record<string, string>): { status: number | null; complaints: string[] } {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/check-imports.mjs')], {
    cwd: plant(files),
    encoding: 'utf8',
  });
  return { status, complaints: stderr.split('\n').filter(Boolean).toSorted() };
}

/** Reached from main, so that nothing but the import at hand is wrong. */
const main = (...paths: string[]): string => paths.map((path) => `import './${path}.js';\n`).join('');

const tidy = {
  'src/main.ts': main('log/embedded', 'projections/tally-fold', 'http/feed', 'settings'),
  'src/settings.ts': `import 'node:path';\nimport 'zod';\n`,
  'src/domain/cell.ts': `import 'zod';\n`,
  'src/log/event-log.ts': `import type {} from '../domain/cell.js';\nexport {};\n`,
  'src/log/embedded.ts': `import 'node:sqlite';\nimport './event-log.js';\n`,
  'src/projections/tally-fold.ts': `import '../log/event-log.js';\nimport 'rxjs';\n`,
  'src/http/feed.ts': `import 'node:http';\nimport '@nestjs/common';\nimport '../projections/tally-fold.js';\n`,
};

const file = '.dependency-cruiser-known-violations.json';

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

describe('the import rule', () => {
  it('lets pass what points the way the data goes', () => {
    expect(check(tidy)).toEqual({ status: 0, complaints: [] });
  });

  it('names every import that does not', () => {
    const { status, complaints } = check({
      ...tidy,
      'src/main.ts': tidy['src/main.ts'] + main('filing/file', 'audit/replay', 'cli/main', 'odd/thing', 'settings'),
      'src/settings.ts': `import './domain/cell.js';\n`,
      'src/domain/cell.ts': `import 'node:path';\nimport 'rxjs';\nimport type {} from '../log/event-log.js';\n`,
      'src/log/event-log.ts': `export {};\n`,
      'src/log/embedded.ts': `import '@nestjs/common';\nimport 'jest';\n`,
      'src/projections/tally-fold.ts': `import '../log/embedded.js';\nimport './other-fold.js';\n`,
      'src/projections/other-fold.ts': `import './tally-fold.js';\n`,
      'src/filing/file.ts': `import 'node:fs';\nimport 'node:crypto';\n`,
      'src/audit/replay.ts': `import '../projections/tally-fold.js';\nimport '../../test/helper.js';\n`,
      'src/http/feed.ts': `import '../log/event-log.js';\n`,
      'src/http/index.ts': `export * from './feed.js';\n`,
      'src/cli/main.ts': `import 'commander';\nimport '../http/index.js';\nimport './nowhere.js';\n`,
      'src/odd/thing.ts': `export {};\n`,
      'src/domain/unused.ts': `export {};\n`,
      'test/unused.spec.ts': `import '../src/domain/unused.js';\n`,
      'test/helper.ts': `export {};\n`,
      'web/page.ts': `import 'preact';\nimport '../src/domain/cell.js';\n`,
    });
    expect(status).toBe(1);
    expect(
      complaints.map((line) => line.replace(/^forbidden import +/, '').replace(/→ .*(?=node_modules)/, '→ ')),
    ).toEqual([
      'audit-imports: src/audit/replay.ts → src/projections/tally-fold.ts',
      'audit-imports: src/audit/replay.ts → test/helper.ts',
      'cli-imports: src/cli/main.ts → src/http/index.ts',
      'domain-builtins: src/domain/cell.ts → path',
      'domain-imports: src/domain/cell.ts → node_modules/rxjs/dist/types/index.d.ts',
      'domain-imports: src/domain/cell.ts → src/log/event-log.ts',
      'filing-builtins: src/filing/file.ts → fs',
      'http-imports: src/http/feed.ts → src/log/event-log.ts',
      'known-folders: src/main.ts → src/odd/thing.ts',
      'log-imports: src/log/embedded.ts → node_modules/@nestjs/common/index.js',
      'log-imports: src/log/embedded.ts → node_modules/jest/build/index.d.ts',
      'no-barrels: src/cli/main.ts → src/http/index.ts',
      'no-cycles: src/projections/other-fold.ts → src/projections/tally-fold.ts',
      'no-dev-in-production: src/log/embedded.ts → node_modules/jest/build/index.d.ts',
      'no-tests-in-production: src/audit/replay.ts → test/helper.ts',
      'no-unreachable: src/domain/unused.ts',
      'no-unresolvable: src/cli/main.ts → ./nowhere.js',
      'projections-imports: src/projections/tally-fold.ts → src/log/embedded.ts',
      'settings-imports: src/settings.ts → src/domain/cell.ts',
      'web-imports: web/page.ts → src/domain/cell.ts',
    ]);
  });

  it('excuses a known violation, and refuses one that is no longer there', () => {
    const breach = { rule: 'domain-builtins', from: 'src/domain/cell.ts', to: 'path' };
    const known = { [file]: JSON.stringify([breach]) };

    expect(check({ ...tidy, ...known, 'src/domain/cell.ts': `import 'node:path';\n` })).toEqual({
      status: 0,
      complaints: [],
    });
    expect(check({ ...tidy, ...known })).toEqual({
      status: 1,
      complaints: [`stale exception   domain-builtins: src/domain/cell.ts → path: remove it from ${file}`],
    });
  });
});
