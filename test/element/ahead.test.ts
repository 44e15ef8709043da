/** A hosted page that is loaded beside the request for its session: sooner, and never anything but what the session names. */
import { assert } from '@open-wc/testing';
import type { KassaCashier } from '../../src/element/cashier-element.ts';
import { allHeard, aWhile, clear, frameOf, mount, next, order, OTHER_SITE, until } from './fixture.ts';

const PAGE = `${OTHER_SITE}/test/fixtures/frames/hosted.html`;
/** Another page of the same site, as far as an address tells. */
const OTHER_PAGE = `${PAGE}?behaviour=good`;
/** Where the last visit is kept. */
const keyOf = (sessionUrl: string): string => `kassa-page deposit ${sessionUrl}`;

afterEach(() => {
  clear();
  localStorage.clear();
});

let mints = 0;

interface Minted {
  readonly cashier: KassaCashier;
  readonly mint: () => Promise<unknown>;
  readonly sessionUrl: string;
}

/** A cashier whose session is minted when the test says so. */
async function waiting(
  set: (cashier: KassaCashier, sessionUrl: string) => void = () => undefined,
  page = 'plain',
): Promise<Minted> {
  mints += 1;
  const name = `mint-${mints}`;
  const sessionUrl = `/warm/session?page=${page}&mint=${name}`;
  const cashier = await mount(undefined, (it) => {
    it.sessionUrl = sessionUrl;
    set(it, sessionUrl);
  });
  return { cashier, sessionUrl, mint: () => fetch(`/warm/come?late=${name}`) };
}

const known =
  (cashierUrl = PAGE) =>
  (cashier: KassaCashier): void => {
    cashier.cashierUrl = cashierUrl;
  };
const hellos = (cashier: KassaCashier): number =>
  cashier.diagnostics().filter(({ what }) => what.startsWith('hello')).length;
const frames = (cashier: KassaCashier): number => cashier.renderRoot.querySelectorAll('iframe').length;
const isShown = (cashier: KassaCashier): boolean =>
  cashier.renderRoot.querySelector('iframe')?.checkVisibility({ opacityProperty: true }) ?? false;
/** What hosted pages heard from now on, on whatever frame. */
function heard(): { readonly type?: string; readonly data?: unknown }[] {
  const all: { type?: string; data?: unknown }[] = [];
  window.addEventListener('message', ({ data }: MessageEvent<{ fixture?: { type?: string } }>) => {
    if (data.fixture?.type) all.push(data.fixture);
  });
  return all;
}

describe('a cashier that knows where its page is', () => {
  it('loads it while the session is minted, and hands it the token over the port', async () => {
    const { cashier, mint } = await waiting(known());
    await until(() => hellos(cashier) === 1, 'a hello before there is a session');
    const frame = frameOf(cashier);
    assert.notInclude(frame.src, 'token=');
    assert.strictEqual(cashier.state, 'loading');
    assert.isFalse(isShown(cashier), 'nothing is shown that no session has named');
    const told = heard();
    const ready = next(cashier, 'kassa-ready');
    await mint();
    await ready;
    await until(() => told.some(({ type }) => type === 'session'), 'the token has come');
    assert.deepEqual(
      told.filter(({ type }) => type === 'session'),
      [{ type: 'session', data: { token: 'token-warm' } }],
    );
    assert.isTrue(frameOf(cashier) === frame);
    assert.strictEqual(hellos(cashier), 1);
    await until(() => isShown(cashier), 'shown');
  });

  it('throws it away when the session names another one, which gets its own token', async () => {
    const { cashier, mint } = await waiting(known(OTHER_PAGE));
    await until(() => hellos(cashier) === 1, 'the wrong page says hello');
    const wrong = frameOf(cashier);
    const told = heard();
    const ready = next(cashier, 'kassa-ready');
    await mint();
    await ready;
    assert.isFalse(wrong.isConnected);
    assert.strictEqual(frames(cashier), 1);
    assert.include(frameOf(cashier).src, `${PAGE}?token=token-warm`);
    await allHeard(cashier);
    assert.isEmpty(told.filter(({ type }) => type === 'session'));
  });

  for (const [what, address] of Object.entries({
    'that is no address': 'nowhere at all',
    'that runs a script': 'javascript:alert(1)',
    'of its own origin': location.href,
    'that nobody answers': 'http://127.0.0.1:9/pay',
    'that is empty': '',
  })) {
    it(`is not troubled by an address ${what}`, async () => {
      const { cashier, mint } = await waiting(known(address));
      const errors: string[] = [];
      cashier.addEventListener('kassa-error', ({ error }) => errors.push(error.code));
      await aWhile();
      const ready = next(cashier, 'kassa-ready');
      await mint();
      await ready;
      assert.deepEqual(errors, []);
      assert.include(frameOf(cashier).src, PAGE);
    });
  }

  it('obeys nothing that the page says before its session is there', async () => {
    const { cashier, mint } = await waiting(known());
    await until(() => hellos(cashier) === 1, 'hello');
    const events: string[] = [];
    for (const name of [
      'kassa-redirect',
      'kassa-close',
      'kassa-status',
      'kassa-ready',
      'kassa-error',
    ] as const) {
      cashier.addEventListener(name, (event) => {
        events.push(name);
        if (name === 'kassa-redirect') event.preventDefault();
      });
    }
    const says: readonly (readonly unknown[])[] = [
      ['navigate', { url: 'https://elsewhere.example/', reason: 'hostile' }],
      ['busy', { locked: true }],
      ['status', { status: 'succeeded' }],
      ['ready', {}],
      ['token-expired', {}],
      ['close', {}],
    ];
    for (const say of says) order(cashier, { say });
    await allHeard(cashier);
    assert.deepEqual(events, []);
    assert.strictEqual(cashier.state, 'loading');
    const ready = next(cashier, 'kassa-ready');
    await mint();
    await ready;
    assert.strictEqual(cashier.state, 'ready');
  });

  it('opens a page anew, with its token, that says no hello', async () => {
    const { cashier, mint } = await waiting(known(`${PAGE}?behaviour=silent&late=`), 'silent');
    await until(() => cashier.diagnostics().some(({ what }) => what.startsWith('loaded')), 'it is there');
    await mint();
    await until(() => frameOf(cashier).src.includes('token=token-warm'), 'with its token');
    assert.strictEqual(frames(cashier), 1);
  });

  it('waits for the session of a page that speaks a dialect: that one takes no token over a port', async () => {
    const { cashier, mint } = await waiting((it) => {
      known()(it);
      it.dialect = () => undefined;
    });
    await aWhile();
    assert.strictEqual(frames(cashier), 0);
    const ready = next(cashier, 'kassa-ready');
    await mint();
    await ready;
  });

  it('says so when there is no session, and begins anew on another try', async () => {
    const cashier = await mount(undefined, (it) => {
      known()(it);
      it.sessionUrl = '/nowhere';
    });
    const { error } = await next(cashier, 'kassa-error');
    assert.strictEqual(error.code, 'session-failed');
    assert.strictEqual(cashier.state, 'failed');
    assert.isFalse(isShown(cashier));
    const ready = next(cashier, 'kassa-ready');
    cashier.sessionUrl = '/warm/session?page=plain';
    await ready;
    assert.strictEqual(frames(cashier), 1);
  });

  it('leaves nothing when it is removed before its session, and opens once more when it is back', async () => {
    const { cashier, mint } = await waiting(known());
    await until(() => hellos(cashier) === 1, 'hello');
    cashier.remove();
    await until(() => frames(cashier) === 0, 'its frame is gone');
    document.body.append(cashier);
    await until(() => hellos(cashier) === 2, 'hello again');
    const ready = next(cashier, 'kassa-ready');
    await mint();
    await ready;
    assert.strictEqual(frames(cashier), 1);
  });

  it('has each of two cashiers load its own', async () => {
    const two = [await waiting(known()), await waiting(known())];
    const ready = two.map(({ cashier }) => next(cashier, 'kassa-ready'));
    for (const { cashier, mint } of two) {
      await until(() => hellos(cashier) === 1, 'hello');
      await mint();
    }
    await Promise.all(ready);
    for (const { cashier } of two) assert.deepEqual([frames(cashier), hellos(cashier)], [1, 1]);
  });
});

describe('the last visit', () => {
  const visit = async (sessionUrl: string): Promise<KassaCashier> => {
    const cashier = await mount(undefined, (it) => (it.sessionUrl = sessionUrl));
    await next(cashier, 'kassa-ready');
    return cashier;
  };

  // T10
  it('is remembered by the address of its page alone, without a token', async () => {
    await visit('/warm/session?page=plain');
    assert.strictEqual(localStorage.getItem(keyOf('/warm/session?page=plain')), PAGE);
    assert.notInclude(JSON.stringify(localStorage), 'token');
  });

  it('is not remembered of an address that may be meant for one order, nor of a page that said no hello', async () => {
    await visit('/warm/session?page=good');
    const silent = await mount(undefined, (it) => {
      it.timeoutMs = 200;
      it.sessionUrl = '/warm/session?page=silent';
    });
    await next(silent, 'kassa-error');
    assert.strictEqual(localStorage.length, 0);
  });

  it('has the page loaded beside the next session', async () => {
    const { cashier, mint } = await waiting((_, sessionUrl) => localStorage.setItem(keyOf(sessionUrl), PAGE));
    await until(() => hellos(cashier) === 1, 'a hello before there is a session');
    const ready = next(cashier, 'kassa-ready');
    await mint();
    await ready;
    assert.strictEqual(hellos(cashier), 1);
  });

  it('is never trusted: what somebody else wrote there is neither shown nor given the token', async () => {
    const forged = `${OTHER_SITE}/test/fixtures/frames/specified.html`;
    const { cashier, mint, sessionUrl } = await waiting((_, url) => localStorage.setItem(keyOf(url), forged));
    await until(() => hellos(cashier) === 1, 'the forged page says hello');
    assert.isFalse(isShown(cashier));
    const ready = next(cashier, 'kassa-ready');
    await mint();
    await ready;
    assert.strictEqual(new URL(frameOf(cashier).src).pathname, new URL(PAGE).pathname);
    assert.strictEqual(localStorage.getItem(keyOf(sessionUrl)), PAGE);
  });
});
