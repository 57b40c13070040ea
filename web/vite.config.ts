import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';

const dist = fileURLToPath(new URL('dist', import.meta.url));

/** Compresses what was built once and well, so that the service need not do it for each reader. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  closeBundle() {
    const names = readdirSync(dist, { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((file) => /\.(?:html|js|css|svg)$/u.test(file))) {
      const path = join(dist, name);
      const content = readFileSync(path);
      writeFileSync(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
      writeFileSync(`${path}.br`, brotliCompressSync(content));
    }
  },
};

export default defineConfig({
  plugins: [preact(), compressed],
  build: { outDir: 'dist', emptyOutDir: true },
  server: {
    // While developing, `npx vite web` serves the pages and the running service answers what they ask.
    proxy: { '/v1': 'http://127.0.0.1:4711', '/health': 'http://127.0.0.1:4711' },
  },
});
