/** `kassa/fastify`: Kassa's routes as a plugin, out of reach of the body parser that Fastify has for all others. */
import type { Kassa } from './kassa.ts';
import { toNodeHandler } from './node.ts';
import type { NodeRequest } from './node-body.ts';
import type { NodeResponse } from './node.ts';

/** As much of a Fastify instance as this needs; each plugin has one of its own. */
interface FastifyScope {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown;
  all(
    path: string,
    handler: (
      request: { readonly raw: NodeRequest },
      reply: { readonly raw: NodeResponse; hijack(): unknown },
    ) => void,
  ): unknown;
}

/** `app.register(kassaFastify(kassa))`; `basePath` as in `createKassa`. */
export function kassaFastify(
  { fetch }: Pick<Kassa, 'fetch'>,
  { basePath = '/kassa' }: { readonly basePath?: string } = {},
): (app: FastifyScope) => Promise<void> {
  const answer = toNodeHandler(fetch);
  return (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.all(`${basePath}/*`, (request, reply) => {
      reply.hijack();
      answer(request.raw, reply.raw);
    });
    return Promise.resolve();
  };
}
