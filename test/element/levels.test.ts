/** Hosted pages that know the protocol, know nothing of it, load ahead of their token, or were there before any script. */
import { assert } from '@open-wc/testing';
import type { KassaCashier } from '../../src/element/cashier-element.ts';
import type { Dialect } from '../../src/protocol/page-link.ts';
import { renderCashier } from '../../src/server/routes/render-cashier.ts';
import { PATIENCE_MS } from '../patience.ts';
import { allHeard, clear, frameOf, mount, next, order, sessionWith, until } from './fixture.ts';

afterEach(clear);

const isVisible = (cashier: KassaCashier, part: string): boolean =>
  cashier.renderRoot.querySelector(`[part=${part}]`)?.checkVisibility({ opacityProperty: true }) ?? false;
const hellos = (cashier: KassaCashier): number =>
  cashier.diagnostics().filter(({ what }) => what.startsWith('hello')).length;
const heard = (type: string): Promise<unknown> =>
  new Promise((resolve) => {
    window.addEventListener('message', ({ data }: MessageEvent<{ fixture?: { type?: string } }>) => {
      if (data.fixture?.type === type) resolve(data.fixture);
    });
  });

describe('level 0: a page that knows nothing of Kassa', () => {
  // Issue 15.7: what does not answer may be the browser's own broken page
  it('gives way to a card with a way out when its time is up; a dialect would have kept it', async () => {
    const cashier = await mount(sessionWith('silent'), (it) => (it.timeoutMs = 400));
    assert.strictEqual((await next(cashier, 'kassa-error')).error.code, 'frame-timeout');
    await cashier.updateComplete;
    const card = () => cashier.renderRoot.querySelector('[part=message]');
    await until(() => card()?.querySelector('a') !== null, 'a way out');
    assert.isFalse(isVisible(cashier, 'frame'));
    const link = card()?.querySelector('a');
    if (!link) throw new Error('no link');
    assert.strictEqual(link.target, '_blank');
    assert.strictEqual(link.rel, 'noopener noreferrer');
    assert.strictEqual(new URL(link.href).searchParams.get('token'), 'token-silent');
    assert.strictEqual(new URL(link.href).hash, '');
  });

  it('gets a true outcome all the same, from the backend', async () => {
    const cashier = await mount(
      sessionWith('silent', { statusUrl: '/status/stream/level-0', trackingId: 'level-0' }),
      (it) => (it.timeoutMs = 200),
    );
    const { outcome } = await next(cashier, 'kassa-outcome');
    assert.strictEqual(outcome.verified, true);
    assert.strictEqual(cashier.state, 'settled');
  });
});

describe('level 1: a page that speaks a dialect of its own', () => {
  const dialect: Dialect = (data) => {
    const { type, px, paid } = data as { type?: string; px?: number; paid?: boolean };
    if (type === 'cashier-loaded') return { type: 'resize', data: { height: px ?? 0 } };
    if (paid !== undefined) return { type: 'status', data: { status: paid ? 'succeeded' : 'failed' } };
    return undefined;
  };

  it('is ready once it is loaded, and is understood', async () => {
    const cashier = await mount(sessionWith('foreign'), (it) => (it.dialect = dialect));
    await next(cashier, 'kassa-ready');
    await until(() => frameOf(cashier).style.height === '555px', 'its height');
    const told = next(cashier, 'kassa-status');
    order(cashier, { shout: { paid: true } });
    const { outcome } = await next(cashier, 'kassa-outcome');
    assert.deepInclude(outcome, { kind: 'succeeded', verified: false });
    // D10, G-24: the gateway's own word, where the page says none
    assert.strictEqual((await told).rawStatus, 'successful');
  });

  it('cannot say through the dialect what the protocol would not let it say', async () => {
    const wild = (() => ({ type: 'status', data: { status: 'free' } })) as unknown as Dialect;
    const cashier = await mount(sessionWith('foreign'), (it) => (it.dialect = wild));
    await next(cashier, 'kassa-ready');
    order(cashier, { shout: 'anything' });
    await allHeard(cashier);
    assert.strictEqual(cashier.outcome, undefined);
    assert.strictEqual(cashier.state, 'ready');
  });

  it('is no longer asked when the page says hello after all', async () => {
    const cashier = await mount(sessionWith('good'), (it) => (it.dialect = dialect));
    await until(() => hellos(cashier) === 1, 'connected');
    order(cashier, { shout: { paid: true } });
    await allHeard(cashier);
    assert.strictEqual(cashier.outcome, undefined);
  });
});

describe('a hostile page', () => {
  // T15
  it('is ready like any other, and gets nothing more', async () => {
    const cashier = await mount(sessionWith('hostile'));
    const left: string[] = [];
    cashier.addEventListener('kassa-redirect', (event) => left.push(event.url));
    await next(cashier, 'kassa-ready');
    await allHeard(cashier);
    assert.strictEqual(cashier.outcome, undefined);
    assert.strictEqual(cashier.transactionId, undefined);
    assert.deepEqual(left, []);
    await until(() => frameOf(cashier).style.height === '5000px', 'the last of its heights, within limits');
    const log = cashier.diagnostics().map(({ what }) => what);
    for (const dropped of ['not-a-hello', 'wrong-nonce']) assert.include(log, `dropped: ${dropped}`);
  });
});

describe('prewarm', () => {
  const SESSION_URL = '/warm/session';
  const warm = (answer: 'good' | 'silent' | 'fails' = 'good', late = '') =>
    mount(undefined, (it) => {
      it.display = 'modal';
      it.prewarm = true;
      it.sessionUrl = `${SESSION_URL}?page=${answer}&late=${late}`;
    });
  const clickedEarly = async (answer: 'good' | 'silent') => {
    const late = `early-${answer}`;
    const cashier = await warm(answer, late);
    await until(() => cashier.renderRoot.querySelector('iframe') !== null, 'on its way');
    cashier.show();
    await until(() => cashier.trackingId === 'warm', 'a session before the page has come');
    return { cashier, frame: frameOf(cashier), come: () => fetch(`/warm/come?late=${late}`) };
  };

  it('loads the page before there is a token, which then goes over the port', async () => {
    const cashier = await warm();
    await until(() => hellos(cashier) === 1, 'a hello before anybody clicked');
    const frame = frameOf(cashier);
    assert.strictEqual(cashier.state, 'idle');
    assert.notInclude(frame.src, 'token=');
    assert.isFalse(isVisible(cashier, 'panel'));

    const told = Promise.all([heard('session'), next(cashier, 'kassa-ready')]);
    cashier.show();
    const [token] = await told;
    assert.deepEqual(token, { type: 'session', data: { token: 'token-warm' } });
    assert.isTrue(frameOf(cashier) === frame);
    assert.strictEqual(hellos(cashier), 1);
    await until(() => isVisible(cashier, 'frame'), 'shown');
  });

  it('is not thrown away by a click while the page is on its way', async () => {
    const { cashier, frame, come } = await clickedEarly('good');
    assert.strictEqual(hellos(cashier), 0);
    const told = Promise.all([heard('session'), next(cashier, 'kassa-ready')]);
    await come();
    assert.deepEqual((await told)[0], { type: 'session', data: { token: 'token-warm' } });
    assert.isTrue(frameOf(cashier) === frame);
    assert.strictEqual(hellos(cashier), 1);
  });

  it('of a page that never says hello is loaded again with its token, once somebody clicked', async () => {
    const { cashier, frame, come } = await clickedEarly('silent');
    assert.notInclude(frame.src, 'token=');
    await come();
    await until(() => frameOf(cashier) !== frame, 'loaded again');
    assert.include(frameOf(cashier).src, 'token=token-warm');
  });

  it('warms the next one when it is closed', async () => {
    const cashier = await warm();
    await until(() => hellos(cashier) === 1, 'warm');
    cashier.show();
    await next(cashier, 'kassa-ready');
    cashier.close();
    await until(() => cashier.state === 'idle' && hellos(cashier) === 2, 'warm again');
  });

  it('that does not work is not told, and the click opens the cashier as ever', async () => {
    const cashier = await warm('fails');
    const errors: string[] = [];
    cashier.addEventListener('kassa-error', ({ error }) => errors.push(error.code));
    const isTold = (): boolean => cashier.diagnostics().some(({ what }) => what.startsWith('frame-error'));
    await until(isTold, 'it did not work');
    cashier.show();
    await next(cashier, 'kassa-ready');
    assert.deepEqual(errors, []);
    assert.include(frameOf(cashier).src, 'token=token-warm');
  });

  it('of a page that is removed leaves nothing', async () => {
    const cashier = await warm();
    await until(() => hellos(cashier) === 1, 'warm');
    cashier.remove();
    await until(() => cashier.renderRoot.querySelector('iframe') === null, 'its frame is gone');
  });
});

describe('adoption', () => {
  const served = (html: string): KassaCashier => {
    const place = document.createElement('div');
    document.body.append(place);
    // As the browser's parser does it: the frame first, the element's script whenever it comes.
    place.setHTMLUnsafe(html);
    const cashier = place.querySelector('kassa-cashier');
    if (!cashier) throw new Error('no cashier');
    cashier.timeoutMs = PATIENCE_MS;
    return cashier;
  };

  it('takes over a frame that the HTML holds, without loading it again', async () => {
    const cashier = served(renderCashier(sessionWith('good'), { origin: location.origin }));
    const frame = cashier.querySelector('iframe');
    await next(cashier, 'kassa-ready');
    assert.strictEqual(hellos(cashier), 1);
    await until(() => frame?.checkVisibility({ opacityProperty: true }) === true, 'shown');
    assert.isNull(cashier.renderRoot.querySelector('iframe'));
    assert.strictEqual(frame?.title, 'Secure payment');
    const heights = heard('locale');
    cashier.lang = 'de';
    await heights;
    cashier.remove();
    await until(() => cashier.querySelector('iframe') === null, 'its frame is gone');
  });

  it('of a frame for another page makes a frame of its own', async () => {
    const cashier = served(renderCashier(sessionWith('good'), { origin: 'https://another.example' }));
    await next(cashier, 'kassa-ready');
    assert.isNull(cashier.querySelector('iframe'));
    await until(() => isVisible(cashier, 'frame'), 'shown');
  });

  // One order would be paid, and another one told about.
  it('of a frame that shows another session makes a frame of its own', async () => {
    const cashier = served(renderCashier(sessionWith('good'), { origin: location.origin }));
    cashier.session = sessionWith('good', { token: 'another', trackingId: 'order-2' });
    await next(cashier, 'kassa-ready');
    assert.strictEqual(cashier.trackingId, 'order-2');
    assert.isFalse(cashier.querySelector('iframe') !== null, 'the other session’s frame is gone');
    assert.include(frameOf(cashier).src, 'token=another');
  });

  it('is for the first attempt; the next session is asked for', async () => {
    const html = renderCashier(sessionWith('good'), {
      origin: location.origin,
      attributes: { 'session-url': '/warm/session?page=good' },
    });
    const cashier = served(html);
    await next(cashier, 'kassa-ready');
    cashier.close();
    await until(() => cashier.state === 'idle', 'closed');
    cashier.show();
    await next(cashier, 'kassa-ready');
    assert.include(frameOf(cashier).src, 'token=token-warm');
  });
});

it('a shop’s session that names another hosted page gets a frame of its own', async () => {
  const pages = ['good', 'mute'] as const;
  let asked = 0;
  const cashier = await mount(() => {
    asked += 1;
    return sessionWith(pages[asked === 1 ? 0 : 1], { trackingId: `order-${asked}` });
  });
  await next(cashier, 'kassa-ready');
  const frame = frameOf(cashier);
  order(cashier, { say: ['token-expired', {}] });
  await until(() => hellos(cashier) === 2, 'another page');
  assert.isFalse(frameOf(cashier) === frame);
});
