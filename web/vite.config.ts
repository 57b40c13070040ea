import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { compressed } from './compressed.js';

export default defineConfig({
  plugins: [preact(), compressed()],
  build: { outDir: 'dist', emptyOutDir: true, manifest: 'manifest.json' },
  server: {
    // While developing, `npx vite web` serves the pages and the running service answers what they ask.
    proxy: { '/v1': 'http://127.0.0.1:4711', '/health': 'http://127.0.0.1:4711' },
  },
});
