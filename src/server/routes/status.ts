/** `GET status/:trackingId`: the verified status, as JSON or as a stream of server-sent events. */
import type { StatusReport } from '../../wire/session.ts';
import type { KnownStatus } from '../inbox/inbox.ts';
import { json } from './answers.ts';
import type { RouteContext } from './context.ts';
import { newerThan, toReport } from './status-source.ts';

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
  const after = Number(new URL(request.url).searchParams.get('after') ?? 0) || 0;
  if (request.headers.get('accept')?.includes('text/event-stream')) {
    return stream(request, { trackingId, after }, context);
  }
  return json(await context.statusSource.report(trackingId, after));
}

interface Watched {
  readonly trackingId: string;
  readonly after: number;
}

function stream(
  request: Request,
  { trackingId, after }: Watched,
  { inbox, statusSource }: RouteContext,
): Response {
  const utf8 = new TextEncoder();
  let stop = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string): void => controller.enqueue(utf8.encode(text));
      let told = '';
      const tell = (report: StatusReport, version?: number): void => {
        const data = JSON.stringify(report);
        if (data === told) return;
        told = data;
        write(`${version === undefined ? '' : `id: ${version}\n`}event: status\ndata: ${data}\n\n`);
      };
      const tellKnown = (known: KnownStatus | undefined): void => {
        const newer = newerThan(known, after);
        if (newer) tell(toReport(newer), newer.version);
      };
      const look = async (): Promise<void> => {
        const report = await statusSource.report(trackingId, after);
        if (open) tell(report, (await inbox.find(trackingId))?.version);
      };

      let open = true;
      const unsubscribe = inbox.subscribe(trackingId, tellKnown);
      const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
      const lookAgain = setInterval(() => void look(), LOOK_AGAIN_MS);
      stop = () => {
        if (!open) return;
        open = false;
        unsubscribe();
        clearInterval(heartbeat);
        clearInterval(lookAgain);
      };
      request.signal.addEventListener('abort', () => {
        stop();
        controller.close();
      });

      write(`retry: ${RECONNECT_MS}\n\n`);
      void catchUp(request, inbox.find(trackingId), tellKnown).then(look);
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx holds a response back until it is whole, unless told otherwise.
      'x-accel-buffering': 'no',
    },
  });
}

/** A page that comes back says what it heard last; what is newer is told at once. */
async function catchUp(
  request: Request,
  found: Promise<KnownStatus | undefined>,
  tell: (known: KnownStatus) => void,
): Promise<void> {
  const known = await found;
  const lastHeard = Number(request.headers.get('last-event-id') ?? 0);
  if (known && !(known.version <= lastHeard)) tell(known);
}
