import { defineConfig } from 'vite';
import vue from '@vitejs/plugin-vue';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'kassa-cashier' } } })],
  server: {
    port: Number(process.env.PORT ?? 3000),
    strictPort: true,
    // The short form rewrites Host; Kassa takes the page's origin from the browser.
    proxy: { '/kassa/': `http://localhost:${process.env.BACKEND_PORT ?? 3001}` },
  },
});
