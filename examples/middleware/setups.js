/** Each app as somebody has it: `kassa` behind this parser, that compressor. Each answers a listener of Node's `http`. */
import fastifyCompress from '@fastify/compress';
import { getRequestListener } from '@hono/node-server';
import compression from 'compression';
import express from 'express';
import express4 from 'express4';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress as honoCompress } from 'hono/compress';
import { kassaFastify } from 'kassa/fastify';
import { toNodeHandler } from 'kassa/server';
import Koa from 'koa';
import koaBody from 'koa-bodyparser';
import koaCompress from 'koa-compress';

const EVERYTHING = { type: () => true };

const inExpress =
  (...before) =>
  ({ fetch }) => {
    const app = express();
    if (before.length > 0) app.use(...before);
    return app.use('/kassa', toNodeHandler(fetch));
  };

const inKoa =
  (...before) =>
  ({ fetch }) => {
    const app = new Koa();
    for (const middleware of before) app.use(middleware);
    const answer = toNodeHandler(fetch);
    app.use((context) => {
      context.respond = false;
      return answer(context.req, context.res);
    });
    return app.callback();
  };

const inFastify = (register) => async (kassa) => {
  const app = Fastify();
  await register(app, kassa);
  await app.ready();
  return app.routing;
};

/** What becomes of a webhook, or already of a session: taken, or refused with this code told to the shop. */
const TAKEN = 'taken';
const PARSED = 'already-parsed';
const GONE = 'body-already-read';

export const SETUPS = {
  'Express alone': { app: inExpress(), webhook: TAKEN },
  'express.json()': { app: inExpress(express.json()), webhook: PARSED },
  'express.json() that keeps the bytes': {
    app: inExpress(express.json({ verify: (request, _, bytes) => void (request.rawBody = bytes) })),
    webhook: TAKEN,
  },
  'express.raw() of another type': { app: inExpress(express.raw()), webhook: TAKEN },
  'express.raw() of every type': { app: inExpress(express.raw(EVERYTHING)), webhook: TAKEN },
  'express.text() of every type': { app: inExpress(express.text(EVERYTHING)), webhook: TAKEN },
  'express.urlencoded()': { app: inExpress(express.urlencoded()), webhook: TAKEN },
  'every parser of Express at once': {
    app: inExpress(express.urlencoded(), express.text(), express.raw(), express.json()),
    webhook: PARSED,
  },
  'Express 4 with express.json()': {
    app: ({ fetch }) => express4().use(express4.json()).use('/kassa', toNodeHandler(fetch)),
    webhook: PARSED,
  },
  'compression()': { app: inExpress(compression({ threshold: 0 })), webhook: TAKEN },
  'compression() by Brotli alone': {
    app: inExpress(compression({ threshold: 0, enforceEncoding: 'br', brotli: { params: {} } })),
    webhook: TAKEN,
  },
  'Koa with compress': { app: inKoa(koaCompress({ threshold: 0 })), webhook: TAKEN },
  'Koa with bodyparser': { app: inKoa(koaBody()), session: GONE },
  'Fastify with its own parser': {
    app: inFastify((app, { fetch }) => {
      const answer = toNodeHandler(fetch);
      app.all('/kassa/*', (request, reply) => {
        reply.hijack();
        answer(request.raw, reply.raw);
      });
    }),
    session: GONE,
  },
  'Fastify with the plugin and compress': {
    app: inFastify(async (app, kassa) => {
      await app.register(fastifyCompress, { threshold: 0 });
      await app.register(kassaFastify(kassa));
    }),
    webhook: TAKEN,
  },
  'Hono with compress and bodyLimit': {
    app: ({ fetch }) => {
      const app = new Hono();
      app.use(honoCompress({ threshold: 0 }), bodyLimit({ maxSize: 65_536 }));
      app.all('/kassa/*', ({ req }) => fetch(req.raw));
      return getRequestListener(app.fetch);
    },
    webhook: TAKEN,
  },
};
