import { kassa } from './kassa.js';

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript' };

async function file(path) {
  const body = await Deno.readFile(path).catch(() => undefined);
  if (!body) return new Response('Not found', { status: 404 });
  return new Response(body, { headers: { 'content-type': TYPES[path.split('.').at(-1)] ?? 'text/plain' } });
}

Deno.serve({ port: Number(Deno.env.get('PORT') ?? 3000) }, (request) => {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/kassa/')) return kassa.fetch(request);
  return file(pathname === '/' ? 'public/index.html' : `node_modules/kassa/dist/browser${pathname}`);
});
