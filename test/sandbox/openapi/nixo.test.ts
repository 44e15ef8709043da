import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { PAYOUT } from '../../fixtures/nixo-examples.ts';
import { startTestSandbox } from '../running.ts';
import { type Described, describedBy } from './described.ts';

let sandbox: RunningSandbox;
let described: Described;

before(async () => {
  sandbox = await startTestSandbox();
  described = await describedBy(sandbox, 'nixo', { authorization: 'Bearer sk_sandbox_kassa_0001' });
});
after(() => sandbox.close());

test('the linter finds nothing to mend', async () => {
  assert.deepEqual(await described.lint(), []);
});

test('describes the seven operations', () => {
  assert.deepEqual(described.operations, [
    'cancelPayout',
    'createAccount',
    'createPayout',
    'getAccount',
    'getBalances',
    'getPayout',
    'listPayouts',
  ]);
});

describe('what is really answered is what is described', () => {
  const idIn = (answer: unknown): string => (answer as { id: string }).id;

  test('payouts', async () => {
    const { status, answer } = await described.send('post', '/v1/payouts', PAYOUT);
    assert.equal(status, 201);
    assert.equal((await described.send('post', '/v1/payouts', { ...PAYOUT, amount: 0 })).status, 400);
    assert.equal((await described.send('post', '/v1/payouts', PAYOUT, {})).status, 401);
    const reader = { authorization: 'Bearer sk_sandbox_kassa_readonly' };
    assert.equal((await described.send('post', '/v1/payouts', PAYOUT, reader)).status, 403);
    assert.equal((await described.send('get', '/v1/payouts?limit=5')).status, 200);
    const path = `/v1/payouts/${idIn(answer)}`;
    assert.equal((await described.send('get', path)).status, 200);
    assert.equal((await described.send('get', '/v1/payouts/pyt_1')).status, 404);
    assert.equal((await described.send('post', `${path}/cancel`)).status, 200);
    assert.equal((await described.send('post', `${path}/cancel`)).status, 400);
  });

  test('accounts and balances', async () => {
    const { answer } = await described.send('post', '/v1/accounts', { type: 'business', name: 'Acme' });
    assert.equal((await described.send('get', `/v1/accounts/${idIn(answer)}`)).status, 200);
    assert.equal((await described.send('get', '/v1/accounts/me/balances')).status, 200);
    assert.equal((await described.send('get', '/v1/accounts/acc_1')).status, 404);
  });
});
