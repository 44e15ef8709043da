/** Hearing the backend over real HTTP: streams, streams that are cut, routes that have none, routes that are down. */
import { assert } from '@open-wc/testing';
import {
  askQuickly,
  aWhile,
  changeTime,
  clear,
  mount,
  next,
  order,
  sessionWith,
  statusUrl,
  timesAsked,
  until,
} from '../fixture.ts';

beforeEach(askQuickly);
afterEach(() => {
  hide(false);
  clear();
});

function hide(isHidden: boolean): void {
  if (isHidden) Object.defineProperty(document, 'hidden', { value: true, configurable: true });
  else Reflect.deleteProperty(document, 'hidden');
  document.dispatchEvent(new Event('visibilitychange'));
}

/** The first pause between two questions is a second, give or take a fifth; the second one never ends. */
const onlyTheFirstPause = (ms: number): number => (ms > 1_200 ? Infinity : ms / 20);

/** How often the page itself has asked how an order stands, from now on. */
function countQuestions(): { readonly times: () => number; readonly stop: () => void } {
  const fetch = window.fetch.bind(window);
  let times = 0;
  window.fetch = (...request) => {
    if (typeof request[0] === 'string' && request[0].includes('/status/sleeps/')) times += 1;
    return fetch(...request);
  };
  return { times: () => times, stop: () => void (window.fetch = fetch) };
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

  it('a stream that hangs in connecting gives way to asking', async () => {
    changeTime((ms) => (ms === 10_000 ? 100 : ms));
    assert.strictEqual(
      (await next(await open('hangs', 'feed-hangs'), 'kassa-outcome')).outcome.verified,
      true,
    );
  });

  it('a route that only knows JSON is asked', async () => {
    assert.strictEqual((await next(await open('json', 'feed-3'), 'kassa-outcome')).outcome.verified, true);
  });

  for (const behaviour of ['stream', 'cut', 'json']) {
    it(`asks nothing more when the outcome is known: ${behaviour}`, async () => {
      const trackingId = `feed-ends-${behaviour}`;
      await next(await open(behaviour, trackingId), 'kassa-outcome');
      const times = await timesAsked(trackingId);
      await aWhile();
      assert.strictEqual(await timesAsked(trackingId), times);
    });
  }

  // F21: whoever asks for all must not be a page that sleeps.
  it('a hidden page asks nothing, and asks at once when it is shown again', async () => {
    const cashier = await open('sleeps', 'feed-hidden');
    await next(cashier, 'kassa-ready');
    await until(async () => (await timesAsked('feed-hidden')) > 1, 'a first answer');
    hide(true);
    const questions = countQuestions();
    try {
      await fetch(statusUrl('wake', 'feed-hidden'));
      await aWhile();
      assert.strictEqual(questions.times(), 0);
      assert.strictEqual(cashier.outcome, undefined);
      changeTime(onlyTheFirstPause);
      hide(false);
      assert.strictEqual((await next(cashier, 'kassa-outcome')).outcome.verified, true);
    } finally {
      questions.stop();
    }
  });

  // F16
  it('a page that is online again does not wait for its next turn', async () => {
    changeTime(onlyTheFirstPause);
    const cashier = await open('sleeps', 'feed-online');
    await until(async () => (await timesAsked('feed-online')) === 2, 'a pause that never ends');
    await fetch(statusUrl('wake', 'feed-online'));
    window.dispatchEvent(new Event('online'));
    assert.strictEqual((await next(cashier, 'kassa-outcome')).outcome.verified, true);
  });

  it('the report of another order is no report', async () => {
    const cashier = await open('foreign', 'feed-4');
    await next(cashier, 'kassa-ready');
    await until(async () => (await timesAsked('feed-4')) > 2, 'asked again, for what it said was nothing');
    assert.strictEqual(cashier.outcome, undefined);
  });

  it('a route that is down is told, settles nothing, and is not hammered', async () => {
    const pauses: number[] = [];
    changeTime((ms) => {
      // Those between questions are a matter of chance; all else is not.
      if (Number.isInteger(ms)) return ms;
      pauses.push(ms);
      return pauses.length > 3 ? Infinity : ms / 20;
    });
    const cashier = await open('down', 'feed-5');
    const [{ error }] = await Promise.all([next(cashier, 'kassa-error'), next(cashier, 'kassa-ready')]);
    assert.strictEqual(error.code, 'status-unreachable');
    order(cashier, { say: ['status', { status: 'succeeded' }] });
    await next(cashier, 'kassa-status');
    assert.strictEqual(cashier.outcome, undefined);
    assert.strictEqual(cashier.state, 'ready');
    assert.strictEqual(await timesAsked('feed-5'), 4);
    assert.lengthOf(pauses, 4);
    for (const [at, least] of [800, 1_600, 2_400, 4_000].entries()) assert.isAtLeast(pauses[at] ?? 0, least);
  });
});
