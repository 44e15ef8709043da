import compression from 'compression';
import express from 'express';
import { toNodeHandler } from 'kassa/server';
import { kassa } from './kassa.js';

const app = express();
app.use(compression());
// Kassa may come after a body parser that keeps the bytes: webhooks are signed over them.
app.use(express.json({ verify: (request, _response, bytes) => void (request.rawBody = bytes) }));
app.use('/kassa', toNodeHandler(kassa.fetch));
app.use(express.static('public'));
app.use(express.static('node_modules/kassa/dist/browser'));
app.listen(process.env.PORT ?? 3000);
