import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cashierRequest, s2sReply } from '../../../src/wire/gateway/replies.ts';
import { session, statusReport } from '../../../src/wire/session.ts';

const request = {
  mode: 'test',
  theme: 'dark',
  settings: { anything: { nested: [1, 2] } },
  user_id: 128,
  tracking_id: 'b8f04416-116a-11ed-861d-0242ac120002',
  ip: '127.34.125.54',
  amount: 10.05,
  currency: 'EUR',
  amount_restricted: true,
  customer: { first_name: 'John', last_name: 'Doe', email: 'john@example.com', country_code: 'GB' },
};

// G-07, A-15, V11
test('settings pass through unchanged, numeric ids become text, and a loopback address is fine', () => {
  const parsed = cashierRequest.parse({ request });
  assert.deepEqual(parsed.request.settings, request.settings);
  assert.equal(parsed.request.user_id, '128');
});

test('a missing field is named by its path', () => {
  const issues =
    cashierRequest.safeParse({ request: { ...request, customer: undefined } }).error?.issues ?? [];
  assert.deepEqual(
    issues.map(({ path }) => path.join('.')),
    ['request.customer'],
  );
});

//
test('an S2S error may be a text or an object', () => {
  assert.ok(s2sReply.safeParse({ url: '', transaction_status: 'rejected', error: 'Declined' }).success);
  assert.ok(s2sReply.safeParse({ url: null, transaction_status: 'rejected', error: { code: 5 } }).success);
});

test("Kassa's own routes are strict: an unknown key is refused", () => {
  const good = { trackingId: 't-1', status: 'pending', rawStatus: '' };
  assert.ok(statusReport.safeParse(good).success);
  assert.equal(statusReport.safeParse({ ...good, amount: 5 }).success, false);
  assert.equal(session.safeParse({ token: 'x', flow: 'deposit', trackingId: 't' }).success, false);
});
