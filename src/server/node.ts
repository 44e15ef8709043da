/** Mounts a web-standard handler on Node's own server, and so on Express. */
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
    respond(handle, incoming, outgoing, gone.signal).catch(() => {
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  };
}

async function respond(
  handle: FetchHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const response = await handle(toRequest(incoming, signal));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  const reader = response.body?.getReader();
  signal.addEventListener('abort', () => void reader?.cancel().catch(() => undefined));
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk || chunk.done) break;
    outgoing.write(chunk.value);
  }
  outgoing.end();
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

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      incoming.on('data', (chunk: Uint8Array) => controller.enqueue(new Uint8Array(chunk)));
      incoming.on('end', () => controller.close());
      incoming.on('error', (error) => controller.error(error));
    },
  });
}
