/** Mounts a web-standard handler on Node's own server, and so on Express. Imports nothing of Node: Workers have none. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export type FetchHandler = (request: Request) => Promise<Response>;

/**
 * `createServer(toNodeHandler(kassa.fetch))`, or `app.use('/kassa', toNodeHandler(kassa.fetch))` before any body
 * parser: a parsed body can no longer be verified.
 */
export function toNodeHandler(
  handle: FetchHandler,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    // The next request on this connection comes after the rest of this one's body, which nobody will read.
    outgoing.once('finish', () => incoming.removeAllListeners('data').resume());
    respond(handle, incoming, outgoing, gone.signal).catch(() => {
      // Half an answer must not look like a whole one.
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500).end();
    });
  };
}

async function respond(
  handle: FetchHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { status, headers, body } = await handle(toRequest(incoming, signal));
  outgoing.setHeaders(headers).writeHead(status);
  await body?.pipeTo(new WritableStream({ write: (chunk) => write(outgoing, chunk) }), { signal });
  outgoing.end();
}

/** Done when there is room for more, or nobody to take it. */
function write(outgoing: ServerResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done);
      resolve();
    };
    outgoing.on('close', done);
    if (outgoing.write(chunk)) done();
    else outgoing.on('drain', done);
  });
}

/** Express cuts the mount path off `url` and keeps the whole in `originalUrl`. */
interface MountedMessage extends IncomingMessage {
  readonly originalUrl?: string;
}

function toRequest(incoming: MountedMessage, signal: AbortSignal): Request {
  const { method = 'GET', headers } = incoming;
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http';
  const url = new URL(
    incoming.originalUrl ?? incoming.url ?? '/',
    `${scheme}://${headers.host ?? 'localhost'}`,
  );
  const bodyless = method === 'GET' || method === 'HEAD';
  return new Request(url, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
    signal,
    ...(!bodyless && { body: bodyOf(incoming), duplex: 'half' }),
  });
}

/** Taken from the socket only as it is asked for: what nobody reads must not pile up. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      incoming.on('data', (chunk: Uint8Array) => {
        controller.enqueue(new Uint8Array(chunk));
        incoming.pause();
      });
      incoming.on('end', () => controller.close());
      incoming.on('error', (error) => controller.error(error));
    },
    pull: () => void incoming.resume(),
    cancel: () => void incoming.removeAllListeners('data').removeAllListeners('end').resume(),
  });
}
