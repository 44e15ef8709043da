/** What may be asked of Nixo's client, and what never leaves it; events of today and of tomorrow. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InputError } from '../../../src/server/errors.ts';
import { createNixo, type Nixo } from '../../../src/server/nixo/client.ts';
import type { NixoOptions } from '../../../src/server/nixo/options.ts';
import type { PayoutOrder } from '../../../src/server/nixo/payouts.ts';
import { verifyNixoWebhook } from '../../../src/server/nixo/webhooks.ts';
import { signNixo } from '../../../src/wire/nixo/signature.ts';
import { AMOUNT_REFUSED, PAYOUT, REPLIES } from '../../fixtures/nixo-examples.ts';

function nixoThat(answer: unknown, options: Partial<NixoOptions> = {}) {
  const asked: { readonly url: URL; readonly body: Record<string, unknown> }[] = [];
  const nixo = createNixo({
    apiKey: 'sk_sandbox_secret_0001',
    baseUrl: 'https://nixo.example',
    fetch: (input, init) => {
      const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {};
      asked.push({ url: new URL(input as URL), body });
      return Promise.resolve(Response.json(answer));
    },
    ...options,
  });
  return { nixo, asked };
}

const ORDER = {
  amount: '250.00',
  currency: 'USD',
  destinationCountry: 'MA',
  recipient: { fullName: PAYOUT.recipient.full_name, accountIban: PAYOUT.recipient.account_iban },
};
const all = async (payouts: ReturnType<Nixo['listPayouts']>) => {
  for await (const _each of payouts);
};

describe('an id', () => {
  // D9, N-06, N-07, N-09, N-10
  for (const id of ['', ' ', '.', '..', undefined, null, 7]) {
    test(`${String(id)} leads nowhere: nothing is sent`, async () => {
      const { nixo, asked } = nixoThat(REPLIES.payout);
      const given = id as string;
      for (const name of ['getPayout', 'cancelPayout', 'getAccount', 'getBalances'] as const) {
        await assert.rejects(
          nixo[name](given),
          (error: unknown) => error instanceof InputError && error.fields[0]?.path === 'id',
        );
      }
      assert.deepEqual(asked, []);
    });
  }

  test('with signs of a URL in it stays one step of the path', async () => {
    const { nixo, asked } = nixoThat(REPLIES.payout);
    await nixo.getPayout('../accounts?x');
    assert.equal(asked[0]?.url.pathname, '/v1/payouts/..%2Faccounts%3Fx');
  });
});

describe('a list', () => {
  const query = async (filter: object, options: Partial<NixoOptions> = {}) => {
    const { nixo, asked } = nixoThat({ object: 'list', data: [] }, options);
    await all(nixo.listPayouts(filter));
    return asked[0]?.url.search;
  };

  // D6, N-05, A-30
  test('has pages of any size that the documents allow', async () => {
    assert.equal(await query({ limit: 5 }), '?limit=5');
    assert.equal(await query({}), '?limit=100');
    for (const limit of [0, 101, 1.5, Number.NaN, '5']) await assert.rejects(query({ limit }), InputError);
  });

  test('is of times that are some; a day is meant with its last second', async () => {
    assert.equal(
      await query({ from: '2025-06-15', to: '2025-06-15', limit: 1 }),
      '?limit=1&created_gte=1749945600&created_lte=1750031999',
    );
    assert.equal(
      await query({ from: '2025-06-15T12:00:00+02:00', limit: 1 }),
      '?limit=1&created_gte=1749981600',
    );
    for (const from of ['yesterday', '2025-02-30', '', 'NaN', Number.NaN, '15-06-2025']) {
      await assert.rejects(
        query({ from }),
        (error: unknown) => error instanceof InputError && error.fields[0]?.path === 'from',
      );
    }
  });

  test('drops no word that it does not know', async () => {
    await assert.rejects(query({ state: 'failed' }), InputError);
    assert.equal(
      await query({ state: 'failed', limit: 1 }, { unknownFields: 'pass' }),
      '?limit=1&state=failed',
    );
  });

  test('ends when its cursor leads nowhere new', async () => {
    const { nixo, asked } = nixoThat({ object: 'list', data: [REPLIES.payout], has_more: true });
    await all(nixo.listPayouts());
    assert.equal(asked.length, 2);
  });
});

describe('a payout', () => {
  const faultOf = async (order: object): Promise<readonly { path: string; message: string }[]> => {
    const error: unknown = await nixoThat(REPLIES.payout)
      .nixo.createPayout(order as PayoutOrder)
      .catch((caught: unknown) => caught);
    assert.ok(error instanceof InputError);
    return error.fields;
  };

  // D7, N-04, N-13
  test('of nothing is refused in the documents’ words', async () => {
    for (const order of [
      { ...ORDER, amount: '0' },
      { ...ORDER, amount: '0.00' },
      { ...PAYOUT, amount: 0 },
      { ...PAYOUT, amount: -5 },
    ]) {
      assert.deepEqual((await faultOf(order))[0], {
        path: 'amount',
        message: order.amount === -5 || Number(order.amount) === 0 ? AMOUNT_REFUSED : '',
      });
    }
  });

  test('with a fault names the caller’s own field', async () => {
    const { recipient } = ORDER;
    for (const [order, path] of [
      [{ ...ORDER, recipient: { ...recipient, accountIban: 'x' } }, 'recipient.accountIban'],
      [{ ...ORDER, recipient: { ...recipient, fullName: '' } }, 'recipient.fullName'],
      [{ ...ORDER, sourceAccount: '' }, 'sourceAccount'],
      [{ ...ORDER, currency: 'usd' }, 'amount'],
      [{ ...ORDER, destinationCountry: 'Morocco' }, 'destinationCountry'],
      [{ ...PAYOUT, recipient: { ...PAYOUT.recipient, account_iban: 'x' } }, 'recipient.account_iban'],
    ] as const) {
      assert.equal((await faultOf(order))[0]?.path, path);
    }
  });

  test('with fields that Kassa does not know is refused by their names, or passed with them, by option', async () => {
    const more = { ...ORDER, purpose: 'salary', recipient: { ...ORDER.recipient, bic: 'BCMAMAMC' } };
    assert.deepEqual((await faultOf(more)).map(({ path }) => path).sort(), ['purpose', 'recipient.bic']);
    assert.deepEqual(
      (await faultOf({ ...PAYOUT, purpose: 'x' })).map(({ path }) => path),
      ['purpose'],
    );
    const { nixo, asked } = nixoThat(REPLIES.payout, { unknownFields: 'pass' });
    await nixo.createPayout(more);
    const sent = asked[0]?.body as { purpose: string; recipient: { bic: string } } | undefined;
    assert.deepEqual([sent?.purpose, sent?.recipient.bic], ['salary', 'BCMAMAMC']);
  });

  test('may have a reference of any length', async () => {
    const { nixo, asked } = nixoThat(REPLIES.payout);
    await nixo.createPayout({ ...ORDER, reference: 'r'.repeat(1_001) });
    assert.equal(String(asked[0]?.body.reference).length, 1_001);
  });
});

describe('an event', () => {
  const NOW = 1_750_000_000;
  const receive = async (event: object) => {
    const body = JSON.stringify(event);
    const signature = `t=${NOW},v1=${await signNixo(body, NOW, 'secret')}`;
    return verifyNixoWebhook(body, signature, 'secret', { now: () => NOW * 1_000 });
  };

  // D13, N-12
  test('of a type that came later is one, with its type as text', async () => {
    const event = {
      id: 'evt_1',
      object: 'event',
      type: 'payout.refunded',
      created: NOW,
      data: { object: { id: 'pyt_1' } },
    };
    assert.deepEqual(await receive(event), event);
    assert.deepEqual(await receive({ type: 'account.verified' }), {
      type: 'account.verified',
      data: { object: {} },
    });
  });

  test('of a known type is read as far as it can be', async () => {
    const event = await receive({
      id: 7,
      type: 'payout.failed',
      data: { object: { id: 'pyt_1', status: 'failed' } },
    });
    assert.ok(event.type === 'payout.failed');
    assert.deepEqual([event.id, event.data.object.id, event.data.object.amount], ['7', 'pyt_1', undefined]);
    assert.deepEqual((await receive({ type: 'balance.updated', data: null })).data, { object: {} });
  });

  test('without a type is none', async () => {
    for (const event of [{}, { type: '' }, { type: 7 }, []]) {
      await assert.rejects(receive(event), { code: 'invalid-payload' });
    }
  });
});
