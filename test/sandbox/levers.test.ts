/** What the sandbox says as the documents say it, and what its levers and settings make of an order. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { type RunningSandbox } from '../../src/sandbox/listen.ts';
import { verifyNixoWebhook } from '../../src/server/nixo/webhooks.ts';
import { AMOUNT_REFUSED, PAYOUT } from '../fixtures/nixo-examples.ts';
import { REPLIES } from '../fixtures/gateway-examples.ts';
import {
  card,
  gatewayOf,
  nixoOf,
  NXOS,
  nxosOf,
  order,
  startReceiver,
  startTestSandbox,
  type Receiver,
} from './running.ts';

describe('the sandbox', () => {
  let sandbox: RunningSandbox;
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver();
    sandbox = await startTestSandbox({ nixoWebhookUrl: receiver.url });
  });
  after(async () => {
    await sandbox.close();
    await receiver.close();
  });
  beforeEach(() => sandbox.reset());

  const control = async (path: string, body: object): Promise<Response> =>
    fetch(`${sandbox.url}/_sandbox${path}`, { method: 'POST', body: JSON.stringify(body) });
  const hosted = async (token: string, path: string, body?: object) => {
    const response = await fetch(`${sandbox.url}/gateway/cashier/${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return (await response.json()) as {
      status: string;
      reason?: string;
      returnUrl?: string;
      amount?: { value?: string };
    };
  };
  const account = { holderName: 'John Doe', iban: 'GB33BUKB20201555555555' };
  const withdraw = async (settings: object = {}): Promise<string> => {
    const { token } = await gatewayOf(sandbox).mintWithdrawal({ ...order('w-1'), settings: { ...settings } });
    await hosted(token, 'pay', { providerId: '310', amount: '10.05', account });
    return token;
  };

  // D5, G-13, G-14, A-42
  test('approves and rejects in the documents’ sentences', async () => {
    const gateway = gatewayOf(sandbox);
    await withdraw();
    const approved = await gateway.approveWithdrawal({ trackingId: 'w-1' });
    assert.deepEqual([approved.message, approved.rawStatus], [REPLIES.approve.message, 'pending']);
    await sandbox.reset();
    await withdraw();
    const rejected = await gateway.rejectWithdrawal({ trackingId: 'w-1' });
    assert.equal(rejected.message, REPLIES.reject.message);
  });

  // G-14: approval is not completion
  test('lets an approved payout fail, by a lever or by its order', async () => {
    const gateway = gatewayOf(sandbox);
    await control('/config', { approvedPayoutsFail: true });
    await withdraw();
    await gateway.approveWithdrawal({ trackingId: 'w-1' });
    await sandbox.advance(10_000);
    const sentBack = await gateway.getStatus({ trackingId: 'w-1' });
    assert.deepEqual([sentBack.rawStatus, sentBack.reason], ['rejected', 'The bank sent the transfer back']);
    await sandbox.reset();
    await withdraw({ simulate: 'rejected' });
    assert.equal((await gateway.approveWithdrawal({ trackingId: 'w-1' })).status, 'pending');
    await sandbox.advance(10_000);
    assert.equal((await gateway.getStatus({ trackingId: 'w-1' })).status, 'failed');
  });

  // D7, N-04
  test('refuses a payout of nothing in the documents’ words', async () => {
    const response = await fetch(`${sandbox.url}/nixo/v1/payouts`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_sandbox_kassa_0001' },
      body: JSON.stringify({ ...PAYOUT, amount: 0 }),
    });
    assert.deepEqual(await response.json(), {
      error: { code: 'invalid_request', message: AMOUNT_REFUSED, field: 'amount' },
    });
  });

  // D14, G-16, A-15
  test('lists a customer’s id as a number, as printed', async () => {
    const gateway = gatewayOf(sandbox);
    for (const userId of ['128', 'U123']) {
      await gateway.chargeCard({ ...order(userId), userId, routingId: 210, card: card('4242424242424242') });
    }
    const ids = (await gateway.listTransactions()).map(({ raw }) => (raw.customer as { id: unknown }).id);
    assert.deepEqual(ids, [128, 'U123']);
  });

  // G-09, A-13
  test('answers a direct order with a page where the lever says so', async () => {
    const gateway = gatewayOf(sandbox);
    const direct = { ...order('d-1'), providerId: 210 };
    assert.equal((await gateway.mintDirect(direct)).kind, 'token');
    await control('/config', { directAnswers: 'url' });
    const minted = await gateway.mintDirect(direct);
    assert.ok(minted.kind === 'url');
    assert.match(minted.url, new RegExp(`^${sandbox.url}/gateway/cashier\\?token=[A-Za-z0-9]{50}$`));
    assert.equal((await fetch(minted.url)).status, 200);
  });

  // G-04, G-05
  test('lets the shopper say how much where the order does not', async () => {
    const { amount: _open, ...given } = order('open');
    const { token } = await gatewayOf(sandbox).mintCashier(given);
    assert.equal((await hosted(token, 'view')).amount?.value, undefined);
    assert.equal((await hosted(token, 'pay', { providerId: '220', amount: '77.00' })).status, 'pending');
  });

  // G-07: the settings of 1.9
  test('leads the shopper back by how the payment ended, and ends it as the order says', async () => {
    const urls = Object.fromEntries(
      ['return_url', 'success_url', 'failure_url', 'cancel_url'].map((name) => [
        name,
        `https://shop.example/${name}`,
      ]),
    );
    for (const [simulate, status, way] of [
      ['successful', 'succeeded', 'success_url'],
      ['rejected', 'failed', 'failure_url'],
      ['pending', 'pending', 'return_url'],
      ['nonsense', 'succeeded', 'success_url'],
    ] as const) {
      await sandbox.reset();
      const { token } = await gatewayOf(sandbox).mintCashier({
        ...order('s-1'),
        settings: { ...urls, simulate },
      });
      assert.equal((await hosted(token, 'view')).returnUrl, urls.cancel_url);
      await hosted(token, 'pay', { providerId: '220', amount: '10.05' });
      await sandbox.advance(60_000);
      const payment = await hosted(token, 'payment');
      assert.deepEqual([payment.status, payment.returnUrl], [status, urls[way]], simulate);
    }
  });

  // N-10, N-11, N-12
  test('takes transfers from outside in at Nixo, and tells of them', async () => {
    const nixo = nixoOf(sandbox);
    const response = await control('/nixo/incoming', { amount: '12.50', currency: 'GBP' });
    assert.equal(response.status, 200);
    const pounds = (await nixo.getBalances('me')).find(({ currency }) => currency === 'GBP');
    assert.deepEqual(pounds, { currency: 'GBP', available: '12.50', pending: '0.00' });
    await sandbox.advance(1);
    const [told] = receiver.received;
    const at = Date.parse((await sandbox.state()).now);
    const event = await verifyNixoWebhook(
      told?.body ?? '',
      told?.headers['nixo-signature'],
      'nixo_whsec_test_0001',
      {
        now: () => at,
      },
    );
    assert.ok(event.type === 'balance.updated');
    assert.deepEqual([event.data.object.currency, event.data.object.available], ['GBP', 12.5]);
    const books = await fetch(`${sandbox.url}/_sandbox/invariants`);
    assert.deepEqual(await books.json(), { violations: [] });
    for (const [body, status] of [
      [{ amount: '0', currency: 'GBP' }, 422],
      [{ amount: '1.005', currency: 'GBP' }, 422],
      [{ amount: '1', currency: 'GBP', account: 'acc_nobody' }, 404],
    ] as const) {
      assert.equal((await control('/nixo/incoming', body)).status, status, JSON.stringify(body));
    }
  });

  //
  test('has accounts enough to page through at Nxos, and one with an address on a chain', async () => {
    const nxos = nxosOf(sandbox);
    const ids: string[] = [];
    for await (const { accountId } of nxos.listAccounts({ limit: 1 })) ids.push(accountId);
    assert.deepEqual(ids, [NXOS.account, 'acct_a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4']);
    const acme = nxosOf(sandbox, { apiKey: NXOS.acme.apiKey });
    const { fundingMethods } = await acme.getAccount(NXOS.acme.account);
    assert.deepEqual(
      fundingMethods.map(({ type }) => type),
      ['BANK_ACCOUNT', 'CRYPTO_ADDRESS'],
    );
    const method = await acme.getFundingMethod(fundingMethods[1]?.fundingMethodId ?? '');
    assert.deepEqual(
      [method.type, method.supportedAssets, method.details.chainName, method.details.chainDisplayName],
      ['CRYPTO_ADDRESS', ['USDC', 'USDT'], 'BASE_SEPOLIA', 'Base Sepolia'],
    );
  });

  // D12, X-13
  test('takes a note of any length', async () => {
    const note = 'n'.repeat(1_001);
    const nxos = nxosOf(sandbox);
    const sent = await nxos.sendTransfer({
      accountId: NXOS.account,
      beneficiaryId: NXOS.beneficiary,
      amount: '1.00',
      asset: 'USD',
      note,
    });
    assert.equal((await nxos.getTransaction(sent.transactionId)).description, note);
  });
});

// G-02, G-03, C-01
describe('behind a proxy and under a prefix', () => {
  const PUBLIC = 'https://pay.example/sandbox';
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await startTestSandbox({ publicUrl: `${PUBLIC}/` });
  });
  after(() => sandbox.close());

  test('the sandbox sends others to the address that they see', async () => {
    const gateway = gatewayOf(sandbox);
    const charged = await gateway.chargeCard({
      ...order('p-1'),
      routingId: 210,
      card: card('4111111111111111'),
    });
    assert.ok(charged.kind === 'challenge');
    assert.match(charged.url, new RegExp(`^${PUBLIC}/gateway/3ds/[0-9a-f]{32}$`));
    const { token } = await gateway.mintCashier(order('p-2'));
    const paid = await fetch(`${sandbox.url}/gateway/cashier/pay`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        providerId: '210',
        amount: '10.05',
        card: { ...card('4111111111111111'), expYear: '2030' },
      }),
    });
    const { challengeUrl } = (await paid.json()) as { challengeUrl: string };
    assert.ok(challengeUrl.startsWith(`${PUBLIC}/gateway/3ds/`), challengeUrl);
    const described = (await (await fetch(`${sandbox.url}/openapi/gateway.json`)).json()) as {
      servers: { url: string }[];
    };
    assert.equal(described.servers[0]?.url, `${PUBLIC}/gateway`);
  });

  test('its pages name nothing from the root of the host', async () => {
    const { url } = (await gatewayOf(sandbox).chargeCard({
      ...order('p-3'),
      routingId: 210,
      card: card('4111111111111111'),
    })) as { url: string };
    const challenge = url.replace(PUBLIC, sandbox.url);
    for (const page of [`${sandbox.url}/gateway/cashier`, challenge, `${sandbox.url}/_sandbox`]) {
      const html = await (await fetch(page)).text();
      assert.doesNotMatch(html, /(?:href|src|action)="\//, page);
      const [, script = ''] = /src="([^"]+)"/.exec(html) ?? [];
      assert.equal((await fetch(new URL(script, page))).status, 200, `${page} ${script}`);
    }
    const answered = await fetch(`${challenge}?within=cashier`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'cancel=1',
    });
    assert.equal(
      new URL(answered.headers.get('location') ?? '', challenge).href,
      `${sandbox.url}/gateway/3ds/done?within=cashier`,
    );
  });
});
