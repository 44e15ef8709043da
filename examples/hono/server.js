import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { kassa } from './kassa.js';

const app = new Hono();
app.all('/kassa/*', (context) => kassa.fetch(context.req.raw));
app.use(serveStatic({ root: 'public' }));
app.use(serveStatic({ root: 'node_modules/kassa/dist/browser' }));
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
