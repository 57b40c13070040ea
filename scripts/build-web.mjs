// Builds the pages, and the element for other pages, beside those that may be being served, and puts them in their place
// once they are whole: a service that runs meanwhile never sends a page whose parts are not there.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const web = join(dirname(dirname(fileURLToPath(import.meta.url))), 'web');
const built = join(web, 'dist');
const next = join(web, 'dist.next');
const old = join(web, 'dist.old');

const buildInto = (/** @type {string} */ config, /** @type {string} */ outDir) =>
  build({ root: web, configFile: join(web, config), logLevel: 'warn', build: { outDir } });

// Of a build that was broken off.
rmSync(next, { recursive: true, force: true });
rmSync(old, { recursive: true, force: true });
await buildInto('vite.config.ts', next);
await buildInto('embed.config.ts', join(next, 'embed'));
if (existsSync(built)) renameSync(built, old);
renameSync(next, built);
rmSync(old, { recursive: true, force: true });
