/**
 * `npm start`: the sandbox and the demo shop, on two origins and two sites, as in real life.
 * The shop knows the sandbox only by its URL, as it would know a real gateway.
 */
import { startSandbox } from 'kassa/sandbox';
import { readPort } from './ports.ts';
import { startShop } from './shop/server.ts';

const shopPort = readPort('KASSA_SHOP_PORT', 4000);
const sandbox = await startSandbox({
  port: readPort('KASSA_SANDBOX_PORT', 4010),
  webhookUrl: `http://localhost:${shopPort}/kassa/webhook`,
});
const shop = await startShop({ port: shopPort, gatewayUrl: `${sandbox.url}/gateway` });

console.log(`  Shop           ${shop.url}   <- open this one, and pay\n\n  Press Ctrl+C to stop.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all([shop.close(), sandbox.close()]).then(() => process.exit(0));
  });
}
