/** Hearing the backend over real HTTP: streams, streams that are cut, routes that have none, routes that are down. */
import { assert } from '@open-wc/testing';
import { clear, mount, next, order, sessionWith, wait } from './fixture.ts';

afterEach(clear);

const statusUrl = (behaviour: string, trackingId: string): string =>
  `${location.origin}/status/${behaviour}/${trackingId}`;

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
    const { times } = (await (await fetch(statusUrl('count', 'feed-5'))).json()) as { times: number };
    assert.strictEqual(times, 4);
  }).timeout(30_000);
});
