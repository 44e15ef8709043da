/** A shop and a sandbox apart from those that all share: their time, their faults and their restarts disturb nobody else. */
import { type RunningSandbox, startSandbox } from '../../src/sandbox/listen.ts';
import { type RunningShop, startShop } from '../../demo/shop/server.ts';
import { freePort } from '../postgres.ts';

export interface World {
  readonly sandbox: RunningSandbox;
  readonly shop: RunningShop;
  /** The shop's backend goes down, and comes back after this with nothing in its memory. */
  withoutShop(meanwhile: () => Promise<void>): Promise<void>;
}

export async function startWorld(): Promise<World & { close(): Promise<void> }> {
  const port = await freePort();
  const sandbox = await startSandbox({
    port: 0,
    webhookUrl: `http://localhost:${port}/kassa/webhook`,
    nixoWebhookUrl: `http://localhost:${port}/nixo/webhook`,
  });
  const start = (): Promise<RunningShop> => startShop({ port, gatewayUrl: `${sandbox.url}/gateway` });
  let shop = await start();
  return {
    sandbox,
    shop,
    async withoutShop(meanwhile) {
      await shop.close();
      await meanwhile();
      shop = await start();
    },
    async close() {
      await shop.close();
      await sandbox.close();
    },
  };
}
