import { kassa } from './kassa.js';

const SCRIPTS = 'node_modules/kassa/dist/browser';

Bun.serve({
  port: process.env.PORT ?? 3000,
  // The status stream is silent for up to 15 s; Bun's default ends it after 10.
  idleTimeout: 60,
  fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/kassa/')) return kassa.fetch(request);
    const file = Bun.file(pathname === '/' ? 'public/index.html' : SCRIPTS + pathname);
    return file.size > 0 ? new Response(file) : new Response('Not found', { status: 404 });
  },
});
