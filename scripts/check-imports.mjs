// Holds the project's files against .dependency-cruiser.cjs, and the list of known violations against both: a breach
// that is not listed fails, and so does a listed one that is no longer there. dependency-cruiser's own
// `--ignore-known` does only the first, so that a list like this can only grow.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const fromHere = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** @typedef {{ rule: string, from: string, to: string }} Breach */

const knownFile = '.dependency-cruiser-known-violations.json';
const folders = ['src', 'web', 'test', 'bench', 'scripts'].filter((folder) => existsSync(folder));

/** @type {import('dependency-cruiser').ICruiseOptions} */
const options = await extractDepcruiseOptions(fromHere('../.dependency-cruiser.cjs'));
const { output } = await cruise(folders, { ...options, validate: true }, undefined, {
  tsConfig: extractTsConfig(fromHere('../tsconfig.json')),
});
if (typeof output === 'string') throw new TypeError('dependency-cruiser answered with text where its result was due');

const text = (/** @type {Breach} */ { rule, from, to }) =>
  from === to ? `${rule}: ${from}` : `${rule}: ${from} → ${to}`;

/** @type {Breach[]} */
const known = existsSync(knownFile) ? JSON.parse(readFileSync(knownFile, 'utf8')) : [];
const knownTexts = new Set(known.map(text));
const found = new Set(output.summary.violations.map(({ rule, from, to }) => text({ rule: rule.name, from, to })));

const fresh = [...found].filter((breach) => !knownTexts.has(breach));
const stale = [...knownTexts].filter((breach) => !found.has(breach));

for (const breach of fresh) console.error(`forbidden import  ${breach}`);
for (const breach of stale) console.error(`stale exception   ${breach}: remove it from ${knownFile}`);
console.log(
  `${output.summary.totalCruised} files, ${fresh.length} forbidden imports, ${stale.length} stale exceptions`,
);
process.exitCode = fresh.length + stale.length === 0 ? 0 : 1;
