/**
 * The gateway's eight operations, from client to sandbox over real HTTP: what each does, refuses and tells. It runs on
 * every store.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { GATEWAY_CODES } from '../../src/model/gateway/codes.ts';
import type { RunningSandbox } from '../../src/sandbox/listen.ts';
import { type ApiError, isApiError } from '../../src/server/errors.ts';
import type { Gateway } from '../../src/server/gateway/operations.ts';
import { verifyWebhook } from '../../src/server/gateway/webhooks.ts';
import { SIGNATURE_HEADER } from '../../src/wire/gateway/signature.ts';
import {
  card,
  gatewayOf,
  order,
  PASSWORD,
  payByCard,
  type Receiver,
  shopperOf,
  startReceiver,
  startTestSandbox,
} from '../sandbox/running.ts';
import { refusalOf } from '../refusal.ts';
import type { StorePlace } from './stores.ts';
import type { CashierView, PaymentView } from '../../src/sandbox/pages/view.ts';

const refusal = (call: Promise<unknown>): Promise<ApiError> => refusalOf(call, isApiError);

export function gatewayContract(place: StorePlace): void {
  let receiver: Receiver;
  let sandbox: RunningSandbox;
  let gateway: Gateway;

  before(async () => {
    receiver = await startReceiver();
    sandbox = await startTestSandbox({ database: place, webhookUrl: receiver.url });
    gateway = gatewayOf(sandbox);
  });
  after(async () => {
    await sandbox.close();
    await receiver.close();
  });
  beforeEach(() => sandbox.reset());
  afterEach(() => {
    receiver.received.length = 0;
    receiver.status = 200;
  });

  /** A withdrawal that waits for its decision. */
  async function pendingWithdrawal(trackingId: string): Promise<string> {
    const { token } = await gateway.mintWithdrawal(withoutLimit(trackingId));
    const account = { holderName: 'John Doe', iban: 'DE89370400440532013000' };
    const response = await shopperOf(sandbox, token).pay({ providerId: '310', amount: '10.05', account });
    assert.equal(response.status, 202);
    return ((await response.json()) as { transactionId: string }).transactionId;
  }

  async function paidDeposit(trackingId: string): Promise<string> {
    const { token } = await gateway.mintCashier(order(trackingId));
    const response = await shopperOf(sandbox, token).pay(payByCard('4242424242424242'));
    await sandbox.advance(1_000);
    return ((await response.json()) as { transactionId: string }).transactionId;
  }

  const statuses = (): readonly string[] =>
    receiver.received.map(({ body }) => (JSON.parse(body) as { status: string }).status);

  describe('minting', () => {
    // G-04, V8
    test('a cashier token: 50 letters and digits, fresh for each call, usable at the cashier’s URL', async () => {
      const one = await gateway.mintCashier(order('t-1'));
      const two = await gateway.mintCashier(order('t-1'));
      assert.match(one.token, /^[A-Za-z0-9]{50}$/);
      assert.notEqual(one.token, two.token);
      assert.equal(one.cashierUrl, `${sandbox.url}/gateway/cashier`);
      assert.ok(!one.cashierUrl.includes(one.token));
      const view = (await (await shopperOf(sandbox, one.token).view()).json()) as { state: string };
      assert.equal(view.state, 'open');
    });

    // G-06
    test('the theme of the order is that of its page, light where it says none', async () => {
      for (const [trackingId, theme, shown] of [
        ['t-dark', 'dark', 'dark'],
        ['t-light', 'light', 'light'],
        ['t-none', undefined, 'light'],
      ] as const) {
        const { token } = await gateway.mintCashier({ ...order(trackingId), ...(theme && { theme }) });
        const view = (await (await shopperOf(sandbox, token).view()).json()) as { theme: string };
        assert.equal(view.theme, shown);
      }
    });

    // G-09
    test('a direct token opens the page of one provider', async () => {
      const minted = await gateway.mintDirect({ ...order('t-2'), providerId: 210 });
      assert.equal(minted.kind, 'token');
      const { token } = minted as { token: string };
      const view = (await (await shopperOf(sandbox, token).view()).json()) as {
        providers: { id: string }[];
      };
      assert.deepEqual(
        view.providers.map(({ id }) => id),
        ['210'],
      );
    });

    // G-12
    test('a withdrawal token lists where money can go', async () => {
      const { token } = await gateway.mintWithdrawal(withoutLimit('t-3'));
      const view = (await (await shopperOf(sandbox, token).view()).json()) as {
        flow: string;
        providers: { id: string }[];
      };
      assert.equal(view.flow, 'withdrawal');
      assert.deepEqual(
        view.providers.map(({ id }) => id),
        ['310'],
      );
    });

    //
    test('a paid order gets no second token', async () => {
      await paidDeposit('t-4');
      assert.equal((await refusal(gateway.mintCashier(order('t-4')))).code, '1076');
    });
  });

  describe('paying in the hosted cashier', () => {
    // G-19, G-20, G-24
    test('tells the shop of each change, in order, signed over the bytes', async () => {
      const transactionId = await paidDeposit('t-5');
      assert.deepEqual(statuses(), ['pending', 'successful']);
      for (const { body, headers } of receiver.received) {
        const event = await verifyWebhook(body, headers[SIGNATURE_HEADER], PASSWORD);
        assert.equal(event.transactionId, transactionId);
        assert.equal(event.trackingId, 't-5');
        assert.equal(event.userId, order('t-5').userId);
        assert.equal(event.amount, '10.05');
        assert.equal(body, JSON.stringify(JSON.parse(body)), 'compact');
      }
      assert.deepEqual(Object.keys(JSON.parse(receiver.received[0]?.body ?? '{}') as object), [
        'transaction_id',
        'user_id',
        'tracking_id',
        'status',
        'currency',
        'amount',
        'transaction_type',
        'provider',
      ]);
    });

    //
    test('a declined card is told with its reason, and the order may be tried again', async () => {
      const { token } = await gateway.mintCashier(order('t-6'));
      await shopperOf(sandbox, token).pay(payByCard('4000000000000002'));
      await sandbox.advance(1_000);
      assert.deepEqual(statuses(), ['pending', 'rejected']);
      assert.deepEqual(await gateway.getStatus({ trackingId: 't-6' }), {
        status: 'failed',
        rawStatus: 'rejected',
        reason: 'Card declined',
      });
      await paidDeposit('t-6');
      assert.equal((await gateway.getStatus({ trackingId: 't-6' })).status, 'succeeded');
    });

    // Issue 15.8
    test('a card is kept with consent once it has paid, used with its code, and forgotten', async () => {
      const open = async (trackingId: string, userId = 'keeper') =>
        shopperOf(sandbox, (await gateway.mintCashier({ ...order(trackingId), userId })).token);
      const saved = async (shopper: ReturnType<typeof shopperOf>) =>
        ((await (await shopper.view()).json()) as CashierView).savedCards;
      const first = await open('keep-1');
      await first.pay({ ...payByCard('4242424242424242'), saveCard: true });
      assert.deepEqual(await saved(await open('keep-2')), [], 'not before it has paid');
      await sandbox.advance(1_000);
      const second = await open('keep-2');
      const [card] = await saved(second);
      assert.deepEqual([card?.brand, card?.lastFour, card?.expiry], ['visa', '4242', '05 / 34']);
      assert.deepEqual(await saved(await open('keep-3', 'somebody else')), []);

      const withCard = { providerId: '210', amount: '10.05', savedCard: { id: card?.id ?? '', cvc: '123' } };
      const stranger = await open('keep-4', 'somebody else');
      assert.equal((await stranger.pay(withCard)).status, 422, 'another’s card is no card');
      assert.equal((await second.pay(withCard)).status, 202);
      await sandbox.advance(1_000);
      assert.equal((await gateway.getStatus({ trackingId: 'keep-2' })).status, 'succeeded');

      await stranger.deleteCard(card?.id ?? '');
      const third = await open('keep-5');
      assert.equal((await saved(third)).length, 1, 'nor may another forget it');
      await third.deleteCard(card?.id ?? '');
      assert.deepEqual(await saved(third), []);
    });

    test('of a card of two networks either may be chosen, and no third', async () => {
      const { token } = await gateway.mintCashier(order('co-badge'));
      const pay = (network: string) => {
        const { card: typed, ...rest } = payByCard('4000002500001001');
        return shopperOf(sandbox, token).pay({ ...rest, card: { ...typed, network } });
      };
      assert.equal((await pay('mastercard')).status, 422);
      assert.equal((await pay('cartes-bancaires')).status, 202);
    });

    test('a transfer that was not sent may be given up for another way to pay', async () => {
      const { token } = await gateway.mintCashier(order('given-up'));
      const shopper = shopperOf(sandbox, token);
      await shopper.pay({ providerId: '250', amount: '10.05' });
      const given = (await (await shopper.cancel()).json()) as PaymentView;
      assert.deepEqual([given.status, given.reason], ['failed', 'Cancelled by the shopper']);
      assert.equal((await shopper.pay(payByCard('4242424242424242'))).status, 202);
    });

    test('two tabs cannot pay one order twice', async () => {
      const tabs = await Promise.all([gateway.mintCashier(order('t-7')), gateway.mintCashier(order('t-7'))]);
      const answers = await Promise.all(
        tabs.map(({ token }) => shopperOf(sandbox, token).pay(payByCard('4242424242424242'))),
      );
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202, 409]));
    });

    // G-05, G-08
    test('a fixed amount, a limit and an expired card are the server’s to judge', async () => {
      const { token } = await gateway.mintCashier({ ...order('t-8'), amountRestricted: true });
      const shopper = shopperOf(sandbox, token);
      const fault = async (body: unknown): Promise<unknown> => {
        const response = await shopper.pay(body);
        assert.equal(response.status, 422);
        return ((await response.json()) as { errors: unknown[] }).errors[0];
      };
      assert.deepEqual(await fault(payByCard('4242424242424242', '1.00')), {
        path: 'amount',
        message: 'amount-fixed',
      });
      const past = { ...payByCard('4242424242424242').card, expYear: '2020' };
      assert.deepEqual(await fault({ ...payByCard('4242424242424242'), card: past }), {
        path: 'card.expYear',
        message: 'expired-card',
      });
      const open = await gateway.mintCashier(order('t-9'));
      const response = await shopperOf(sandbox, open.token).pay(payByCard('4242424242424242', '1000.01'));
      assert.match(await response.text(), /above-limit/);
      assert.deepEqual((await sandbox.state()).transactions, []);
    });

    // G-28
    test('an expired token says so, and takes no payment', async () => {
      const { token } = await gateway.mintCashier(order('t-10'));
      await sandbox.advance(31 * 60_000);
      const response = await shopperOf(sandbox, token).pay(payByCard('4242424242424242'));
      assert.equal(response.status, 410);
      assert.equal(((await response.json()) as { state: string }).state, 'expired');
    });

    // G-11
    test('a 3-D Secure challenge: wrong code, right code, and then the money moves', async () => {
      const { token } = await gateway.mintCashier(order('t-11'));
      const response = await shopperOf(sandbox, token).pay(payByCard('4111111111111111'));
      const { challengeUrl = '' } = (await response.json()) as { challengeUrl?: string };
      const answer = (code: string): Promise<Response> =>
        fetch(challengeUrl, { method: 'POST', body: new URLSearchParams({ code }), redirect: 'manual' });
      assert.equal((await answer('0000')).status, 200);
      assert.equal((await gateway.getStatus({ trackingId: 't-11' })).status, 'pending');
      const passed = await answer('1234');
      assert.equal(passed.status, 303);
      assert.doesNotMatch(passed.headers.get('location') ?? '', /success|status/);
      await sandbox.advance(1_000);
      assert.equal((await gateway.getStatus({ trackingId: 't-11' })).status, 'succeeded');
      assert.equal((await answer('0000')).status, 303, 'an answered challenge changes nothing more');
      assert.equal((await gateway.getStatus({ trackingId: 't-11' })).status, 'succeeded');
    });

    test('a challenge that nobody answers expires after ten minutes', async () => {
      const { token } = await gateway.mintCashier(order('t-12'));
      await shopperOf(sandbox, token).pay(payByCard('4000000000003063'));
      await sandbox.advance(10 * 60_000);
      assert.equal((await gateway.getStatus({ trackingId: 't-12' })).reason, '3-D Secure expired');
    });
  });

  describe('charging a card from server to server', () => {
    const charge = (trackingId: string, number: string) =>
      gateway.chargeCard({ ...order(trackingId), routingId: 210, card: card(number) });

    // G-10, V10: the documents' own card asks for a challenge, and its past expiry is not held against it.
    for (const [number, kind] of [
      ['4111111111111111', 'challenge'],
      ['4242424242424242', 'succeeded'],
      ['5555555555554444', 'succeeded'],
      ['4000000000000002', 'failed'],
      ['4000000000009995', 'failed'],
    ] as const) {
      test(`${number}: ${kind}`, async () => {
        const result = await charge(`s2s-${number}`, number);
        assert.equal(result.kind, kind);
        assert.equal(result.trackingId, `s2s-${number}`);
        if (result.kind === 'challenge') assert.match(result.url, /\/gateway\/3ds\/[0-9a-f]{32}$/);
        if (result.kind === 'failed') assert.match(result.reason ?? '', /declined|Insufficient/);
      });
    }

    // Issue 15.2: the bank's page speaks the shop's language, in its theme
    test('a challenge is in the language and theme that the settings say', async () => {
      const settings = { language: 'de-AT', theme: 'dark' };
      const number = '4111111111111111';
      const result = await gateway.chargeCard({
        ...order('s2s-look'),
        settings,
        routingId: 210,
        card: card(number),
      });
      assert.ok(result.kind === 'challenge');
      const html = await (await fetch(result.url)).text();
      assert.match(html, /<html lang="de-AT"/);
      assert.match(html, /"theme":"dark"/);
      const plain = await charge('s2s-plain', number);
      assert.ok(plain.kind === 'challenge');
      const asked = await fetch(plain.url, { headers: { 'accept-language': 'fr-CH,fr;q=0.9' } });
      assert.match(await asked.text(), /<html lang="fr-CH"/);
    });

    test('a charge is not repeated for the same order', async () => {
      await charge('s2s-1', '4242424242424242');
      assert.equal((await refusal(charge('s2s-1', '4242424242424242'))).code, '1076');
      assert.equal((await sandbox.state()).transactions.length, 1);
    });

    test('a processor that breaks is asked about, and nothing was charged', async () => {
      assert.equal((await refusal(charge('s2s-2', '4000000000000119'))).kind, 'transient');
      assert.deepEqual((await sandbox.state()).transactions, []);
    });

    test('only the first six and the last four digits are kept', async () => {
      await charge('s2s-3', '4242424242424242');
      assert.equal((await sandbox.state()).transactions[0]?.card, '424242…4242');
    });
  });

  describe('deciding on a withdrawal', () => {
    // G-13
    test('reject by the gateway’s id, as it came with the pending webhook', async () => {
      const transactionId = await pendingWithdrawal('w-1');
      await sandbox.advance(0);
      assert.deepEqual(statuses(), ['pending']);
      assert.ok((await gateway.rejectWithdrawal({ transactionId })).message.length > 0);
      await sandbox.advance(0);
      assert.deepEqual(statuses(), ['pending', 'rejected']);
      assert.equal((await refusal(gateway.rejectWithdrawal({ transactionId }))).code, '1129');
    });

    // G-14
    test('approve by the shop’s id: still pending, then the transfer finishes it', async () => {
      await pendingWithdrawal('w-2');
      const approved = await gateway.approveWithdrawal({ trackingId: 'w-2' });
      assert.equal(approved.status, 'pending');
      assert.equal((await refusal(gateway.approveWithdrawal({ trackingId: 'w-2' }))).code, '1076');
      assert.equal((await refusal(gateway.rejectWithdrawal({ trackingId: 'w-2' }))).code, '1129');
      await sandbox.advance(10_000);
      assert.equal((await gateway.getStatus({ trackingId: 'w-2' })).status, 'succeeded');
      assert.deepEqual(statuses(), ['pending', 'successful']);
    });

    test('nobody decides for the shop: it stays pending', async () => {
      await pendingWithdrawal('w-3');
      await sandbox.advance(30 * 86_400_000);
      assert.equal((await gateway.getStatus({ trackingId: 'w-3' })).status, 'pending');
    });

    test('a deposit can be neither approved nor rejected', async () => {
      const transactionId = await paidDeposit('w-4');
      assert.equal((await refusal(gateway.approveWithdrawal({ transactionId }))).code, '1076');
      assert.equal((await refusal(gateway.rejectWithdrawal({ transactionId }))).code, '1076');
    });

    test('two decisions at once: one of them counts', async () => {
      const transactionId = await pendingWithdrawal('w-5');
      const results = await Promise.allSettled([
        gateway.approveWithdrawal({ transactionId }),
        gateway.rejectWithdrawal({ transactionId }),
      ]);
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    });
  });

  describe('asking', () => {
    // G-15, A-11
    test('for a status by either id', async () => {
      const transactionId = await paidDeposit('q-1');
      for (const reference of [{ transactionId }, { trackingId: 'q-1' }]) {
        assert.deepEqual(await gateway.getStatus(reference), {
          status: 'succeeded',
          rawStatus: 'successful',
        });
      }
      assert.equal((await refusal(gateway.getStatus({ trackingId: 'nobody' }))).kind, 'not-found');
    });

    // G-16, A-8
    test('for a list: today’s, or any range of days in windows, without duplicates', async () => {
      await paidDeposit('l-1');
      await sandbox.advance(10 * 86_400_000);
      await paidDeposit('l-2');
      const trackingIds = async (range?: { from: string; to: string }): Promise<readonly string[]> =>
        (await gateway.listTransactions(range)).map(({ trackingId }) => trackingId);
      assert.deepEqual((await trackingIds()).slice(-1), ['l-2']);
      const today = new Date((await sandbox.state()).now);
      const day = (offset: number): string =>
        new Date(today.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
      assert.deepEqual(await trackingIds({ from: day(-30), to: day(0) }), ['l-1', 'l-2']);
      const [row] = await gateway.listTransactions({ from: day(-10), to: day(-10) });
      assert.deepEqual(
        { amount: row?.amount, currency: row?.currency, status: row?.status, type: row?.type },
        { amount: '10.05', currency: 'EUR', status: 'succeeded', type: 'deposit' },
      );
      assert.deepEqual(Object.keys(row?.raw.customer ?? {}), [
        'id',
        'first_name',
        'last_name',
        'dob',
        'country',
        'tags',
        'IP',
      ]);
      assert.equal(row?.raw.customer.dob, '2000-03-05');
    });

    test('more than seven days at once are refused, as is an impossible day', async () => {
      for (const query of ['from=01-08-2024&to=09-08-2024', 'from=31-02-2024', 'from=2024-13-01']) {
        const response = await fetch(`${sandbox.url}/gateway/api/v1/transactions?${query}`, {
          headers: { 'x-api-key': 'dev_kassa_0001' },
        });
        assert.equal(response.status, 422, query);
      }
    });
  });

  describe('each of the twelve codes', () => {
    const key = { 'x-api-key': 'dev_kassa_0001' };
    const post = (path: string, body: unknown, headers: Record<string, string> = key): Promise<Response> =>
      fetch(`${sandbox.url}/gateway/api/v1${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
    const request = {
      settings: {},
      user_id: '128',
      tracking_id: 'c-1',
      ip: '127.34.125.54',
      amount: 10.05,
      currency: 'EUR',
      customer: { first_name: 'John', last_name: 'Doe', email: 'john@example.com', country_code: 'GB' },
    };

    const CAUSES: Readonly<Record<number, () => Promise<Response>>> = {
      1016: () => post('/direct', { request: { ...request, provider_id: 999 } }),
      1021: () => post('/withdrawal/approve', {}),
      1025: () => post('/cashier', { request }, { ...key, 'x-sandbox-fault': '1025' }),
      1026: () => post('/cashier', { request }, {}),
      1027: () => post('/cashier', { request }, { 'X-API-KEY': 'nobody' }),
      1028: () => post('/cashier', { request }, { 'x-api-key': 'dev_kassa_expired' }),
      1039: () => post('/withdrawal/reject', { transaction_id: 'nobody' }),
      1076: async () => {
        const transactionId = await paidDeposit('c-2');
        return post('/withdrawal/approve', { transaction_id: transactionId });
      },
      1089: () => post('/cashier', { request: { ...request, tracking_id: undefined } }),
      1129: async () => {
        const transactionId = await pendingWithdrawal('c-3');
        await post('/withdrawal/reject', { transaction_id: transactionId });
        return post('/withdrawal/reject', { transaction_id: transactionId });
      },
      1229: async () => {
        await control('config', { webhookDown: true });
        return post('/cashier', { request });
      },
      1295: async () => {
        await control('config', { blockedIps: ['127.34.0.0/16'] });
        return post('/cashier', { request });
      },
    };
    const control = (path: string, body: unknown): Promise<Response> =>
      fetch(`${sandbox.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });

    test('there are twelve', () => {
      assert.deepEqual(Object.keys(CAUSES), Object.keys(GATEWAY_CODES));
      assert.equal(Object.keys(CAUSES).length, 12);
    });

    // G-01, G-17, G-23, G-26, G-27
    for (const [code, cause] of Object.entries(CAUSES)) {
      test(`${code} in an HTTP 400`, async () => {
        const response = await cause();
        assert.equal(response.status, 400);
        const { text } = GATEWAY_CODES[Number(code) as keyof typeof GATEWAY_CODES];
        assert.deepEqual(await response.json(), { code: Number(code), message: text });
      });
    }

    // G-26: the caller's own address, whatever it asks
    test('1295 where the caller is blocked, by address or by range', async () => {
      for (const blocked of ['127.0.0.1', '127.0.0.0/8']) {
        await control('config', { blockedIps: [blocked] });
        const asked = [
          gateway.mintCashier(order('blocked')),
          gateway.getStatus({ trackingId: 'x' }),
          gateway.listTransactions(),
          gateway.rejectWithdrawal({ transactionId: 'x' }),
        ];
        for (const error of await Promise.all(asked.map(refusal))) {
          assert.deepEqual([error.code, error.kind], ['1295', 'blocked']);
        }
      }
      await control('config', { blockedIps: ['127.0.0.2', '128.0.0.0/8'] });
      await gateway.mintCashier(order('not-blocked'));
    });

    // and of each other code, the one that comes first in the order of the checks.
    test('1076 for a paid order, whatever else is wrong with its mint', async () => {
      await paidDeposit('c-4');
      const paid = { ...request, tracking_id: 'c-4' };
      for (const wrong of [{}, { customer: undefined }, { currency: 'EU' }, { provider_id: 999 }]) {
        const response = await post('/direct', { request: { provider_id: 210, ...paid, ...wrong } });
        assert.equal(((await response.json()) as { readonly code: number }).code, 1076);
      }
      const live = await post('/cashier', { request: { ...paid, mode: 'live' } });
      assert.equal(((await live.json()) as { readonly code: number }).code, 1016);
    });

    test('what no code covers is a 422 with paths', async () => {
      const response = await post('/cashier', {
        request: { ...request, customer: undefined, currency: 'EU' },
      });
      assert.equal(response.status, 422);
      const { errors } = (await response.json()) as { errors: { path: string }[] };
      assert.deepEqual(errors.map(({ path }) => path).sort(), ['request.currency', 'request.customer']);
    });

    //
    test('a birthday is day first or ISO, and a real day', async () => {
      const mint = async (dob: string): Promise<number> => {
        const { customer } = request;
        return (await post('/cashier', { request: { ...request, customer: { ...customer, dob } } })).status;
      };
      for (const dob of ['05/03/2000', '05-03-2000', '2000-03-05']) assert.equal(await mint(dob), 200, dob);
      for (const dob of ['31/02/2000', '03/25/2000', 'spring']) assert.equal(await mint(dob), 422, dob);
    });

    // G-23
    test('live mode with a DEV key has no credentials', async () => {
      for (const mode of ['live', 'LIVE', ' Live ']) {
        const response = await post('/cashier', { request: { ...request, mode } });
        assert.equal(response.status, 400);
        assert.equal(((await response.json()) as { code: number }).code, 1016);
      }
    });

    test('a tracking id of blanks is none', async () => {
      const response = await post('/cashier', { request: { ...request, tracking_id: '  ' } });
      assert.equal(((await response.json()) as { code: number }).code, 1089);
    });
  });
}

function withoutLimit(trackingId: string) {
  const { customer, ...rest } = order(trackingId);
  const { maxDepositLimit: _dropped, ...shopper } = customer;
  return { ...rest, customer: shopper };
}
