/** What may be asked of Nxos's client, and what never leaves it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InputError } from '../../../src/server/errors.ts';
import { createNxos } from '../../../src/server/nxos/client.ts';
import type { NxosOptions } from '../../../src/server/nxos/options.ts';
import { verifyNxosWebhook } from '../../../src/server/nxos/webhooks.ts';
import { signSvix } from '../../../src/wire/nxos/signature.ts';
import { EVENT, REPLIES, REQUESTS } from '../../fixtures/nxos-examples.ts';

function nxosThat(answer: unknown, options: Partial<NxosOptions> = {}) {
  const asked: { readonly url: URL; readonly body: Record<string, unknown> }[] = [];
  const nxos = createNxos({
    apiKey: 'nxos_sk_test_secret_0001',
    baseUrl: 'http://127.0.0.1:9',
    fetch: (input, init) => {
      const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {};
      asked.push({ url: new URL(input as URL), body });
      return Promise.resolve(Response.json(answer));
    },
    ...options,
  });
  return { nxos, asked };
}
const EMPTY = { object: 'list', data: [], hasMore: false, nextCursor: null };
const all = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

describe('an id', () => {
  // D9, X-07
  test('that was left out is not sent as a word', async () => {
    const { nxos, asked } = nxosThat({});
    const none = undefined as unknown as string;
    for (const ask of [
      () => nxos.getAccount(none),
      () => nxos.getBeneficiary({} as { accountId: string; beneficiaryId: string }),
      () => nxos.archiveBeneficiary({ accountId: REPLIES.account.accountId, beneficiaryId: none }),
      () => nxos.getTransaction('..'),
      () => nxos.getQuote('.'),
      () => nxos.getWebhookEndpoint(''),
      () => nxos.getFundingMethod(none),
    ]) {
      await assert.rejects(ask(), InputError);
    }
    assert.deepEqual(asked, []);
  });

  //
  test('of a webhook endpoint is asked for by itself', async () => {
    const { nxos, asked } = nxosThat(REPLIES.endpoint);
    assert.deepEqual(await nxos.getWebhookEndpoint(REPLIES.endpoint.id), REPLIES.endpoint);
    assert.equal(asked[0]?.url.pathname, `/v1/webhooks/endpoints/${REPLIES.endpoint.id}`);
  });
});

describe('a list', () => {
  // D6, X-04, X-17
  test('has pages of any size that the documents allow', async () => {
    const { accountId } = REPLIES.account;
    const { nxos, asked } = nxosThat(EMPTY);
    await all(nxos.listAccounts({ limit: 5 }));
    await all(nxos.listTransactions({ accountId, type: ['TRADE', 'TRANSFER'], limit: 1 }));
    await all(nxos.listBeneficiaries({ accountId, limit: 100 }));
    await all(nxos.listWebhookEndpoints());
    assert.deepEqual(
      asked.map(({ url }) => decodeURIComponent(url.search)),
      [
        '?limit=5',
        `?accountId=${accountId}&type=TRADE,TRANSFER&limit=1`,
        `?accountId=${accountId}&limit=100`,
        '?limit=100',
      ],
    );
    for (const limit of [0, 101, 2.5]) assert.throws(() => nxos.listAccounts({ limit }), InputError);
    assert.throws(() => nxos.listAccounts({ page: 2 } as object), InputError);
  });
});

describe('a transfer', () => {
  // D12, X-13
  test('may have a note of any length', async () => {
    const { nxos, asked } = nxosThat(REPLIES.transfer);
    await nxos.sendTransfer({ ...REQUESTS.transfer, note: 'n'.repeat(1_001) });
    assert.equal(String(asked[0]?.body.note).length, 1_001);
  });

  //
  test('with fields that Kassa does not know is refused by their names, or passed with them, by option', async () => {
    const more = { ...REQUESTS.transfer, purpose: 'rent' };
    await assert.rejects(
      nxosThat(REPLIES.transfer).nxos.sendTransfer(more),
      (error: unknown) => error instanceof InputError && error.fields[0]?.path === 'purpose',
    );
    const { nxos, asked } = nxosThat(REPLIES.transfer, { unknownFields: 'pass' });
    await nxos.sendTransfer(more);
    assert.deepEqual(asked[0]?.body, more);
  });

  // X-19: the documents' body of a payout to a bank, whole
  test('to a bank takes the documents’ own body', async () => {
    const { nxos, asked } = nxosThat(REPLIES.fiatPayout);
    const sent = await nxos.sendFiatPayout(REQUESTS.fiatPayout);
    assert.deepEqual(asked[0]?.body, REQUESTS.fiatPayout);
    assert.equal(sent.bank.bankName, 'JPMorgan Chase');
  });
});

//
describe('an event', () => {
  const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
  const receive = async (event: unknown) => {
    const body = JSON.stringify(event);
    const message = { id: 'msg_1', timestamp: 1_750_000_000, body };
    const headers = {
      'svix-id': 'msg_1',
      'svix-timestamp': '1750000000',
      'svix-signature': await signSvix(message, secret),
    };
    return verifyNxosWebhook(body, headers, secret, { tolerance: false });
  };

  test('is read as printed, of tomorrow too, and with whatever is missing', async () => {
    assert.deepEqual(await receive(EVENT), { ...EVENT, id: 'msg_1' });
    assert.deepEqual(await receive({ type: 'quote.expired' }), {
      type: 'quote.expired',
      data: {},
      id: 'msg_1',
    });
    assert.deepEqual((await receive({ ...EVENT, data: null })).data, {});
    await assert.rejects(receive({ data: {} }), { code: 'invalid-payload' });
  });
});
