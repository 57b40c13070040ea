// Runs after `nest build`: puts the service and the command line, with the packages they use, into a few files, and has
// `dist/main.js` and `dist/cli/main.js` start those. Finding and reading some 1,800 modules one by one takes three
// times as long as all the rest of a start. What was built remains beside it, for the writer's thread and the benchmark.
import { chmodSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const bundle = join(dist, 'bundle');
const cache = join(bundle, 'compile-cache');

/** Has a native part, and is loaded only where the log is on a KurrentDB. */
const leftOut = ['@kurrent/kurrentdb-client'];

const asUrlPath = (/** @type {string} */ path) => path.split(sep).join('/');

/**
 * What our own files look up beside themselves stays where it is.
 * @type {import('vite').Plugin}
 */
const keepAddresses = {
  name: 'keep-addresses',
  transform: (code, id) => {
    if (!id.startsWith(`${dist}${sep}`) || !code.includes('import.meta.url')) return null;
    const address = JSON.stringify(asUrlPath(relative(bundle, id)));
    return { code: code.replaceAll('import.meta.url', `new URL(${address}, import.meta.url).href`), map: null };
  },
};

/**
 * Whoever imports all of `node:http` has Node look at each of its members, and two of them load Node's whole `fetch`,
 * which the service has no use for.
 * @type {import('vite').Plugin}
 */
const httpWithoutFetch = {
  name: 'http-without-fetch',
  enforce: 'pre',
  resolveId: (id) => (id === 'http' || id === 'node:http' ? '\0http-without-fetch' : null),
  load: (id) => {
    if (id !== '\0http-without-fetch') return null;
    const members = Object.entries(Object.getOwnPropertyDescriptors(http));
    const values = members.filter(([, member]) => 'value' in member).map(([name]) => name);
    return `const http = process.getBuiltinModule('node:http');
export default http;
export const { ${values.join(', ')} } = http;`;
  },
};

await build({
  configFile: false,
  root,
  logLevel: 'warn',
  plugins: [keepAddresses, httpWithoutFetch],
  ssr: { noExternal: true, external: leftOut, target: 'node' },
  build: {
    ssr: true,
    outDir: bundle,
    target: 'node24',
    minify: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: { service: join(dist, 'main.js'), 'command-line': join(dist, 'cli/main.js') },
      // All in one folder: addresses are kept relative to it.
      output: { chunkFileNames: '[name]-[hash].js' },
    },
  },
});

/** Compiled code is kept in the bundle's own folder, where whoever may write could change the code just as well. */
const starter = (/** @type {string} */ file, /** @type {string} */ entry) => {
  const path = (/** @type {string} */ to) => JSON.stringify(asUrlPath(relative(dirname(file), to)));
  return `import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL(${path(cache)}, import.meta.url)));
await import(new URL(${path(join(bundle, entry))}, import.meta.url).href);
// Now, since a process that is killed could not.
flushCompileCache();
`;
};

// Last: a bundle that failed must not leave something that starts it.
const service = join(dist, 'main.js');
const commandLine = join(dist, 'cli/main.js');
writeFileSync(service, starter(service, 'service.js'));
writeFileSync(commandLine, `#!/usr/bin/env node\n${starter(commandLine, 'command-line.js')}`);
chmodSync(commandLine, 0o755);
