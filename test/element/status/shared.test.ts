/** One order in several places: it is open to be paid in one, asked for by one, and its end is told in all. */
import { assert, expect } from '@open-wc/testing';
import type { KassaCashier } from '../../../src/element/cashier-element.ts';
import {
  ACCESSIBLE,
  changeTime,
  clear,
  frameOf,
  mount,
  next,
  order,
  sessionWith,
  statusUrl,
  timesAsked,
  until,
} from '../fixture.ts';

afterEach(clear);

const open = (trackingId: string, behaviour = 'silent'): Promise<KassaCashier> =>
  mount(() => sessionWith('good', { trackingId, statusUrl: statusUrl(behaviour, trackingId) }));

const saysOf = (cashier: KassaCashier): string => cashier.renderRoot.textContent;

describe('an order that is open already', () => {
  // F17, F25
  it('cannot be paid a second time, and is opened when the first is closed', async () => {
    const first = await open('tabs-1');
    await next(first, 'kassa-ready');
    const second = await open('tabs-1');
    const { error } = await next(second, 'kassa-error');
    assert.strictEqual(error.code, 'session-failed');
    assert.include(error.message, 'another tab');
    await until(() => saysOf(second).includes('Finish it there'), 'what to do');
    assert.isNull(second.renderRoot.querySelector('iframe'));
    assert.strictEqual(first.state, 'ready');
    await expect(second).to.be.accessible(ACCESSIBLE);

    first.remove();
    await next(second, 'kassa-ready');
  });

  it('ends in both as it ends in one', async () => {
    const first = await open('tabs-2', 'sleeps');
    await next(first, 'kassa-ready');
    const second = await open('tabs-2', 'sleeps');
    await next(second, 'kassa-error');
    await fetch(statusUrl('wake', 'tabs-2'));
    for (const cashier of [first, second]) {
      const { kind, verified } = await cashier.result();
      assert.deepEqual({ kind, verified }, { kind: 'succeeded', verified: true });
    }
  });

  it('does not close the page on which money moves', async () => {
    const first = await open('tabs-3');
    await next(first, 'kassa-ready');
    order(first, { say: ['busy', { locked: true }] });
    await until(() => first.state === 'busy', 'busy');
    await next(await open('tabs-3'), 'kassa-error');
    assert.strictEqual(first.state, 'busy');
    assert.isTrue(frameOf(first).isConnected);
  });

  it('a session that is renewed does not meet itself', async () => {
    const cashier = await open('tabs-4');
    await next(cashier, 'kassa-ready');
    let errors = 0;
    cashier.addEventListener('kassa-error', () => (errors += 1));
    order(cashier, { say: ['token-expired', {}] });
    await next(cashier, 'kassa-expiring');
    const renewed = (): boolean =>
      cashier.diagnostics().filter(({ what }) => what.startsWith('session ')).length === 2;
    await until(renewed, 'a second session');
    await until(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      const isOurs = ({ name }: LockInfo): boolean => name === 'kassa-order:tabs-4';
      return held.some(isOurs) && !pending.some(isOurs);
    }, 'the order is open in the second one');
    assert.strictEqual(errors, 0);
    assert.strictEqual(cashier.state, 'ready');
  });
});

describe('the status feed', () => {
  // Twenty times, because the lock of the first may be with the second before its message is.
  it('is one for all who wait for the same payment', async () => {
    for (let round = 0; round < 20; round += 1) {
      const trackingId = `tabs-5-${round}`;
      const payment = {
        trackingId,
        transaction_status: 'pending',
        statusUrl: statusUrl('stream', trackingId),
      };
      const waiting = [1, 2, 3].map(() => {
        const cashier = document.createElement('kassa-cashier');
        cashier.payment = payment;
        document.body.append(cashier);
        return cashier;
      });
      const outcomes = await Promise.all(waiting.map((cashier) => cashier.result()));
      assert.deepEqual(
        outcomes.map(({ kind, verified }) => ({ kind, verified })),
        waiting.map(() => ({ kind: 'succeeded', verified: true })),
      );
      assert.strictEqual(await timesAsked(trackingId), 1);
      clear();
    }
  });
});

describe('an unknown outcome', () => {
  // Pain 3
  it('is said, can be checked again, and what the backend then says is told', async () => {
    const cashier = await open('tabs-6', 'sleeps');
    await next(cashier, 'kassa-ready');
    // The budget of a minute.
    changeTime((ms) => (ms === 60_000 ? 100 : ms));
    order(cashier, { say: ['status', { status: 'failed' }] });
    assert.strictEqual((await cashier.result()).kind, 'unknown');
    await until(() => saysOf(cashier).includes('do not pay again'), 'a warning');
    await expect(cashier).to.be.accessible(ACCESSIBLE);
    const check = cashier.renderRoot.querySelector<HTMLButtonElement>('.message button');
    if (!check) throw new Error('nothing to press');
    assert.strictEqual(check.textContent, 'Check again');

    changeTime((ms) => ms);
    await fetch(statusUrl('wake', 'tabs-6'));
    let outcomes = 0;
    cashier.addEventListener('kassa-outcome', () => (outcomes += 1));
    check.click();
    const { status, verified } = await next(cashier, 'kassa-status');
    assert.deepEqual({ status, verified }, { status: 'succeeded', verified: true });
    await cashier.updateComplete;
    assert.isNull(cashier.renderRoot.querySelector('.message'));
    assert.strictEqual(cashier.state, 'settled');
    assert.strictEqual(outcomes, 0);
  });
});

describe('a backend that opens no second payment', () => {
  it('is followed to the outcome of the first', async () => {
    const cashier = await mount(undefined, (it) => {
      it.sessionUrl = '/warm/session?page=open';
    });
    const { kind, verified, trackingId } = await cashier.result();
    assert.deepEqual(
      { kind, verified, trackingId },
      { kind: 'succeeded', verified: true, trackingId: 'open-1' },
    );
  });
});
