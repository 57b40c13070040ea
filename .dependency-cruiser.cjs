// Which folder may import which: docs/decisions/0001-layout-and-import-rule.md says why.
// What is not listed is forbidden. A breach that must stay for a while goes into
// .dependency-cruiser-known-violations.json; scripts/check-imports.mjs refuses entries that are no longer needed.

const port = '^src/log/event-log\\.ts$';
/** Where running begins. A worker thread is started by its file name, which is no import. */
const starts = ['^src/(main|cli/main)\\.ts$', '^src/.+-thread\\.ts$'];
const node = { builtins: true };

/** Allowed imports beyond the folder's own files: `local` are paths, `npm` package names. */
const layers = {
  'src/domain': { local: [], npm: ['zod'] },
  'src/log': { local: ['^src/domain/'], npm: ['@kurrent/kurrentdb-client', 'rxjs'], ...node },
  'src/projections': { local: ['^src/domain/', port], npm: ['rxjs'], ...node },
  'src/filing': { local: ['^src/domain/', port, '^src/projections/'], npm: [], builtins: ['crypto'] },
  'src/audit': { local: ['^src/domain/', port], npm: [], ...node },
  'src/export': {
    local: ['^src/(domain|projections)/', '^src/log/embedded/start-worker\\.ts$'],
    npm: ['papaparse', 'write-excel-file'],
    ...node,
  },
  'src/http': {
    local: ['^src/(domain|projections|filing|audit|export)/'],
    npm: ['@humanwhocodes/momoa', '@nestjs/*', '@fastify/*', 'cookie', 'fastify', 'prom-client', 'rxjs', 'zod'],
    ...node,
  },
  'src/cli': { local: ['^src/(?!http/)'], npm: ['*'], ...node },
  web: { local: [], npm: ['eventsource-parser', 'papaparse', 'preact', 'uplot'] },
};

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** `*` is any package, `@scope/*` any of a scope. */
function packagePath(name) {
  if (name === '*') return '(^|/)node_modules/';
  const pattern = name.endsWith('/*') ? `${escape(name.slice(0, -1))}[^/]+` : escape(name);
  return `(^|/)node_modules/${pattern}/`;
}

/**
 * Built-in modules are told apart by kind, not by name, in dependency-cruiser; so a folder gets one rule for files and
 * packages and one for built-ins.
 */
function rulesOf([folder, { local, npm, builtins = [] }]) {
  // How the pages are bundled is no part of the pages.
  const from = { path: `^${folder}/`, pathNot: '^web/(vite\\.config|embed\\.config|compressed)\\.ts$' };
  const rules = [
    {
      name: `${folder.replace('src/', '')}-imports`,
      comment: `${folder} imports something that the table of layers does not allow it.`,
      severity: 'error',
      from,
      to: {
        couldNotResolve: false,
        dependencyTypesNot: ['core'],
        pathNot: [`^${folder}/`, ...local, ...npm.map(packagePath)],
      },
    },
  ];
  if (builtins !== true) {
    rules.push({
      name: `${folder.replace('src/', '')}-builtins`,
      comment: `${folder} imports a Node built-in that the table of layers does not allow it.`,
      severity: 'error',
      from,
      to: { dependencyTypes: ['core'], pathNot: builtins.map((name) => `^(node:)?${escape(name)}$`) },
    });
  }
  return rules;
}

module.exports = {
  forbidden: [
    ...Object.entries(layers).flatMap(rulesOf),
    {
      name: 'settings-imports',
      comment: 'src/settings.ts reads the environment and nothing else of the project.',
      severity: 'error',
      from: { path: '^src/settings\\.ts$' },
      to: { dependencyTypesNot: ['core'], pathNot: [packagePath('zod')] },
    },
    {
      name: 'known-folders',
      comment: 'A new file or folder in src has to be given its place in the table of layers.',
      severity: 'error',
      from: {},
      to: {
        path: '^src/',
        pathNot: [
          ...Object.keys(layers).map((folder) => `^${folder}/`),
          '^src/(settings|app\\.module|main|service|stores)\\.ts$',
        ],
      },
    },
    {
      name: 'no-tests-in-production',
      comment: 'Nothing imports test or bench.',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one file, or the direction of one import is wrong.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-barrels',
      comment: 'An index that only passes names on makes cycles easy and hides where a name comes from.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '(^|/)index\\.ts$' },
    },
    {
      name: 'no-unreachable',
      comment:
        'A file in src that neither the service nor the command line reaches is dead, even where a test imports it.',
      severity: 'error',
      from: { path: starts },
      to: { path: '^src/', pathNot: starts, reachable: false },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-in-production',
      comment: 'The service runs without devDependencies. The pages are built beforehand, so theirs may be such.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What Vite builds is nobody's source.
    exclude: { path: '^web/dist[./]' },
    // An import of a type couples just as well, and disappears when compiled.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
