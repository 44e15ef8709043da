/** The documents' own samples, both ways: the sandbox accepts what they send, the client reads what they answer. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RunningSandbox } from '../../src/sandbox/listen.ts';
import { createGateway } from '../../src/server/gateway/client.ts';
import type { GatewayOptions } from '../../src/server/gateway/options.ts';
import { signWebhook, verifyWebhook } from '../../src/server/gateway/webhooks.ts';
import {
  PUBLISHED_HASH,
  PUBLISHED_PASSWORD,
  REPLIES,
  REQUESTS,
  WEBHOOKS,
} from '../fixtures/gateway-examples.ts';
import { card, order, startTestSandbox } from '../sandbox/running.ts';

describe('requests of the documents, at the sandbox', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.close());

  // V10, V11: the sample card has expired and the sample address is a loopback one; neither is held against it.
  for (const [operation, body] of Object.entries(REQUESTS)) {
    test(operation, async () => {
      const response = await fetch(`${sandbox.url}/gateway/api/v1/${operation}`, {
        method: 'POST',
        headers: { 'x-api-key': 'dev_kassa_0001', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as { token?: string; transaction_status?: string };
      assert.equal(response.status, 200, JSON.stringify(answer));
      if (operation === 's2s') assert.equal(answer.transaction_status, 'pending');
      else assert.match(answer.token ?? '', /^[A-Za-z0-9]{50}$/);
    });
  }
});

describe('answers of the documents, at the client', () => {
  const answering = (reply: unknown, options: Partial<GatewayOptions> = {}) =>
    createGateway({
      apiKey: 'k',
      baseUrl: 'https://pay.example',
      signaturePassword: PUBLISHED_PASSWORD,
      fetch: () => Promise.resolve(Response.json(reply)),
      ...options,
    });
  const charge = { ...order('x'), routingId: 210, card: card('4111111111111111') };

  test('cashier', async () => {
    assert.equal((await answering(REPLIES.cashier).mintCashier(order('x'))).token, REPLIES.cashier.token);
  });
  test('s2s, with its template left unfilled', async () => {
    assert.equal((await answering(REPLIES.s2s).chargeCard(charge)).kind, 'pending');
  });
  test('s2s, rejected', async () => {
    const result = await answering(REPLIES.s2sRejected).chargeCard(charge);
    assert.deepEqual([result.kind, 'reason' in result && result.reason], ['failed', 'Card declined']);
  });
  test('reject', async () => {
    const { message } = await answering(REPLIES.reject).rejectWithdrawal({ transactionId: 'x' });
    assert.equal(message, REPLIES.reject.message);
  });
  test('approve: not yet done', async () => {
    assert.equal((await answering(REPLIES.approve).approveWithdrawal({ trackingId: 'x' })).status, 'pending');
  });
  test('status', async () => {
    assert.deepEqual(await answering(REPLIES.status).getStatus({ trackingId: 'x' }), {
      status: 'failed',
      rawStatus: 'rejected',
      reason: 'Insufficient funds',
    });
  });
  test('list', async () => {
    const [row] = await answering(REPLIES.list).listTransactions();
    assert.deepEqual(
      { ...row, raw: undefined },
      {
        transactionId: 'r21nmrtpcmrcava',
        trackingId: 'b8f04416-116a-11ed-861d-0242ac120002',
        type: 'deposit',
        status: 'pending',
        rawStatus: 'pending',
        date: '2024-08-01T12:34:56.000Z',
        provider: 'nixxe_simulator',
        amount: '8.56',
        currency: 'GBP',
        raw: undefined,
      },
    );
  });
  //
  test('list, of a gateway that writes its dates elsewhere', async () => {
    const there = answering(REPLIES.list, { timeZone: 'Europe/Malta' });
    assert.equal((await there.listTransactions())[0]?.date, '2024-08-01T10:34:56.000Z');
    assert.throws(
      () => answering(REPLIES.list, { timeZone: 'Malta time' }),
      /"Malta time", which is no time zone/,
    );
  });
});

describe('webhooks of the documents', () => {
  test('the older sample has its published hash', async () => {
    const body = JSON.stringify(WEBHOOKS.withdrawal);
    assert.equal(await signWebhook(body, PUBLISHED_PASSWORD), PUBLISHED_HASH);
    assert.equal((await verifyWebhook(body, PUBLISHED_HASH, PUBLISHED_PASSWORD)).status, 'failed');
  });

  //
  test('the newer sample says why beside "successful"; it is a success all the same', async () => {
    const body = JSON.stringify(WEBHOOKS.deposit);
    const event = await verifyWebhook(body, await signWebhook(body, PUBLISHED_PASSWORD), PUBLISHED_PASSWORD);
    assert.equal(event.status, 'succeeded');
    assert.equal(event.reason, 'Insufficient funds');
  });
});
