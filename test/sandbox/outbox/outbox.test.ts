/** Webhooks under the sandbox's own clock: 75 minutes pass in milliseconds, and a restart loses nothing. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Delivery } from '../../../src/sandbox/store/schema.ts';
import type { ListenOptions, RunningSandbox } from '../../../src/sandbox/listen.ts';
import { until } from '../../patience.ts';
import {
  gatewayOf,
  NOON,
  order,
  payByCard,
  type Receiver,
  shopperOf,
  startReceiver,
  startTestSandbox,
} from '../running.ts';

const MINUTE = 60_000;

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

const open = new Set<RunningSandbox>();
/** Ended with its test, however that ends: an open one would keep the file from ending. */
async function start(options: ListenOptions = {}): Promise<RunningSandbox> {
  const sandbox = await startTestSandbox({ webhookUrl: receiver.url, ...options });
  open.add(sandbox);
  return sandbox;
}
async function end(sandbox: RunningSandbox): Promise<void> {
  open.delete(sandbox);
  await sandbox.close();
}
afterEach(async () => {
  receiver.received.length = 0;
  receiver.status = 200;
  await Promise.all([...open].map(end));
});

async function pay(sandbox: RunningSandbox, trackingId: string): Promise<void> {
  const { token } = await gatewayOf(sandbox).mintCashier(order(trackingId));
  await shopperOf(sandbox, token).pay(payByCard('4242424242424242'));
}

const deliveriesOf = async (sandbox: RunningSandbox): Promise<readonly Delivery[]> =>
  (await (await fetch(`${sandbox.url}/_sandbox/deliveries`)).json()) as readonly Delivery[];

describe('a webhook', () => {
  // G-21, C-03, A-21, A-22
  test('is tried 15 times, every five minutes, with the same bytes, then given up', async () => {
    receiver.status = 503;
    const sandbox = await start();
    await pay(sandbox, 'r-1');
    await sandbox.advance(80 * MINUTE);
    const [pending] = await deliveriesOf(sandbox);
    assert.equal(pending?.state, 'dead');
    assert.deepEqual(
      pending.history.map(({ at }) => (at - NOON) / MINUTE),
      Array.from({ length: 15 }, (_, attempt) => attempt * 5),
    );
    const sent = receiver.received.filter(({ headers }) => headers['x-webhook-id'] === pending.id);
    assert.equal(sent.length, 15);
    assert.equal(new Set(sent.map(({ body }) => body)).size, 1);
    assert.equal(new Set(sent.map(({ headers }) => headers['x-signature'])).size, 1);
    assert.deepEqual(
      sent.map(({ headers }) => headers['x-webhook-attempt']),
      Array.from({ length: 15 }, (_, attempt) => String(attempt + 1)),
    );
    await sandbox.advance(600 * MINUTE);
    assert.equal(receiver.received.length, 30);
  });

  test('stops at the first 2xx; a redirect is none', async () => {
    receiver.status = 302;
    const sandbox = await start();
    await pay(sandbox, 'r-2');
    await sandbox.advance(12 * MINUTE);
    receiver.status = 204;
    await sandbox.advance(60 * MINUTE);
    const deliveries = await deliveriesOf(sandbox);
    assert.deepEqual(
      deliveries.map(({ state, attempts }) => [state, attempts]),
      [
        ['delivered', 4],
        ['delivered', 4],
      ],
    );
  });

  test('is sent again by hand, dead or not', async () => {
    const sandbox = await start();
    await pay(sandbox, 'r-3');
    await sandbox.advance(1_000);
    const [first] = await deliveriesOf(sandbox);
    const again = await fetch(`${sandbox.url}/_sandbox/deliveries/${first?.id ?? ''}/resend`, {
      method: 'POST',
    });
    assert.equal(again.status, 202);
    await sandbox.advance(0);
    assert.equal(receiver.received.filter(({ body }) => body === first?.body).length, 2);
  });

  test('of a slow receiver holds no request up', async () => {
    const slow = await start({ fetch: () => new Promise(() => undefined) });
    await pay(slow, 'r-4');
    assert.equal((await gatewayOf(slow).getStatus({ trackingId: 'r-4' })).status, 'pending');
  });

  // G-21: and the payment itself goes on where it was
  test('survives a restart of the process, with its schedule', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'kassa-restart-'));
    receiver.status = 500;
    const first = await start({ database: dataDir });
    await pay(first, 'r-5');
    await first.advance(6 * MINUTE);
    const before = await deliveriesOf(first);
    assert.deepEqual(
      before.map(({ attempts }) => attempts),
      [2, 2],
    );
    await end(first);

    receiver.status = 200;
    const second = await start({ database: dataDir, clock: NOON + 6 * MINUTE });
    await second.advance(5 * MINUTE);
    assert.deepEqual(
      (await deliveriesOf(second)).map(({ state, attempts }) => [state, attempts]),
      [
        ['delivered', 3],
        ['delivered', 3],
      ],
    );
    await end(second);
    await rm(dataDir, { recursive: true });
  });
});

test('in real time, what is due happens by itself', async () => {
  const sandbox = await start({ clock: undefined });
  const { token } = await gatewayOf(sandbox).mintCashier(order('r-6'));
  await shopperOf(sandbox, token).pay(payByCard('4242424242424242'));
  await until(() => receiver.received.length === 2, 'two webhooks');
  assert.deepEqual(
    receiver.received.map(({ body }) => (JSON.parse(body) as { status: string }).status),
    ['pending', 'successful'],
  );
});
