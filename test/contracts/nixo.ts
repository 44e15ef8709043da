/** Nixo's operations, from client to sandbox over real HTTP: what each does, refuses and tells. It runs on every store. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import type { RunningSandbox } from '../../src/sandbox/listen.ts';
import { type ApiError, isApiError } from '../../src/server/errors.ts';
import type { Nixo } from '../../src/server/nixo/client.ts';
import { verifyNixoWebhook } from '../../src/server/nixo/webhooks.ts';
import { PAYOUT } from '../fixtures/nixo-examples.ts';
import { nixoOf, type Receiver, startReceiver, startTestSandbox } from '../sandbox/running.ts';
import { all } from '../all.ts';
import { refusalOf } from '../refusal.ts';
import { countRequests } from './faults.ts';
import type { StorePlace } from './stores.ts';

const refusal = (call: Promise<unknown>): Promise<ApiError> => refusalOf(call, isApiError);

export function nixoContract(place: StorePlace): void {
  let receiver: Receiver;
  let sandbox: RunningSandbox;
  let nixo: Nixo;

  before(async () => {
    receiver = await startReceiver();
    sandbox = await startTestSandbox({ database: place, nixoWebhookUrl: receiver.url });
    nixo = nixoOf(sandbox);
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

  const dollars = (amount: string, reference?: string) => ({
    amount,
    currency: 'USD',
    destinationCountry: 'MA',
    recipient: { fullName: 'Amina El Fassi', accountIban: 'MA64011519000001205000534921' },
    ...(reference !== undefined && { reference }),
  });
  const held = async (currency = 'USD') => {
    const balance = (await nixo.getBalances('me')).find((it) => it.currency === currency);
    return [balance?.available, balance?.pending];
  };
  const raw = (
    path: string,
    {
      headers,
      ...init
    }: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Response> =>
    fetch(`${sandbox.url}/nixo/v1${path}`, {
      ...init,
      headers: { authorization: 'Bearer sk_sandbox_kassa_0001', ...headers },
    });
  const codeOf = async (response: Response): Promise<string> => {
    const { error } = (await response.json()) as { error: { code: string; field?: string } };
    return [response.status, error.code, ...(error.field === undefined ? [] : [error.field])].join(' ');
  };
  const config = (body: unknown): Promise<Response> =>
    fetch(`${sandbox.url}/_sandbox/config`, { method: 'POST', body: JSON.stringify(body) });
  const send = (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    raw('/payouts', { method: 'POST', body: JSON.stringify(body), headers });

  describe('keys', () => {
    // N-01
    test('a missing and an unknown one are one thing; one without the right is another', async () => {
      assert.equal(
        await codeOf(await raw('/payouts', { headers: { authorization: '' } })),
        '401 invalid_api_key',
      );
      const unknown = await refusal(nixoOf(sandbox, { apiKey: 'sk_sandbox_nobody' }).getBalances('me'));
      assert.deepEqual([unknown.code, unknown.kind], ['invalid_api_key', 'auth']);
      assert.doesNotMatch(unknown.message, /nobody/);
      const reader = nixoOf(sandbox, { apiKey: 'sk_sandbox_kassa_readonly' });
      assert.equal((await reader.getBalances('me')).length, 2);
      assert.equal((await refusal(reader.createPayout(dollars('1')))).code, 'permission_denied');
    });

    // N-02
    test('the version is echoed, and an unknown one refused', async () => {
      assert.equal((await raw('/payouts')).headers.get('nixo-version'), '2025-01-01');
      const old = await raw('/payouts', { headers: { 'nixo-version': '2019-01-01' } });
      assert.equal(await codeOf(old), '400 invalid_request Nixo-Version');
    });
  });

  describe('a payout', () => {
    // N-04, V9: the documents' own body as printed, IBAN with its wrong checksum included
    test('works as the documents print it', async () => {
      const response = await send(PAYOUT);
      assert.equal(response.status, 201);
      const answer = (await response.json()) as Record<string, unknown>;
      assert.match(String(answer.id), /^pyt_[A-Za-z0-9]{12}$/);
      assert.deepEqual(
        [answer.object, answer.amount, answer.currency, answer.status, answer.reference],
        ['payout', PAYOUT.amount, PAYOUT.currency, 'processing', PAYOUT.reference],
      );
      assert.equal(typeof answer.created, 'number');
      assert.equal((await nixo.createPayout(PAYOUT)).amount, '250.00');
    });

    // N-06, N-10, N-11
    test('is taken at once, lies in transit, and arrives', async () => {
      const made = await nixo.createPayout(dollars('250.00', 'salary-42'));
      assert.deepEqual([made.status, made.rawStatus], ['pending', 'processing']);
      assert.deepEqual(await held(), ['99750.00', '250.00']);
      await sandbox.advance(2_000);
      const { status, history, recipient } = await nixo.getPayout(made.id);
      assert.equal(status, 'succeeded');
      assert.deepEqual(
        history.map(({ rawStatus }) => rawStatus),
        ['processing', 'succeeded'],
      );
      assert.equal(recipient?.fullName, 'Amina El Fassi');
      assert.deepEqual(await held(), ['99750.00', '0.00']);
    });

    // N-10, N-16
    test('that fails gives the money back, and says why', async () => {
      const { id } = await nixo.createPayout(dollars('250.00', 'fail_invalid_account'));
      await sandbox.advance(2_000);
      const { status, rawStatus, failureReason } = await nixo.getPayout(id);
      assert.deepEqual([status, rawStatus, failureReason], ['failed', 'failed', 'invalid_account']);
      assert.deepEqual(await held(), ['100000.00', '0.00']);
    });

    // N-07
    test('can be cancelled while it is processing, once', async () => {
      const { id } = await nixo.createPayout(dollars('250.00', 'slow'));
      assert.equal((await nixo.cancelPayout(id)).rawStatus, 'canceled');
      assert.equal((await refusal(nixo.cancelPayout(id))).code, 'invalid_request');
      await sandbox.advance(60_000);
      assert.equal((await nixo.getPayout(id)).rawStatus, 'canceled');
      assert.deepEqual(await held(), ['100000.00', '0.00']);
    });

    // N-04, N-11, N-13: nothing changes
    test('with anything wrong is refused by the name of its field', async () => {
      for (const [change, field] of [
        [{ amount: 0 }, 'amount'],
        [{ amount: -1 }, 'amount'],
        [{ amount: '250.00' }, 'amount'],
        [{ amount: 0.1 + 0.2 }, 'amount'],
        [{ amount: 1.005 }, 'amount'],
        [{ amount: 1e21 }, 'amount'],
        [{ amount: 100_000.01 }, 'amount'],
        [{ currency: 'usd' }, 'currency'],
        [{ currency: 'XXX' }, 'amount'],
        [{ currency: 'JPY', amount: 1.5 }, 'amount'],
        [{ destination_country: 'Morocco' }, 'destination_country'],
        [
          { recipient: { full_name: '', account_iban: PAYOUT.recipient.account_iban } },
          'recipient.full_name',
        ],
        [{ recipient: { full_name: 'A', account_iban: 'x' } }, 'recipient.account_iban'],
        [{ source_account: 'acc_nobody' }, 'source_account'],
        [{ metadata: 'x' }, 'metadata'],
      ] as const) {
        assert.equal(
          await codeOf(await send({ ...PAYOUT, ...change })),
          `400 invalid_request ${field}`,
          JSON.stringify(change),
        );
      }
      assert.deepEqual(await held(), ['100000.00', '0.00']);
      assert.deepEqual(await all(nixo.listPayouts()), []);
    });

    //
    test('with the IBAN of the documents is refused where check digits are asked for', async () => {
      await config({ nixoStrictIban: true });
      assert.equal(await codeOf(await send(PAYOUT)), '400 invalid_request recipient.account_iban');
      const right = { ...PAYOUT.recipient, account_iban: 'DE89370400440532013000' };
      assert.equal((await send({ ...PAYOUT, recipient: right })).status, 201);
    });

    // N-06
    test('that nobody made is not found', async () => {
      for (const id of ['pyt_000000000000', 'pyt_1', 'x', "' or 1=1"]) {
        assert.equal((await refusal(nixo.getPayout(id))).code, 'not_found', id);
      }
    });

    // T63
    test('many at once spend what there is, and no more', async () => {
      const sent = await Promise.allSettled(
        Array.from({ length: 25 }, () => nixo.createPayout(dollars('5000.00'))),
      );
      assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 20);
      assert.deepEqual(await held(), ['0.00', '100000.00']);
    });
  });

  describe('an idempotency key', () => {
    // N-03, A-32
    test('makes a request happen once: the same answer, byte for byte, and a header that says so', async () => {
      const first = await send(PAYOUT, { 'idempotency-key': 'key-1' });
      const again = await send(PAYOUT, { 'idempotency-key': 'key-1' });
      assert.equal(again.headers.get('idempotent-replayed'), 'true');
      assert.equal(again.status, 201);
      assert.equal(await again.text(), await first.text());
      assert.deepEqual(await held(), ['99750.00', '250.00']);
    });

    test('is good for one body', async () => {
      await send(PAYOUT, { 'idempotency-key': 'key-2' });
      const other = await send({ ...PAYOUT, amount: 1 }, { 'idempotency-key': 'key-2' });
      assert.equal(await codeOf(other), '409 idempotency_conflict');
    });

    test('raced by many: one of them does it, the others wait or get its answer', async () => {
      const answers = await Promise.all(
        Array.from({ length: 16 }, () => send(PAYOUT, { 'idempotency-key': 'key-3' })),
      );
      const done = answers.filter(
        ({ status, headers }) => status === 201 && !headers.has('idempotent-replayed'),
      );
      assert.equal(done.length, 1);
      for (const answer of answers) {
        if (answer.status !== 201) assert.equal(await codeOf(answer), '409 idempotency_in_flight');
      }
      assert.deepEqual(await held(), ['99750.00', '250.00']);
    });

    test('of 256 characters is refused, of 255 taken', async () => {
      const long = await send(PAYOUT, { 'idempotency-key': 'k'.repeat(256) });
      assert.equal(await codeOf(long), '400 invalid_request Idempotency-Key');
      assert.equal((await send(PAYOUT, { 'idempotency-key': 'k'.repeat(255) })).status, 201);
    });
  });

  describe('lists', () => {
    // N-05, P17
    test('come in pages that stay right while more is added', async () => {
      for (let count = 1; count <= 5; count += 1) await nixo.createPayout(dollars(`${count}`));
      const page = async (query: string) =>
        (await (await raw(`/payouts?limit=2${query}`)).json()) as {
          data: { id: string; amount: number }[];
          has_more: boolean;
        };
      const first = await page('');
      assert.deepEqual([first.data.map(({ amount }) => amount), first.has_more], [[5, 4], true]);
      await nixo.createPayout(dollars('6'));
      const second = await page(`&starting_after=${first.data.at(-1)?.id}`);
      assert.deepEqual(
        second.data.map(({ amount }) => amount),
        [3, 2],
      );
      const last = await page(`&starting_after=${second.data.at(-1)?.id}`);
      assert.deepEqual([last.data.length, last.has_more], [1, false]);
      assert.equal((await all(nixo.listPayouts())).length, 6);
    });

    test('can be narrowed by status, currency and time', async () => {
      await nixo.createPayout({ ...dollars('1'), currency: 'EUR' });
      await nixo.createPayout(dollars('2', 'fail_x'));
      await sandbox.advance(2_000);
      const amounts = async (filter: Parameters<Nixo['listPayouts']>[0]) =>
        (await all(nixo.listPayouts(filter))).map(({ amount }) => amount);
      assert.deepEqual(await amounts({ currency: 'EUR' }), ['1.00']);
      assert.deepEqual(await amounts({ status: 'failed' }), ['2.00']);
      const now = (await sandbox.state()).now;
      assert.deepEqual(await amounts({ from: now }), []);
      assert.deepEqual(await amounts({ to: now }), ['2.00', '1.00']);
    });

    test('refuse limits out of range and cursors that they never gave', async () => {
      for (const [query, field] of [
        ['limit=0', 'limit'],
        ['limit=101', 'limit'],
        ['limit=x', 'limit'],
        ['starting_after=pyt_000000000000', 'starting_after'],
        ['status=done', 'status'],
        ['created_gte=noon', 'created_gte'],
      ] as const) {
        assert.equal(await codeOf(await raw(`/payouts?${query}`)), `400 invalid_request ${field}`);
      }
    });
  });

  describe('accounts', () => {
    // N-08, N-09
    test('are made with their check pending, which ends by itself', async () => {
      for (const [name, kycStatus] of [
        ['Ada Lovelace', 'verified'],
        ['Reject Me', 'rejected'],
      ] as const) {
        const made = await nixo.createAccount({
          type: 'customer',
          name,
          email: 'ada@example.com',
          country: 'GB',
        });
        assert.match(made.id, /^acc_[A-Za-z0-9]{12}$/);
        assert.equal(made.kycStatus, 'pending');
        assert.deepEqual(await nixo.getBalances(made.id), []);
        await sandbox.advance(30_000);
        assert.equal((await nixo.getAccount(made.id)).kycStatus, kycStatus);
      }
    });

    test('the operating one is there as "me", with money of two currencies', async () => {
      const me = await nixo.getAccount('me');
      assert.deepEqual([me.id, me.kycStatus], ['acc_operating001', 'verified']);
      assert.deepEqual(await nixo.getBalances('me'), [
        { currency: 'EUR', available: '100000.00', pending: '0.00' },
        { currency: 'USD', available: '100000.00', pending: '0.00' },
      ]);
      assert.equal((await refusal(nixo.getAccount('acc_nobody00000'))).code, 'not_found');
    });
  });

  describe('webhooks', () => {
    const SECRET = 'nixo_whsec_test_0001';
    const events = async () => {
      const at = Date.parse((await sandbox.state()).now);
      return Promise.all(
        receiver.received.map(({ body, headers }) =>
          verifyNixoWebhook(body, headers['nixo-signature'], SECRET, { now: () => at }),
        ),
      );
    };

    // N-12, V6
    test('tell of the payout and of each move of the balance, signed so that the client believes them', async () => {
      const { id } = await nixo.createPayout(dollars('250.00'));
      await sandbox.advance(2_000);
      const told = await events();
      assert.deepEqual(told.map(({ type }) => type).sort(), [
        'balance.updated',
        'balance.updated',
        'payout.created',
        'payout.succeeded',
      ]);
      for (const event of told) {
        if (event.type === 'balance.updated') assert.equal(event.data.object.available, 99_750);
        else assert.equal(event.data.object.id, id);
      }
    });

    test('tell of a payout that failed', async () => {
      await nixo.createPayout(dollars('1', 'fail_closed'));
      await sandbox.advance(2_000);
      const failed = (await events()).find(({ type }) => type === 'payout.failed');
      assert.ok(failed?.type === 'payout.failed');
      assert.equal(failed.data.object.failure_reason, 'closed');
    });

    // 5 s, 1 min, 5 min, 30 min, 2 h
    test('are tried again on their schedule, each time signed anew', async () => {
      receiver.status = 500;
      await nixo.createAccount({ type: 'customer', name: 'x' });
      await nixo.createPayout(dollars('1', 'slow'));
      const start = Date.parse((await sandbox.state()).now) / 1_000;
      await sandbox.advance(4 * 3_600_000);
      const created = receiver.received.filter(({ body }) => body.includes('"payout.created"'));
      const times = created.map(
        ({ headers }) => Number(/t=([0-9]+)/.exec(headers['nixo-signature'] ?? '')?.[1]) - start,
      );
      assert.deepEqual(times, [0, 5, 65, 365, 2_165, 9_365]);
      for (const { body, headers } of created) {
        await verifyNixoWebhook(body, headers['nixo-signature'], SECRET, { tolerance: false });
      }
    });

    test('go nowhere when no address is set', async () => {
      await config({ nixoWebhookUrl: null });
      await nixo.createPayout(dollars('1'));
      await sandbox.advance(2_000);
      assert.equal(receiver.received.length, 0);
    });
  });

  // N-13, N-15
  test('a fault of Nixo’s own is tried again, under the same key, and done once', async () => {
    const client = nixoOf(sandbox, { sleep: () => Promise.resolve() });
    let sent = 0;
    for (const fault of ['500', '502', 'reset', 'half', 'lost', 'internal_error', 'rate_limit_exceeded']) {
      await fetch(`${sandbox.url}/_sandbox/faults`, {
        method: 'POST',
        body: JSON.stringify({ match: '/nixo/v1/payouts', fault }),
      });
      const { replayed } = await client.createPayout(dollars('1'));
      // Done, and its answer lost: the second time it is only answered again.
      assert.equal(replayed, fault === 'lost', fault);
      sent += 1;
      assert.deepEqual(await held(), [`${100_000 - sent}.00`, `${sent}.00`], fault);
    }
  });

  // N-15, F42, F47: by the header, so that each request can be counted
  test('each kind of fault costs one more request, and five when it stays', () =>
    countRequests((client) => nixoOf(sandbox, client).createPayout(dollars('1'))));

  // N-14
  test('too many requests are told when to come again', async () => {
    await config({ nixoRequestsPerSecond: 2 });
    const answers = [await raw('/payouts'), await raw('/payouts'), await raw('/payouts')];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 429],
    );
    assert.equal(answers[2]?.headers.get('retry-after'), '1');
    await sandbox.advance(1_000);
    assert.equal((await raw('/payouts')).status, 200);
  });

  // N-10
  test('whatever is paid out, cancelled or fails, the balance is what the payouts make of it', async () => {
    const command = fc.oneof(
      fc.record({
        cents: fc.integer({ min: 1, max: 5_000_000 }),
        reference: fc.constantFrom(undefined, 'slow', 'fail_closed'),
      }),
      fc.constantFrom('advance', 'cancel'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 20 }), async (commands) => {
        await sandbox.reset();
        for (const it of commands) {
          if (it === 'advance') await sandbox.advance(1_500);
          else if (it === 'cancel') {
            const [newest] = await all(nixo.listPayouts({ status: 'processing' }));
            if (newest) await nixo.cancelPayout(newest.id);
          } else {
            const amount = (it.cents / 100).toFixed(2);
            await nixo.createPayout(dollars(amount, it.reference)).catch((error: unknown) => {
              assert.ok(isApiError(error) && error.fields[0]?.path === 'amount', String(error));
            });
          }
        }
        const cents = (text: string): number => Math.round(Number(text) * 100);
        const sums = { processing: 0, succeeded: 0 };
        for (const { rawStatus, amount = '' } of await all(nixo.listPayouts())) {
          if (rawStatus === 'processing' || rawStatus === 'succeeded') sums[rawStatus] += cents(amount);
        }
        const [available = '', pending = ''] = await held();
        assert.equal(cents(pending), sums.processing);
        assert.equal(cents(available), 10_000_000 - sums.processing - sums.succeeded);
        const books: unknown = await (await fetch(`${sandbox.url}/_sandbox/invariants`)).json();
        assert.deepEqual(books, { violations: [] });
      }),
      { numRuns: 8 },
    );
  });

  // N-10
  test('the books always balance', async () => {
    await nixo.createPayout(dollars('12.34'));
    await nixo.createPayout(dollars('1', 'fail_x'));
    await sandbox.advance(2_000);
    const books = (await (await fetch(`${sandbox.url}/_sandbox/invariants`)).json()) as {
      violations: unknown[];
    };
    assert.deepEqual(books.violations, []);
  });
}
