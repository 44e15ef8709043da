/** When the sandbox itself is at fault: its caller hears so in the system's own words, and whoever runs it hears why. */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createSandbox } from '../../src/sandbox/app.ts';
import { API_KEY } from '../../src/sandbox/gateway/seeds.ts';

const CALLS = [
  [
    '/gateway/api/v1/transactions/1/status',
    { 'x-api-key': API_KEY },
    /^\{"message":"Internal server error"\}$/,
  ],
  [
    '/nixo/v1/accounts/1',
    { authorization: 'Bearer sk_sandbox_kassa_0001' },
    /^\{"error":\{"code":"internal_error","message":"[^"]+"\}\}$/,
  ],
  [
    '/nxos/v1/accounts/1',
    { authorization: 'Bearer nxos_sk_test_kassa_a' },
    /"code":"internal_error".*"requestId":"req_[0-9a-f]{32}"/,
  ],
] as const;

test('a database that is gone is the fault of no caller', async () => {
  const sandbox = await createSandbox();
  await sandbox.close();
  const told = mock.method(console, 'error', () => undefined);
  for (const [path, headers, words] of CALLS) {
    const response = await sandbox.fetch(new Request(`http://sandbox${path}`, { headers }));
    assert.equal(response.status, 500, path);
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
    assert.match(await response.text(), words);
  }
  assert.equal(told.mock.callCount(), CALLS.length);
  for (const { arguments: said } of told.mock.calls) {
    assert.match(String(said[1]), /closed/i);
    // What was asked for may be a token.
    assert.doesNotMatch(said.join(), /params/);
  }
  mock.restoreAll();
});
