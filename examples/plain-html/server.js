import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { toNodeHandler } from 'kassa/server';
import { kassa } from './kassa.js';

const answer = toNodeHandler(kassa.fetch);
const TYPES = { '/': 'text/html; charset=utf-8', '.js': 'text/javascript' };

createServer((request, response) => {
  if (request.url.startsWith('/kassa/')) return answer(request, response);
  const isScript = /^\/(kassa|chunks\/[\w-]+)\.js$/.test(request.url);
  const file = isScript ? `node_modules/kassa/dist/browser${request.url}` : 'public/index.html';
  response.setHeader('content-type', TYPES[isScript ? '.js' : '/']);
  createReadStream(file)
    .on('error', () => response.writeHead(404).end())
    .pipe(response);
}).listen(process.env.PORT ?? 3000);
