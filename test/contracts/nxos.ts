/** Nxos's operations, from client to sandbox over real HTTP: what each does, refuses and tells. It runs on every store. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { RunningSandbox } from '../../src/sandbox/listen.ts';
import { type ApiError, isApiError } from '../../src/server/errors.ts';
import type { Nxos } from '../../src/server/nxos/client.ts';
import { verifyNxosWebhook } from '../../src/server/nxos/webhooks.ts';
import { NXOS, nxosOf, type Receiver, startReceiver, startTestSandbox } from '../sandbox/running.ts';
import { all } from '../all.ts';
import { refusalOf } from '../refusal.ts';
import { countRequests } from './faults.ts';
import type { StorePlace } from './stores.ts';

const refusal = (call: Promise<unknown>): Promise<ApiError> => refusalOf(call, isApiError);

export function nxosContract(place: StorePlace): void {
  let receiver: Receiver;
  let sandbox: RunningSandbox;
  let nxos: Nxos;
  let acme: Nxos;

  before(async () => {
    receiver = await startReceiver();
    sandbox = await startTestSandbox({ database: place });
    nxos = nxosOf(sandbox);
    acme = nxosOf(sandbox, { apiKey: NXOS.acme.apiKey });
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

  const dollars = (amount: string) => ({
    accountId: NXOS.account,
    beneficiaryId: NXOS.beneficiary,
    amount,
    asset: 'USD' as const,
  });
  const balanceOf = async (client: Nxos, account: string, asset: string): Promise<string | undefined> =>
    (await client.getAccount(account)).balances.find((it) => it.asset === asset)?.amount;
  const control = (path: string, body: unknown): Promise<Response> =>
    fetch(`${sandbox.url}/_sandbox/nxos${path}`, { method: 'POST', body: JSON.stringify(body) });
  const now = async (): Promise<number> => Date.parse((await sandbox.state()).now);
  const raw = (
    path: string,
    {
      headers,
      ...init
    }: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Response> =>
    fetch(`${sandbox.url}/nxos/v1${path}`, {
      ...init,
      headers: { authorization: 'Bearer nxos_sk_test_kassa_a', ...headers },
    });
  const codeOf = async (response: Response): Promise<string> => {
    const { error } = (await response.json()) as { error: { code: string; requestId: string } };
    assert.match(error.requestId, /^req_[0-9a-f]{32}$/);
    return `${response.status} ${error.code}`;
  };

  describe('keys', () => {
    //
    test('a missing and an unknown key are two things', async () => {
      assert.equal(
        await codeOf(await raw('/accounts', { headers: { authorization: '' } })),
        '401 missing_api_key',
      );
      const unknown = await refusal(
        nxosOf(sandbox, { apiKey: 'nxos_sk_test_nobody' }).getAccount(NXOS.account),
      );
      assert.equal(unknown.code, 'invalid_api_key');
      assert.equal(unknown.kind, 'auth');
      assert.doesNotMatch(unknown.message, /nobody/);
    });

    //
    test('nobody acts for another organization here', async () => {
      const stranger = nxosOf(sandbox, { onBehalfOf: 'org_x' });
      assert.equal((await refusal(stranger.getAccount(NXOS.account))).code, 'authorization_required');
    });
  });

  describe('accounts', () => {
    //
    test('the primary one is there, with its funding method, and its balances in the detail alone', async () => {
      const [account] = await all(nxos.listAccounts());
      assert.deepEqual(account, {
        object: 'account',
        accountId: NXOS.account,
        name: 'Primary account',
        description: null,
        isPrimary: true,
        status: 'ACTIVE',
        fundingMethods: [
          {
            object: 'funding_method',
            fundingMethodId: 'funding_000000000000000000000000000000a1',
            name: 'USD wire',
            type: 'BANK_ACCOUNT',
            status: 'ACTIVE',
            createdAt: '2026-11-21T12:00:00.000Z',
          },
        ],
        createdAt: '2026-11-21T12:00:00.000Z',
        updatedAt: '2026-11-21T12:00:00.000Z',
      });
      const detail = await nxos.getAccount(NXOS.account);
      assert.deepEqual(detail.balances, [
        { object: 'balance', asset: 'USD', amount: '15000.00' },
        { object: 'balance', asset: 'USDC', amount: '5000.000000' },
      ]);
    });

    //
    test('a new one holds nothing; an asset appears with its first credit and stays', async () => {
      assert.deepEqual((await acme.getAccount(NXOS.acme.account)).balances, []);
      await nxos.sendTransfer(dollars('0.01'));
      assert.equal(await balanceOf(acme, NXOS.acme.account, 'USD'), '0.01');
      const back = await acme.createBeneficiary({
        accountId: NXOS.acme.account,
        nickname: 'Kassa',
        targetHandle: 'kassa',
      });
      await acme.sendTransfer({
        ...dollars('0.01'),
        accountId: NXOS.acme.account,
        beneficiaryId: back.beneficiaryId,
      });
      assert.equal(await balanceOf(acme, NXOS.acme.account, 'USD'), '0.00');
    });

    //
    test('suspended and closed ones can be read, and nothing moves; a closed one stays closed', async () => {
      for (const [status, code] of [
        ['SUSPENDED', 'account_suspended'],
        ['CLOSED', 'account_closed'],
      ] as const) {
        await control(`/accounts/${NXOS.account}`, { status });
        assert.equal((await nxos.getAccount(NXOS.account)).status, status);
        assert.equal((await refusal(nxos.sendTransfer(dollars('1')))).code, code);
        assert.equal(await balanceOf(nxos, NXOS.account, 'USD'), '15000.00');
      }
      assert.equal((await control(`/accounts/${NXOS.account}`, { status: 'ACTIVE' })).status, 409);
    });

    //
    test('what belongs to somebody else is not there, wherever it is named', async () => {
      const theirs = NXOS.acme.account;
      const { transactionId } = await nxos.sendTransfer(dollars('1'));
      const quote = await nxos.createQuote({
        accountId: NXOS.account,
        fromAsset: 'USD',
        toAsset: 'USDC',
        fromAmount: '10',
      });
      for (const [call, code] of [
        [() => nxos.getAccount(theirs), 'account_not_found'],
        [() => all(nxos.listTransactions({ accountId: theirs })), 'account_not_found'],
        [() => all(nxos.listBeneficiaries({ accountId: theirs })), 'account_not_found'],
        [() => nxos.sendTransfer({ ...dollars('1'), accountId: theirs }), 'account_not_found'],
        [
          () => nxos.createQuote({ accountId: theirs, fromAsset: 'USD', toAsset: 'EUR', fromAmount: '1' }),
          'account_not_found',
        ],
        [() => acme.getTransaction(transactionId), 'not_found'],
        [() => acme.getQuote(quote.quoteId), 'quote_not_found'],
        [() => acme.executeQuote(quote.quoteId), 'quote_not_found'],
        [
          () => acme.getBeneficiary({ accountId: theirs, beneficiaryId: NXOS.beneficiary }),
          'beneficiary_not_found',
        ],
      ] as const) {
        const error = await refusal(call());
        assert.deepEqual([error.status, error.code], [404, code]);
      }
    });
  });

  describe('a transfer', () => {
    // X-13: the documents' own body, and exactly the fields of their answer
    test('moves money at once, and answers with the ten documented fields', async () => {
      const response = await raw('/transactions/nxosnet-transfers', {
        method: 'POST',
        body: JSON.stringify({
          ...dollars('250.00'),
          note: 'Invoice 42',
          tags: ['invoices'],
          metadata: { invoice: 42 },
        }),
      });
      assert.equal(response.status, 200);
      const answer = (await response.json()) as Record<string, unknown>;
      assert.deepEqual(Object.keys(answer), [
        'object',
        'transactionId',
        'type',
        'status',
        'accountId',
        'beneficiaryId',
        'amount',
        'asset',
        'targetHandle',
        'createdAt',
      ]);
      assert.equal(answer.status, 'COMPLETED');
      assert.equal(answer.targetHandle, 'acme');
      assert.equal(await balanceOf(nxos, NXOS.account, 'USD'), '14750.00');
      assert.equal(await balanceOf(acme, NXOS.acme.account, 'USD'), '250.00');
    });

    //
    test('takes amounts as they are written, and answers them at native scale', async () => {
      assert.equal((await nxos.sendTransfer(dollars('10.5'))).amount, '10.50');
      const coins = { ...dollars('0.000001'), asset: 'USDC' as const };
      assert.equal((await nxos.sendTransfer(coins)).amount, '0.000001');
      assert.equal(await balanceOf(nxos, NXOS.account, 'USDC'), '4999.999999');
    });

    // nothing changes
    test('with anything else than an amount, an asset or allowed extras is refused by name', async () => {
      const before = await nxos.getAccount(NXOS.account);
      const body = dollars('1');
      for (const [change, path] of [
        [{ amount: 1 }, 'amount'],
        ...[
          '1e3',
          '-0',
          '-1',
          ' 1',
          '1 ',
          '١٢',
          '0',
          '0.00',
          '1.001',
          '1,5',
          '.5',
          '01',
          '1'.padEnd(31, '0'),
          '',
        ].map((amount) => [{ amount }, 'amount'] as const),
        [{ amount: '0.0000001', asset: 'USDC' }, 'amount'],
        [{ asset: 'usd' }, 'asset'],
        [{ asset: 'GBP' }, 'asset'],
        [{ tags: Array<string>(21).fill('t') }, 'tags'],
        [{ tags: ['t'.repeat(101)] }, 'tags'],
        [{ metadata: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 1])) }, 'metadata'],
        [{ metadata: { text: 'é'.repeat(2_044) } }, 'metadata'],
      ] as const) {
        const response = await raw('/transactions/nxosnet-transfers', {
          method: 'POST',
          body: JSON.stringify({ ...body, ...change }),
        });
        const { error } = (await response.json()) as { error: { code: string; message: string } };
        assert.deepEqual([response.status, error.code], [400, 'invalid_request'], JSON.stringify(change));
        assert.match(error.message, new RegExp(`^${path}`), JSON.stringify(change));
      }
      assert.deepEqual(await nxos.getAccount(NXOS.account), before);
    });

    //
    test('at the limits is taken', async () => {
      await nxos.sendTransfer({
        ...dollars('1'),
        tags: Array<string>(20).fill('t'.repeat(100)),
        metadata: { text: 'é'.repeat(2_042) },
      });
      await nxos.sendTransfer({
        ...dollars('1'),
        metadata: Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, at])),
      });
    });

    //
    test('with an id that cannot be one finds nothing', async () => {
      for (const [change, code] of [
        [{ accountId: NXOS.beneficiary }, '404 account_not_found'],
        [{ accountId: 'acct_1' }, '404 account_not_found'],
        [{ beneficiaryId: NXOS.account }, '404 beneficiary_not_found'],
        [{ beneficiaryId: "' or 1=1" }, '404 beneficiary_not_found'],
      ] as const) {
        const response = await raw('/transactions/nxosnet-transfers', {
          method: 'POST',
          body: JSON.stringify({ ...dollars('1'), ...change }),
        });
        assert.equal(await codeOf(response), code);
      }
    });

    test('of more than there is changes nothing', async () => {
      const error = await refusal(nxos.sendTransfer(dollars('15000.01')));
      assert.deepEqual([error.status, error.code, error.kind], [409, 'insufficient_funds', 'state']);
      // The largest there is: the receiver's balance could not hold it either.
      const most = await refusal(nxos.sendTransfer(dollars('92233720368547758.07')));
      assert.deepEqual([most.status, most.code, most.kind], [409, 'insufficient_funds', 'state']);
      assert.equal(await balanceOf(nxos, NXOS.account, 'USD'), '15000.00');
      assert.deepEqual(await all(nxos.listTransactions()), []);
    });

    // T63: more is asked for than there is, all at once
    test('many at once spend what there is, and no more', async () => {
      const sent = await Promise.allSettled(
        Array.from({ length: 40 }, () => nxos.sendTransfer(dollars('500'))),
      );
      assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 30);
      assert.equal(await balanceOf(nxos, NXOS.account, 'USD'), '0.00');
      assert.equal(await balanceOf(acme, NXOS.acme.account, 'USD'), '15000.00');
    });
  });

  describe('an idempotency key', () => {
    const send = (key: string, body: object = dollars('10.00'), path = '/transactions/nxosnet-transfers') =>
      raw(path, { method: 'POST', body: JSON.stringify(body), headers: { 'idempotency-key': key } });

    // X-15, A3
    test('makes a request happen once: the same answer, byte for byte, and a header that says so', async () => {
      const first = await send('key-1');
      const again = await send('key-1');
      assert.equal(first.headers.get('idempotent-replayed'), null);
      assert.equal(again.headers.get('idempotent-replayed'), 'true');
      assert.equal(await again.text(), await first.text());
      assert.equal(await balanceOf(nxos, NXOS.account, 'USD'), '14990.00');
    });

    test('is good for one body, one path and one organization', async () => {
      await send('key-2');
      assert.equal(await codeOf(await send('key-2', dollars('11.00'))), '409 idempotency_key_in_use');
      const quote = { accountId: NXOS.account, fromAsset: 'USD', toAsset: 'USDC', fromAmount: '1' };
      assert.equal((await send('key-2', quote, '/quotes')).headers.get('idempotent-replayed'), null);
      const theirs = await acme.createBeneficiary(
        { accountId: NXOS.acme.account, nickname: 'Kassa', targetHandle: 'kassa' },
        { idempotencyKey: 'key-2' },
      );
      assert.equal(theirs.replayed, false);
    });

    test('keeps a refusal too, and is forgotten after 24 hours', async () => {
      const refused = await send('key-3', dollars('99999.00'));
      const again = await send('key-3', dollars('99999.00'));
      assert.equal(await again.text(), await refused.text());
      assert.equal(again.headers.get('idempotent-replayed'), 'true');
      await send('key-4');
      await sandbox.advance(24 * 3_600_000 - 1);
      assert.equal((await send('key-4')).headers.get('idempotent-replayed'), 'true');
      await sandbox.advance(1);
      assert.equal((await send('key-4')).headers.get('idempotent-replayed'), null);
      assert.equal(await balanceOf(nxos, NXOS.account, 'USD'), '14980.00');
    });

    test('of 256 characters is refused, of 255 taken; reading needs none', async () => {
      assert.equal(await codeOf(await send('k'.repeat(256))), '400 invalid_request');
      assert.equal((await send('k'.repeat(255))).status, 200);
      const twice = [1, 2].map(() => raw('/accounts', { headers: { 'idempotency-key': 'same' } }));
      for (const response of await Promise.all(twice)) assert.equal(response.status, 200);
    });

    test('raced by many: one of them does it, the others wait or get its answer', async () => {
      const answers = await Promise.all(Array.from({ length: 16 }, () => send('key-5')));
      const done = answers.filter(
        ({ status, headers }) => status === 200 && !headers.has('idempotent-replayed'),
      );
      assert.equal(done.length, 1);
      for (const answer of answers) {
        if (answer.status !== 200) assert.equal(await codeOf(answer), '409 idempotency_request_in_flight');
      }
      assert.equal(await balanceOf(nxos, NXOS.account, 'USD'), '14990.00');
    });
  });

  describe('lists', () => {
    // X-04, P17
    test('come in pages that stay right while more is added', async () => {
      for (let count = 1; count <= 5; count += 1) await nxos.sendTransfer(dollars(`${count}`));
      const page = async (query: string) =>
        (await (await raw(`/transactions?limit=2${query}`)).json()) as {
          data: { amount: string }[];
          hasMore: boolean;
          nextCursor: string | null;
        };
      const first = await page('');
      assert.deepEqual([first.data.map(({ amount }) => amount), first.hasMore], [['5.00', '4.00'], true]);
      await nxos.sendTransfer(dollars('6'));
      const second = await page(`&cursor=${first.nextCursor}`);
      assert.deepEqual(
        second.data.map(({ amount }) => amount),
        ['3.00', '2.00'],
      );
      const last = await page(`&cursor=${second.nextCursor}`);
      assert.deepEqual([last.data.length, last.hasMore, last.nextCursor], [1, false, null]);
      assert.equal((await all(nxos.listTransactions())).length, 6);
    });

    // X-04, T68
    test('refuse limits out of range and cursors that they never gave', async () => {
      const { nextCursor } = (await (await raw('/accounts?limit=2')).json()) as { nextCursor: null };
      assert.equal(nextCursor, null);
      for (const query of [
        'limit=0',
        'limit=101',
        'limit=1e9',
        'limit=x',
        'cursor=x',
        'cursor=MTAw',
        'cursor=',
      ]) {
        assert.equal(await codeOf(await raw(`/accounts?${query}`)), '400 invalid_request', query);
      }
    });

    //
    test('of transactions show sender and receiver their own side, and can be narrowed', async () => {
      await nxos.sendTransfer({ ...dollars('7'), note: 'for you', tags: ['mine'] });
      const [sent] = await all(
        nxos.listTransactions({ accountId: NXOS.account, type: ['NXOSNET_TRANSFER', 'TRADE'] }),
      );
      const [got] = await all(acme.listTransactions({ status: ['COMPLETED'] }));
      assert.deepEqual([sent?.details.direction, sent?.tags], ['OUT', ['mine']]);
      assert.deepEqual([got?.details.direction, got?.tags, got?.description], ['IN', [], 'for you']);
      // Each side has its own, under its own id, and neither can be read by the other.
      assert.deepEqual([got?.type, got?.amount, got?.status], [sent?.type, sent?.amount, sent?.status]);
      assert.notEqual(got?.transactionId, sent?.transactionId);
      assert.equal((await refusal(nxos.getTransaction(got?.transactionId ?? ''))).status, 404);
      assert.equal((await refusal(acme.getTransaction(sent?.transactionId ?? ''))).status, 404);
      assert.deepEqual(await nxos.getTransaction(sent?.transactionId ?? ''), sent);
      assert.deepEqual(await all(nxos.listTransactions({ type: ['TRADE'] })), []);
      const noon = (await sandbox.state()).now;
      const between = async (createdAtGte: string, createdAtLte: string): Promise<number> =>
        (await all(nxos.listTransactions({ createdAtGte, createdAtLte }))).length;
      assert.equal(await between(noon, noon), 1);
      await sandbox.advance(60_000);
      const later = (await sandbox.state()).now;
      assert.deepEqual([await between(later, later), await between(noon, later)], [0, 1]);
      await nxos.sendTransfer(dollars('8'));
      assert.deepEqual(
        [await between(later, later), await between(noon, noon), await between(noon, later)],
        [1, 1, 2],
      );
      assert.equal((await refusal(all(nxos.listTransactions({ type: ['LUNCH'] })))).code, 'invalid_request');
      assert.equal(await codeOf(await raw('/transactions?createdAtGte=noon')), '400 invalid_request');
    });
  });

  describe('beneficiaries and handles', () => {
    //
    test('are made, read, listed and archived once', async () => {
      const made = await nxos.createBeneficiary({
        accountId: NXOS.account,
        nickname: 'Acme again',
        targetHandle: 'acme',
        entityType: 'BUSINESS',
        country: 'DE',
      });
      assert.match(made.beneficiaryId, /^bene_[0-9a-f]{32}$/);
      assert.deepEqual(made.nxosnet, { targetHandle: 'acme' });
      const reference = { accountId: NXOS.account, beneficiaryId: made.beneficiaryId };
      assert.equal((await nxos.getBeneficiary(reference)).country, 'DE');
      assert.equal(
        (await all(nxos.listBeneficiaries({ accountId: NXOS.account, type: 'NXOSNET' }))).length,
        2,
      );
      assert.equal((await all(nxos.listBeneficiaries({ accountId: NXOS.account, type: 'BANK' }))).length, 0);
      assert.equal((await nxos.archiveBeneficiary(reference)).beneficiaryId, made.beneficiaryId);
      assert.equal((await refusal(nxos.archiveBeneficiary(reference))).code, 'beneficiary_already_archived');
      const late = { ...dollars('1'), beneficiaryId: made.beneficiaryId };
      assert.equal((await refusal(nxos.sendTransfer(late))).code, 'beneficiary_not_active');
    });

    //
    test('lead to a handle that exists, is switched on, and is somebody else’s', async () => {
      const to = (targetHandle: string) =>
        nxos.createBeneficiary({ accountId: NXOS.account, nickname: 'x', targetHandle });
      assert.equal((await refusal(to('nobody-here'))).code, 'handle_not_found');
      await acme.updateNxosnet({ enabled: false });
      assert.equal((await refusal(nxos.sendTransfer(dollars('1')))).code, 'nxosnet_disabled');
      const self = await to('kassa');
      const circle = { ...dollars('1'), beneficiaryId: self.beneficiaryId };
      assert.equal((await refusal(nxos.sendTransfer(circle))).code, 'invalid_request');
    });

    test('a handle follows its rules, and is one of a kind', async () => {
      assert.equal((await nxos.updateNxosnet({ handle: 'kassa-2' })).handle, 'kassa-2');
      assert.equal((await refusal(nxos.updateNxosnet({ handle: 'acme' }))).code, 'handle_taken');
      for (const handle of ['ab', 'A-b', '-abc', 'abc-', 'a--b', 'x'.repeat(33), 'a_b']) {
        const response = await raw('/organizations/nxosnet', {
          method: 'PATCH',
          body: JSON.stringify({ handle }),
        });
        assert.equal(await codeOf(response), '400 invalid_request', handle);
      }
      assert.equal(
        await codeOf(await raw('/organizations/nxosnet', { method: 'PATCH', body: '{}' })),
        '400 invalid_request',
      );
    });
  });

  describe('a quote', () => {
    const ask = { accountId: NXOS.account, fromAsset: 'USD', toAsset: 'USDC' } as const;

    // X-18, V12
    test('is the documents’ own, and is executed once', async () => {
      const quote = await nxos.createQuote({ ...ask, fromAmount: '10000.00' });
      assert.deepEqual(
        [quote.toAmount, quote.spread, quote.appliedRate, quote.status],
        ['9997.000000', { fee: '3.00', asset: 'USD' }, '1.0003', 'PENDING'],
      );
      const trade = await nxos.executeQuote(quote.quoteId);
      assert.equal(trade.status, 'COMPLETED');
      assert.equal(await balanceOf(nxos, NXOS.account, 'USD'), '5000.00');
      assert.equal(await balanceOf(nxos, NXOS.account, 'USDC'), '14997.000000');
      assert.equal((await nxos.getQuote(quote.quoteId)).status, 'COMPLETED');
      assert.equal((await refusal(nxos.executeQuote(quote.quoteId))).code, 'quote_already_used');
      assert.equal((await nxos.getTransaction(trade.transactionId)).type, 'TRADE');
    });

    test('holds for five minutes', async () => {
      const { quoteId } = await nxos.createQuote({ ...ask, toAmount: '100' });
      await sandbox.advance(5 * 60_000);
      assert.equal((await nxos.getQuote(quoteId)).status, 'EXPIRED');
      assert.equal((await refusal(nxos.executeQuote(quoteId))).code, 'quote_expired');
    });

    test('that cannot be paid stays open', async () => {
      const { quoteId } = await nxos.createQuote({ ...ask, fromAmount: '15000.01' });
      assert.equal((await refusal(nxos.executeQuote(quoteId))).code, 'insufficient_funds');
      assert.equal((await nxos.getQuote(quoteId)).status, 'PENDING');
    });

    test('needs exactly one amount, and two assets', async () => {
      for (const body of [
        ask,
        { ...ask, fromAmount: '1', toAmount: '1' },
        { ...ask, toAsset: 'USD', fromAmount: '1' },
        { ...ask, fromAmount: 1 },
      ]) {
        const response = await raw('/quotes', { method: 'POST', body: JSON.stringify(body) });
        assert.equal(await codeOf(response), '400 invalid_request');
      }
    });
  });

  describe('webhooks', () => {
    const minutes = (count: number): number => count * 60_000;

    // X-21, V5
    test('tell both sides, signed so that the client believes them', async () => {
      const { id } = await acme.createWebhookEndpoint({ url: receiver.url });
      await nxos.sendTransfer(dollars('3'));
      await sandbox.advance(0);
      const at = await now();
      const [delivery] = receiver.received;
      const event = await verifyNxosWebhook(
        delivery?.body ?? '',
        delivery?.headers,
        await acme.getWebhookSecret(id),
        { now: () => at },
      );
      assert.equal(event.type, 'transaction.status.updated');
      assert.deepEqual([event.data.amount, event.data.accountId], ['3.00', NXOS.acme.account]);
      // Two messages have two ids: a receiver that keeps those it has seen would lose the second.
      await nxos.sendTransfer(dollars('4'));
      await sandbox.advance(0);
      assert.equal(new Set(receiver.received.map(({ headers }) => headers['svix-id'])).size, 2);
    });

    // at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h; the id stays, the time is that of the attempt
    test('are tried again on Svix’s schedule, each time signed anew', async () => {
      receiver.status = 500;
      const { id } = await nxos.createWebhookEndpoint({
        url: receiver.url,
        eventTypes: ['transaction.status.updated'],
      });
      await nxos.sendTransfer(dollars('3'));
      const start = (await now()) / 1_000;
      await sandbox.advance(minutes(60 * 40));
      const secret = await nxos.getWebhookSecret(id);
      const times = receiver.received.map(({ headers }) => Number(headers['svix-timestamp']) - start);
      assert.deepEqual(times, [0, 5, 305, 2_105, 9_305, 27_305, 63_305, 99_305]);
      assert.equal(new Set(receiver.received.map(({ headers }) => headers['svix-id'])).size, 1);
      for (const { body, headers } of receiver.received) {
        await verifyNxosWebhook(body, headers, secret, { tolerance: false });
      }
    });

    test('are signed with both secrets while one is being replaced', async () => {
      const { id } = await nxos.createWebhookEndpoint({ url: receiver.url });
      const before = await nxos.getWebhookSecret(id);
      const after_ = await nxos.rotateWebhookSecret(id);
      await nxos.sendTransfer(dollars('3'));
      await sandbox.advance(0);
      const at = await now();
      const [delivery] = receiver.received;
      for (const secret of [before, after_]) {
        await verifyNxosWebhook(delivery?.body ?? '', delivery?.headers, secret, { now: () => at });
      }
    });

    test('stop when the receiver is gone, and are not sent to an endpoint that was deleted or wants other events', async () => {
      receiver.status = 410;
      const gone = await nxos.createWebhookEndpoint({ url: receiver.url });
      await nxos.createWebhookEndpoint({
        url: `${receiver.url}/other`,
        eventTypes: ['organization.verification.updated'],
      });
      await nxos.sendTransfer(dollars('3'));
      await sandbox.advance(minutes(60));
      assert.equal(receiver.received.length, 1);
      const [listed] = await all(nxos.listWebhookEndpoints());
      assert.equal(listed?.disabled, true);
      assert.equal((await nxos.updateWebhookEndpoint(gone.id, { disabled: false })).disabled, false);
      await nxos.deleteWebhookEndpoint(gone.id);
      await nxos.sendTransfer(dollars('3'));
      await sandbox.advance(minutes(60));
      assert.equal(receiver.received.length, 1);
    });

    test('only go to addresses that are safe', async () => {
      for (const url of [
        'http://shop.example/hook',
        'ftp://127.0.0.1/x',
        'https://user:pass@shop.example/',
      ]) {
        const response = await raw('/webhooks/endpoints', { method: 'POST', body: JSON.stringify({ url }) });
        assert.equal(await codeOf(response), '400 invalid_request', url);
      }
    });
  });

  //
  test('a fault of Nxos’s own is tried again, under the same key, and done once', async () => {
    for (const fault of [
      '500',
      '502',
      'reset',
      'half',
      'lost',
      'rate_limit_exceeded',
      'authentication_failed',
      'upstream_error',
    ]) {
      const before = Number(await balanceOf(nxos, NXOS.account, 'USD'));
      await fetch(`${sandbox.url}/_sandbox/faults`, {
        method: 'POST',
        body: JSON.stringify({ match: '/nxosnet-transfers', fault }),
      });
      const client = nxosOf(sandbox, { sleep: () => Promise.resolve() });
      const sent = await client.sendTransfer(dollars('1'));
      // Done, and its answer lost: the second time it is only answered again.
      assert.equal(sent.replayed, fault === 'lost', fault);
      assert.equal(Number(await balanceOf(nxos, NXOS.account, 'USD')), before - 1, fault);
    }
  });

  // N-15, F42, F47: by the header, so that each request can be counted
  test('each kind of fault costs one more request, and five when it stays', () =>
    countRequests((client) => nxosOf(sandbox, client).sendTransfer(dollars('1'))));

  test('the books always balance', async () => {
    await nxos.sendTransfer(dollars('12.34'));
    const books = (await (await fetch(`${sandbox.url}/_sandbox/invariants`)).json()) as {
      violations: unknown[];
    };
    assert.deepEqual(books.violations, []);
  });
}
