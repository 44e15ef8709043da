/** How answers reach the browser: at once, or over a line that shop and hosted page are both behind. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface Line {
  readonly name: string;
  readonly roundTripMs: number;
  readonly bytesPerMs: number;
}

export const LOOPBACK: Line = { name: 'loopback', roundTripMs: 0, bytesPerMs: Number.POSITIVE_INFINITY };
export const SLOW: Line = {
  name: '100 ms there and back, 5 Mbit/s',
  roundTripMs: 100,
  bytesPerMs: 625,
};

export type Answer = (request: IncomingMessage, response: ServerResponse, type: string, text: string) => void;

/** A new connection costs a round trip more. */
export function answerOver({ roundTripMs, bytesPerMs }: Line): Answer {
  const known = new WeakSet<Socket>();
  return ({ socket }, response, type, text) => {
    const body = gzipSync(text);
    const trips = known.has(socket) ? 1 : 2;
    known.add(socket);
    response
      .setHeader('cache-control', 'no-store')
      .setHeader('content-type', type)
      .setHeader('content-encoding', 'gzip');
    setTimeout(() => response.end(body), trips * roundTripMs + body.length / bytesPerMs);
  };
}
