/** `kassa/testing` for the tests of a backend: a sandbox whose clock stands, and webhooks without one. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createGateway, createKassa, type StatusChange } from 'kassa/server';
import { CARDS, sendWebhook, startSandbox, type TestSandbox, webhookRequest } from 'kassa/testing';
import { TEST_CARDS } from '../../src/sandbox/gateway/cards.ts';
import { acceptanceOf } from '../server/routes/shop.ts';
import { order, startReceiver } from '../sandbox/running.ts';

let sandbox: TestSandbox;
before(async () => {
  sandbox = await startSandbox({ clock: '2026-12-24T18:00:00Z' });
});
after(() => sandbox.close());

test('the clock stands where the test wants it, and moves only as it says', async () => {
  assert.equal((await sandbox.state()).now, '2026-12-24T18:00:00.000Z');
  await sandbox.advance(60_000);
  assert.equal((await sandbox.state()).now, '2026-12-24T18:01:00.000Z');
  await assert.rejects(startSandbox({ clock: 'Christmas' }), /clock is Christmas, which is no time/);
});

test('what the control page sets, a test sets too, and is told what is no setting', async () => {
  await sandbox.configure({ webhookUrl: 'http://127.0.0.1:9/webhook' });
  assert.equal((await sandbox.state()).config.webhookUrl, 'http://127.0.0.1:9/webhook');
  await assert.rejects(sandbox.configure({ webhookUrl: 'nowhere' }), /configure: .*webhookUrl/);
});

test('every test card has a name', () => {
  assert.deepEqual(TEST_CARDS.map(({ number }) => number).sort(), Object.values(CARDS).sort());
});

describe('a webhook', () => {
  async function shop() {
    const changes: StatusChange[] = [];
    const told: unknown[] = [];
    const { fetch } = createKassa({
      gateway: createGateway(sandbox.gateway),
      order: () => order('tested'),
      onStatus: (change) => void changes.push(change),
      onError: (error) => told.push(error),
    });
    const opened = await fetch(
      new Request('https://shop.example/kassa/session', {
        method: 'POST',
        body: '{"flow":"deposit"}',
        headers: { 'content-type': 'application/json' },
      }),
    );
    assert.equal(opened.status, 200);
    return { fetch, changes, told };
  }

  test('pays the order that it names, and only by its amount and password', async () => {
    const { fetch, changes, told } = await shop();
    const url = 'https://shop.example/kassa/webhook';
    const wrong = await fetch(await webhookRequest(url, { trackingId: 'tested' }, { password: 'another' }));
    assert.equal(wrong.status, 401);
    const less = await fetch(
      await webhookRequest(url, { trackingId: 'tested', amount: '0.01', transactionId: 'x' }),
    );
    assert.equal(await acceptanceOf(less), 'mismatch');
    assert.deepEqual(changes, []);
    const paid = await fetch(await webhookRequest(url, { trackingId: 'tested' }));
    assert.equal(await acceptanceOf(paid), 'handled');
    assert.deepEqual(
      changes.map(({ orderStatus }) => orderStatus),
      ['succeeded'],
    );
    assert.equal(told.length, 2);
  });

  test('is posted to a route, with a reason where there is one', async () => {
    const receiver = await startReceiver();
    receiver.status = 202;
    const response = await sendWebhook(receiver.url, {
      trackingId: 'o',
      status: 'rejected',
      reason: 'Card declined',
    });
    assert.equal(response.status, 202);
    assert.match(
      receiver.received[0]?.body ?? '',
      /"tracking_id":"o","status":"rejected".*"rejected_reason":"Card declined"/,
    );
    await receiver.close();
  });
});
