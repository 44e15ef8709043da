/** A shop and a sandbox of a file's own: their time, their faults and their restarts disturb nobody else. */
import { test as base } from './test.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/listen.ts';
import { type RunningShop, startShop } from '../../demo/shop/server.ts';
import { freePort } from '../postgres.ts';

export interface World {
  readonly sandbox: RunningSandbox;
  readonly shop: RunningShop;
  /** The shop's backend goes down, and comes back after this with nothing in its memory. */
  withoutShop(meanwhile: () => Promise<void>): Promise<void>;
}

export const test = base.extend<object, { world: World }>({
  world: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, use) => {
      const port = await freePort();
      const sandbox = await startSandbox({
        port: 0,
        webhookUrl: `http://localhost:${port}/kassa/webhook`,
        nixoWebhookUrl: `http://localhost:${port}/nixo/webhook`,
      });
      const start = (): Promise<RunningShop> => startShop({ port, gatewayUrl: `${sandbox.url}/gateway` });
      let shop = await start();
      await use({
        sandbox,
        shop,
        async withoutShop(meanwhile) {
          await shop.close();
          await meanwhile();
          shop = await start();
        },
      });
      await shop.close();
      await sandbox.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ world }, use) => use(world.shop.url),
});
