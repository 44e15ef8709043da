/**
 * `node:http` and `node:https`, over connections that are kept. Nothing here is imported at run time: the modules are
 * asked of the process, so that this file may be loaded anywhere. Never the package undici: it takes the place of the
 * fetch that Node 20 came with, in the whole process.
 */
import type * as Bytes from 'node:buffer';
import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type * as Zlib from 'node:zlib';
import {
  type Exchange,
  type Incoming,
  LateError,
  MAX_ANSWER_BYTES,
  type Outgoing,
  textOf,
  tooLarge,
} from './exchange.ts';
import { joined } from './read-body.ts';

interface Modules {
  readonly buffer: typeof Bytes;
  readonly http: typeof Http;
  readonly https: typeof Https;
  readonly zlib: typeof Zlib;
}

/** A kept connection is dropped after this, before most servers drop it: what they drop may swallow a request. */
const IDLE_MS = 4_000;

interface NodeProcess {
  readonly release?: { readonly name?: string };
  readonly versions?: { readonly bun?: string; readonly deno?: string };
  readonly getBuiltinModule?: (name: string) => unknown;
}

/** Nothing where it is not Node: others have these modules too, written over the fetch that they are good at. */
export function findNodeExchange(): Exchange | undefined {
  const { process, navigator } = globalThis as {
    readonly process?: NodeProcess;
    readonly navigator?: { readonly userAgent?: string };
  };
  const { bun, deno } = process?.versions ?? {};
  const isOther = bun !== undefined || deno !== undefined || navigator?.userAgent === 'Cloudflare-Workers';
  if (isOther || process?.release?.name !== 'node') return undefined;
  const buffer = process.getBuiltinModule?.('node:buffer') as typeof Bytes | undefined;
  const http = process.getBuiltinModule?.('node:http') as typeof Http | undefined;
  const https = process.getBuiltinModule?.('node:https') as typeof Https | undefined;
  const zlib = process.getBuiltinModule?.('node:zlib') as typeof Zlib | undefined;
  return buffer && http && https && zlib && nodeExchange({ buffer, http, https, zlib });
}

export function nodeExchange({ buffer, http, https, zlib }: Modules): Exchange {
  const kept = { keepAlive: true, timeout: IDLE_MS };
  const lines = {
    plain: { module: http, agent: new http.Agent(kept) },
    secure: { module: https, agent: new https.Agent(kept) },
  };

  return (outgoing) =>
    new Promise((resolve, reject) => {
      const { method, url, body, timeoutMs, repeatable, signal } = outgoing;
      const { mostBytes = MAX_ANSWER_BYTES } = outgoing;
      const { module, agent } = url.protocol === 'https:' ? lines.secure : lines.plain;
      const place = { ...placeOf(url), method, headers: headerLines(outgoing, buffer) };
      let request: Http.ClientRequest | undefined;
      let isOver = false;
      const end = (settle: () => void): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const fail = (error: Error): void => {
        end(() => reject(error));
        request?.destroy();
      };
      const abort = (): void => fail(signal?.reason as Error);
      const timer = setTimeout(() => fail(new LateError()), timeoutMs);

      const send = (through: Http.Agent | false): void => {
        const sent = module.request({ ...place, agent: through });
        request = sent;
        let isAnswered = false;
        sent.on('error', (error: NodeJS.ErrnoException) => {
          // The server had closed a kept connection before it could read this: once more, on a new one.
          const isStale = sent.reusedSocket && !isAnswered && STALE.has(error.code);
          if (isStale && repeatable && !isOver && through !== false) send(false);
          else fail(error);
        });
        sent.on('response', (response) => {
          isAnswered = true;
          collect(response, mostBytes, fail, (bytes) => {
            try {
              const answer = read(response, bytes, mostBytes, zlib);
              end(() => resolve(answer));
            } catch (error) {
              fail(error as Error);
            }
          });
        });
        sent.end(body);
      };

      if (signal?.aborted) {
        abort();
        return;
      }
      signal?.addEventListener('abort', abort);
      try {
        send(agent);
      } catch (error) {
        fail(error as Error);
      }
    });
}

/** What `node:http` makes of a URL, without what costs it more than the rest of the request. */
const placeOf = ({ protocol, hostname, port, pathname, search }: URL) => ({
  protocol,
  // The brackets of an IPv6 address belong to the URL.
  hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
  port,
  path: `${pathname}${search}`,
});

/** Names and values in turn, which `node:http` writes as they are; it then adds neither the host nor the length. */
function headerLines({ method, url, headers, body }: Outgoing, { Buffer }: typeof Bytes): string[] {
  const lines = ['host', url.host];
  for (const [name, value] of Object.entries(headers)) lines.push(name, value);
  if (body !== undefined || !BODILESS.has(method)) {
    lines.push('content-length', String(Buffer.byteLength(body ?? '')));
  }
  return lines;
}
const BODILESS: ReadonlySet<string> = new Set(['GET', 'DELETE']);

const STALE: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE']);

function collect(
  response: Http.IncomingMessage,
  mostBytes: number,
  fail: (error: Error) => void,
  done: (bytes: readonly Bytes.Buffer[]) => void,
): void {
  const chunks: Bytes.Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Bytes.Buffer) => {
    length += chunk.length;
    if (length > mostBytes) fail(tooLarge());
    else chunks.push(chunk);
  });
  response.on('error', fail);
  response.on('end', () => {
    if (response.complete) done(chunks);
  });
  // Whoever breaks off before the end has not answered.
  response.on('close', () => {
    if (!response.complete) fail(Object.assign(new Error('The answer broke off'), { code: 'ECONNRESET' }));
  });
}

function read(
  { statusCode = 0, headers }: Http.IncomingMessage,
  chunks: readonly Bytes.Buffer[],
  mostBytes: number,
  { unzipSync, brotliDecompressSync }: typeof Zlib,
): Incoming {
  const limit = { maxOutputLength: mostBytes };
  const packed = joined(chunks);
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  const isZipped = encoding === 'gzip' || encoding === 'x-gzip' || encoding === 'deflate';
  const bytes = isZipped
    ? unzipSync(packed, limit)
    : encoding === 'br'
      ? brotliDecompressSync(packed, limit)
      : packed;
  return {
    status: statusCode,
    headers: {
      get(name) {
        const value = headers[name];
        return Array.isArray(value) ? value.join(', ') : (value ?? null);
      },
    },
    text: textOf(bytes, headers['content-type'] ?? null),
  };
}
