/**
 * Bodies that somebody read before Kassa: the commonest mistake there is, because most frameworks parse JSON unasked.
 * What was parsed and written again serves where only its meaning counts, and never where its bytes are signed.
 */
import { KassaError } from '../../model/errors.ts';

/** One line for each framework, for whoever reads the error. */
export const RAW_BODY_HINT =
  'Let Kassa read it first. Express: app.use("/kassa", toNodeHandler(kassa.fetch)) above express.json(), or on a route of your own ' +
  'express.raw({ type: "application/json" }). ' +
  'Fastify: app.register(kassaFastify(kassa)) of kassa/fastify. NestJS: NestFactory.create(App, { rawBody: true }). ' +
  'Next: a route handler, or in pages/api export const config = { api: { bodyParser: false } }. ' +
  'Koa: above bodyParser(). Hono and others: the untouched Request, before anything calls its json() or text().';

/** Also of another realm: some test runners (Jest) make one for each file, whose `Uint8Array` is not that of `Buffer`. */
export const isBytes = (it: unknown): it is Uint8Array<ArrayBuffer> =>
  Object.prototype.toString.call(it) === '[object Uint8Array]';

/** A body that is gone: nothing can be answered but this, and only the shop can mend it. */
export class BodyError extends KassaError<'body-already-read'> {}

export const alreadyRead = (): BodyError =>
  new BodyError({
    code: 'body-already-read',
    message: 'The body was read before Kassa could, and nothing of it was kept.',
    hint: RAW_BODY_HINT,
    retryable: false,
  });

const parsed = new WeakSet<Request>();

/** Its body was parsed by a framework and written again: not the bytes that came. */
export function markParsed(request: Request): Request {
  parsed.add(request);
  return request;
}

export const wasParsed = (request: Request): boolean => parsed.has(request);
