/** Pages as they are: listeners that call back, properties that come late or anew, clocks that are wrong. Issue 13. */
import { assert } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import type { KassaCashier } from '../../src/element/cashier-element.ts';
import type { KassaEventMap } from '../../src/element/events.ts';
import { LANGUAGES } from '../../src/model/languages.ts';
import type { Session } from '../../src/wire/session.ts';
import { errorWordsOf } from '../../src/element/words/languages.ts';
import {
  allHeard,
  aWhile,
  changeTime,
  clear,
  frameOf,
  holdTimers,
  hurry,
  leap,
  mount,
  next,
  order,
  OTHER_SITE,
  painted,
  sessionWith,
  statusUrl,
  until,
} from './fixture.ts';

const realNow = Date.now.bind(Date);

afterEach(() => {
  Date.now = realNow;
  clear();
});

/** How often this event was told. */
function count(cashier: KassaCashier, name: keyof KassaEventMap): () => number {
  let times = 0;
  cashier.addEventListener(name, () => (times += 1));
  return () => times;
}

/** A session source that says how often it was asked. */
function source(more: (asked: number) => Partial<Session> = () => ({})) {
  let times = 0;
  return {
    times: () => times,
    session: (): Session => {
      times += 1;
      return sessionWith('good', { token: `token-${times}`, ...more(times) });
    },
  };
}

describe('listeners that call back', () => {
  // E4
  it('show() when the outcome is told: a new session', async () => {
    const { session } = source();
    const cashier = await mount(session, (it) => {
      it.display = 'modal';
      it.open = true;
    });
    await next(cashier, 'kassa-ready');
    let second: Promise<unknown> | undefined;
    cashier.addEventListener(
      'kassa-outcome',
      () => {
        cashier.show();
        second = cashier.result();
      },
      { once: true },
    );
    cashier.close();
    await next(cashier, 'kassa-ready');
    assert.strictEqual(cashier.state, 'ready');
    order(cashier, { say: ['status', { status: 'succeeded' }] });
    await next(cashier, 'kassa-outcome');
    assert.deepInclude(await second, { kind: 'succeeded' });
  });

  it('close() when closing is asked: asked once, closed once', async () => {
    for (const again of [(it: KassaCashier) => it.close(), (it: KassaCashier) => (it.open = false)]) {
      const cashier = await mount(sessionWith('good'), (it) => {
        it.display = 'modal';
        it.open = true;
      });
      await next(cashier, 'kassa-ready');
      const [asked, closed] = [count(cashier, 'kassa-close'), count(cashier, 'kassa-closed')];
      cashier.addEventListener('kassa-close', () => again(cashier));
      cashier.close();
      await aWhile(50);
      assert.deepEqual([asked(), closed()], [1, 1]);
      assert.strictEqual(cashier.state, 'idle');
    }
  });

  it('a page that prevents closing and closes in one go is asked once, and stays open', async () => {
    const cashier = await mount(sessionWith('good'), (it) => {
      it.display = 'modal';
      it.open = true;
    });
    await next(cashier, 'kassa-ready');
    const asked = count(cashier, 'kassa-close');
    cashier.addEventListener('kassa-close', (event) => {
      event.preventDefault();
      cashier.close();
      cashier.open = false;
    });
    cashier.close();
    await aWhile(50);
    assert.strictEqual(asked(), 1);
    assert.isTrue(cashier.open);
  });

  it('whatever they call: one outcome a session, and never stuck', async () => {
    hurry(10);
    let seed = 7;
    const random = (): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed / 4_294_967_296;
    };
    const names = [
      'ready',
      'status',
      'close',
      'closed',
      'outcome',
      'error',
      'expiring',
      'challenge',
    ] as const;
    for (let life = 0; life < 20; life += 1) {
      let calls = 0;
      const { session } = source(() => ({
        trackingId: `life-${life}-${Math.floor(random() * 3)}`,
        ...(random() < 0.5 && { expiresAt: new Date(realNow() + (random() - 0.5) * 120_000).toISOString() }),
      }));
      const display = random() < 0.5 ? 'modal' : 'inline';
      const cashier = document.createElement('kassa-cashier');
      Object.assign(cashier, { session, display, open: true });
      const acts: (() => unknown)[] = [
        () => cashier.show(),
        () => cashier.close(),
        () => cashier.reload(),
        () => (cashier.open = !cashier.open),
        () => (cashier.session = () => session()),
        () => (cashier.payment = { trackingId: `paid-${life}`, transaction_status: 'pending' }),
        () => cashier.resume(),
        () => cashier.result(),
        () => cashier.diagnostics(),
        () => (cashier.display = cashier.display === 'modal' ? 'inline' : 'modal'),
        () => cashier.remove(),
        () => document.body.append(cashier),
      ];
      const outcomes: unknown[] = [];
      cashier.addEventListener('kassa-outcome', ({ outcome }) => outcomes.push(outcome));
      for (const name of names) {
        cashier.addEventListener(`kassa-${name}`, (event) => {
          // Not in the end: a page that keeps an expired token from being renewed gets what it asked for.
          if (calls < 100 && random() < 0.2) event.preventDefault();
          while (calls < 12 && random() < 0.5) {
            calls += 1;
            acts[Math.floor(random() * acts.length)]?.();
          }
        });
      }
      document.body.append(cashier);
      for (let step = 0; step < 4; step += 1) {
        await aWhile(random() * 30);
        const word = random();
        const frame = cashier.renderRoot.querySelector('iframe')?.contentWindow;
        if (word < 0.3) frame?.postMessage({ say: ['status', { status: 'failed' }] }, OTHER_SITE);
        else if (word < 0.6) frame?.postMessage({ say: ['token-expired', {}] }, OTHER_SITE);
        else acts[Math.floor(random() * 4)]?.();
      }
      calls = 100;
      if (!cashier.isConnected) document.body.append(cashier);
      await until(
        () => cashier.state !== 'loading' || cashier.trackingId === undefined,
        `life ${life} goes on`,
      );
      assert.strictEqual(new Set(outcomes).size, outcomes.length, `life ${life}`);
      cashier.payment = undefined;
      if (cashier.state === 'idle') {
        cashier.show();
        // Or goes on with the payment that it was given a moment before.
        const isBack = (): boolean => cashier.state === 'ready' || cashier.trackingId === `paid-${life}`;
        await until(isBack, `life ${life} opens again`);
      }
      const result = cashier.result();
      cashier.remove();
      await result;
      document.body.replaceChildren();
    }
  });
});

describe('properties that come late, or anew', () => {
  // E11
  it('session-url, after the tag is on the page: it opens then, and no error comes first', async () => {
    const cashier = await mount(undefined);
    const errors = count(cashier, 'kassa-error');
    await aWhile(300);
    assert.strictEqual(cashier.state, 'loading');
    cashier.sessionUrl = '/warm/session?page=good';
    await next(cashier, 'kassa-ready');
    assert.strictEqual(errors(), 0);
  });

  it('a session that was not there, or failed', async () => {
    for (const first of [undefined, { ...sessionWith('good'), token: '' }]) {
      const cashier = await mount(first);
      if (first) await next(cashier, 'kassa-error');
      cashier.session = sessionWith('good');
      await next(cashier, 'kassa-ready');
      clear();
    }
  });

  it('another address, after one that failed or before it answered', async () => {
    const cashier = await mount(undefined, (it) => (it.sessionUrl = '/package.json'));
    await next(cashier, 'kassa-error');
    cashier.setAttribute('session-url', '/warm/session?page=good');
    await next(cashier, 'kassa-ready');
    const other = await mount(new Promise<Session>(() => undefined));
    other.session = sessionWith('good');
    await next(other, 'kassa-ready');
  });

  it('a function that is made anew with each render is asked once', async () => {
    const { session, times } = source();
    const cashier = await mount(session);
    for (let render = 0; render < 4; render += 1) {
      cashier.session = () => session();
      await cashier.updateComplete;
    }
    await next(cashier, 'kassa-ready');
    cashier.session = () => session();
    await aWhile(50);
    assert.strictEqual(times(), 1);
  });

  it('only a payment: followed, and no error first', async () => {
    const cashier = await mount(undefined);
    const errors = count(cashier, 'kassa-error');
    await aWhile(50);
    cashier.payment = {
      trackingId: 'late-1',
      transaction_status: 'pending',
      statusUrl: statusUrl('json', 'late-1'),
    };
    assert.deepInclude((await next(cashier, 'kassa-outcome')).outcome, { kind: 'succeeded', verified: true });
    assert.strictEqual(errors(), 0);
  });

  for (const [name, lead] of [
    ['session-url', { sessionUrl: '/warm/session?page=good' }],
    ['cashier-url', { cashierUrl: `${OTHER_SITE}/test/fixtures/frames/hosted.html` }],
  ] as const)
    it(`prewarm, whose ${name} comes after it`, async () => {
      const cashier = await mount(undefined, (it) => {
        it.display = 'modal';
        it.prewarm = true;
      });
      Object.assign(cashier, lead);
      await until(() => cashier.renderRoot.querySelector('iframe') !== null, 'loaded ahead');
    });

  // E3
  it('an equal payment with each render: one challenge in one frame, posted once', async () => {
    const payment = () => ({
      trackingId: 'render-1',
      transaction_status: 'pending',
      url: `${OTHER_SITE}/bank?pages`,
      fields: {
        submit: 'x',
        remove: 'y',
        creq: 'render-1',
        back: `${OTHER_SITE}/test/fixtures/frames/bank.html`,
      },
      statusUrl: statusUrl('silent', 'render-1'),
    });
    const cashier = document.createElement('kassa-cashier');
    const challenges = count(cashier, 'kassa-challenge');
    for (let render = 0; render < 4; render += 1) {
      cashier.payment = payment();
      if (render === 0) document.body.append(cashier);
      await cashier.updateComplete;
    }
    await until(() => cashier.renderRoot.querySelectorAll('iframe').length === 1, 'the bank');
    // E8
    await until(async () => {
      const posted = (await (await fetch('/bank?pages')).json()) as Record<string, string>;
      return posted.creq === 'render-1' && posted.submit === 'x';
    }, 'posted');
    cashier.payment = payment();
    await aWhile(100);
    assert.strictEqual(challenges(), 1);
    assert.strictEqual(cashier.renderRoot.querySelectorAll('iframe').length, 1);
  });

  it('another payment waits for the one that may still move money', async () => {
    const cashier = await mount(undefined);
    const charged = (trackingId: string, behaviour: string) => ({
      trackingId,
      transaction_status: 'pending',
      statusUrl: statusUrl(behaviour, trackingId),
    });
    cashier.payment = charged('first-1', 'silent');
    await until(() => cashier.trackingId === 'first-1', 'the first');
    cashier.payment = charged('second-1', 'json');
    await aWhile(100);
    assert.strictEqual(cashier.trackingId, 'first-1');
    assert.strictEqual(cashier.outcome, undefined);
  });
});

describe('clocks', () => {
  const in30Minutes = (): string => new Date(realNow() + 1_800_000).toISOString();

  // E1
  it('of a device that is half an hour off, either way, change nothing: one session, ready', async () => {
    for (const skew of [1_800_000, 1_770_000, -1_800_000]) {
      hurry(10);
      Date.now = () => realNow() + skew;
      let asked = 0;
      const fetch = window.fetch.bind(window);
      window.fetch = (...request) => {
        if (request[1]?.method === 'POST') asked += 1;
        return fetch(...request);
      };
      try {
        const cashier = await mount(undefined, (it) => {
          it.sessionUrl = `/warm/session?page=good&expires=${encodeURIComponent(in30Minutes())}`;
        });
        const expiring = count(cashier, 'kassa-expiring');
        await next(cashier, 'kassa-ready');
        await aWhile();
        assert.deepEqual([asked, expiring()], [1, 0], `${skew}`);
        assert.strictEqual(cashier.state, 'ready');
      } finally {
        window.fetch = fetch;
      }
      clear();
    }
  });

  it('that stood still while the device slept: what is due is done when it wakes, and nothing else', async () => {
    changeTime((ms) => (ms === 30_000 ? 50 : ms));
    const { session, times } = source((asked) => ({
      trackingId: 'sleeper',
      statusUrl: statusUrl('silent', 'sleeper'),
      expiresAt: new Date(Date.now() + (asked === 1 ? 600_000 : 7_200_000)).toISOString(),
    }));
    const cashier = await mount(session);
    await next(cashier, 'kassa-ready');
    const expiring = count(cashier, 'kassa-expiring');
    await aWhile();
    assert.deepEqual([times(), expiring()], [1, 0]);
    // An hour of sleep: the clock on the wall went on, the one that nobody can set did not.
    Date.now = () => realNow() + 3_600_000;
    await until(() => times() === 2, 'another token');
    assert.strictEqual(expiring(), 1);
    // Nobody was asked meanwhile how a payment ended, so that it is unknown must not be said for the time asleep.
    order(cashier, { say: ['status', { status: 'succeeded' }] });
    await next(cashier, 'kassa-status');
    Date.now = () => realNow() + 7_100_000;
    await aWhile(300);
    assert.strictEqual(cashier.outcome, undefined);
  });

  it('that make each new token look old renew it at most once', async () => {
    for (const skew of [1_800_000, 1_770_000]) {
      hurry(10);
      Date.now = () => realNow() + skew;
      const { session, times } = source(() => ({ expiresAt: in30Minutes() }));
      const cashier = await mount(session);
      await next(cashier, 'kassa-ready');
      await aWhile(400);
      assert.isAtMost(times(), 2);
      assert.strictEqual(cashier.state, 'ready');
      clear();
    }
  });

  // E2
  it('a session that cannot be renewed is asked for once', async () => {
    const expiresAt = new Date(realNow() + 20_000).toISOString();
    const session = (): Session => sessionWith('good', { expiresAt });
    const cashier = await mount(session());
    const expiring = count(cashier, 'kassa-expiring');
    await until(() => expiring() > 0 && cashier.state === 'ready', 'ready, and told that it ends');
    for (let render = 0; render < 5; render += 1) {
      cashier.session = session();
      await aWhile(100);
    }
    assert.strictEqual(expiring(), 1);
    assert.strictEqual(cashier.state, 'ready');
  });

  it('a page that calls each token over is given the next one after a pause, not in a loop', async () => {
    const end = holdTimers(3_000);
    const { session, times } = source();
    const cashier = await mount(session);
    await next(cashier, 'kassa-ready');
    const frame = frameOf(cashier);
    const isOver = (): void => order(cashier, { say: ['token-expired', {}] });
    isOver();
    await until(() => times() === 2, 'another one');
    for (let said = 0; said < 10; said += 1) {
      isOver();
      await allHeard(cashier);
    }
    assert.strictEqual(times(), 2);
    leap(3_000);
    assert.strictEqual(end(3_000), 1);
    await until(() => times() === 3, 'the next one, after the pause');
    assert.isTrue(frameOf(cashier) === frame);
  });
});

describe('a page that speaks no protocol', () => {
  const isTouched = (cashier: KassaCashier): boolean =>
    cashier.diagnostics().some(({ what }) => what.startsWith('touched'));
  const opened = async (display: 'inline' | 'modal', hasDialect: boolean): Promise<KassaCashier> => {
    const cashier = await mount(sessionWith('silent', { trackingId: 'mute-1' }), (it) => {
      it.display = display;
      it.open = true;
      if (hasDialect) it.dialect = () => undefined;
    });
    // Without a dialect it is shown once it is there, and nobody knows whether it is what it should be.
    await until(() => cashier.renderRoot.querySelector('.shown') !== null, 'shown');
    // Before, the frame has no place, and a press where it would be is one beside the panel.
    if (display === 'modal') await until(() => dialogIsModal(cashier), 'in the top layer');
    const { display: shown } = getComputedStyle(frameOf(cashier));
    assert.notStrictEqual(shown, 'none');
    return cashier;
  };
  /** As a shopper does; until the browser knows where a new frame is, a click is one more try. */
  const press = async (cashier: KassaCashier): Promise<void> => {
    await until(async () => {
      const { left, top } = frameOf(cashier).getBoundingClientRect();
      await sendMouse({ type: 'click', position: [Math.round(left + 60), Math.round(top + 75)] });
      await painted();
      return isTouched(cashier);
    }, 'pressed in the frame');
  };

  // E12
  for (const display of ['inline', 'modal'] as const) {
    for (const hasDialect of [false, true]) {
      const name = `${display}, ${hasDialect ? 'with' : 'without'} a dialect`;
      it(`and that the shopper was in, ends unknown when it is left: ${name}`, async () => {
        const cashier = await opened(display, hasDialect);
        assert.isFalse(isTouched(cashier), 'the focus was not given');
        await press(cashier);
        const closed = next(cashier, 'kassa-outcome');
        if (display === 'modal') cashier.close();
        else cashier.remove();
        assert.deepInclude((await closed).outcome, { kind: 'unknown', verified: false });
      });
    }
  }

  it('and that was only looked at, is cancelled', async () => {
    const cashier = await opened('modal', true);
    await aWhile();
    assert.isNull(cashier.renderRoot.querySelector('iframe:focus'));
    cashier.close();
    assert.strictEqual((await cashier.result()).kind, 'cancelled');
  });

  it('and that the shopper was in, keeps its token: none is fetched to try again', async () => {
    const { session, times } = source();
    const cashier = await mount(() => ({ ...session(), ...sessionWith('silent'), token: 'the-one' }));
    await until(() => cashier.renderRoot.querySelector('.shown') !== null, 'shown');
    await press(cashier);
    cashier.reload();
    await until(() => cashier.renderRoot.querySelector('.shown') !== null, 'shown again');
    assert.strictEqual(times(), 1);
    assert.include(frameOf(cashier).src, 'the-one');
  });
});

const dialogIsModal = (cashier: KassaCashier): boolean =>
  cashier.renderRoot.querySelector('dialog:modal') !== null;

describe('a page that dies while money moves', () => {
  // E10
  it('is asked about, the shopper is told, and may leave with an honest outcome', async () => {
    const cashier = await mount(
      sessionWith('good', { trackingId: 'dies-1', statusUrl: statusUrl('silent', 'dies-1') }),
      (it) => {
        it.display = 'modal';
        it.open = true;
      },
    );
    await next(cashier, 'kassa-ready');
    const end = holdTimers(30_000);
    order(cashier, { say: ['busy', { locked: true }] });
    await until(() => cashier.state === 'busy', 'busy');
    cashier.close();
    assert.strictEqual(cashier.state, 'busy');
    const told = next(cashier, 'kassa-error');
    // No word comes from a page that is gone; no event tells the parent of it either.
    frameOf(cashier).src = 'about:blank';
    assert.strictEqual(end(30_000), 1);
    assert.strictEqual((await told).error.code, 'frame-timeout');
    const card = (): string => cashier.renderRoot.querySelector('[part=message]')?.textContent ?? '';
    for (const language of LANGUAGES) {
      document.documentElement.lang = language;
      const words = await errorWordsOf(language);
      const said = ['page-stopped-title', 'page-stopped', 'open-again'] as const;
      await until(() => said.every((name) => card().includes(words[name])), `words in ${language}`);
    }
    document.documentElement.removeAttribute('lang');
    const outcome = next(cashier, 'kassa-outcome');
    cashier.close();
    assert.deepInclude((await outcome).outcome, { kind: 'unknown', verified: false });
    assert.strictEqual(cashier.state, 'idle');
  });

  it('and one that says so for ever, hold the shopper no longer than any payment takes', async () => {
    const cashier = await mount(
      sessionWith('good', { trackingId: 'endless-1', statusUrl: statusUrl('silent', 'endless-1') }),
    );
    await next(cashier, 'kassa-ready');
    const busy = (locked: boolean): void => order(cashier, { say: ['busy', { locked }] });
    const end = holdTimers(900_000, 5_000);
    busy(true);
    await until(() => cashier.state === 'busy', 'busy');
    // One that lets go and takes hold again at once has not let go.
    busy(false);
    busy(true);
    await allHeard(cashier);
    assert.strictEqual(end(5_000), 0);
    const told = next(cashier, 'kassa-error');
    assert.strictEqual(end(900_000), 1);
    assert.strictEqual((await told).error.code, 'frame-timeout');
    busy(true);
    await allHeard(cashier);
    assert.strictEqual(cashier.state, 'failed');
    busy(false);
    await allHeard(cashier);
    assert.strictEqual(end(5_000), 1);
    busy(true);
    await until(() => cashier.state === 'busy', 'another payment, after one that came to its end');
    busy(false);
    await until(() => cashier.state !== 'busy', 'let go');
    cashier.remove();
    assert.deepInclude(await cashier.result(), { kind: 'unknown', verified: false });
  });

  it('is not one that repeats itself', async () => {
    const cashier = await mount(sessionWith('good', { trackingId: 'lives-1' }));
    await next(cashier, 'kassa-ready');
    const waits = holdTimers(30_000);
    const beats = (): number =>
      cashier.diagnostics().filter(({ what }) => what.startsWith('frame-busy')).length;
    order(cashier, { say: ['busy', { locked: true }] });
    await until(() => cashier.state === 'busy', 'busy');
    const before = beats();
    await until(() => beats() > before, 'said again');
    // Of what was waited for since the first word, and since the second, only that is left.
    const told = next(cashier, 'kassa-error');
    assert.strictEqual(waits(30_000), 1);
    assert.strictEqual((await told).error.code, 'frame-timeout');
  });
});

// Item 10
it('a language that is chosen before the hosted page has said hello reaches it', async () => {
  const heard = new Promise<unknown>((resolve) => {
    window.addEventListener('message', ({ data }: MessageEvent<{ fixture?: { type?: string } }>) => {
      if (data.fixture?.type === 'locale') resolve(data.fixture);
    });
  });
  const cashier = await mount(sessionWith('slow'));
  await until(() => cashier.renderRoot.querySelector('iframe') !== null, 'a frame');
  cashier.lang = 'ja';
  assert.deepEqual(await heard, { type: 'locale', data: { lang: 'ja' } });
});
