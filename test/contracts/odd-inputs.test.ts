/**
 * What shops hand over by mistake, tried on every operation that takes it: nothing of it is sent, and the error names the
 * caller's own field. Siblings of D6, D7, D9, D11 and D12.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareDecimals } from '../../src/model/money.ts';
import { createGateway } from '../../src/server/gateway/client.ts';
import type { Gateway } from '../../src/server/gateway/operations.ts';
import { InputError } from '../../src/server/errors.ts';
import { OptionsError } from '../../src/server/http/client-options.ts';
import { createNixo, type Nixo } from '../../src/server/nixo/client.ts';
import { createNxos, type Nxos } from '../../src/server/nxos/client.ts';
import { PAYOUT, REPLIES as NIXO } from '../fixtures/nixo-examples.ts';
import { REPLIES as NXOS, REQUESTS } from '../fixtures/nxos-examples.ts';
import { card, order } from '../sandbox/running.ts';
import { type Told, useAnswering } from '../server/answering.ts';

const answering = useAnswering();
const { hurried } = answering;
const answer = (told: Told): void => {
  answering.server.answers = [told];
  answering.server.asked.length = 0;
};
type Options = Partial<Parameters<typeof createGateway>[0]>;
const gateway = (more: Options = {}) =>
  createGateway({ apiKey: 'k', baseUrl: answering.server.url, ...hurried, ...more });
const nixo = () => createNixo({ apiKey: 'sk_sandbox_x', baseUrl: answering.server.url, ...hurried });
const nxos = () => createNxos({ apiKey: 'nxos_sk_test_x', baseUrl: answering.server.url, ...hurried });
const drained = async (items: () => AsyncIterable<unknown>): Promise<void> => {
  for await (const _item of items()) continue;
};

/** Nothing was sent, the field is named, and its value is not repeated. */
async function refuses(call: () => Promise<unknown>, path: string, what: string): Promise<void> {
  answering.server.asked.length = 0;
  await assert.rejects(call, (error: unknown) => {
    assert.ok(error instanceof InputError, `${what}: ${String(error)}`);
    assert.deepEqual(error.fields.map((field) => field.path).slice(0, 1), [path], what);
    return true;
  });
  assert.equal(answering.server.asked.length, 0, what);
}

/** As only a caller without types would. */
const odd = (value: unknown): string => value as string;
const NO_IDS: readonly unknown[] = [
  '',
  ' ',
  '\t\n',
  '.',
  '..',
  ' .. ',
  'a\u0000b',
  'a\nb',
  'a\u007Fb',
  '\uD800',
  'a\uDFFF',
  undefined,
  null,
  42,
  Number.NaN,
  true,
  {},
  { id: 'x' },
  ['x'],
  new Date(),
  Symbol('x'),
];

// D9, G-13, G-14, G-15, N-06, N-07, N-09, N-10, X-07
describe('an id that is none', () => {
  const BY_ID: Readonly<Record<string, readonly [path: string, ask: (id: string) => Promise<unknown>]>> = {
    'gateway getStatus': ['trackingId', (trackingId) => gateway().getStatus({ trackingId })],
    'gateway getStatus by theirs': ['transactionId', (id) => gateway().getStatus({ transactionId: id })],
    'gateway waitForStatus': ['trackingId', (trackingId) => gateway().waitForStatus({ trackingId })],
    'gateway approve': ['trackingId', (trackingId) => gateway().approveWithdrawal({ trackingId })],
    'gateway reject': ['transactionId', (id) => gateway().rejectWithdrawal({ transactionId: id })],
    'gateway mintCashier': ['trackingId', (id) => gateway().mintCashier({ ...order('x'), trackingId: id })],
    'gateway mintDirect': [
      'trackingId',
      (trackingId) => gateway().mintDirect({ ...order('x'), trackingId, providerId: 210 }),
    ],
    'gateway mintWithdrawal': [
      'trackingId',
      (trackingId) => gateway().mintWithdrawal({ ...order('x'), trackingId }),
    ],
    'gateway chargeCard': [
      'trackingId',
      (trackingId) =>
        gateway().chargeCard({
          ...order('x'),
          trackingId,
          routingId: 210,
          card: card('4242424242424242'),
        }),
    ],
    'nixo getPayout': ['id', (id) => nixo().getPayout(id)],
    'nixo cancelPayout': ['id', (id) => nixo().cancelPayout(id)],
    'nixo getAccount': ['id', (id) => nixo().getAccount(id)],
    'nixo getBalances': ['id', (id) => nixo().getBalances(id)],
    'nxos getAccount': ['accountId', (id) => nxos().getAccount(id)],
    'nxos getFundingMethod': ['fundingMethodId', (id) => nxos().getFundingMethod(id)],
    'nxos getTransaction': ['transactionId', (id) => nxos().getTransaction(id)],
    'nxos getQuote': ['quoteId', (id) => nxos().getQuote(id)],
    'nxos executeQuote': ['quoteId', (id) => nxos().executeQuote(id)],
    'nxos getWebhookEndpoint': ['endpointId', (id) => nxos().getWebhookEndpoint(id)],
    'nxos deleteWebhookEndpoint': ['endpointId', (id) => nxos().deleteWebhookEndpoint(id)],
    'nxos getWebhookSecret': ['endpointId', (id) => nxos().getWebhookSecret(id)],
    'nxos rotateWebhookSecret': ['endpointId', (id) => nxos().rotateWebhookSecret(id)],
    'nxos updateWebhookEndpoint': [
      'endpointId',
      (id) => nxos().updateWebhookEndpoint(id, { disabled: true }),
    ],
    'nxos getBeneficiary': [
      'beneficiaryId',
      (id) => nxos().getBeneficiary({ accountId: NXOS.account.accountId, beneficiaryId: id }),
    ],
    'nxos archiveBeneficiary': [
      'accountId',
      (id) => nxos().archiveBeneficiary({ accountId: id, beneficiaryId: NXOS.beneficiary.beneficiaryId }),
    ],
    'nxos sendTransfer': ['accountId', (id) => nxos().sendTransfer({ ...REQUESTS.transfer, accountId: id })],
    'nxos createQuote': ['accountId', (id) => nxos().createQuote({ ...REQUESTS.quote, accountId: id })],
    'nxos listBeneficiaries': [
      'accountId',
      (id) => drained(() => nxos().listBeneficiaries({ accountId: id })),
    ],
  };
  for (const [name, [path, ask]] of Object.entries(BY_ID)) {
    test(`is refused by ${name}`, async () => {
      for (const id of NO_IDS) await refuses(async () => ask(odd(id)), path, `${name} of ${String(id)}`);
    });
  }

  test('of a shop or of Nixo stays one step of the path, whatever is in it', async () => {
    for (const [id, step] of [
      ['%2e', '%252e'],
      ['%2e%2e', '%252e%252e'],
      ['...', '...'],
      ['../../v1/accounts', '..%2F..%2Fv1%2Faccounts'],
      ['a/b', 'a%2Fb'],
      ['a\\b', 'a%5Cb'],
      ['a?b=1', 'a%3Fb%3D1'],
      ['a#b', 'a%23b'],
      ['a;b', 'a%3Bb'],
      ['a b', 'a%20b'],
      [' x ', 'x'],
      ['ж', '%D0%B6'],
      ['🧾', '%F0%9F%A7%BE'],
      ['{id}', '%7Bid%7D'],
      ['$&', '%24%26'],
      ['x'.repeat(2_000), 'x'.repeat(2_000)],
    ] as const) {
      answer({ body: { transaction_status: 'pending', ...NIXO.payout } });
      await gateway().getStatus({ trackingId: id });
      await nixo().cancelPayout(id);
      assert.deepEqual(
        answering.server.asked.map(({ url }) => url),
        [`/api/v1/transactions/${step}/status`, `/v1/payouts/${step}/cancel`],
      );
    }
  });

  test('of the gateway goes where its endpoint says: a step, a part of one, a query', async () => {
    for (const [path, url] of [
      ['/s?id={id}', '/s?id=a%2Fb%26c'],
      ['/s?x=1&id={id}&y=2', '/s?x=1&id=a%2Fb%26c&y=2'],
      ['/s/{id}.json', '/s/a%2Fb%26c.json'],
      ['/s', '/s?id=a%2Fb%26c'],
      ['s/{id}', '/s/a%2Fb%26c'],
      ['/s/{id}/{id}', '/s/a%2Fb%26c/a%2Fb%26c'],
    ] as const) {
      answer({ body: { transaction_status: 'pending' } });
      await gateway({ endpoints: { status: { method: 'GET', path } } }).getStatus({ trackingId: 'a/b&c' });
      assert.equal(answering.server.asked[0]?.url, url);
    }
  });
});

// G-16, N-05, X-17
describe('a range of time', () => {
  interface Range {
    readonly from?: string;
    readonly to?: string;
  }
  const LISTS: Readonly<
    Record<string, readonly [names: readonly [string, string], ask: (range: Range) => Promise<unknown>]>
  > = {
    gateway: [['from', 'to'], (range) => gateway().listTransactions(range)],
    nixo: [['from', 'to'], (range) => drained(() => nixo().listPayouts(range))],
    nxos: [
      ['createdAtGte', 'createdAtLte'],
      ({ from, to }) =>
        drained(() =>
          nxos().listTransactions({
            ...(from !== undefined && { createdAtGte: from }),
            ...(to !== undefined && { createdAtLte: to }),
          }),
        ),
    ],
  };
  const NO_TIMES: readonly unknown[] = [
    '',
    'NaN',
    'today',
    'Invalid Date',
    '2025-02-30',
    '2025-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-1-2',
    '20250102',
    '02-01-2025',
    '02/01/2025',
    '2025-01-02T25:00:00Z',
    '2025-02-30T10:00:00Z',
    '2025-01-02T10:00:00',
    '2025-01-02 10:00:00Z',
    '2025-W01',
    '+02025-01-02',
    1737849600,
    1737849600000,
    Number.NaN,
    null,
    new Date(Number.NaN),
    new Date(0),
    ['2025-01-02'],
  ];
  for (const [name, [[from, to], ask]] of Object.entries(LISTS)) {
    test(`of ${name} is refused when an end of it is none`, async () => {
      for (const time of NO_TIMES) {
        await refuses(() => ask({ from: odd(time) }), from, `from ${String(time)}`);
        await refuses(() => ask({ from: '2025-01-01', to: odd(time) }), to, `to ${String(time)}`);
      }
    });

    test(`of ${name} is refused when it ends before it begins`, async () => {
      await refuses(() => ask({ from: '2025-01-02', to: '2025-01-01' }), to, name);
      await refuses(() => ask({ from: '2025-01-02', to: '0001-01-01' }), to, name);
    });
  }

  const EMPTY = { object: 'list', data: [], has_more: false, hasMore: false, nextCursor: null };
  const queryOf = async (list: keyof typeof LISTS, range: Range): Promise<string> => {
    answer({ body: EMPTY });
    await LISTS[list]?.[1](range);
    const { search } = new URL(answering.server.asked[0]?.url ?? '', 'http://x');
    return decodeURIComponent(search).replace(/&?limit=100|\?limit=100&?/, '');
  };

  test('may be open at either end, be a day, or name its zone and the parts of a second', async () => {
    for (const [range, nixoQuery, nxosQuery] of [
      [{}, '', ''],
      [{ from: '2025-01-26' }, 'created_gte=1737849600', 'createdAtGte=2025-01-26T00:00:00.000Z'],
      [{ to: '2025-01-26' }, 'created_lte=1737935999', 'createdAtLte=2025-01-26T23:59:59.999Z'],
      [
        { from: '2025-01-26T02:00:00+02:00', to: '2025-01-26T00:00:00Z' },
        'created_gte=1737849600&created_lte=1737849600',
        'createdAtGte=2025-01-26T00:00:00.000Z&createdAtLte=2025-01-26T00:00:00.000Z',
      ],
      [
        { from: '2025-01-26T00:00:00.1Z', to: '2025-01-26T00:00:02.987654321Z' },
        'created_gte=1737849601&created_lte=1737849602',
        'createdAtGte=2025-01-26T00:00:00.100Z&createdAtLte=2025-01-26T00:00:02.987Z',
      ],
      [
        { from: '2024-02-29', to: '2024-02-29' },
        'created_gte=1709164800&created_lte=1709251199',
        'createdAtGte=2024-02-29T00:00:00.000Z&createdAtLte=2024-02-29T23:59:59.999Z',
      ],
    ] as const) {
      assert.equal((await queryOf('nixo', range)).replace('?', ''), nixoQuery);
      assert.equal((await queryOf('nxos', range)).replace('?', ''), nxosQuery);
    }
  });
});

// D6, N-05, X-04
test('a page has 1 to 100 rows, in whole numbers', async () => {
  for (const limit of [0, -1, 101, 2.5, 1e9, Number.NaN, Infinity, odd('5'), null, [5]]) {
    const filter = { limit } as { limit: number };
    for (const list of [
      () => nixo().listPayouts(filter),
      () => nxos().listAccounts(filter),
      () => nxos().listTransactions(filter),
      () => nxos().listWebhookEndpoints(filter),
    ]) {
      await refuses(() => drained(list), 'limit', String(limit));
    }
  }
});

describe('an amount', () => {
  const NO_AMOUNTS: readonly unknown[] = [
    '',
    ' ',
    '0',
    '0.00',
    '-0',
    '-1',
    '+1',
    '1e3',
    '1E3',
    '0x10',
    '1,000.00',
    '1 000',
    '1_000',
    '1.000,00',
    '1.',
    '.5',
    '1.005',
    '1.2.3',
    ' 1.00',
    '1.00 ',
    '1.00 USD',
    '$1',
    '١٠',
    '１０',
    'NaN',
    'Infinity',
    '9'.repeat(16),
    '900719925474099.13',
    1,
    10.05,
    10n,
    null,
    undefined,
    {},
    ['1.00'],
  ];
  // G-04, G-09, G-12, N-04, A-14, A-28
  for (const [name, ask] of Object.entries({
    mintDirect: (amount: string) => gateway().mintDirect({ ...order('x'), amount, providerId: 210 }),
    mintWithdrawal: (amount: string) => gateway().mintWithdrawal({ ...order('x'), amount }),
    chargeCard: (amount: string) =>
      gateway().chargeCard({
        ...order('x'),
        amount,
        routingId: 210,
        card: card('4242424242424242'),
      }),
    createPayout: (amount: string) =>
      nixo().createPayout({
        amount,
        currency: 'USD',
        destinationCountry: 'MA',
        recipient: { fullName: 'A', accountIban: PAYOUT.recipient.account_iban },
      }),
  })) {
    test(`that is none is refused by ${name}`, async () => {
      for (const amount of NO_AMOUNTS) {
        await refuses(async () => ask(odd(amount)), 'amount', `${name} of ${String(amount)}`);
      }
    });
  }

  //
  test('that is none is refused by Nxos, by the name of its field', async () => {
    const tooMuch = ['900719925474099.13'];
    for (const amount of NO_AMOUNTS.filter(
      (one) => !tooMuch.includes(String(one)) && one !== '9'.repeat(16),
    )) {
      await refuses(
        () => nxos().sendTransfer({ ...REQUESTS.transfer, amount: odd(amount) }),
        'amount',
        String(amount),
      );
      await refuses(
        () => nxos().createQuote({ ...REQUESTS.quote, fromAmount: odd(amount) }),
        'fromAmount',
        String(amount),
      );
    }
  });

  // 64 bits of subunits are more digits than a JavaScript number has
  test('of Nxos keeps all its digits', async () => {
    for (const amount of ['9007199254740993.01', '900719925474099.13']) {
      answer({ body: NXOS.transfer });
      await nxos().sendTransfer({ ...REQUESTS.transfer, amount });
      assert.match(answering.server.asked[0]?.body ?? '', new RegExp(`"amount":"${amount}"`));
    }
  });

  // N-04, A-28: the largest that a number holds to the cent
  test('goes to Nixo as the number it says, or not at all', async () => {
    for (const amount of ['0.01', '250.00', '250', '9999999999999.99', '0.10', '4503599627370.49']) {
      answer({ body: NIXO.payout });
      await nixo().createPayout({
        amount,
        currency: 'USD',
        destinationCountry: 'MA',
        recipient: { fullName: 'A', accountIban: PAYOUT.recipient.account_iban },
      });
      const sent = /"amount":([0-9.]+)/.exec(answering.server.asked[0]?.body ?? '')?.[1] ?? '';
      assert.equal(compareDecimals(sent, amount), 0, sent);
    }
  });
});

// G-07, N-04, X-13, D12
describe('what a shop hangs on an order', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const LOST: readonly (readonly [value: unknown, path: string])[] = [
    [{ total: 10n }, 'total'],
    [{ at: new Date(Number.NaN) }, 'at'],
    [{ rate: Number.NaN }, 'rate'],
    [{ most: Infinity }, 'most'],
    [{ call: () => 1 }, 'call'],
    [{ mark: Symbol('x') }, 'mark'],
    [{ seen: new Map([['a', 1]]) }, 'seen'],
    [{ seen: new Set([1]) }, 'seen'],
    [{ inside: { list: [1, { deep: 1n }] } }, 'inside.list.1.deep'],
    [{ inside: cyclic }, 'inside.self'],
  ];
  const ORDERS: Readonly<Record<string, readonly [string, (value: never) => Promise<unknown>]>> = {
    'settings of mintCashier': ['settings', (settings) => gateway().mintCashier({ ...order('x'), settings })],
    'metadata of createPayout': ['metadata', (metadata) => nixo().createPayout({ ...PAYOUT, metadata })],
    'metadata of createAccount': [
      'metadata',
      (metadata) => nixo().createAccount({ type: 'business', name: 'A', metadata }),
    ],
    'metadata of sendTransfer': [
      'metadata',
      (metadata) => nxos().sendTransfer({ ...REQUESTS.transfer, metadata }),
    ],
  };
  for (const [name, [field, ask]] of Object.entries(ORDERS)) {
    test(`is refused where JSON would lose it: ${name}`, async () => {
      for (const [value, path] of LOST) await refuses(() => ask(value as never), `${field}.${path}`, path);
    });
  }

  test('and Kassa does not know is looked at as well before it is passed on', async () => {
    const passing = gateway({ unknownFields: 'pass' });
    const more = { ...order('x'), risk: { score: Number.NaN } };
    await refuses(() => passing.mintCashier(more), 'risk.score', 'risk');
  });

  // D12, N-04: only Nxos's documents name a limit
  test('has at Nixo the limits that its documents name: none', async () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`key-${at}`, 'x'.repeat(100)]),
    );
    answer({ body: NIXO.payout });
    await nixo().createPayout({ ...PAYOUT, metadata, reference: 'r'.repeat(2_000) });
    const sent = JSON.parse(answering.server.asked[0]?.body ?? '') as { metadata: object };
    assert.deepEqual(sent.metadata, metadata);
    await refuses(() => nxos().sendTransfer({ ...REQUESTS.transfer, metadata }), 'metadata', 'X-14');
  });

  test('may hold all that JSON has', async () => {
    const settings = {
      at: new Date(0),
      list: [null, true, 1.5, 'é', {}],
      none: undefined,
      own: { toJSON: () => 'x' },
      bare: Object.assign(Object.create(null) as object, { a: 1 }),
    };
    answer({ body: { token: 't' } });
    await gateway().mintCashier({ ...order('x'), settings });
    const sent = JSON.parse(answering.server.asked[0]?.body ?? '') as { request: { settings: unknown } };
    assert.deepEqual(sent.request.settings, JSON.parse(JSON.stringify(settings)));
  });
});

// X-21, G-02
describe('an address of the shop’s own', () => {
  const NO_ADDRESSES: readonly unknown[] = [
    '',
    'shop.example/hook',
    '//shop.example/hook',
    '/hook',
    'http://shop.example/hook',
    'javascript:alert(1)',
    'data:text/plain,x',
    'ftp://shop.example',
    'https://user:secret@shop.example/hook',
    'https://:secret@shop.example/hook',
    'https://shop.example:0/hook',
    'https://shop.example:70000/',
    'https://',
    null,
    undefined,
    42,
    {},
  ];
  test('is refused as a webhook endpoint, when it is made and when it is changed', async () => {
    for (const url of NO_ADDRESSES) {
      await refuses(() => nxos().createWebhookEndpoint({ url: odd(url) }), 'url', typeof url);
      if (url === undefined) continue;
      await refuses(
        () => nxos().updateWebhookEndpoint(NXOS.endpoint.id, { url: odd(url) }),
        'url',
        JSON.stringify(url),
      );
    }
  });

  test('is refused as the place of a system, whose key travels there, also where http is allowed', () => {
    for (const baseUrl of NO_ADDRESSES.filter((one) => one !== undefined)) {
      const isPlain = baseUrl === 'http://shop.example/hook';
      for (const allowInsecure of [false, true]) {
        const make = (): readonly [Gateway, Nixo, Nxos] => [
          gateway({ baseUrl: odd(baseUrl), allowInsecure }),
          createNixo({ apiKey: 'sk_sandbox_x', baseUrl: odd(baseUrl ?? ''), allowInsecure }),
          createNxos({ apiKey: 'nxos_sk_test_x', baseUrl: odd(baseUrl ?? ''), allowInsecure }),
        ];
        if (isPlain && allowInsecure) make();
        else assert.throws(make, OptionsError, JSON.stringify(baseUrl));
      }
    }
    for (const baseUrl of ['http://user:secret@shop.example', 'http://shop.example:0']) {
      assert.throws(() => gateway({ baseUrl, allowInsecure: true }), OptionsError);
    }
  });
});
