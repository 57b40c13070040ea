// Runs before `npm start` and `npm test`, on whatever Node the machine has (20 or later) and with nothing installed:
// hence no dependency, no TypeScript and nothing newer than Node 20.
//
//   node scripts/setup.mjs           installs what package-lock.json asks for, if it is not there
//   node scripts/setup.mjs --build   and then builds the server and the pages, if they are older than their sources
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns {number} when the file was last written, 0 where there is none */
function writtenAt(/** @type {string} */ path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @returns {number} when the youngest of the files and of the files in the folders was written */
function youngest(/** @type {string[]} */ ...paths) {
  let newest = 0;
  for (const path of paths) {
    newest = Math.max(newest, writtenAt(path));
    if (!statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()) continue;
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if (entry.name === 'node_modules' || entry.name === 'dist') continue;
      newest = Math.max(newest, youngest(join(path, entry.name)));
    }
  }
  return newest;
}

function npm(/** @type {string[]} */ ...args) {
  console.error(`setup: npm ${args.join(' ')}`);
  // npm's own script and the Node that runs it: the `node` found first is the one that `npm ci` is about to replace.
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  // Standard output belongs to the command that follows: `npm run --silent tollbook -- tally x-2013 --json | jq`.
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const { status, error } = script
    ? spawnSync(node ?? process.execPath, [script, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** @returns {Record<string, { version?: string, optional?: boolean }> | null} null where there is no such file */
function packagesIn(/** @type {string} */ lock) {
  return writtenAt(lock) === 0 ? null : JSON.parse(readFileSync(join(root, lock), 'utf8')).packages;
}

/** @returns {string | null} what is amiss with node_modules */
function amiss() {
  // npm writes down last what it has installed, so an installation that broke off counts as none. The two are compared
  // by what they say: by their times, every edit of the lock, or a checkout, would cost an installation.
  const installed = packagesIn('node_modules/.package-lock.json');
  if (installed === null) return 'missing';
  for (const [path, { version, optional }] of Object.entries(packagesIn('package-lock.json') ?? {})) {
    // The entry without a path is this project; packages for other platforms are not installed.
    if (path === '' || (optional && !(path in installed))) continue;
    if (installed[path]?.version !== version) return `older than package-lock.json (${path})`;
  }
  return null;
}

const fault = amiss();
if (fault === null) {
  console.error('setup: node_modules is up to date');
} else {
  console.error(`setup: node_modules is ${fault}`);
  npm('ci', '--no-audit', '--no-fund');
}

if (process.argv.includes('--build')) {
  const shared = ['package-lock.json', 'tsconfig.json'];
  if (writtenAt('dist/main.js') < youngest('src', 'tsconfig.build.json', 'nest-cli.json', ...shared)) {
    npm('run', 'build:server');
  } else {
    console.error('setup: dist is up to date');
  }
  if (writtenAt('web/dist') < youngest('web', ...shared)) {
    npm('run', 'build:web');
  } else {
    console.error('setup: web/dist is up to date');
  }
}
