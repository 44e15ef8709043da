/** The backend, and what `ng build` made. */
import express from 'express';
import { toNodeHandler } from 'kassa/server';
import { kassa } from './kassa.js';

const app = express();
app.use('/kassa', toNodeHandler(kassa.fetch));
app.use(express.static('dist/browser'));
app.listen(process.env.PORT ?? 3000);
