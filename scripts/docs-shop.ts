/** The shop beside the documentation on this machine, for the live preview of its page on theming: `/kassa/*`, before a sandbox. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox } from 'kassa/sandbox';
import { createGateway, createKassa, toNodeHandler } from 'kassa/server';

export interface DocsShop {
  readonly url: string;
  close(): Promise<void>;
}

export async function startDocsShop(): Promise<DocsShop> {
  const sandbox = await startSandbox({ port: 0 });
  const kassa = createKassa({
    gateway: createGateway({
      apiKey: 'dev_kassa_0001',
      baseUrl: `${sandbox.url}/gateway`,
      signaturePassword: 'spg_test_kassa_0001',
    }),
    order: () => ({
      userId: '128',
      amount: '10.05',
      currency: 'EUR',
      ip: '203.0.113.7',
      customer: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', countryCode: 'GB' },
    }),
  });
  const server = createServer(toNodeHandler(kassa.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await fetch(`${sandbox.url}/_sandbox/config`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webhookUrl: `${url}/kassa/webhook` }),
  });
  return {
    url,
    async close() {
      server.closeAllConnections();
      server.close();
      await sandbox.close();
    },
  };
}
