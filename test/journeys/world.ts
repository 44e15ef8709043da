/** A shop and a sandbox of a file's own: their time, their faults and their restarts disturb nobody else. */
import { test as base } from './test.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/listen.ts';
import { type RunningShop, startShop } from '../../demo/shop/server.ts';
import { freePort } from '../postgres.ts';

export interface World {
  readonly sandbox: RunningSandbox;
  readonly shop: RunningShop;
  /** The shop's backend goes down, for this long, and comes back with nothing in its memory. */
  restartShop(downMs: number): Promise<void>;
}

export const test = base.extend<object, { world: World }>({
  world: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
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
        async restartShop(downMs) {
          await shop.close();
          await new Promise((resolve) => setTimeout(resolve, downMs));
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
