/**
 * Each documented answer with any field missing, null, of the sibling type, or of no type that makes sense: it is read all
 * the same, as long as the few fields are there that the call cannot do without.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createGateway } from '../../src/server/gateway/client.ts';
import { isApiError } from '../../src/server/errors.ts';
import { createNixo } from '../../src/server/nixo/client.ts';
import { createNxos } from '../../src/server/nxos/client.ts';
import { REPLIES as GATEWAY } from '../fixtures/gateway-examples.ts';
import { PAYOUT, REPLIES as NIXO } from '../fixtures/nixo-examples.ts';
import { REPLIES as NXOS, REQUESTS } from '../fixtures/nxos-examples.ts';
import { card, order } from '../sandbox/running.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Path = readonly (string | number)[];

const answering = (body: unknown) => () => Promise.resolve(Response.json(body));
const gateway = (body: unknown) =>
  createGateway({
    apiKey: 'k',
    baseUrl: 'https://pay.example',
    fetch: answering(body),
    sleep: () => Promise.resolve(),
  });
const nixo = (body: unknown) =>
  createNixo({ apiKey: 'sk_sandbox_x', fetch: answering(body), sleep: () => Promise.resolve() });
const nxos = (body: unknown) =>
  createNxos({ apiKey: 'nxos_sk_test_x', fetch: answering(body), sleep: () => Promise.resolve() });

const all = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

const ACCOUNT = NXOS.account.accountId;
const { quoteId } = NXOS.quote;
const reference = { accountId: ACCOUNT, beneficiaryId: NXOS.beneficiary.beneficiaryId };
const ENDPOINT = NXOS.endpoint.id;
const charge = { ...order('x'), routingId: 210, card: card('4111111111111111') };
const { fiatPayout } = REQUESTS;
const nixoAccount = {
  id: 'acc_000000000001',
  object: 'account',
  type: 'business',
  name: 'Shop',
  email: null,
  country: 'GB',
  kyc_status: 'verified',
  created: 1737849600,
  metadata: {},
};
const nixoBalances = {
  object: 'list',
  data: [{ object: 'balance', currency: 'USD', available: 1.5, pending: 0 }],
};

interface Documented {
  readonly reply: Json;
  /** Without these, the answer is none. */
  readonly needed: readonly string[];
  readonly ask: (body: unknown) => Promise<unknown>;
}

const DOCUMENTED: Readonly<Record<string, Documented>> = {
  // G-04, G-09, G-10, G-12, G-13, G-14, G-15, G-16
  'gateway cashier': {
    reply: GATEWAY.cashier,
    needed: ['token'],
    ask: (body) => gateway(body).mintCashier(order('x')),
  },
  'gateway direct': {
    reply: GATEWAY.cashier,
    needed: ['token'],
    ask: (body) => gateway(body).mintDirect({ ...order('x'), providerId: 210 }),
  },
  'gateway withdrawal': {
    reply: GATEWAY.cashier,
    needed: ['token'],
    ask: (body) => gateway(body).mintWithdrawal(order('x')),
  },
  'gateway s2s': {
    reply: GATEWAY.s2sRejected,
    needed: ['transaction_status'],
    ask: (body) => gateway(body).chargeCard(charge),
  },
  'gateway reject': {
    reply: GATEWAY.reject,
    needed: [],
    ask: (body) => gateway(body).rejectWithdrawal({ transactionId: 'x' }),
  },
  'gateway approve': {
    reply: GATEWAY.approve,
    needed: [],
    ask: (body) => gateway(body).approveWithdrawal({ trackingId: 'x' }),
  },
  'gateway status': {
    reply: GATEWAY.status,
    needed: ['transaction_status'],
    ask: (body) => gateway(body).getStatus({ trackingId: 'x' }),
  },
  'gateway list': { reply: GATEWAY.list, needed: [], ask: (body) => gateway(body).listTransactions() },
  // N-04, N-05, N-06, N-07, N-08, N-09, N-10
  'nixo createPayout': { reply: NIXO.payout, needed: ['id'], ask: (body) => nixo(body).createPayout(PAYOUT) },
  'nixo getPayout': {
    reply: { ...NIXO.payout, ...PAYOUT, history: [{ status: 'processing', at: 1737849600 }] },
    needed: ['id'],
    ask: (body) => nixo(body).getPayout('x'),
  },
  'nixo cancelPayout': { reply: NIXO.payout, needed: ['id'], ask: (body) => nixo(body).cancelPayout('x') },
  'nixo listPayouts': {
    reply: { object: 'list', data: [NIXO.payout, NIXO.payout], has_more: false },
    needed: ['data'],
    ask: (body) => all(nixo(body).listPayouts()),
  },
  'nixo createAccount': {
    reply: nixoAccount,
    needed: ['id'],
    ask: (body) => nixo(body).createAccount({ type: 'business', name: 'Shop' }),
  },
  'nixo getAccount': { reply: nixoAccount, needed: ['id'], ask: (body) => nixo(body).getAccount('me') },
  'nixo getBalances': { reply: nixoBalances, needed: ['data'], ask: (body) => nixo(body).getBalances('me') },
  //
  'nxos getAccount': {
    reply: NXOS.accountDetail,
    needed: ['accountId'],
    ask: (body) => nxos(body).getAccount(ACCOUNT),
  },
  'nxos listAccounts': {
    reply: NXOS.accountList,
    needed: ['data'],
    ask: (body) => all(nxos(body).listAccounts()),
  },
  'nxos sendTransfer': {
    reply: NXOS.transfer,
    needed: ['transactionId'],
    ask: (body) => nxos(body).sendTransfer(REQUESTS.transfer),
  },
  'nxos getTransaction': {
    reply: NXOS.transfer,
    needed: ['transactionId'],
    ask: (body) => nxos(body).getTransaction(NXOS.transfer.transactionId),
  },
  'nxos getBeneficiary': {
    reply: NXOS.beneficiary,
    needed: ['beneficiaryId'],
    ask: (body) => nxos(body).getBeneficiary(reference),
  },
  'nxos archiveBeneficiary': {
    reply: { object: 'beneficiary', beneficiaryId: reference.beneficiaryId, deleted: true },
    needed: [],
    ask: (body) => nxos(body).archiveBeneficiary(reference),
  },
  'nxos createQuote': {
    reply: NXOS.quote,
    needed: ['quoteId'],
    ask: (body) => nxos(body).createQuote(REQUESTS.quote),
  },
  'nxos executeQuote': {
    reply: NXOS.trade,
    needed: ['transactionId'],
    ask: (body) => nxos(body).executeQuote(quoteId),
  },
  'nxos sendFiatPayout': {
    reply: NXOS.fiatPayout,
    needed: ['transactionId'],
    ask: (body) => nxos(body).sendFiatPayout(fiatPayout),
  },
  'nxos updateNxosnet': {
    reply: NXOS.settings,
    needed: [],
    ask: (body) => nxos(body).updateNxosnet({ enabled: true }),
  },
  'nxos getWebhookEndpoint': {
    reply: NXOS.endpoint,
    needed: ['id'],
    ask: (body) => nxos(body).getWebhookEndpoint(ENDPOINT),
  },
};

/** Every place inside a value, the value itself left out. */
function placesOf(value: Json, path: Path = []): readonly Path[] {
  const inside: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((item: Json, at) => [at, item] as const)
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [];
  return inside.flatMap(([name, item]) => [[...path, name], ...placesOf(item, [...path, name])]);
}

const ABSENT = Symbol('absent');
const MUTATIONS: Readonly<Record<string, (value: Json) => Json | typeof ABSENT>> = {
  absent: () => ABSENT,
  null: () => null,
  sibling: (value) =>
    typeof value === 'number'
      ? String(value)
      : typeof value === 'string'
        ? 42
        : typeof value === 'boolean'
          ? 'true'
          : [],
  nonsense: (value) => (typeof value === 'object' ? 'text' : { odd: [value] }),
};

function changed(value: Json, [name, ...rest]: Path, mutate: (value: Json) => Json | typeof ABSENT): Json {
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value) as readonly [string, Json][];
  const next = entries.flatMap(([key, inner]): readonly [string, Json][] => {
    if (key !== String(name)) return [[key, inner]];
    const mutated = rest.length === 0 ? mutate(inner) : changed(inner, rest, mutate);
    return mutated === ABSENT ? [] : [[key, mutated]];
  });
  return Array.isArray(value) ? next.map(([, item]) => item) : Object.fromEntries(next);
}

const mayChange = ({ needed }: Documented, [first, ...rest]: Path): boolean =>
  rest.length > 0 || !needed.includes(String(first));

// D1, D2, D3
describe('every documented answer', () => {
  for (const [name, documented] of Object.entries(DOCUMENTED)) {
    test(`${name}: read with any one field odd`, async () => {
      await documented.ask(documented.reply);
      for (const path of placesOf(documented.reply).filter((place) => mayChange(documented, place))) {
        for (const [mutation, mutate] of Object.entries(MUTATIONS)) {
          const body = changed(documented.reply, path, mutate);
          await documented.ask(body).catch((error: unknown) => {
            throw new Error(`${path.join('.')} ${mutation}: ${String(error)}`);
          });
        }
      }
    });

    test(`${name}: read with several fields odd, and with ones of tomorrow`, async () => {
      const places = placesOf(documented.reply).filter((place) => mayChange(documented, place));
      const change = fc.tuple(
        fc.nat(Math.max(0, places.length - 1)),
        fc.constantFrom(...Object.values(MUTATIONS)),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(change, { maxLength: 4 }), fc.jsonValue(), async (changes, tomorrow) => {
          let body = documented.reply;
          for (const [at, mutate] of changes) body = changed(body, places[at] ?? [], mutate);
          const asked = documented.ask(Array.isArray(body) ? body : { ...(body as object), tomorrow });
          await asked.catch((error: unknown) => {
            // More is promised, and nothing says where: the rows were read, and the list is not taken for whole.
            const saysMore = /"has_?more":"?true/i.test(JSON.stringify(body));
            assert.ok(saysMore && isApiError(error) && error.kind === 'invalid-response', String(error));
          });
        }),
        { numRuns: 30 },
      );
    });

    test(`${name}: is none without what it is for`, async () => {
      for (const field of documented.needed) {
        const body = changed(documented.reply, [field], () => ABSENT);
        await assert.rejects(
          documented.ask(body),
          (error: unknown) => isApiError(error) && error.kind === 'invalid-response',
          field,
        );
      }
    });
  }
});

describe('what was read', () => {
  // D1, X-08
  test('of the documents’ own account without a description: an account', async () => {
    const account = await nxos(NXOS.accountOfConcepts).getAccount(ACCOUNT);
    assert.deepEqual([account.name, account.description, account.balances.length], ['Main', undefined, 2]);
    assert.deepEqual(account, NXOS.accountOfConcepts);
  });

  // D2, N-04
  test('of a payout with what the overview promises, however the time is written: a payout', async () => {
    for (const created of ['2025-01-26T00:00:00Z', 1737849600, '1737849600']) {
      const payout = await nixo({
        id: 'pyt_1A2B3C4D5E6F',
        status: 'processing',
        created_at: created,
      }).createPayout(PAYOUT);
      assert.deepEqual(
        [payout.id, payout.status, payout.rawStatus, payout.createdAt, payout.amount],
        ['pyt_1A2B3C4D5E6F', 'pending', 'processing', '2025-01-26T00:00:00.000Z', undefined],
      );
    }
  });

  // D3, G-16
  test('of a list with odd rows: the others, and of those what can be read, beside the row', async () => {
    const [row] = GATEWAY.list;
    const id = (name: string) => ({ ...row.transaction, id: name, transaction_id: name });
    const priced = (name: string, value: unknown, currency: unknown) => ({
      ...row,
      transaction: id(name),
      provider: { ...row.provider, amount: { value, currency } },
    });
    const rows = [
      row,
      priced('btc', 0.5, 'BTC'),
      priced('gbp', 8.561, 'GBP'),
      priced('jpy', '1000.00', 'JPY'),
      { ...row, transaction: id('nameless'), provider: { ...row.provider, provider: null } },
      { transaction: id('bare') },
      null,
    ];
    const read = await gateway(rows).listTransactions();
    assert.deepEqual(
      read.map(({ transactionId, amount, currency, provider }) => [
        transactionId,
        amount,
        currency,
        provider,
      ]),
      [
        [row.transaction.id, '8.56', 'GBP', 'nixxe_simulator'],
        ['btc', '0.5', 'BTC', 'nixxe_simulator'],
        ['gbp', undefined, 'GBP', 'nixxe_simulator'],
        ['jpy', '1000', 'JPY', 'nixxe_simulator'],
        ['nameless', '8.56', 'GBP', undefined],
        ['bare', undefined, undefined, undefined],
        [undefined, undefined, undefined, undefined],
      ],
    );
    assert.deepEqual(
      read.map(({ raw }) => raw),
      rows,
    );
  });

  test('of a field that cannot be read: nothing, and the object as it came is beside it', async () => {
    const odd = { ...NXOS.accountDetail, status: { word: 'ACTIVE' } };
    const account = await nxos(odd).getAccount(ACCOUNT);
    assert.deepEqual([account.status, account.raw], [undefined, odd]);
    assert.equal((await nxos(NXOS.accountDetail).getAccount(ACCOUNT)).raw, undefined);
  });

  // N-13, X-20
  test('of a refusal without its message, its field or the id of the request: its code', async () => {
    const refusing = (body: object) => () => Promise.resolve(Response.json(body, { status: 409 }));
    const asked = createNxos({
      apiKey: 'nxos_sk_test_x',
      fetch: refusing({ error: { code: 'quote_expired' } }),
    });
    await assert.rejects(asked.executeQuote(quoteId), { code: 'quote_expired', kind: 'state' });
    const paid = createNixo({
      apiKey: 'sk_sandbox_x',
      fetch: refusing({ error: { code: 'idempotency_conflict', field: 7 } }),
    });
    await assert.rejects(paid.createPayout(PAYOUT), { code: 'idempotency_conflict' });
  });
});
