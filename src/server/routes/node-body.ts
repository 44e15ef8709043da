/** The body of a request to Node's own server, whether it is still to come or a framework has read it already. */
import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { alreadyRead, isBytes } from '../http/raw-body.ts';
import { Refusal } from './answers.ts';

/** Also of HTTP/2, by its compatibility API. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;

/** What body parsers leave: `body`, and the bytes as `rawBody` (NestJS, Firebase, the `verify` of `express.json`). */
type MaybeParsed = NodeRequest & { readonly body?: unknown; readonly rawBody?: unknown };

interface Body {
  /** For `new Request`. */
  readonly init: RequestInit;
  /** Written again from what a framework made of it: good for its meaning, not for its signature. */
  readonly isParsed: boolean;
}

export function bodyOf(incoming: MaybeParsed, timeoutMs: number): Body {
  const { body, rawBody } = incoming;
  if (!incoming.readableDidRead && !incoming.readableEnded) return streamed(arriving(incoming, timeoutMs));
  const raw = [rawBody, body].find((it) => typeof it === 'string' || isBytes(it));
  if (raw !== undefined) return { init: { body: raw }, isParsed: false };
  if (typeof body === 'object' && body !== null) {
    return { init: { body: JSON.stringify(body) }, isParsed: true };
  }
  // Without a chunk there was nothing to miss.
  return incoming.readableDidRead ? streamed(failing()) : { init: {}, isParsed: false };
}

/** Undici wants `duplex` for a stream; the DOM's types do not know it. */
const streamed = (body: ReadableStream<Uint8Array>): Body => ({
  init: { body, duplex: 'half' } as RequestInit,
  isParsed: false,
});

const failing = (): ReadableStream<Uint8Array> =>
  new ReadableStream({ pull: (controller) => controller.error(alreadyRead()) }, { highWaterMark: 0 });

/** Taken from the socket only as it is asked for: what nobody reads must not pile up, and what never ends must end. */
function arriving(incoming: NodeRequest, timeoutMs: number): ReadableStream<Uint8Array> {
  let isAskedFor = false;
  let leave = (): void => undefined;

  function listen(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const take = (chunk: Uint8Array): void => {
      controller.enqueue(new Uint8Array(chunk));
      incoming.pause();
    };
    const end = (): void => {
      leave();
      controller.close();
    };
    const fail = (error: unknown): void => {
      leave();
      controller.error(error);
    };
    const hangUp = (): void => fail(new Error('The client hung up before its body was whole.'));
    const deadline = setTimeout(() => fail(tooSlow(timeoutMs)), timeoutMs);
    incoming.on('data', take).on('end', end).on('error', fail).on('close', hangUp);
    leave = () => {
      clearTimeout(deadline);
      incoming.off('data', take).off('end', end).off('error', fail).off('close', hangUp);
      // Whoever breaks off what nobody reads any more is no fault of the process.
      incoming.on('error', () => undefined).resume();
    };
  }

  return new ReadableStream(
    {
      pull(controller) {
        if (!isAskedFor) listen(controller);
        isAskedFor = true;
        incoming.resume();
      },
      cancel: () => leave(),
    },
    { highWaterMark: 0 },
  );
}

const tooSlow = (timeoutMs: number): Refusal =>
  new Refusal(
    408,
    'body-too-slow',
    `The body did not come within ${timeoutMs / 1_000} s.`,
    'Send it at once, and again if the connection broke.',
    // What is still to come of it is not waited for.
    { headers: { connection: 'close' } },
  );
