/** Deliveries repeat, cross and come late; the shop's handler sees each change once. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { StatusChange } from '../../../src/server/inbox/inbox.ts';
import { createMemoryInbox } from '../../../src/server/inbox/memory.ts';
import type { WebhookEvent } from '../../../src/server/gateway/webhooks.ts';
import { statusOf } from '../../../src/model/gateway/statuses.ts';

const event = (rawStatus: string, transactionId = 'a'): WebhookEvent => ({
  transactionId,
  trackingId: 'order-1',
  userId: '1',
  type: 'deposit',
  status: statusOf(rawStatus),
  rawStatus,
  amount: '1.00',
  currency: 'EUR',
  raw: {} as WebhookEvent['raw'],
});

function shop() {
  const inbox = createMemoryInbox({ now: () => 1_000 });
  const handled: StatusChange[] = [];
  const accept = (webhook: WebhookEvent) => inbox.accept(webhook, (change) => void handled.push(change));
  return { inbox, handled, accept };
}

describe('the inbox', () => {
  // G-21
  test('handles a change once, however often it is delivered, at once or one after another', async () => {
    const { handled, accept } = shop();
    const answers = await Promise.all([1, 2, 3].map(() => accept(event('successful'))));
    assert.deepEqual(answers.sort(), ['duplicate', 'duplicate', 'handled']);
    assert.equal(handled.length, 1);
  });

  // G-22
  test('a pending that comes after the end is stale, a second end a contradiction; neither is handled', async () => {
    const { inbox, handled, accept } = shop();
    await accept(event('successful'));
    assert.equal(await accept(event('pending')), 'stale');
    assert.equal(await accept(event('rejected')), 'contradiction');
    assert.equal(handled.length, 1);
    assert.equal((await inbox.find('order-1'))?.status, 'succeeded');
  });

  test('a handler that throws gives the claim back: the next delivery runs it again', async () => {
    const { inbox, handled, accept } = shop();
    const broken = (): never => {
      throw new Error('the warehouse is closed');
    };
    await assert.rejects(inbox.accept(event('successful'), broken), /warehouse/);
    assert.equal(await inbox.find('order-1'), undefined);
    assert.equal(await accept(event('successful')), 'handled');
    assert.equal(handled.length, 1);
  });

  test('an order that was paid stays paid, whatever a late attempt of it reports', async () => {
    const { inbox, accept } = shop();
    await accept(event('rejected', 'first'));
    await accept(event('successful', 'second'));
    await accept(event('rejected', 'third'));
    const known = await inbox.find('order-1');
    assert.equal(known?.status, 'succeeded');
    assert.equal(known.transactionId, 'second');
  });

  test('tells who listens, with a version that only rises', async () => {
    const { inbox, accept } = shop();
    const heard: number[] = [];
    const stop = inbox.subscribe('order-1', ({ version }) => void heard.push(version));
    await accept(event('pending'));
    await accept(event('successful'));
    stop();
    await accept(event('pending', 'b'));
    assert.deepEqual(heard, [1_000, 1_001]);
  });

  test('in any order of deliveries, each change is handled at most once and the end is never left', async () => {
    const delivery = fc.constantFrom('pending', 'successful', 'rejected', 'on_hold');
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { maxLength: 12 }), async (statuses) => {
        const { handled, accept } = shop();
        await Promise.all(statuses.map((status) => accept(event(status))));
        const words = handled.map(({ rawStatus }) => rawStatus);
        const ends = words.filter((word) => word === 'successful' || word === 'rejected');
        assert.ok(ends.length <= 1);
        if (ends.length === 1) assert.equal(words.at(-1), ends[0]);
      }),
    );
  });
});
