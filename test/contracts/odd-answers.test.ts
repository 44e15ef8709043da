/**
 * Answers as the world gives them, over HTTP: bodies without content, in other character sets, with numbers that no double
 * holds, one thing where a list is printed, pages that go on for ever. Siblings of D1, D2, D3, D4 and D13.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createGateway } from '../../src/server/gateway/client.ts';
import { isApiError } from '../../src/server/errors.ts';
import { createNixo } from '../../src/server/nixo/client.ts';
import { createNxos } from '../../src/server/nxos/client.ts';
import { REPLIES as GATEWAY } from '../fixtures/gateway-examples.ts';
import { PAYOUT, REPLIES as NIXO } from '../fixtures/nixo-examples.ts';
import { REPLIES as NXOS, REQUESTS } from '../fixtures/nxos-examples.ts';
import { refusalOf } from '../refusal.ts';
import { card, order } from '../sandbox/running.ts';
import { type Told, useAnswering } from '../server/answering.ts';

const answering = useAnswering();
const { hurried } = answering;
const answer = (...answers: readonly Told[]): void => {
  answering.server.answers = [...answers];
  answering.server.asked.length = 0;
};
const gateway = () => createGateway({ apiKey: 'k', baseUrl: answering.server.url, ...hurried });
const nixo = () => createNixo({ apiKey: 'sk_sandbox_x', baseUrl: answering.server.url, ...hurried });
const nxos = () => createNxos({ apiKey: 'nxos_sk_test_x', baseUrl: answering.server.url, ...hurried });
const refusal = (call: Promise<unknown>) => refusalOf(call, isApiError);
const all = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};
const ACCOUNT = NXOS.account.accountId;
const beneficiary = { accountId: ACCOUNT, beneficiaryId: NXOS.beneficiary.beneficiaryId };
const charge = { ...order('x'), routingId: 210, card: card('4111111111111111') };

describe('an answer without a body', () => {
  const NOTHING: Readonly<Record<string, Told>> = {
    '204': { status: 204, body: '' },
    '200': { body: '' },
    '200 with blanks': { body: ' \r\n' },
    '202 with null': { status: 202, body: 'null' },
  };
  // G-13, G-14, X-16, X-21
  for (const [name, told] of Object.entries(NOTHING)) {
    test(`${name}: says that it was done, where there is no more to say`, async () => {
      answer(told);
      assert.deepEqual(await gateway().rejectWithdrawal({ transactionId: 'x' }), { message: '' });
      const approved = await gateway().approveWithdrawal({ trackingId: 'x' });
      assert.deepEqual(approved, { message: '', status: 'pending', rawStatus: '' });
      assert.equal((await nxos().archiveBeneficiary(beneficiary)).beneficiaryId, beneficiary.beneficiaryId);
      assert.equal((await nxos().deleteWebhookEndpoint(NXOS.endpoint.id)).id, NXOS.endpoint.id);
      await nxos().updateNxosnet({ enabled: true });
      assert.equal(answering.server.asked.length, 5, 'each was sent once');
    });

    test(`${name}: is none where a token, an id or a list is waited for`, async () => {
      answer(told);
      for (const call of [
        gateway().mintCashier(order('x')),
        gateway().mintDirect({ ...order('x'), providerId: 210 }),
        gateway().getStatus({ trackingId: 'x' }),
        gateway().listTransactions(),
        nixo().createPayout(PAYOUT),
        nxos().getAccount(ACCOUNT),
        all(nxos().listAccounts()),
      ]) {
        assert.equal((await refusal(call)).kind, 'invalid-response');
      }
    });
  }

  // G-13: a proxy's page is no answer of the gateway's, and a withdrawal that still goes out was not rejected
  for (const body of ['<html>Sign in</html>', '']) {
    test(`is another thing than a page of somebody else, ${body === '' ? 'empty' : 'full'}`, async () => {
      answer({ body, headers: { 'content-type': 'text/html; charset=utf-8' } });
      const rejected = gateway().rejectWithdrawal({ transactionId: 'x' });
      assert.equal((await refusal(rejected)).kind, 'invalid-response');
      assert.equal((await refusal(nxos().archiveBeneficiary(beneficiary))).kind, 'invalid-response');
    });
  }
});

describe('a refusal', () => {
  // G-13, G-14, G-17: the money would have been taken for stopped
  test('by one of the twelve codes is one with any status', async () => {
    for (const body of [
      { code: 1129, message: "You can't cancel this transaction" },
      { error: { code: '1129' } },
      { errors: [{ error_code: 1129 }] },
      [{ errorCode: ' 1129 ' }],
      { code: '1129.0' },
    ]) {
      answer({ status: 200, body });
      const error = await refusal(gateway().rejectWithdrawal({ transactionId: 'x' }));
      assert.deepEqual([error.kind, error.code], ['state', '1129'], JSON.stringify(body));
    }
    answer({ status: 200, body: { code: 1016 } });
    assert.equal((await refusal(gateway().mintCashier(order('x')))).kind, 'config');
    answer({ status: 200, body: { code: 1039 } });
    assert.equal((await refusal(gateway().getStatus({ trackingId: 'x' }))).kind, 'not-found');
  });

  test('of another notation is not taken for one of the twelve', async () => {
    for (const code of ['0x402', '1e3', 'E1026', 1026.5, '١٠٢٦']) {
      answer({ status: 400, body: { code } });
      const error = await refusal(gateway().getStatus({ trackingId: 'x' }));
      assert.deepEqual([error.kind, error.code], ['request', String(code)]);
    }
  });

  // N-13, X-20: nobody said that it was not done
  test('is no redirect, which is never followed', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      answer({ status, headers: { location: 'http://127.0.0.1:9/' }, body: '' });
      const kinds = [
        (await refusal(gateway().mintCashier(order('x')))).kind,
        (await refusal(nixo().createPayout(PAYOUT))).kind,
        (await refusal(nxos().sendTransfer(REQUESTS.transfer))).kind,
      ];
      assert.deepEqual(kinds, ['invalid-response', 'invalid-response', 'invalid-response']);
      assert.equal(answering.server.asked.length, 3);
    }
  });
});

describe('the text of an answer', () => {
  const name = 'Müller & Söhne';
  const text = JSON.stringify({ ...NXOS.accountDetail, name });
  const of = (type: string, body: unknown): Told => ({ body, headers: { 'content-type': type } });
  for (const [what, told] of Object.entries({
    'of no type': { body: text },
    'of another type': of('text/plain', text),
    'of a type nobody knows': of('application/vnd.nxos+json; v=2', text),
    'with a byte order mark': of('application/json', `\uFEFF${text}`),
    'with blanks around': of('application/json', `\r\n ${text}\n`),
    'in Latin-1, as it says': of('application/json; charset=ISO-8859-1', Buffer.from(text, 'latin1')),
    'in UTF-16, as it says': of('application/json; charset="utf-16le"', Buffer.from(text, 'utf16le')),
    'in UTF-8, though it says Latin-1': of('application/json;charset=iso-8859-1', Buffer.from(text)),
    'in UTF-8, though it says nothing that exists': of('application/json; charset=x-none', text),
    'of 201': { status: 201, body: text },
    'of 203, from a proxy': { status: 203, body: text },
  } satisfies Record<string, Told>)) {
    //
    test(`is read ${what}`, async () => {
      answer(told);
      assert.equal((await nxos().getAccount(ACCOUNT)).name, name);
    });
  }

  //
  test('holds numbers that no double holds, and they stay what they were', async () => {
    const long = '12345678901234567890';
    answer({ body: `{"id": ${long}, "status": "processing", "created": 1737849600}` });
    assert.equal((await nixo().createPayout(PAYOUT)).id, long);
    answer({ body: `{"id":9007199254740993,"amount":1e400,"currency":"USD","created":1e-400}` });
    const odd = await nixo().getPayout('x');
    assert.deepEqual([odd.id, odd.amount, odd.createdAt], ['9007199254740993', undefined, undefined]);

    const row = (id: string, value: string) =>
      `{"transaction":{"id":${id}},"provider":{"amount":{"value":${value},"currency":"USD"}}}`;
    answer({
      body: `[${row('90071992547409931', '10.50')},${row('90071992547409932', '9007199254740993.01')},${row('-1', '0.30000000000000004')}]`,
    });
    assert.deepEqual(
      (await gateway().listTransactions()).map(({ transactionId, amount }) => [transactionId, amount]),
      [
        ['90071992547409931', '10.50'],
        ['90071992547409932', '9007199254740993.01'],
        ['-1', undefined],
      ],
    );
  });
});

describe('one thing where a list is printed, and a list of one where a thing is', () => {
  // G-16, D3
  test('is read in the list of transactions', async () => {
    const [row] = GATEWAY.list;
    for (const body of [row, [row], [[row]], { transaction: [row.transaction], provider: row.provider }]) {
      answer({ body });
      const [read, ...more] = await gateway().listTransactions();
      assert.deepEqual(
        [read?.transactionId, read?.amount, more.length],
        [row.transaction.id, '8.56', 0],
        JSON.stringify(body),
      );
    }
    answer({ body: [] });
    assert.deepEqual(await gateway().listTransactions(), []);
    for (const body of [{ message: 'Maintenance' }, 'none', 0, false, {}]) {
      answer({ body: JSON.stringify(body) });
      assert.equal((await refusal(gateway().listTransactions())).kind, 'invalid-response');
    }
  });

  // G-16: a busy shop's week, in the only answer there is
  test('is read in a list of any size', async () => {
    const [row] = GATEWAY.list;
    const rows = Array.from({ length: 4_000 }, (_, at) => {
      const id = `t-${at}`;
      return { ...row, transaction: { ...row.transaction, id, transaction_id: id } };
    });
    assert.ok(JSON.stringify(rows).length > 1_048_576);
    answer({ body: rows });
    assert.equal((await gateway().listTransactions()).length, rows.length);
    answer({ body: { token: 'x'.repeat(1_048_577) } });
    assert.equal((await refusal(gateway().mintCashier(order('x')))).kind, 'network');
  });

  // N-05, N-10, X-04
  test('is read in pages, with their envelope and without', async () => {
    const payout = NIXO.payout;
    for (const body of [
      { object: 'list', data: payout, has_more: false },
      { object: 'list', data: [payout] },
      [{ object: 'list', data: [payout] }],
      [payout],
      { data: [[payout]], hasMore: 'false' },
      [{ data: { ...payout, created: [payout.created] } }],
    ]) {
      answer({ body });
      const [read, ...more] = await all(nixo().listPayouts());
      assert.deepEqual(
        [read?.id, read?.createdAt?.slice(0, 4), more.length],
        [payout.id, new Date(payout.created * 1_000).toISOString().slice(0, 4), 0],
        JSON.stringify(body),
      );
    }
    answer({ body: [{ currency: 'USD', available: '1.5', pending: 0 }] });
    assert.deepEqual(await nixo().getBalances('me'), [
      { currency: 'USD', available: '1.50', pending: '0.00' },
    ]);
    answer({ body: { data: NXOS.account, hasMore: false } });
    assert.deepEqual(
      (await all(nxos().listAccounts())).map(({ accountId }) => accountId),
      [ACCOUNT],
    );
  });

  // G-04, G-10, X-08, X-10
  test('is read in single answers', async () => {
    answer({ body: [GATEWAY.cashier] });
    assert.equal((await gateway().mintCashier(order('x'))).token, GATEWAY.cashier.token);
    answer({ body: { url: ['https://bank.example/3ds'], transaction_status: ['pending'] } });
    assert.equal((await gateway().chargeCard(charge)).kind, 'challenge');
    answer({ body: { ...NXOS.accountDetail, balances: NXOS.accountDetail.balances[0] } });
    assert.equal((await nxos().getAccount(ACCOUNT)).balances[0]?.amount, '15000.00');
    answer({ body: { ...NXOS.transfer, tags: 'rent' } });
    assert.deepEqual((await nxos().getTransaction(NXOS.transfer.transactionId)).tags, ['rent']);
    answer({ body: [NXOS.transfer, NXOS.transfer] });
    const { kind } = await refusal(nxos().sendTransfer(REQUESTS.transfer));
    assert.equal(kind, 'invalid-response', 'which of two, nobody can say');
  });
});

describe('pages', () => {
  const page = (ids: string, more: object): Told => ({
    body: { object: 'list', data: Array.from(ids, (id) => ({ ...NXOS.account, accountId: id })), ...more },
  });
  const idsOf = async () => (await all(nxos().listAccounts())).map(({ accountId }) => accountId).join('');

  //
  for (const [name, pages, ids, requests] of [
    ['without a cursor', [page('ab', {})], 'ab', 1],
    ['with null', [page('ab', { hasMore: true, nextCursor: null })], 'ab', 1],
    ['with an empty cursor', [page('ab', { hasMore: false, nextCursor: '' })], 'ab', 1],
    ['with a number', [page('a', { nextCursor: 7 }), page('b', { nextCursor: null })], 'ab', 2],
    [
      'that are empty in the middle',
      [page('a', { nextCursor: '1' }), page('', { nextCursor: '2' }), page('b', {})],
      'ab',
      3,
    ],
    ['that shift', [page('ab', { nextCursor: '1' }), page('bc', { nextCursor: null })], 'abc', 2],
    [
      'that lead back to themselves',
      [page('a', { nextCursor: '1' }), page('b', { nextCursor: '1' })],
      'ab',
      2,
    ],
    [
      'that lead round in a ring',
      [page('a', { nextCursor: '1' }), page('b', { nextCursor: '2' }), page('c', { nextCursor: '1' })],
      'abc',
      3,
    ],
    [
      'of a server without cursors',
      [page('ab', { nextCursor: '1' }), page('ab', { nextCursor: '2' })],
      'ab',
      2,
    ],
  ] as const) {
    test(`${name} end, and show each row once`, async () => {
      answer(...pages);
      assert.equal(await idsOf(), ids);
      assert.equal(answering.server.asked.length, requests);
    });
  }

  // X-04, N-05
  test('that promise more and say not where are told as such, after their rows', async () => {
    for (const [list, told] of [
      [() => nxos().listAccounts(), page('ab', { hasMore: true })],
      [() => nxos().listAccounts(), page('ab', { hasMore: 'true', nextCursor: { odd: 1 } })],
      [() => nixo().listPayouts(), { body: { data: [{ status: 'failed' }, {}], has_more: true } }],
      [() => nixo().listPayouts(), { body: { data: [], has_more: true } }],
    ] as const) {
      answer(told);
      let rows = 0;
      const read = async (): Promise<void> => {
        for await (const _row of list()) rows += 1;
      };
      assert.equal((await refusal(read())).kind, 'invalid-response');
      assert.equal(rows, (told.body as { data: unknown[] }).data.length);
    }
  });

  // N-05, A-30
  test('of Nixo go on by whatever says so', async () => {
    const rows = (id: string, more: object): Told => ({ body: { data: [{ ...NIXO.payout, id }], ...more } });
    for (const [more, cursor] of [
      [{ has_more: true }, 'one'],
      [{ has_more: 'true' }, 'one'],
      [{ hasMore: true, nextCursor: 'c-1' }, 'c-1'],
      [{ nextCursor: 'c-1' }, 'c-1'],
    ] as const) {
      answer(rows('one', more), rows('two', { has_more: false, nextCursor: 'c-2' }));
      assert.deepEqual(
        (await all(nixo().listPayouts())).map(({ id }) => id),
        ['one', 'two'],
      );
      assert.match(answering.server.asked[1]?.url ?? '', new RegExp(`starting_after=${cursor}$`));
      assert.equal(answering.server.asked.length, 2);
    }
  });
});

describe('a time of Nixo', () => {
  // N-06
  for (const [written, read] of [
    [1737849600, '2025-01-26T00:00:00.000Z'],
    ['1737849600', '2025-01-26T00:00:00.000Z'],
    [1737849600.25, '2025-01-26T00:00:00.250Z'],
    ['1737849600.25', '2025-01-26T00:00:00.250Z'],
    [1737849600000, '2025-01-26T00:00:00.000Z'],
    ['1737849600123', '2025-01-26T00:00:00.123Z'],
    [1737849600000000, '2025-01-26T00:00:00.000Z'],
    ['2025-01-26', '2025-01-26T00:00:00.000Z'],
    ['2025-01-26T00:00:00Z', '2025-01-26T00:00:00.000Z'],
    ['2025-01-26t00:00:00z', '2025-01-26T00:00:00.000Z'],
    ['2025-01-26 00:00:00', '2025-01-26T00:00:00.000Z'],
    ['2025-01-26T00:00', '2025-01-26T00:00:00.000Z'],
    ['2025-01-26T00:00:00', '2025-01-26T00:00:00.000Z'],
    ['2025-01-26T02:00:00+02:00', '2025-01-26T00:00:00.000Z'],
    ['2025-01-25T19:30:00-0430', '2025-01-26T00:00:00.000Z'],
    ['2025-01-26T00:00:00+0000', '2025-01-26T00:00:00.000Z'],
    ['2025-01-26 00:00:00 +00', '2025-01-26T00:00:00.000Z'],
    ['2025-01-26T00:00:00.1Z', '2025-01-26T00:00:00.100Z'],
    ['2025-01-26T00:00:00.123456789Z', '2025-01-26T00:00:00.123Z'],
    ['2025-01-25T24:00:00Z', '2025-01-26T00:00:00.000Z'],
    ['2025-01-25T23:59:60Z', '2025-01-26T00:00:00.000Z'],
    ['Sun, 26 Jan 2025 00:00:00 GMT', '2025-01-26T00:00:00.000Z'],
    [['2025-01-26'], '2025-01-26T00:00:00.000Z'],
    ['2025-02-30', undefined],
    ['2025-02-29T00:00:00Z', undefined],
    ['2025-13-01', undefined],
    ['2025-01-26T25:00:00Z', undefined],
    ['05/03/2025', undefined],
    ['26-01-2025', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [true, undefined],
    [{ seconds: 1737849600 }, undefined],
    [null, undefined],
  ] as const) {
    test(`written ${JSON.stringify(written)} is ${read ?? 'not guessed'}`, async () => {
      for (const name of ['created', 'created_at']) {
        answer({ body: { id: 'p', [name]: written, history: [{ status: 'processing', at: written }] } });
        const payout = await nixo().getPayout('p');
        assert.equal(payout.createdAt, read);
        assert.equal(payout.history[0]?.at, read);
      }
    });
  }
});

// G-09, G-10, G-11, D4
describe('an address to which shoppers are sent', () => {
  const asDirect = () => gateway().mintDirect({ ...order('x'), providerId: 210 });
  const PENDING = { transaction_status: 'pending' };

  for (const url of [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:1',
    'blob:https://bank.example/1',
    'filesystem:https://bank.example/1',
    'file:///etc/passwd',
    'view-source:https://bank.example',
    'ws://bank.example',
    'intent://bank#Intent;scheme=https;end',
    '//bank.example/3ds',
    '\\\\bank.example\\3ds',
    '/3ds',
    '3ds',
    '?id=1',
    '#top',
    'http://bank.example/3ds',
    'http://localhost.bank.example/',
    'http://[::ffff:127.0.0.1]/',
    'https://user:secret@bank.example/',
    'https://bank.example@evil.example/',
    'https://bank.example:0/',
    'https://bank.example:99999/',
    'https://',
    'https://a b/',
    'https://bank.example\u0000.evil.example/',
    '{{ url }}',
    'null',
    'undefined',
  ]) {
    test(`is none: ${JSON.stringify(url)}`, async () => {
      answer({ body: { url } });
      assert.equal((await refusal(asDirect())).kind, 'invalid-response');
      // It may have been charged, so the status decides.
      answer({ body: { ...PENDING, url } }, { body: { transaction_status: 'successful' } });
      const charged = await gateway().chargeCard(charge);
      assert.deepEqual([charged.kind, charged.reply.url], ['succeeded', undefined]);
      assert.equal(answering.server.asked.length, 2);
    });
  }

  for (const [url, href] of [
    ['https://bank.example/3ds?a=1#b', 'https://bank.example/3ds?a=1#b'],
    ['HTTPS://BANK.EXAMPLE', 'https://bank.example/'],
    [' https://bank.example/3ds\n', 'https://bank.example/3ds'],
    ['https://bank.example/3d\r\ns', 'https://bank.example/3ds'],
    ['https:\\\\bank.example\\3ds', 'https://bank.example/3ds'],
    ['https:bank.example', 'https://bank.example/'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://[2001:db8::1]:8443/', 'https://[2001:db8::1]:8443/'],
    ['https://bank.example./', 'https://bank.example./'],
    ['http://127.0.0.1:4010/3ds', 'http://127.0.0.1:4010/3ds'],
    ['http://[::1]/', 'http://[::1]/'],
  ] as const) {
    test(`is handed on as a browser would read it: ${JSON.stringify(url)}`, async () => {
      answer({ body: { url } });
      const minted = await asDirect();
      assert.equal(minted.kind === 'url' && minted.url, href);
      answer({ body: { ...PENDING, url } });
      const charged = await gateway().chargeCard(charge);
      assert.equal(charged.kind === 'challenge' && charged.url, href);
      assert.equal(charged.reply.url, href);
    });
  }

  for (const url of ['', ' ', null, '{{url}}', undefined]) {
    test(`does not lead away: ${JSON.stringify(url)}`, async () => {
      answer({ body: { ...PENDING, url } });
      assert.equal((await gateway().chargeCard(charge)).kind, 'pending');
    });
  }
});

// N-03, X-15
test('a replay is one in any case of its header', async () => {
  for (const [headers, replayed] of [
    [{ 'Idempotent-Replayed': 'true' }, true],
    [{ 'IDEMPOTENT-REPLAYED': 'True' }, true],
    [{ 'idempotent-replayed': '1' }, true],
    [{ 'idempotent-replayed': 'false' }, false],
    [{}, false],
  ] as const) {
    answer({ body: NIXO.payout, headers });
    assert.equal((await nixo().createPayout(PAYOUT)).replayed, replayed);
  }
});
