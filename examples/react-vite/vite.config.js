import { defineConfig } from 'vite';
import react from '@vitejs/plugin-react';

export default defineConfig({
  plugins: [react()],
  server: {
    port: Number(process.env.PORT ?? 3000),
    strictPort: true,
    // The short form rewrites Host; Kassa takes the page's origin from the browser.
    proxy: { '/kassa/': `http://localhost:${process.env.BACKEND_PORT ?? 3001}` },
  },
});
