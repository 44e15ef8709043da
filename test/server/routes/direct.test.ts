/** A direct order that the gateway answers with a page: the session says where, and the element leads there. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { createKassa } from '../../../src/server/routes/kassa.ts';
import { renderCashier } from '../../../src/server/routes/render-cashier.ts';
import { session as sessionSchema } from '../../../src/wire/session.ts';
import { gatewayOf, order, startTestSandbox } from '../../sandbox/running.ts';

// G-09, A-13
describe('a session whose answer is a page', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await startTestSandbox();
    const body = JSON.stringify({ directAnswers: 'url' });
    await fetch(`${sandbox.url}/_sandbox/config`, { method: 'POST', body });
  });
  after(() => sandbox.close());

  const kassa = () =>
    createKassa({ gateway: gatewayOf(sandbox), order: () => ({ ...order('direct-1'), providerId: 210 }) });
  const ask = (flow: string) =>
    new Request('https://shop.example/kassa/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://shop.example' },
      body: JSON.stringify({ flow }),
    });

  test('has its address, and what is needed to follow the payment', async () => {
    const response = await kassa().fetch(ask('direct'));
    assert.equal(response.status, 200);
    const session = sessionSchema.parse(await response.json());
    assert.equal(session.token, '');
    assert.match(session.url ?? '', new RegExp(`^${sandbox.url}/gateway/cashier\\?token=`));
    assert.equal(session.trackingId, 'direct-1');
    assert.match(
      session.statusUrl ?? '',
      /^https:\/\/shop\.example\/kassa\/status\/direct-1\?sig=[0-9a-f]{64}$/,
    );
    assert.match(session.returnUrl ?? '', /^https:\/\/shop\.example\/kassa\/return\?state=/);
  });

  test('is rendered without a frame', async () => {
    const session = await kassa().session(ask('direct'), { flow: 'direct', origin: 'https://shop.example' });
    const html = renderCashier(session);
    assert.doesNotMatch(html, /<iframe/);
    assert.match(html, /"url":"http/);
  });

  test('is none without address and token', () => {
    const bare = { flow: 'direct', trackingId: 't' };
    assert.equal(sessionSchema.safeParse(bare).success, false);
    assert.equal(sessionSchema.safeParse({ ...bare, token: 'x' }).success, false);
    assert.ok(sessionSchema.safeParse({ ...bare, url: 'https://bank.example/' }).success);
  });
});
