/** Mounts a web-standard handler on Node's own server, and so on Express. Imports nothing of Node: Workers have none. */
import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { markParsed } from '../http/raw-body.ts';
import { Refusal } from './answers.ts';
import { bodyOf, type NodeRequest } from './node-body.ts';

export type FetchHandler = (request: Request) => Promise<Response>;

export type NodeResponse = ServerResponse | Http2ServerResponse;

export interface NodeHandlerOptions {
  /** Until the whole body must have come, from when it is asked for. Default 10 000. */
  readonly bodyTimeoutMs?: number;
}

/**
 * `createServer(toNodeHandler(kassa.fetch))`, or `app.use('/kassa', toNodeHandler(kassa.fetch))`, best before any body
 * parser: after one a session still opens, and webhooks are taken only where the framework keeps `rawBody`.
 */
export function toNodeHandler(
  handle: FetchHandler,
  { bodyTimeoutMs = 10_000 }: NodeHandlerOptions = {},
): (request: NodeRequest, response: NodeResponse) => void {
  const answer = async (incoming: NodeRequest, outgoing: NodeResponse): Promise<void> => {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    // The next request on this connection comes after the rest of this one's body, which nobody will read.
    outgoing.once('finish', () => incoming.removeAllListeners('data').resume());
    try {
      await send(await respond(handle, incoming, gone.signal, bodyTimeoutMs), outgoing, gone.signal);
    } catch {
      // Half an answer must not look like a whole one.
      if (!outgoing.headersSent) outgoing.writeHead(500).end();
      else if ('stream' in outgoing) outgoing.stream.destroy();
      else outgoing.destroy();
    }
  };
  // oxlint-disable-next-line typescript/no-misused-promises -- Next's pages/api waits for it; it never rejects
  return answer;
}

async function respond(
  handle: FetchHandler,
  incoming: NodeRequest,
  signal: AbortSignal,
  bodyTimeoutMs: number,
): Promise<Response> {
  let request: Request;
  try {
    request = toRequest(incoming, signal, bodyTimeoutMs);
  } catch (error) {
    if (error instanceof Refusal) return error.toResponse();
    throw error;
  }
  return handle(request);
}

/** What belongs to one connection of HTTP/1, and may not stand in an answer of HTTP/2 (RFC 9113, 8.2.2). */
const OF_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade'];

async function send(
  { status, headers, body }: Response,
  outgoing: NodeResponse,
  signal: AbortSignal,
): Promise<void> {
  for (const [name, value] of headers) {
    if (name === 'set-cookie' || ('stream' in outgoing && OF_CONNECTION.includes(name))) continue;
    outgoing.setHeader(name, value);
  }
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  outgoing.writeHead(status);
  await body?.pipeTo(new WritableStream({ write: (chunk) => write(outgoing, chunk) }), { signal });
  outgoing.end();
}

/** Done when there is room for more, or nobody to take it. */
function write(outgoing: NodeResponse, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done);
      resolve();
    };
    outgoing.on('close', done);
    if ((outgoing as ServerResponse).write(chunk)) done();
    else outgoing.on('drain', done);
  });
}

function toRequest(incoming: NodeRequest, signal: AbortSignal, bodyTimeoutMs: number): Request {
  const { method = 'GET', headers } = incoming;
  const url = urlOf(incoming);
  const init = {
    method,
    // HTTP/2 has method, path and host among the headers, under names with a colon.
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined || name.startsWith(':')
        ? []
        : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
    signal,
  };
  if (method === 'GET' || method === 'HEAD') return new Request(url, init);
  const body = bodyOf(incoming, bodyTimeoutMs);
  const request = new Request(url, { ...init, ...body.init });
  return body.isParsed ? markParsed(request) : request;
}

/**
 * The address that was asked for. `//evil.example/kassa/session` is a path to HTTP and another host to `new URL`, so
 * nothing is resolved: host and target are each looked at before they are joined.
 */
function urlOf(incoming: NodeRequest & { readonly originalUrl?: string }): URL {
  const { headers } = incoming;
  const { encrypted } = incoming.socket as { readonly encrypted?: boolean };
  const scheme = encrypted ? 'https' : 'http';
  // HTTP/1.0 asks without one.
  const host = String(headers[':authority'] ?? headers.host ?? 'localhost');
  // Express cuts the mount path off `url`, and keeps the whole.
  const path = pathIn(incoming.originalUrl ?? incoming.url ?? '/', host);
  if (!/^[\w.:[\]-]+$/.test(host) || !/^\/(?![/\\])/.test(path) || !URL.canParse(`${scheme}://${host}/`)) {
    throw new Refusal(
      400,
      'invalid-target',
      'The request line and Host must name a path of this server.',
      'Send a path that begins with one slash, and the host that you mean in Host.',
    );
  }
  return new URL(`${scheme}://${host}${path}`);
}

/** Proxies may ask for whole addresses (RFC 9112, 3.2.2); one of another host is none of ours, and stays what it is. */
function pathIn(target: string, host: string): string {
  const [start = '', authority = ''] = /^https?:\/\/([^/?#]*)/i.exec(target) ?? [];
  return start !== '' && authority.toLowerCase() === host.toLowerCase() ? target.slice(start.length) : target;
}
