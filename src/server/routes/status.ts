/** `GET status/:trackingId`: the verified status, as JSON or as a stream of server-sent events. */
import { isFinal } from '../../model/statuses.ts';
import type { StatusReport } from '../../wire/session.ts';
import { type Order } from '../orders/order.ts';
import { reportOf } from '../orders/reading.ts';
import { json, Refusal } from './answers.ts';
import type { RouteContext } from './context.ts';

/** Proxies cut silent connections, most of them after 30 or 60 s. */
const HEARTBEAT_MS = 15_000;
/** How often the gateway is asked while no webhook has told the end. */
const LOOK_AGAIN_MS = 5_000;
const RECONNECT_MS = 2_000;

export async function reportStatus(
  request: Request,
  trackingId: string,
  context: RouteContext,
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  // An order's id is no secret: it stands in mails and on invoices.
  if (!(await context.keys.isSigned('status', trackingId, searchParams.get('sig') ?? ''))) {
    throw new Refusal(
      404,
      'no-such-status',
      'There is no such status.',
      'Use the statusUrl of the session as it is; it is signed.',
    );
  }
  const after = Number(searchParams.get('after') ?? 0) || 0;
  if (request.headers.get('accept')?.includes('text/event-stream')) {
    return stream(request, { trackingId, after }, context);
  }
  return json(await context.statusSource.report(trackingId, after));
}

interface Watched {
  readonly trackingId: string;
  readonly after: number;
}

function stream(request: Request, watched: Watched, context: RouteContext): Response {
  let stop = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const utf8 = new TextEncoder();
      const write = (text: string): void => controller.enqueue(utf8.encode(text));
      write(`retry: ${RECONNECT_MS}\n\n`);
      const leave = watch(request, watched, context, write);
      // Servers differ in what they do first, and some do only one: cancel the body, or abort the request.
      const hangUp = (): void => {
        stop();
        controller.close();
      };
      stop = () => {
        leave();
        request.signal.removeEventListener('abort', hangUp);
      };
      request.signal.addEventListener('abort', hangUp);
      if (request.signal.aborted) hangUp();
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Compression middleware collects a stream before it passes it on, unless it may not transform it.
      'cache-control': 'no-store, no-transform',
      // nginx holds a response back until it is whole, unless told otherwise.
      'x-accel-buffering': 'no',
    },
  });
}

/** Writes what becomes known of an order, until the returned function is called. */
function watch(
  request: Request,
  { trackingId, after }: Watched,
  { book, statusSource, telemetry, tell: tellShop }: RouteContext,
  write: (text: string) => void,
): () => void {
  let isOpen = true;
  const tell = createTeller((text) => {
    if (isOpen) write(text);
  });

  const look = async (): Promise<void> => {
    const report = await statusSource.report(trackingId, after);
    tell(report, (await book.find(trackingId))?.version);
  };
  /** A failure is told only after the gateway was asked: another attempt may be under way that nobody has heard of. */
  const tellOf = async (order: Order): Promise<void> => {
    const report = reportOf(order, after);
    if (report.status === 'failed') await look();
    else if (report.rawStatus !== '') tell(report, order.version);
  };
  /** A page that comes back says what it heard last; what is newer is told at once. */
  const catchUp = async (): Promise<void> => {
    const order = await book.find(trackingId);
    const lastHeard = Number(request.headers.get('last-event-id') ?? 0);
    if (order && !(order.version <= lastHeard)) await tellOf(order);
  };
  /** A book that is down is the shop's to mend, and told once; the next look may find it up again. */
  let isDown = false;
  const attempt = (work: Promise<void>): void =>
    void work.then(
      () => (isDown = false),
      (error: unknown) => {
        if (!isDown) tellShop(error);
        isDown = true;
      },
    );

  const close = telemetry.openStream();
  const unsubscribe = book.subscribe(trackingId, (order) => attempt(tellOf(order)));
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
  const lookAgain = setInterval(() => attempt(look()), LOOK_AGAIN_MS);
  attempt(catchUp().then(look));
  return () => {
    isOpen = false;
    unsubscribe();
    close();
    clearInterval(heartbeat);
    clearInterval(lookAgain);
  };
}

/** Tells each report once, and after an end nothing that would take it back. */
function createTeller(write: (text: string) => void): (report: StatusReport, version?: number) => void {
  let told = '';
  let isEnded = false;
  return (report, version) => {
    const data = JSON.stringify(report);
    if (data === told || (isEnded && !isFinal(report.status))) return;
    told = data;
    isEnded = isFinal(report.status);
    write(`${version === undefined ? '' : `id: ${version}\n`}event: status\ndata: ${data}\n\n`);
  };
}
