/** The shop's side of Kassa: what is paid is decided here, and goods go out in `onStatus`. */
import page from './index.html';
import { createGateway, createKassa } from 'kassa/server';

let kassa;

/** A worker has its settings only once a request is there. */
const kassaOf = (env) =>
  createKassa({
    gateway: createGateway({
      apiKey: env.GATEWAY_KEY ?? 'dev_kassa_0001',
      baseUrl: env.GATEWAY_URL ?? 'http://127.0.0.1:4010/gateway',
      signaturePassword: env.GATEWAY_SIGNATURE_PASSWORD ?? 'spg_test_kassa_0001',
    }),
    // Your cart and your login decide; a fresh tracking id is made for each session.
    order: () => ({
      userId: '128',
      amount: '10.05',
      currency: 'EUR',
      ip: '203.0.113.7',
      customer: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', countryCode: 'GB' },
    }),
    onStatus: ({ trackingId, rawStatus }) => console.log(`order ${trackingId}: ${rawStatus}`),
  });

export default {
  fetch(request, env) {
    kassa ??= kassaOf(env);
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/kassa/')) return kassa.fetch(request);
    return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } });
  },
};
