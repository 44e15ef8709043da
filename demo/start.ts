/**
 * `npm start`: the sandbox and the demo shop, on two origins and two sites, as in real life.
 * The shop knows the sandbox only by its URL, as it would know a real gateway.
 */
import { describeSandbox, startSandbox } from 'kassa/sandbox';
import { readPort } from './ports.ts';
import { startShop } from './shop/server.ts';

async function start(): Promise<void> {
  const shopPort = readPort('KASSA_SHOP_PORT', 4000);
  const sandbox = await startSandbox({
    port: readPort('KASSA_SANDBOX_PORT', 4010),
    database: { dataDir: process.env.KASSA_DATA_DIR, databaseUrl: process.env.DATABASE_URL },
    webhookUrl: `http://localhost:${shopPort}/kassa/webhook`,
    nixoWebhookUrl: `http://localhost:${shopPort}/nixo/webhook`,
  });
  const shop = await startShop({ port: shopPort, gatewayUrl: `${sandbox.url}/gateway` });

  console.log(describeSandbox(sandbox.url));
  console.log(`  Shop           ${shop.url}   <- open this one, and pay\n\n  Press Ctrl+C to stop.`);

  // Ready before the first shopper presses "Pay"; a fault shows when the page is asked for.
  void sandbox.ready().catch(() => undefined);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void Promise.all([shop.close(), sandbox.close()]).then(() => process.exit(0));
    });
  }
}

/** What can be mended by the reader says how; anything else shows where it comes from. */
start().catch((error: unknown) => {
  if (error instanceof Error && 'hint' in error) console.error(`${error.message}\n${String(error.hint)}`);
  else console.error(error);
  process.exit(1);
});
