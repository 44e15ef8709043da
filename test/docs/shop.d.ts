/**
 * What the pages leave to the shop: its cart, its orders, its server, and packages that are its own choice. Of the snippets alone:
 * the project is compiled without it.
 */
declare const app: import('hono').Hono;
declare const card: import('../../src/server/index.ts').Card;
declare const cashier: import('../../src/index.ts').KassaCashier;
declare const gateway: import('../../src/server/index.ts').Gateway;
declare const kassa: import('../../src/server/index.ts').Kassa;
declare const order: import('../../src/server/index.ts').KassaOptions['order'];
declare const options: import('../../src/server/index.ts').KassaOptions;
declare const request: Request;
declare const yourCartOf: (request: Request) => import('../../src/server/index.ts').ShopOrder;
declare const yourOrders: {
  update(trackingId: string, status: string): void;
  ship(trackingId: string): Promise<void>;
  note(trackingId: string, text: string): Promise<void>;
};
declare const yourPayout: import('../../src/server/index.ts').PayoutOrder;
declare const yourDialog: { show(url: string): void };
declare const yourApi: { mint(): Promise<{ token: string; orderId: string }> };
declare const Stripe: any;

declare module 'express';
declare module 'helmet';
declare module 'paymentiq-cashier-bootstrapper';

declare module '*/kassa.mjs' {
  export const kassa: import('../../src/server/index.ts').Kassa;
}
declare module '*/timings.ts' {
  export const timeCashiers: typeof import('../../docs/snippets/timings.ts').timeCashiers;
}

declare module '*/data-layer.ts' {
  export const tellOf: typeof import('../../docs/snippets/data-layer.ts').tellOf;
}
declare module '*/traces.ts' {
  export const traceCashier: typeof import('../../docs/snippets/traces.ts').traceCashier;
}
