/** One order in several places: it is open to be paid in one, asked for by one, and its end is told in all. */
import { assert, expect } from '@open-wc/testing';
import type { KassaCashier } from '../../../src/element/cashier-element.ts';
import { spread } from '../../../src/element/status/hints.ts';
import {
  ACCESSIBLE,
  askQuickly,
  aWhile,
  changeTime,
  clear,
  frameOf,
  hurry,
  leap,
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

/** Whether the order is open to be paid somewhere, and nobody waits for it. */
async function isOpenOnce(trackingId: string): Promise<boolean> {
  const { held = [], pending = [] } = await navigator.locks.query();
  const isOurs = ({ name }: LockInfo): boolean => name === `kassa-order:${trackingId}`;
  return held.some(isOurs) && !pending.some(isOurs);
}

describe('an order that is open already', () => {
  beforeEach(askQuickly);

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
    await until(() => isOpenOnce('tabs-4'), 'the order is open in the second one');
    assert.strictEqual(errors, 0);
    assert.strictEqual(cashier.state, 'ready');
  });

  it('is not one whose lock comes late, as on a page or in a browser that is busy', async () => {
    const { locks } = navigator;
    const [request, query] = [locks.request.bind(locks), locks.query.bind(locks)];
    let grant: () => void = () => undefined;
    const granted = new Promise<void>((resolve) => (grant = resolve));
    let looks = 0;
    Object.assign(locks, {
      request: async (...asked: Parameters<typeof request>) => {
        await granted;
        return request(...asked);
      },
      query: () => {
        looks += 1;
        return query();
      },
    });
    try {
      const cashier = await open('tabs-late');
      let errors = 0;
      cashier.addEventListener('kassa-error', () => (errors += 1));
      await next(cashier, 'kassa-ready');
      await until(() => looks > 1, 'it has looked, and again');
      grant();
      await until(() => isOpenOnce('tabs-late'), 'the order is open');
      assert.strictEqual(errors, 0);
      assert.strictEqual(cashier.state, 'ready');
    } finally {
      for (const name of ['request', 'query']) Reflect.deleteProperty(locks, name);
    }
    const { error } = await next(await open('tabs-late'), 'kassa-error');
    assert.include(error.message, 'another tab');
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

/** Another page of the shop asks for all, as far as this one can tell. */
async function elsewhereAsked(trackingId: string): Promise<() => void> {
  let release!: () => void;
  await new Promise<void>((held) => {
    void navigator.locks.request(`kassa-status:${trackingId}`, () => {
      held();
      return new Promise<void>((done) => (release = done));
    });
  });
  return release;
}

const forged = (trackingId: string): object => ({
  trackingId,
  status: 'succeeded',
  rawStatus: 'successful',
  transactionId: 'forged',
});

// E10, T1: any script of the shop's origin can write to a channel of it.
describe('a report that another script of the shop has forged', () => {
  const verified = (cashier: KassaCashier): (() => number) => {
    let times = 0;
    cashier.addEventListener('kassa-status', (event) => (times += event.verified ? 1 : 0));
    return () => times;
  };

  it('is not heard by the page that asks for all', async () => {
    const cashier = await open('forged-1', 'sleeps');
    const times = verified(cashier);
    await next(cashier, 'kassa-ready');
    await until(async () => (await timesAsked('forged-1')) > 1, 'it asks');
    const forger = new BroadcastChannel('kassa-status:forged-1');
    forger.postMessage(forged('forged-1'));
    await aWhile();
    forger.close();
    assert.strictEqual(times(), 0);
    assert.isUndefined(cashier.outcome);
  });

  it('makes a page that waits for another one ask, which then believes the backend alone', async () => {
    askQuickly();
    const release = await elsewhereAsked('forged-2');
    const cashier = await open('forged-2', 'sleeps');
    const times = verified(cashier);
    await next(cashier, 'kassa-ready');
    assert.strictEqual(await timesAsked('forged-2'), 0);
    const forger = new BroadcastChannel('kassa-status:forged-2');
    forger.postMessage(forged('forged-2'));
    await until(async () => (await timesAsked('forged-2')) > 0, 'it asks');
    await aWhile();
    assert.strictEqual(times(), 0);
    assert.isUndefined(cashier.outcome);

    await fetch(statusUrl('wake', 'forged-2'));
    forger.postMessage(forged('forged-2'));
    const { kind, verified: isVerified, transactionId } = await cashier.result();
    assert.deepEqual([kind, isVerified, transactionId], ['succeeded', true, 't1']);
    forger.close();
    release();
  });

  it('makes nobody ask more often than who polls, however many there are', async () => {
    const release = await elsewhereAsked('forged-3');
    const cashier = await open('forged-3', 'sleeps');
    await next(cashier, 'kassa-ready');
    const forger = new BroadcastChannel('kassa-status:forged-3');
    hurry(10);
    const from = performance.now();
    while (performance.now() - from < 3_500) {
      for (let round = 0; round < 100; round += 1) forger.postMessage(forged('forged-3'));
      forger.postMessage('what do you know?');
      await aWhile(5);
    }
    forger.close();
    // At once, and after pauses of one and two seconds, a fifth less at the least; one more on a slow machine.
    const seconds = (performance.now() - from) / 1_000;
    assert.isAtMost(await timesAsked('forged-3'), 3 + seconds / 2.4);
    assert.isUndefined(cashier.outcome);
    release();
  });
});

describe('pages of one order', () => {
  /** As many pages: each has its own route, and believes that alone. */
  const waitWith = (trackingId: string, pages: number): Promise<unknown>[] =>
    Array.from({ length: pages }, (_, page) => {
      const cashier = document.createElement('kassa-cashier');
      cashier.payment = {
        trackingId,
        transaction_status: 'pending',
        statusUrl: `${statusUrl('sleeps', trackingId)}?page=${page}`,
      };
      document.body.append(cashier);
      return cashier.result();
    });

  // T10
  it('ask once each when there is something to hear, and tell each other the gateway’s word alone', async () => {
    const heard: unknown[] = [];
    const listener = new BroadcastChannel('kassa-status:many-1');
    listener.onmessage = ({ data }) => heard.push(data);
    const results = waitWith('many-1', 30);
    await until(async () => {
      const { pending = [] } = await navigator.locks.query();
      return pending.filter(({ name }) => name === 'kassa-status:many-1').length === 29;
    }, 'one asks, and the others wait');
    await aWhile();
    const before = await timesAsked('many-1');
    await fetch(statusUrl('wake', 'many-1'));
    for (const outcome of await Promise.all(results)) {
      assert.include(outcome as object, { kind: 'succeeded', verified: true, transactionId: 't1' });
    }
    // Waking is counted; so is what the first one asked until it heard, and who came after it and asked a moment early.
    assert.isAtMost((await timesAsked('many-1')) - before, 29 + 15);
    listener.close();
    assert.isNotEmpty(heard);
    for (const said of heard) {
      assert.include(
        ['what do you know?', '{"rawStatus":"successful"}'],
        typeof said === 'string' ? said : JSON.stringify(said),
      );
    }
  });

  it('spread what one hint makes them ask: twenty in a second, and none waits for long', () => {
    const last = (others: number): number => spread(others, () => 1);
    assert.deepEqual([0, 1, 20, 100, 10_000].map(last), [0, 50, 1_000, 5_000, 5_000]);
    assert.strictEqual(
      spread(100, () => 0),
      0,
    );
  });
});

describe('an unknown outcome', () => {
  // Pain 3
  it('is said, can be checked again, and what the backend then says is told', async () => {
    const cashier = await open('tabs-6', 'sleeps');
    await next(cashier, 'kassa-ready');
    // The budget of a minute, of which each half is waited for.
    changeTime((ms) => (ms === 30_000 ? 100 : ms));
    order(cashier, { say: ['status', { status: 'failed' }] });
    await next(cashier, 'kassa-status');
    leap(61_000);
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
