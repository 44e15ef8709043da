/** The shop's side of Kassa: what is paid is decided here, and goods go out in `onStatus`. */
import { createGateway, createKassa } from 'kassa/server';

const gateway = createGateway({
  apiKey: process.env.GATEWAY_KEY ?? 'dev_kassa_0001',
  baseUrl: process.env.GATEWAY_URL ?? 'http://127.0.0.1:4010/gateway',
  signaturePassword: process.env.GATEWAY_SIGNATURE_PASSWORD ?? 'spg_test_kassa_0001',
});

export const options = {
  gateway,
  // Next's own request says localhost, whatever the shopper asked for.
  origin: process.env.SHOP_ORIGIN,
  // Your cart and your login decide; a fresh tracking id is made for each session.
  order: () => ({
    userId: '128',
    amount: '10.05',
    currency: 'EUR',
    ip: '203.0.113.7',
    customer: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', countryCode: 'GB' },
  }),
  onStatus: ({ trackingId, rawStatus }) => console.log(`order ${trackingId}: ${rawStatus}`),
};

export const kassa = createKassa(options);
