import { resolve } from 'node:path';
import files from '@fastify/static';
import fastify from 'fastify';
import { kassaFastify } from 'kassa/fastify';
import { kassa } from './kassa.js';

const app = fastify();
app.register(kassaFastify(kassa));
app.register(files, { root: [resolve('public'), resolve('node_modules/kassa/dist/browser')] });
await app.listen({ port: Number(process.env.PORT ?? 3000), host: 'localhost' });
