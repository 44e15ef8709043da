/**
 * A token minted over loopback, one after the other and 64 at once, beside an undici Pool that posts the same body and
 * parses the same answer. The server is a process of its own. By the clock, and in CPU, which a busy shop pays.
 */
import { Agent, request } from 'node:http';
import { order } from '../test/fixtures/order.ts';
import { peer } from './peers.ts';
import { publishedServer } from './published.ts';
import { type Bench, callMany, compare, type Variant } from './report.ts';
import { type ServerProcess, startServer } from './server.ts';

const ANSWER = JSON.stringify({ token: 'FikkCvjt3WuQBJbvTMBcQWmOHnSRkIqNLYEmzsvLxUyPDKaZXe' });
const SERVER = `import { createServer } from 'node:http';
const answer = ${JSON.stringify(ANSWER)};
const server = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(answer));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;

/** It has the same answer for all, and is no part of what is measured. */
export const startMintServer = (): Promise<ServerProcess> => startServer(SERVER);

const ORDER = order('b8f04416-116a-11ed-861d-0242ac120002');

/** Stripe's own form of as many fields. */
const METADATA = Object.fromEntries(
  Object.entries(ORDER.customer).filter(([, value]) => typeof value === 'string'),
);

/** Calls of one measurement, and how many are under way at once; with the goal. */
const SETTINGS = [
  [1, 200, 1.3],
  [64, 1_500, 1.6],
] as const;

interface UndiciModule {
  readonly Pool: new (
    origin: string,
    options: { connections: number },
  ) => {
    request(options: object): Promise<{ readonly body: { json(): Promise<unknown> } }>;
  };
}
interface StripeModule {
  readonly default: new (
    key: string,
    options: object,
  ) => { readonly customers: { create(given: object): Promise<unknown> } };
}

function byNodeHttp(url: string, body: string, agent: Agent): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    request(`${url}/api/v1/cashier`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(JSON.parse(text)));
    })
      .on('error', reject)
      .end(body);
  });
}

export async function benchMint(bench: Bench): Promise<void> {
  const { createGateway } = await publishedServer();
  const server = await startMintServer();
  const gateway = createGateway({
    apiKey: 'dev_kassa_0001',
    baseUrl: server.url,
    signaturePassword: 'spg_test_kassa_0001',
  });
  const body = JSON.stringify({ request: ORDER });
  const agent = new Agent({ keepAlive: true });
  const calls: [string, () => Promise<unknown>][] = [
    ['bare node:http', () => byNodeHttp(server.url, body, agent)],
    ['kassa', () => gateway.mintCashier(ORDER)],
    ['fetch', () => fetch(server.url, { method: 'POST', body }).then((answer) => answer.json())],
  ];
  const stripe = await peer<StripeModule>('stripe');
  if (stripe) {
    const { hostname, port } = new URL(server.url);
    const client = new stripe.default('sk_test_bench', {
      host: hostname,
      port,
      protocol: 'http',
      telemetry: false,
    });
    calls.push(['stripe', () => client.customers.create({ name: 'John Doe', metadata: METADATA })]);
  }
  const undici = await peer<UndiciModule>('undici');
  if (undici) {
    const pool = new undici.Pool(server.url, { connections: 64 });
    const headers = { 'content-type': 'application/json' };
    calls.unshift([
      'undici Pool',
      async () =>
        (await pool.request({ path: '/api/v1/cashier', method: 'POST', headers, body })).body.json(),
    ]);
  }
  for (const [atOnce, times, goal] of SETTINGS) {
    for (const [unit, measure] of Object.entries(UNITS)) {
      const variants = calls.map(([name, call]): Variant => ({
        name,
        measure: () => measure(times, () => callMany(times, atOnce, call)),
        ...(name === 'kassa' && { goal }),
      }));
      await compare(bench, { name: `mint, ${atOnce} in flight`, unit, warmUps: 5 }, variants);
    }
  }
  server.close();
}

const UNITS: Readonly<Record<string, (times: number, work: () => Promise<void>) => Promise<number>>> = {
  µs: async (times, work) => {
    const startedAt = performance.now();
    await work();
    return ((performance.now() - startedAt) * 1_000) / times;
  },
  'µs of CPU': async (times, work) => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times;
  },
};
