/** The shop that is tested: an Express app that remembers what it was told in `onStatus`. */
import express from 'express';
import { createGateway, createKassa, toNodeHandler } from 'kassa/server';

const PAGE = `<!doctype html><title>Checkout</title>
<script type="module" src="/kassa.js"></script>
<kassa-cashier session-url="/kassa/session"></kassa-cashier>`;

export function createShop(gateway) {
  const paid = [];
  const kassa = createKassa({
    gateway: createGateway(gateway),
    order: () => ({
      userId: '128',
      amount: '10.05',
      currency: 'EUR',
      ip: '203.0.113.7',
      customer: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', countryCode: 'GB' },
    }),
    onStatus: ({ trackingId, orderStatus }) => {
      if (orderStatus === 'succeeded') paid.push(trackingId);
    },
  });
  const app = express();
  app.use('/kassa', toNodeHandler(kassa.fetch));
  app.use(express.static('node_modules/kassa/dist/browser'));
  app.get('/', (request, response) => response.send(PAGE));
  return { app, paid };
}
