import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressed } from './compressed.js';

/** The element for other pages: one plain script under a name that stays, beside the pages built before it. */
export default defineConfig({
  plugins: [compressed()],
  publicDir: false,
  build: {
    outDir: 'dist/embed',
    emptyOutDir: false,
    lib: {
      entry: fileURLToPath(new URL('src/embed/tollbook-tally.ts', import.meta.url)),
      formats: ['iife'],
      name: 'tollbookTally',
      fileName: () => 'tollbook-tally.js',
    },
  },
});
