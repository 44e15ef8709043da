/** Hearing the backend over real HTTP: streams, streams that are cut, routes that have none, routes that are down. */
import { assert } from '@open-wc/testing';
import { clear, mount, next, order, sessionWith, statusUrl, timesAsked, until, wait } from '../fixture.ts';

afterEach(() => {
  hide(false);
  clear();
});

function hide(isHidden: boolean): void {
  if (isHidden) Object.defineProperty(document, 'hidden', { value: true, configurable: true });
  else Reflect.deleteProperty(document, 'hidden');
  document.dispatchEvent(new Event('visibilitychange'));
}

async function open(behaviour: string, trackingId: string) {
  const cashier = await mount(
    sessionWith('good', { trackingId, statusUrl: statusUrl(behaviour, trackingId) }),
  );
  return cashier;
}

describe('the status feed', () => {
  // G-20
  it('a stream tells each change, and the outcome is verified', async () => {
    const cashier = await open('stream', 'feed-1');
    const seen: string[] = [];
    cashier.addEventListener('kassa-status', ({ rawStatus, verified }) => {
      seen.push(`${rawStatus} ${verified}`);
    });
    const { outcome } = await next(cashier, 'kassa-outcome');
    assert.deepEqual(outcome, {
      kind: 'succeeded',
      verified: true,
      trackingId: 'feed-1',
      transactionId: 't1',
    });
    assert.deepEqual(seen, ['pending true', 'successful true']);
  });

  it('a stream that is cut is followed up by asking', async () => {
    assert.strictEqual((await next(await open('cut', 'feed-2'), 'kassa-outcome')).outcome.kind, 'succeeded');
  });

  it('a route that only knows JSON is asked', async () => {
    assert.strictEqual((await next(await open('json', 'feed-3'), 'kassa-outcome')).outcome.verified, true);
  });

  for (const behaviour of ['stream', 'cut', 'json']) {
    it(`asks nothing more when the outcome is known: ${behaviour}`, async () => {
      const trackingId = `feed-ends-${behaviour}`;
      await next(await open(behaviour, trackingId), 'kassa-outcome');
      const times = await timesAsked(trackingId);
      await wait(2_500);
      assert.strictEqual(await timesAsked(trackingId), times);
    }).timeout(10_000);
  }

  // F21: whoever asks for all must not be a page that sleeps.
  it('a hidden page asks nothing, and asks at once when it is shown again', async () => {
    const cashier = await open('sleeps', 'feed-hidden');
    await next(cashier, 'kassa-ready');
    await until(async () => (await timesAsked('feed-hidden')) > 1, 'a first answer');
    hide(true);
    const times = await timesAsked('feed-hidden');
    await fetch(statusUrl('wake', 'feed-hidden'));
    await wait(2_500);
    assert.strictEqual(await timesAsked('feed-hidden'), times + 1, 'the wake alone');
    assert.strictEqual(cashier.outcome, undefined);
    hide(false);
    assert.strictEqual((await next(cashier, 'kassa-outcome', 2_000)).outcome.verified, true);
  }).timeout(10_000);

  // F16
  it('a page that is online again does not wait for its next turn', async () => {
    const cashier = await open('sleeps', 'feed-online');
    await until(async () => (await timesAsked('feed-online')) === 4, 'a pause of some four seconds');
    await fetch(statusUrl('wake', 'feed-online'));
    window.dispatchEvent(new Event('online'));
    assert.strictEqual((await next(cashier, 'kassa-outcome', 2_000)).outcome.verified, true);
  }).timeout(15_000);

  it('the report of another order is no report', async () => {
    const cashier = await open('foreign', 'feed-4');
    await next(cashier, 'kassa-ready');
    await wait(1_500);
    assert.strictEqual(cashier.outcome, undefined);
  });

  it('a route that is down is told, settles nothing, and is not hammered', async () => {
    const cashier = await open('down', 'feed-5');
    await next(cashier, 'kassa-ready');
    order(cashier, { say: ['status', { status: 'succeeded' }] });
    const { error } = await next(cashier, 'kassa-error', 20_000);
    assert.strictEqual(error.code, 'status-unreachable');
    assert.strictEqual(cashier.outcome, undefined);
    assert.strictEqual(cashier.state, 'ready');
    assert.strictEqual(await timesAsked('feed-5'), 4);
  }).timeout(30_000);
});
