/** The element in a real browser, around a real hosted page of another site. */
import { assert, expect } from '@open-wc/testing';
import type { KassaCashier } from '../../src/element/cashier-element.ts';
import { CashierError } from '../../src/element/errors.ts';
import type { Session } from '../../src/wire/session.ts';
import {
  ACCESSIBLE,
  allHeard,
  clear,
  frameOf,
  mount,
  next,
  order,
  sessionWith,
  statusUrl,
  until,
} from './fixture.ts';

afterEach(clear);

const isVisible = (cashier: KassaCashier, part: string): boolean =>
  cashier.renderRoot.querySelector(`[part=${part}]`)?.checkVisibility() ?? false;

/** What a screen reader hears of it. */
const busy = ({ renderRoot }: KassaCashier) => renderRoot.querySelector('[part=panel]')?.ariaBusy;

describe('opening', () => {
  it('shows the hosted page of a session and says that it is ready', async () => {
    const cashier = await mount(sessionWith('good'));
    assert.strictEqual(cashier.state, 'loading');
    assert.strictEqual(busy(cashier), 'true');
    await next(cashier, 'kassa-ready');
    await cashier.updateComplete;
    assert.strictEqual(cashier.state, 'ready');
    assert.strictEqual(cashier.matches(':state(ready)'), true);
    assert.strictEqual(busy(cashier), 'false');
    assert.isFalse(isVisible(cashier, 'spinner'));
    assert.strictEqual(cashier.trackingId, 'order-1');
  });

  it('takes a promise, and a function that is asked when it opens', async () => {
    for (const session of [Promise.resolve(sessionWith('good')), () => sessionWith('good')]) {
      await next(await mount(session), 'kassa-ready');
      clear();
    }
  });

  it('gives the frame a name, a sandbox, delegated features and no full referrer', async () => {
    const cashier = await mount(sessionWith('good'));
    await next(cashier, 'kassa-ready');
    const frame = frameOf(cashier);
    const { origin } = new URL(frame.src);
    assert.strictEqual(frame.title, 'Secure payment');
    assert.strictEqual(
      frame.getAttribute('sandbox'),
      'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox',
    );
    assert.strictEqual(
      frame.allow,
      `payment ${origin}; publickey-credentials-get ${origin}; clipboard-write ${origin}`,
    );
    assert.strictEqual(frame.referrerPolicy, 'strict-origin');
  });

  it('keeps token and order out of its diagnostics', async () => {
    const cashier = await mount(sessionWith('good', { token: 'tok_secret_1' }));
    await next(cashier, 'kassa-ready');
    const log = JSON.stringify(cashier.diagnostics());
    assert.include(log, 'session -> loading');
    assert.notInclude(log, 'tok_secret_1');
  });
});

describe('what goes wrong', () => {
  const failsWith = async (
    session: KassaCashier['session'],
    code: string,
    set?: (it: KassaCashier) => void,
  ) => {
    const cashier = await mount(session, set);
    const { error } = await next(cashier, 'kassa-error');
    assert.instanceOf(error, CashierError);
    assert.strictEqual(error.code, code);
    assert.notStrictEqual(error.hint, '');
    await cashier.updateComplete;
    assert.strictEqual(cashier.state, 'failed');
    assert.isTrue(isVisible(cashier, 'message'));
    assert.exists(cashier.renderRoot.querySelector('[part=message][role=alert]'));
    await expect(cashier).to.be.accessible(ACCESSIBLE);
    return { cashier, error };
  };

  it('a session route that cannot be reached', () =>
    failsWith(undefined, 'session-failed', (cashier) => (cashier.sessionUrl = 'http://127.0.0.1:9/session')));

  it('a session route that answers something else', () =>
    failsWith(undefined, 'session-failed', (cashier) => (cashier.sessionUrl = '/package.json')));

  it('a session without a token', () => failsWith({ ...sessionWith('good'), token: '' }, 'session-failed'));

  for (const cashierUrl of [
    'http://pay.example/cashier',
    'javascript:alert(1)',
    'data:text/html,<p>x',
    '/cashier',
  ]) {
    it(`a cashier at ${cashierUrl}`, async () => {
      const { cashier } = await failsWith(sessionWith('good', { cashierUrl }), 'unsafe-url');
      assert.isFalse(isVisible(cashier, 'frame'));
    });
  }

  it('a cashier of the page’s own origin', () =>
    failsWith(sessionWith('good', { cashierUrl: `${location.origin}/` }), 'frame-refused'));

  it('a page that never says hello, and one that says it with another nonce', async () => {
    for (const behaviour of ['silent', 'wrong-nonce'] as const) {
      await failsWith(sessionWith(behaviour), 'frame-timeout', (cashier) => (cashier.timeoutMs = 400));
      clear();
    }
  });

  it('a port where nobody listens', () =>
    failsWith(sessionWith('good', { cashierUrl: 'http://127.0.0.1:9/' }), 'frame-timeout', (cashier) => {
      cashier.timeoutMs = 400;
    }));

  it('a page that speaks only another version is told of, and used without the protocol', async () => {
    const cashier = await mount(sessionWith('future'));
    const [{ error }] = await Promise.all([next(cashier, 'kassa-error'), next(cashier, 'kassa-ready')]);
    assert.strictEqual(error.code, 'protocol-mismatch');
    await cashier.updateComplete;
    assert.isTrue(isVisible(cashier, 'frame'));
    assert.isFalse(isVisible(cashier, 'message'));
  });

  it('"Try again" asks for a new session, and all is well', async () => {
    const answers: (() => Session)[] = [
      () => {
        throw new Error('the shop is down');
      },
      () => sessionWith('good'),
    ];
    const cashier = await mount(() => (answers.shift() ?? (() => sessionWith('good')))());
    await next(cashier, 'kassa-error');
    await cashier.updateComplete;
    cashier.renderRoot.querySelector<HTMLElement>('[part=message] button')?.click();
    await next(cashier, 'kassa-ready');
    await cashier.updateComplete;
    assert.isFalse(isVisible(cashier, 'message'));
  });
});

describe('what a frame says', () => {
  const ready = async (more: Partial<Session> = {}) => {
    const cashier = await mount(sessionWith('good', more));
    await next(cashier, 'kassa-ready');
    return cashier;
  };

  it('is believed as far as it goes: an outcome that says it is not verified', async () => {
    const cashier = await ready();
    order(cashier, { say: ['status', { status: 'succeeded', transactionId: 't1' }] });
    const { outcome } = await next(cashier, 'kassa-outcome');
    assert.deepEqual(outcome, {
      kind: 'succeeded',
      verified: false,
      trackingId: 'order-1',
      transactionId: 't1',
    });
    assert.strictEqual(await cashier.result(), outcome);
    assert.strictEqual(cashier.outcome, outcome);
  });

  // T15
  it('is not heard past the protocol, nor from anybody else', async () => {
    const cashier = await ready();
    const forged = { n: 1, t: 'status', d: { status: 'succeeded' } };
    order(cashier, { shout: forged });
    window.postMessage(forged, location.origin);
    window.dispatchEvent(
      new MessageEvent('message', {
        data: { n: 0, t: 'hello', d: { v: [1], id: 'x', caps: [] } },
        origin: new URL(frameOf(cashier).src).origin,
        source: frameOf(cashier).contentWindow,
      }),
    );
    await allHeard(cashier);
    assert.strictEqual(cashier.outcome, undefined);
    const log = cashier.diagnostics().map(({ what }) => what);
    assert.include(log, 'dropped: not-a-hello');
    assert.include(log, 'dropped: wrong-source');
    assert.include(log, 'dropped: not-trusted');
  });

  it('sets the height within limits', async () => {
    const cashier = await ready();
    const height = () => frameOf(cashier).getBoundingClientRect().height;
    order(cashier, { say: ['resize', { height: 333.2 }] });
    await until(() => height() === 334, 'a height of 334');
    order(cashier, { say: ['resize', { height: 99_999 }] });
    await until(() => height() === 5_000, 'the largest height');
  });

  it('closes only when the page agrees', async () => {
    const cashier = await ready();
    cashier.addEventListener('kassa-close', (event) => event.preventDefault(), { once: true });
    order(cashier, { say: ['close', {}] });
    assert.strictEqual((await next(cashier, 'kassa-close')).by, 'frame');
    await allHeard(cashier);
    assert.strictEqual(cashier.state, 'ready');

    cashier.close();
    assert.strictEqual((await cashier.result()).kind, 'cancelled');
    assert.strictEqual(cashier.state, 'idle');
    assert.isFalse(isVisible(cashier, 'frame'));
    assert.isFalse(isVisible(cashier, 'panel'));
  });

  it('cannot lead the page away unasked, nor to an unsafe address', async () => {
    const cashier = await ready();
    cashier.addEventListener('kassa-redirect', (event) => event.preventDefault());
    order(cashier, { say: ['navigate', { url: 'https://bank.example/', reason: 'wallet' }] });
    assert.strictEqual((await next(cashier, 'kassa-redirect')).url, 'https://bank.example/');
    order(cashier, { say: ['navigate', { url: 'javascript:alert(1)', reason: 'wallet' }] });
    assert.strictEqual((await next(cashier, 'kassa-error')).error.code, 'unsafe-url');
  });

  it('gets the token of a new session over the port, without a reload', async () => {
    let minted = 0;
    const cashier = await mount(() => {
      minted += 1;
      return sessionWith('good', { token: `token-${minted}` });
    });
    await next(cashier, 'kassa-ready');
    const frame = frameOf(cashier);
    const heard = new Promise<unknown>((resolve) => {
      window.addEventListener('message', ({ data }: MessageEvent<{ fixture?: { type?: string } }>) => {
        if (data.fixture?.type === 'session') resolve(data.fixture);
      });
    });
    order(cashier, { say: ['token-expired', {}] });
    await next(cashier, 'kassa-expiring');
    assert.deepEqual(await heard, { type: 'session', data: { token: 'token-2' } });
    assert.isTrue(frameOf(cashier) === frame);
  });

  // The page knows of a decline at once, the backend by a webhook: whoever tries again in between waits, and is not lost.
  it('gets it when the backend confirms the decline that the page asked for another token after', async () => {
    let minted = 0;
    const cashier = await mount(() => {
      minted += 1;
      const token = `token-${minted}`;
      return sessionWith('good', { token, trackingId: 'late-1', statusUrl: statusUrl('declines', 'late-1') });
    });
    await next(cashier, 'kassa-ready');
    order(cashier, { say: ['status', { status: 'failed' }] });
    order(cashier, { say: ['token-expired', {}] });
    await allHeard(cashier);
    assert.strictEqual(minted, 1);
    const asked = next(cashier, 'kassa-expiring');
    await fetch(statusUrl('wake', 'late-1'));
    assert.deepInclude(await cashier.result(), { kind: 'failed', verified: true });
    await asked;
    await until(() => minted === 2, 'another token');
  });
});

describe('on the page', () => {
  it('survives a move, which reloads its frame', async () => {
    const cashier = await mount(sessionWith('good'));
    await next(cashier, 'kassa-ready');
    document.body.append(Object.assign(document.createElement('main'), { id: 'elsewhere' }));
    document.querySelector('main')?.append(cashier);
    await until(
      () => cashier.diagnostics().filter(({ what }) => what.startsWith('hello')).length === 2,
      'a second hello',
    );
    assert.strictEqual(cashier.state, 'ready');
  });

  // G-28
  it('settles as expired when the token was over, and the page wanted no other', async () => {
    const cashier = await mount(sessionWith('good'));
    await next(cashier, 'kassa-ready');
    cashier.addEventListener('kassa-expiring', (event) => event.preventDefault());
    order(cashier, { say: ['token-expired', {}] });
    await next(cashier, 'kassa-expiring');
    const result = cashier.result();
    cashier.remove();
    const { kind, verified } = await result;
    assert.deepEqual({ kind, verified }, { kind: 'expired', verified: false });
  });

  it('settles as cancelled when it is removed before a payment', async () => {
    const cashier = await mount(sessionWith('good'));
    await next(cashier, 'kassa-ready');
    cashier.remove();
    assert.strictEqual((await cashier.result()).kind, 'cancelled');
  });

  it('warns once of an attribute value it does not know, and uses the default', async () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
    try {
      const cashier = await mount(sessionWith('good'));
      cashier.setAttribute('theme', 'sepia');
      cashier.setAttribute('theme', 'sepia');
      assert.strictEqual(cashier.theme, 'auto');
      const ofTheme = (): number => warnings.filter((text) => String(text).includes('sepia')).length;
      // Its words come when there is something to warn of.
      await until(() => ofTheme() > 0, 'a warning');
      assert.strictEqual(ofTheme(), 1);
    } finally {
      console.warn = warn;
    }
  });

  it('is light on a page that declares no scheme, and follows one that does', async () => {
    const cashier = await mount(sessionWith('good'));
    await next(cashier, 'kassa-ready');
    const scheme = () => getComputedStyle(frameOf(cashier)).colorScheme;
    const root = document.documentElement;
    assert.strictEqual(scheme(), 'light');
    root.style.colorScheme = 'light dark';
    await until(() => scheme() === 'light dark', 'the page’s scheme');
    cashier.theme = 'dark';
    await cashier.updateComplete;
    assert.strictEqual(scheme(), 'dark');
    root.style.colorScheme = '';
  });

  it('takes a scheme that the page declares only in its head', async () => {
    const meta = Object.assign(document.createElement('meta'), { name: 'color-scheme' });
    document.head.append(meta);
    for (const [content, scheme] of [
      ['light dark', 'light dark'],
      ['dark', 'dark'],
      ['light', 'light'],
    ] as const) {
      meta.content = content;
      const cashier = await mount(sessionWith('good'));
      await next(cashier, 'kassa-ready');
      assert.strictEqual(getComputedStyle(frameOf(cashier)).colorScheme, scheme);
      cashier.theme = 'light';
      await cashier.updateComplete;
      assert.strictEqual(getComputedStyle(frameOf(cashier)).colorScheme, 'light');
    }
    meta.remove();
  });

  it('two cashiers do not hear each other', async () => {
    const [one, two] = await Promise.all([
      mount(sessionWith('good', { trackingId: 'one' })),
      mount(sessionWith('good', { trackingId: 'two' })),
    ]);
    await Promise.all([next(one, 'kassa-ready'), next(two, 'kassa-ready')]);
    order(one, { say: ['status', { status: 'failed', reason: 'no' }] });
    assert.strictEqual((await next(one, 'kassa-outcome')).outcome.trackingId, 'one');
    await allHeard(two);
    assert.strictEqual(two.outcome, undefined);
  });
});
