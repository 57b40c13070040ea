import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [preact()],
  build: { outDir: 'dist', emptyOutDir: true },
  server: {
    // While developing, `npx vite web` serves the pages and the running service answers what they ask.
    proxy: { '/v1': 'http://127.0.0.1:4711' },
  },
});
