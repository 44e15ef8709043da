/** Status routes for the browser tests, real HTTP: `/status/<behaviour>/<trackingId>`. State is kept per tracking id. */
import type { ServerResponse } from 'node:http';

interface Exchange {
  readonly path: string;
  readonly req: { readonly headers: Readonly<Record<string, string | undefined>> };
  readonly res: ServerResponse;
  status: number;
  body: unknown;
  respond?: boolean;
}

const asked = new Map<string, number>();
const awake = new Set<string>();

const report = (trackingId: string, status: string, rawStatus: string): string =>
  JSON.stringify({ trackingId, status, rawStatus, transactionId: 't1' });

function stream({ res }: Exchange): (data: string) => void {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  return (data) => res.write(`event: status\ndata: ${data}\n\n`);
}

export function statusRoutes(context: Exchange, next: () => Promise<void>): Promise<void> | void {
  const match = /^\/status\/([a-z-]+)\/([^/]+)$/.exec(context.path);
  if (!match) return next();
  const [, behaviour = '', trackingId = ''] = match;
  const times = (asked.get(trackingId) ?? 0) + 1;
  asked.set(trackingId, times);
  const wantsStream = context.req.headers.accept?.includes('text/event-stream') ?? false;
  const done = report(trackingId, 'succeeded', 'successful');

  if (behaviour === 'wake') {
    awake.add(trackingId);
    context.body = {};
  } else if ((behaviour === 'sleeps' || behaviour === 'declines') && !awake.has(trackingId)) {
    context.body = JSON.parse(report(trackingId, 'pending', '')) as unknown;
  } else if (behaviour === 'count') {
    context.body = { times: times - 1 };
    asked.set(trackingId, times - 1);
  } else if (behaviour === 'stream' && wantsStream) {
    context.respond = false;
    const write = stream(context);
    write(report(trackingId, 'pending', 'pending'));
    setTimeout(() => write(done), 100);
  } else if (behaviour === 'hangs' && wantsStream) {
    // A proxy that keeps a stream to itself: not even its head comes.
    context.respond = false;
  } else if (behaviour === 'cut' && wantsStream && times === 1) {
    context.respond = false;
    stream(context)(report(trackingId, 'pending', 'pending'));
    setTimeout(() => context.res.end(), 50);
  } else if (behaviour === 'rejects' || behaviour === 'declines') {
    context.body = JSON.parse(report(trackingId, 'failed', 'rejected')) as unknown;
  } else if (behaviour === 'silent') {
    context.body = JSON.parse(report(trackingId, 'pending', '')) as unknown;
  } else if (behaviour === 'recovers' && times <= 2) {
    context.status = 500;
    context.body = 'down';
  } else if (behaviour === 'foreign') {
    context.body = JSON.parse(report('another-order', 'succeeded', 'successful')) as unknown;
  } else if (behaviour === 'down') {
    context.status = 500;
    context.body = 'down';
  } else {
    context.body = JSON.parse(done) as unknown;
  }
}
