/**
 * Compiled, never run: every public name in use, and what must not compile. An export without a line here is not
 * public yet.
 */
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import {
  type CashierAttributes,
  CashierError,
  type CashierErrorCode,
  type ChallengeMode,
  type Closer,
  type DiagnosticEntry,
  type Dialect,
  type DialectMessage,
  type Display,
  type Flow,
  KassaCashier,
  KassaChallengeEvent,
  KassaClosedEvent,
  KassaCloseEvent,
  KassaErrorEvent,
  type KassaEventMap,
  KassaExpiringEvent,
  KassaOutcomeEvent,
  KassaReadyEvent,
  KassaRedirectEvent,
  KassaStatusEvent,
  type Outcome,
  type OutcomeKind,
  type Payment,
  type Phase,
  type Session,
  type SessionInput,
  type Status,
  type Theme,
  type Words,
} from 'kassa';
import 'kassa/define';
import { kassaFastify } from 'kassa/fastify';
import {
  CARDS,
  cashierOn,
  defineFakeCashier,
  fakeCashier,
  sendWebhook,
  startSandbox as startTestSandbox,
  webhookBody,
  webhookRequest,
} from 'kassa/testing';
import type { Page } from '@playwright/test';
import { connectToPage, readEmbedder, safeUrl } from 'kassa/protocol';
import {
  type Behaviour,
  CHECKS,
  checkHostedPage,
  type Finding,
  isBehaviour,
  playFrame,
} from 'kassa/protocol/kit';
import { metrics, trace } from '@opentelemetry/api';
import type { PGlite } from '@electric-sql/pglite';
import type { Pool } from 'pg';
import type { Sql } from 'postgres';
import {
  createPostgresBook,
  type DatabaseClient,
  DatabaseError,
  migrate,
  type Migrated,
  type PostgresBook,
  type PostgresBookOptions,
  type TransactionOf,
} from 'kassa/postgres';
import { KassaCashier as ReactCashier } from 'kassa/react';
import { createSandbox, describeSandbox, startSandbox } from 'kassa/sandbox';
import {
  ApiError,
  type Charged,
  createGateway,
  createKassa,
  createMemoryBook,
  createNixo,
  createNxos,
  type Decision,
  type Difference,
  GATEWAY_CODES,
  InputError,
  isApiError,
  type Kassa,
  OptionsError,
  type OrderBook,
  type Payout,
  type PayoutOrder,
  type Health,
  type ReconciledChange,
  type Reconciliation,
  type ReconcileOptions,
  type TelemetryOptions,
  renderCashier,
  type ShopOrder,
  signWebhook,
  type StatusChange,
  toNodeHandler,
  type VerifiedEvent,
  verifyNixoWebhook,
  verifyNxosWebhook,
  verifyWebhook,
  WebhookError,
  type Written,
} from 'kassa/server';
import {
  gateway as gatewaySchemas,
  nixo as nixoSchemas,
  nxos as nxosSchemas,
  session as sessionSchema,
} from 'kassa/wire';
import { createElement, type JSX } from 'react';

// --- the tag -------------------------------------------------------------------------------------------------------
const cashier = document.createElement('kassa-cashier');
cashier satisfies KassaCashier;
cashier.sessionUrl = '/kassa/session';
cashier.flow = 'withdrawal';
cashier.prewarm = true;
cashier.cashierUrl = 'https://cashier.example/pay';
cashier.challenge = 'popup' satisfies ChallengeMode;
cashier.payment = { trackingId: 'o-1', url: '', transaction_status: 'successful' } satisfies Payment;
// @ts-expect-error: an answer belongs to an order
cashier.payment = { url: '', transaction_status: 'successful' };
export const resumed: Promise<void> = cashier.resume();
cashier.display = 'modal' satisfies Display;
cashier.words = { tryAgain: 'Once more' } satisfies Partial<Words>;
cashier.dialect = ((data) =>
  data === 'paid'
    ? ({ type: 'status', data: { status: 'succeeded' } } satisfies DialectMessage)
    : undefined) satisfies Dialect;
// @ts-expect-error: a dialect cannot lead the page away
cashier.dialect = () => ({ type: 'navigate', data: { url: 'https://bank.example/', reason: 'x' } });
// @ts-expect-error: not a flow
cashier.flow = 'refund';
// @ts-expect-error: not a theme
cashier.theme = 'sepia';
// @ts-expect-error: read-only
cashier.state = 'ready';
// @ts-expect-error: card data has no place in the page
cashier.cardNumber = '4242';

cashier.addEventListener('kassa-outcome', ({ outcome }) => {
  outcome.kind satisfies OutcomeKind;
  // @ts-expect-error: not a kind of outcome
  if (outcome.kind === 'paid') return;
});
cashier.addEventListener('kassa-status', (event) => {
  event.status satisfies Status;
  event.verified satisfies boolean;
  // @ts-expect-error: fields are on the event itself
  void event.detail;
});
cashier.addEventListener('kassa-error', ({ error }) => {
  error.code satisfies CashierErrorCode;
  error.hint satisfies string;
});
cashier.addEventListener('kassa-close', (event) => {
  event.by satisfies Closer;
  event.preventDefault();
});
cashier.result() satisfies Promise<Outcome>;
cashier.diagnostics() satisfies readonly DiagnosticEntry[];

const session: Session = { token: 't', flow: 'deposit', trackingId: 'o', cashierUrl: 'https://pay.example/' };
[session, Promise.resolve(session), () => session] satisfies SessionInput[];
['idle', 'loading', 'ready', 'busy', 'challenge', 'settled', 'failed'] satisfies Phase[];
['auto', 'light', 'dark'] satisfies Theme[];
['deposit', 'direct', 'withdrawal'] satisfies Flow[];
// @ts-expect-error: a session needs a token
({ flow: 'deposit', trackingId: 'o', cashierUrl: 'https://pay.example/' }) satisfies Session;

export const eventClasses = {
  'kassa-ready': KassaReadyEvent,
  'kassa-status': KassaStatusEvent,
  'kassa-challenge': KassaChallengeEvent,
  'kassa-redirect': KassaRedirectEvent,
  'kassa-close': KassaCloseEvent,
  'kassa-closed': KassaClosedEvent,
  'kassa-expiring': KassaExpiringEvent,
  'kassa-outcome': KassaOutcomeEvent,
  'kassa-error': KassaErrorEvent,
} satisfies Record<keyof KassaEventMap, unknown>;
export const errorClasses = [CashierError, ApiError, InputError, WebhookError, OptionsError];

export const element = createElement(ReactCashier, {
  sessionUrl: '/kassa/session',
  theme: 'dark',
  onOutcome: ({ outcome }) => void outcome.trackingId,
});

export const tag: JSX.IntrinsicElements['kassa-cashier'] = {
  'session-url': '/kassa/session',
  display: 'popover',
  className: 'checkout',
} satisfies CashierAttributes & { className: string };
export const wholeTag: JSX.IntrinsicElements['kassa-cashier'] = {
  class: 'checkout',
  session: () => session,
  payment: { trackingId: 'o-1', url: '', transaction_status: 'successful' },
  'onkassa-outcome': ({ outcome }) => void outcome.trackingId,
};
// @ts-expect-error: fields are on the event itself
export const deafTag: JSX.IntrinsicElements['kassa-cashier'] = { 'onkassa-outcome': ({ detail }) => detail };
// @ts-expect-error: the component's handlers are `onOutcome` and the like
export const deaf = createElement(ReactCashier, { onKassaOutcome: () => undefined });
// @ts-expect-error: not a display
export const wrongTag: JSX.IntrinsicElements['kassa-cashier'] = { display: 'drawer' };

// --- the backend -----------------------------------------------------------------------------------------------------
const gateway = createGateway({
  apiKey: 'k',
  baseUrl: 'https://pay.example',
  signaturePassword: ['new', 'old'],
});
const order = {
  trackingId: 'o',
  userId: '1',
  amount: '10.05',
  currency: 'EUR',
  ip: '192.0.2.1',
  customer: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', countryCode: 'GB' },
};
export const minted = gateway.mintCashier({ ...order, theme: 'dark', amountRestricted: true });
// @ts-expect-error: an amount is a decimal string, never a number
export const rounded = gateway.mintCashier({ ...order, amount: 10.05 });
// @ts-expect-error: the direct flow needs a provider
export const nowhere = gateway.mintDirect(order);

export const refusedFor: 'Client Transaction ID is missing' = GATEWAY_CODES[1089].text;
export const open = gateway.listTransactions({ from: '2024-08-01' });
export const tolerant = createGateway({
  apiKey: 'dev_kassa_0001',
  baseUrl: 'http://127.0.0.1:4010/gateway',
  unknownFields: 'pass',
});
export const waited = gateway.waitForStatus({ trackingId: 'o' }, { withinMs: 60_000 });

export async function charge(): Promise<string> {
  const card = { holderName: 'Ada', number: '4242424242424242', expMonth: '12', expYear: '2034', cvc: '123' };
  const result = await gateway.chargeCard({ ...order, routingId: 210, card });
  switch (result.kind) {
    case 'challenge':
      return result.url;
    case 'failed':
      return result.reason ?? '';
    case 'pending':
    case 'succeeded':
      // @ts-expect-error: only a challenge has a URL
      return result.url;
  }
}

const kassa = createKassa({
  gateway,
  book: createMemoryBook({ maxOrders: 1_000 }),
  order: (_request, { flow }) =>
    flow === 'withdrawal'
      ? { ...order, direction: 'withdrawal' }
      : ({ ...order, openAmount: { min: '5.00', max: '500.00' } } satisfies ShopOrder),
  onStatus: ({ status, orderStatus, previous, late, mismatch }, { tx, signal }) => {
    orderStatus satisfies Status;
    status satisfies Status | 'unknown';
    mismatch satisfies readonly Difference[] | undefined;
    // @ts-expect-error: a word that Kassa does not know is not pending
    status satisfies Status;
    tx satisfies undefined;
    void [previous, late, signal.aborted];
  },
  onMismatch: (change: StatusChange, known) =>
    known?.terms?.amount === change.amount ? 'accept' : undefined,
  onError: (error) => void (isApiError(error) && error.retryable),
  origin: ['https://shop.example', 'https://shop.example.org'],
  trustedHops: 1,
});
export const served: Promise<string> = kassa
  .session(new Request('https://shop.example/checkout'), {
    flow: 'withdrawal',
    origin: 'https://shop.example',
  })
  .then((session) => renderCashier(session, { lang: 'de', attributes: { 'session-url': '/kassa/session' } }));
export const addresses: Promise<{ statusUrl: string; returnUrl: string }> = kassa.addresses(
  'o-1',
  'https://shop.example',
);
// @ts-expect-error: the direction of money is one of two
({ ...order, direction: 'sideways' }) satisfies ShopOrder;
export const charged: Promise<void> = kassa
  .charge(new Request('https://shop.example/charge'), {
    holderName: 'Ada Lovelace',
    number: '4242424242424242',
    expMonth: '12',
    expYear: '2034',
    cvc: '123',
  })
  .then((payment) => void (payment satisfies Payment & Charged));
export const decision: Promise<boolean> = kassa.decide(
  { trackingId: 'o-1', transactionId: 't-1' },
  'refuse' satisfies Decision,
);
/** A book in a database: handlers get its transaction. */
export const inDatabase = (book: OrderBook<{ readonly sql: string }>): Kassa =>
  createKassa({
    gateway,
    book,
    order: () => order,
    onStatus: (_change, { tx }) => void (tx.sql satisfies string),
  });
kassa.fetch satisfies (request: Request) => Promise<Response>;
export const reconciled: Promise<number> = kassa
  .reconcile({ since: '2026-11-20' } satisfies ReconcileOptions)
  .then(({ changes, failures }: Reconciliation) => changes.length + failures);
export const change: ReconciledChange['acceptance'] = 'handled';

export const watched = createKassa({
  gateway,
  order: () => order,
  telemetry: {
    tracer: trace.getTracer('kassa'),
    meter: metrics.getMeter('kassa'),
  } satisfies TelemetryOptions,
});
export const healthy = (health: Health): boolean => health.status === 'ok' && health.book !== 'unreachable';

// Each client's own transaction reaches the handlers.
declare const sql: Sql;
declare const pool: Pool;
declare const pglite: PGlite;
const inPostgres = createPostgresBook(sql, { timeoutMs: 10_000 } satisfies PostgresBookOptions);
export const exactlyOnce = createKassa({
  gateway,
  book: inPostgres,
  order: () => order,
  onStatus: async ({ trackingId }, { tx }) => {
    await tx`insert into parcels (order_id) values (${trackingId})`;
  },
});
export const inPool = createKassa({
  gateway,
  book: createPostgresBook(pool),
  order: () => order,
  onStatus: async ({ trackingId }, { tx }) => {
    await tx.query('insert into parcels (order_id) values ($1)', [trackingId]);
    // @ts-expect-error: that is another client's
    void tx.savepoint;
  },
});
export const inFolder = createKassa({
  gateway,
  book: createPostgresBook(pglite) satisfies PostgresBook<TransactionOf<PGlite>>,
  order: () => order,
  onStatus: async ({ trackingId }, { tx }) => {
    await tx.query('insert into parcels (order_id) values ($1)', [trackingId]);
  },
});
// @ts-expect-error: a URL is no client
void createPostgresBook('postgres://localhost/shop');
export const migrated: Promise<Migrated> = migrate(sql satisfies DatabaseClient);
export const databaseErrors = [DatabaseError];
export const nodeHandler = toNodeHandler(kassa.fetch, { bodyTimeoutMs: 5_000 });
createServer(nodeHandler);
createHttp2Server(nodeHandler);
export const plugin = kassaFastify(kassa, { basePath: '/kassa' });
export const verified = verifyWebhook('{}', 'A'.repeat(40), 'password');

// --- payouts and accounts ------------------------------------------------------------------------------------------
const nixo = createNixo({ apiKey: 'sk_sandbox_kassa_0001' });
export const payout: Promise<Written<Payout>> = nixo.createPayout({
  amount: '250.00',
  currency: 'USD',
  destinationCountry: 'MA',
  recipient: { fullName: 'Amina El Fassi', accountIban: 'MA640115190000012050005349' },
} satisfies PayoutOrder);
// @ts-expect-error: amounts are decimal strings
void nixo.createPayout({ amount: 250, currency: 'USD' });
export const payouts: AsyncIterable<Payout> = nixo.listPayouts({ status: 'failed' });
export const paid = verifyNixoWebhook('{}', 't=1,v1=00', 'secret').then((event) => {
  // @ts-expect-error: none of the four events
  if (event.type === 'payout.lost') return undefined;
  return event.type === 'balance.updated' ? event.data.object.available : event.data.object.id;
});

const nxos = createNxos({ apiKey: 'nxos_sk_test_kassa_a' });
export const sent = nxos
  .sendTransfer(
    { accountId: 'acct_', beneficiaryId: 'bene_', amount: '10.50', asset: 'USD' },
    { idempotencyKey: 'order-42' },
  )
  .then(({ transactionId, replayed, idempotencyKey }) => [transactionId, replayed, idempotencyKey]);
// @ts-expect-error: amounts are decimal strings, never numbers
void nxos.sendTransfer({ accountId: 'acct_', beneficiaryId: 'bene_', amount: 10.5, asset: 'USD' });
export const paidOut = async () => {
  const expectedFeeSchedule = await nxos.getCryptoPayoutFee({ chainName: 'TRON_NILE', asset: 'USDT' });
  const order = { accountId: 'acct_', beneficiaryId: 'bene_', amount: '10.50', asset: 'USDT' } as const;
  const { txHash } = await nxos.sendCryptoPayout({ ...order, expectedFeeSchedule });
  // @ts-expect-error: a coin is not for a bank
  void nxos.sendFiatPayout(order);
  return txHash;
};
// @ts-expect-error: not an asset
void nxos.createQuote({ accountId: 'acct_', fromAsset: 'DOGE', toAsset: 'USD', fromAmount: '1' });
export const told: Promise<VerifiedEvent> = verifyNxosWebhook('{}', {}, 'whsec_', { tolerance: false });
export const signed: Promise<string> = signWebhook('{}', 'password');

// --- the rest --------------------------------------------------------------------------------------------------------
const embedder = readEmbedder('#');
export const link = embedder && connectToPage({ embedder, onMessage: ({ type }) => void type });
link?.send('resize', { height: 400 });
// @ts-expect-error: a height is a number
link?.send('resize', { height: '400px' });
export const findings: Promise<readonly Finding[]> = checkHostedPage({
  url: 'https://pay.example/',
  token: 't',
});
export const checks: string = CHECKS.hello;
export const played =
  embedder && isBehaviour('good') && playFrame('good' satisfies Behaviour, { embedder, token: '' });
export const address: URL | undefined = safeUrl('https://pay.example/');
export const sandboxes = [createSandbox({ clock: 0, database: './data' }), startSandbox({ port: 0 })];
export const banner: string = describeSandbox('http://127.0.0.1:4010');
export const schemas = [
  gatewaySchemas.cashierRequest,
  nixoSchemas.payoutRequest,
  nxosSchemas.transferRequest,
  sessionSchema,
];

// --- kassa/testing ---------------------------------------------------------------------------------------------------
export const shopper = (page: Page): Promise<Outcome> =>
  cashierOn(page, { selector: '#tip' }).pay(CARDS.challenge);
// @ts-expect-error: no card has that name
void CARDS.stolen;
export const tested = async (): Promise<void> => {
  const sandbox = await startTestSandbox({ clock: new Date(0), webhookUrl: null });
  createGateway(sandbox.gateway);
  await sandbox.configure({ maintenance: true });
  // @ts-expect-error: there is no such setting
  await sandbox.configure({ weather: 'fine' });
  const told: Response = await sendWebhook('http://localhost/', { trackingId: 'o', status: 'rejected' });
  void told;
  const request: Request = await webhookRequest('http://localhost/', { trackingId: 'o' });
  void request;
  const body: string = webhookBody({ trackingId: 'o', type: 'withdrawal' });
  void body;
  defineFakeCashier();
  fakeCashier().end('succeeded', { trackingId: 'o' });
  // @ts-expect-error: no session ends like that
  fakeCashier().end('paid');
};
