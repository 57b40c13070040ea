import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Compresses what was built once and well, so that the service need not do it for each reader. */
export const compressed = (): Plugin => {
  let dist = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved({ root, build }) {
      dist = resolve(root, build.outDir);
    },
    closeBundle() {
      const names = readdirSync(dist, { recursive: true, encoding: 'utf8' });
      for (const name of names.filter((file) => /\.(?:html|js|css|svg)$/u.test(file))) {
        const path = join(dist, name);
        if (existsSync(`${path}.br`)) continue;
        const content = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(content, { level: constants.Z_BEST_COMPRESSION }));
        writeFileSync(`${path}.br`, brotliCompressSync(content));
      }
    },
  };
};
