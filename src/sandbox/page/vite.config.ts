import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  build: {
    outDir: fileURLToPath(new URL('../../../dist/page', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // light-dark() and popovers, in every browser of the last two years.
    cssTarget: ['chrome123', 'firefox125', 'safari17.5'],
    reportCompressedSize: false,
  },
});
