/** A running sandbox and a shop that receives its webhooks, over real sockets, for tests. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway } from '../../src/server/gateway/client.ts';
import { createNixo } from '../../src/server/nixo/client.ts';
import type { NixoOptions } from '../../src/server/nixo/options.ts';
import { createNxos } from '../../src/server/nxos/client.ts';
import type { NxosOptions } from '../../src/server/nxos/options.ts';
import type { GatewayOptions } from '../../src/server/gateway/options.ts';
import { type ListenOptions, type RunningSandbox, startSandbox } from '../../src/sandbox/listen.ts';

export { order } from '../fixtures/order.ts';

export const PASSWORD = 'spg_test_kassa_0001';
export const NOON = Date.UTC(2026, 10, 21, 12);

export interface Received {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** HTTP status of the answers to come. */
  status: number;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        body: Buffer.concat(chunks).toString('utf8'),
        headers: request.headers as Record<string, string>,
      });
      response.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    received,
    status: 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** Time stands still at noon, and nobody takes webhooks, unless a test says otherwise. */
export const startTestSandbox = (options: ListenOptions = {}): Promise<RunningSandbox> =>
  startSandbox({ port: 0, clock: NOON, webhookUrl: 'http://127.0.0.1:9/webhook', ...options });

export const gatewayOf = (sandbox: RunningSandbox, options: Partial<GatewayOptions> = {}) =>
  createGateway({
    apiKey: 'dev_kassa_0001',
    baseUrl: `${sandbox.url}/gateway`,
    signaturePassword: PASSWORD,
    now: () => NOON,
    ...options,
  });

export const nixoOf = (sandbox: RunningSandbox, options: Partial<NixoOptions> = {}) =>
  createNixo({ apiKey: 'sk_sandbox_kassa_0001', baseUrl: `${sandbox.url}/nixo`, ...options });

export const nxosOf = (sandbox: RunningSandbox, options: Partial<NxosOptions> = {}) =>
  createNxos({ apiKey: 'nxos_sk_test_kassa_a', baseUrl: `${sandbox.url}/nxos`, ...options });

/** What is seeded for Nxos, under ids that are the same in every sandbox. */
export const NXOS = {
  account: 'acct_000000000000000000000000000000a1',
  /** To Acme. */
  beneficiary: 'bene_000000000000000000000000000000a1',
  acme: { apiKey: 'nxos_sk_test_kassa_b', account: 'acct_000000000000000000000000000000b1' },
} as const;

export const card = (number: string) => ({
  holderName: 'John Doe',
  number,
  expMonth: '05',
  expYear: '2025',
  cvc: '444',
});

/** What the hosted page does with a token, without the page. */
export function shopperOf(sandbox: RunningSandbox, token: string) {
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${sandbox.url}/gateway/cashier/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
  return {
    view: () => ask('view'),
    pay: (body: unknown) => ask('pay', { method: 'POST', body: JSON.stringify(body) }),
    payment: () => ask('payment'),
    cancel: () => ask('cancel', { method: 'POST' }),
    deleteCard: (id: string) => ask(`cards/${id}`, { method: 'DELETE' }),
  };
}

export const payByCard = (number: string, amount = '10.05') => ({
  providerId: '210',
  amount,
  card: { ...card(number), expYear: '2034' },
});
