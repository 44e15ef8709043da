/** The backend on a port of its own, and Vite's server before it. */
import { createServer } from 'node:http';
import { toNodeHandler } from 'kassa/server';
import { createServer as createVite } from 'vite';
import { kassa } from './kassa.js';

createServer(toNodeHandler(kassa.fetch)).listen(process.env.BACKEND_PORT ?? 3001);
await (await createVite()).listen();
