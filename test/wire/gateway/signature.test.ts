/** The published signature and the vectors computed beside it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSignatureForm, signGatewayBody } from '../../../src/wire/gateway/signature.ts';

const PASSWORD = 'spg_test_companyxxxxQyGAheyMqcHVmp8ZMQtkYcev27sCu7RF';

/** The webhook sample of the gateway's documents, in the compact form that its published hash was made from. */
const PUBLISHED = {
  transaction_id: 'r21nmrtpcmrcava',
  user_id: '1111222',
  tracking_id: 'b8f04416-116a-11ed-861d-0242ac120002',
  status: 'rejected',
  currency: 'GBP',
  amount: '200.00',
  transaction_type: 'withdrawal',
};

// G-20, V1
test('the hash printed in the gateway’s documents is reproduced', async () => {
  const signature = await signGatewayBody(JSON.stringify(PUBLISHED), PASSWORD);
  assert.equal(signature, '5FDDA8F46411C132DCFBEE53C39BA06298CB48BC');
});

// V2
test('the pretty-printed form has another hash: what is signed is the compact one', async () => {
  const signature = await signGatewayBody(JSON.stringify(PUBLISHED, null, 4), PASSWORD);
  assert.equal(signature, '932E1F89F1A95E548D09A5357DE2945F73226598');
});

// V4
test('a body with letters beyond ASCII is hashed as UTF-8', async () => {
  const body =
    '{"transaction_id":"r21nmrtpcmrcava","user_id":"1111222","tracking_id":"t-é✓","status":"rejected","currency":"GBP","amount":"200.00","transaction_type":"deposit","rejected_reason":"Kärte abgelehnt"}';
  assert.equal(await signGatewayBody(body, PASSWORD), 'FCCDC70781E7F9FA1DB3CB14AD3FD2D68F09167D');
});

// V18
test('only forty hexadecimal digits are a signature', () => {
  const good = '5FDDA8F46411C132DCFBEE53C39BA06298CB48BC';
  assert.equal(isSignatureForm(good), true);
  assert.equal(isSignatureForm(good.toLowerCase()), true);
  for (const bad of ['', `${good}zz`, good.slice(1), ` ${good}`, `${good}\n`])
    assert.equal(isSignatureForm(bad), false);
});
