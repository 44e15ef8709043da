/** A process that takes webhooks, and counts them; or that hangs, at `/hangs/…`. */
import { type ServerProcess, startServer } from './server.ts';

const SERVER = `import { createServer } from 'node:http';
const arrived = { good: 0, hanging: 0, first: 0, last: 0 };
const server = createServer((request, response) => {
  if (request.url === '/arrived') return response.end(JSON.stringify(arrived));
  if (request.url.startsWith('/hangs/')) return arrived.hanging += 1;
  request.resume().on('end', () => {
    arrived.good += 1;
    arrived.last = performance.now();
    arrived.first ||= arrived.last;
    response.writeHead(200).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4_096, () => console.log(server.address().port));`;

interface Arrived {
  readonly good: number;
  readonly hanging: number;
  /** Milliseconds of its own clock. */
  readonly first: number;
  readonly last: number;
}

export interface Receiver extends ServerProcess {
  arrived(): Promise<Arrived>;
}

export async function startReceiver(): Promise<Receiver> {
  const server = await startServer(SERVER);
  return {
    ...server,
    arrived: async () => (await (await fetch(`${server.url}/arrived`)).json()) as Arrived,
  };
}
