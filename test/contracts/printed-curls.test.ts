/** Every request that the documents print as a curl command, from files that hold them as printed, at the sandbox. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { RunningSandbox } from '../../src/sandbox/listen.ts';
import { REPLIES, REQUESTS } from '../fixtures/nxos-examples.ts';
import { nxosOf, startTestSandbox } from '../sandbox/running.ts';

interface Printed {
  readonly title: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/** As much of a shell as these commands need: quotes, and lines that go on. */
function wordsOf(command: string): readonly string[] {
  const words = command.replaceAll('\\\n', ' ').match(/'[^']*'|"[^"]*"|[^\s'"]+/g) ?? [];
  return words.map((word) => word.replace(/^(['"])([^]*)\1$/, '$2'));
}

function read(system: 'nixo' | 'nxos'): readonly Printed[] {
  const text = readFileSync(new URL(`../fixtures/printed/${system}.sh`, import.meta.url), 'utf8');
  return text.split(/^# /m).flatMap((section) => {
    const [title = '', ...lines] = section.split('\n');
    const words = wordsOf(lines.join('\n'));
    if (words[0] !== 'curl') return [];
    const valueOf = (...names: readonly string[]) =>
      words.flatMap((word, at) => (names.includes(word) ? [words[at + 1] ?? ''] : []));
    const url = valueOf('--url')[0] ?? words.find((word) => word.startsWith('https://')) ?? '';
    const headers = new Headers(
      valueOf('-H', '--header').map((header): [string, string] => {
        const [name = '', ...value] = header.split(': ');
        return [name, value.join(': ')];
      }),
    );
    const [body] = valueOf('-d', '--data');
    const [method = body === undefined ? 'GET' : 'POST'] = valueOf('-X', '--request');
    return [{ title, method, url: new URL(url), headers, body }];
  });
}

describe('the commands that the documents print', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.close());

  /** Another host, a seeded key, and the id of the printed answer where the path has a blank; the rest as printed. */
  async function run(system: string, key: string, { method, url, headers, body }: Printed) {
    headers.set('authorization', `Bearer ${key}`);
    const path = decodeURIComponent(url.pathname).replace('{accountId}', REPLIES.account.accountId);
    const response = await fetch(`${sandbox.url}/${system}${path}${url.search}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    assert.ok(response.ok, `${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  // N-02, N-05, N-09, C-06, D6
  for (const printed of read('nixo')) {
    test(`Nixo: ${printed.title}`, async () => {
      const answer = await run('nixo', 'sk_sandbox_kassa_0001', printed);
      assert.equal(answer.object, printed.url.pathname.endsWith('/me') ? 'account' : 'list');
    });
  }

  const varying = new Set([
    'transactionId',
    'beneficiaryId',
    'quoteId',
    'id',
    'createdAt',
    'updatedAt',
    'expiresAt',
  ]);
  const fixed = (answer: object) =>
    Object.fromEntries(Object.entries(answer).filter(([name]) => !varying.has(name)));

  // C-06, D8
  for (const printed of read('nxos')) {
    test(`Nxos: ${printed.title}`, async () => {
      const answer = await run('nxos', 'nxos_sk_test_kassa_a', printed);
      const path = printed.url.pathname;
      if (path.endsWith('nxosnet-transfers')) {
        assert.deepEqual(fixed(answer), fixed(REPLIES.transfer));
        assert.equal(answer.beneficiaryId, REPLIES.transfer.beneficiaryId);
        assert.deepEqual(Object.keys(answer), Object.keys(REPLIES.transfer));
      } else if (path.endsWith('/quotes')) {
        assert.deepEqual(fixed(answer), fixed(REPLIES.quote));
        // and its execution, whose answer the documents print as well
        const url = new URL(`${printed.url.href}/${String(answer.quoteId)}/execute`);
        const executed = { ...printed, url, title: 'Execute quote', body: undefined };
        const trade = await run('nxos', 'nxos_sk_test_kassa_a', executed);
        assert.deepEqual(fixed(trade), fixed(REPLIES.trade));
        assert.deepEqual(Object.keys(trade), Object.keys(REPLIES.trade));
        assert.equal(trade.quoteId, answer.quoteId);
      } else if (path.endsWith('/endpoints')) {
        assert.deepEqual(Object.keys(answer), Object.keys(REPLIES.endpoint));
      } else if (path.endsWith('/accounts')) {
        const { data } = answer as { data: { accountId: string }[] };
        assert.ok(data.some(({ accountId }) => accountId === REPLIES.account.accountId));
      } else if (decodeURIComponent(path).endsWith('{accountId}')) {
        // An organization has one primary account, and this is its second; the transfer above took from it.
        const { balances: _held, ...account } = answer;
        assert.deepEqual(account, { ...REPLIES.account, isPrimary: false });
      } else assert.deepEqual(Object.keys(answer), Object.keys(REPLIES.beneficiary));
    });
  }

  // X-19, C-06: the documents' account holds less than their payout from it
  test('Nxos: the printed payout to a bank is more than the printed account holds; a smaller one is as printed', async () => {
    await sandbox.reset();
    const nxos = nxosOf(sandbox);
    const { fiatPayout } = REQUESTS;
    const { balances } = await nxos.getAccount(fiatPayout.accountId);
    assert.deepEqual(balances, REPLIES.accountDetail.balances);
    await assert.rejects(nxos.sendFiatPayout(fiatPayout), { code: 'insufficient_funds', status: 409 });
    assert.deepEqual((await nxos.getAccount(fiatPayout.accountId)).balances, balances, 'nothing moved');

    const { fee, idempotencyKey, replayed, ...sent } = await nxos.sendFiatPayout({
      ...fiatPayout,
      amount: '9985.00',
    });
    const { bank, ...printed } = REPLIES.fiatPayout;
    assert.deepEqual(fixed({ ...sent, bank: {} }), fixed({ ...printed, amount: '9985.00', bank: {} }));
    assert.deepEqual({ ...sent.bank, ...bank }, sent.bank);
    assert.equal(fee.total, '64.93', 'of the prose: 15.00, and 50 basis points');
    assert.ok(idempotencyKey !== '' && !replayed);
  });
});
