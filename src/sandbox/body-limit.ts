/** No body is larger than the real systems would read. */
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

const MAX_BODY_BYTES = 1_048_576;

const limitStream = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => tooLarge() });

/**
 * Where the request says how long its body is, nothing more is looked at: only to ask whether there is one, Hono makes a
 * stream of it, which takes as long as all else that a small request does before the database.
 */
export const limitBody: MiddlewareHandler = async (context, next) => {
  const { req } = context;
  const length = req.header('content-length');
  if (length === undefined || req.header('transfer-encoding') !== undefined)
    return limitStream(context, next);
  return Number(length) > MAX_BODY_BYTES ? tooLarge() : next();
};

function tooLarge(): Response {
  // The rest of the body is not read, so the connection cannot be used again.
  return Response.json(
    { message: 'The body is larger than 1 MB.' },
    { status: 413, headers: { connection: 'close' } },
  );
}
