/** Coming and going: nothing is left behind, and nothing comes back to a page that has moved on. */
import { assert } from '@open-wc/testing';
import { KassaCashier } from '../../src/element/cashier-element.ts';
import { aWhile, clear, mount, next, order, painted, sessionWith, statusUrl, until } from './fixture.ts';

afterEach(clear);

/** Counts listeners, timers and observers that are alive, by wrapping what makes them. */
function watchLeaks() {
  const alive = new Map<string, number>();
  const count = (what: string, by: number): void => void alive.set(what, (alive.get(what) ?? 0) + by);
  const undo: (() => void)[] = [];
  for (const target of [window, document]) {
    const add = target.addEventListener.bind(target) as EventTarget['addEventListener'];
    const remove = target.removeEventListener.bind(target) as EventTarget['removeEventListener'];
    const kept = new Map<unknown, Set<string>>();
    const forget = (type: string, listener: unknown): void => {
      if (kept.get(listener)?.delete(type)) count(`${type} listener`, -1);
    };
    Object.assign(target, {
      addEventListener: (
        type: string,
        listener: EventListener,
        options?: AddEventListenerOptions | boolean,
      ) => {
        const types = kept.get(listener) ?? new Set();
        if (!types.has(type)) count(`${type} listener`, 1);
        kept.set(listener, types.add(type));
        if (typeof options === 'object')
          options.signal?.addEventListener('abort', () => forget(type, listener));
        add(type, listener, options);
      },
      removeEventListener: (type: string, listener: EventListener) => {
        forget(type, listener);
        remove(type, listener);
      },
    });
    undo.push(() => {
      Reflect.deleteProperty(target, 'addEventListener');
      Reflect.deleteProperty(target, 'removeEventListener');
    });
  }
  const set = window.setTimeout.bind(window);
  const cut = window.clearTimeout.bind(window);
  const timers = new Set<unknown>();
  Object.assign(window, {
    setTimeout: (run: () => void, ms?: number) => {
      const id: unknown = set(() => {
        timers.delete(id);
        run();
      }, ms);
      timers.add(id);
      return id;
    },
    clearTimeout: (id: number) => {
      timers.delete(id);
      cut(id);
    },
  });
  undo.push(() => void Object.assign(window, { setTimeout: set, clearTimeout: cut }));
  return {
    alive: () => [...alive].filter(([, n]) => n !== 0).concat([['timer', timers.size]]),
    stop: () => {
      for (const step of undo) step();
    },
  };
}

it('eighty cashiers that come and go leave no frame, no listener and no timer', async () => {
  // The first one loads what all share, the page's one listener for presses with it.
  const first = await mount(
    sessionWith('good', { trackingId: 'warm', statusUrl: statusUrl('stream', 'warm') }),
    (it) => Object.assign(it, { display: 'modal', open: true }),
  );
  await next(first, 'kassa-outcome');
  await until(() => first.renderRoot.querySelector('dialog')?.matches(':modal') === true, 'above the page');
  clear();
  await painted();
  const leaks = watchLeaks();
  try {
    for (let round = 0; round < 80; round += 1) {
      const isPaid = round % 40 === 39;
      const trackingId = `leak-${round}`;
      const session = sessionWith('silent', {
        trackingId,
        statusUrl: statusUrl(isPaid ? 'json' : 'sleeps', trackingId),
        expiresAt: '2099-01-01T00:00:00Z',
      });
      const cashier = await mount(session, (it) => {
        if (round % 4 === 1) it.display = 'modal';
        if (round % 4 === 2) it.display = 'popover';
        it.open = true;
      });
      if (round % 2 === 0) await until(() => cashier.trackingId !== undefined, 'a session');
      if (round % 8 === 5) await aWhile(20);
      if (isPaid) await cashier.result();
      cashier.remove();
      await Promise.resolve();
    }
    // The feed of a paid order is given back half a second after.
    const isClean = (): boolean => leaks.alive().every(([, count]) => count === 0);
    await until(isClean, 'nothing is alive').catch(() => undefined);
    assert.deepEqual(leaks.alive(), [['timer', 0]]);
    assert.strictEqual(document.body.querySelectorAll('iframe, kassa-cashier').length, 0);
    assert.strictEqual(window.frames.length, 0);
    assert.strictEqual(document.adoptedStyleSheets.length, 0);
  } finally {
    leaks.stop();
  }
});

it('a framework that mounts, unmounts and mounts again at once sees one session', async () => {
  let asked = 0;
  const cashier = document.createElement('kassa-cashier');
  cashier.session = () => {
    asked += 1;
    return sessionWith('good');
  };
  document.body.append(cashier);
  cashier.remove();
  document.body.append(cashier);
  await next(cashier, 'kassa-ready');
  assert.strictEqual(asked, 1);
});

it('a session that comes after the element has gone opens nothing', async () => {
  let answer: (session: ReturnType<typeof sessionWith>) => void = () => undefined;
  const cashier = await mount(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  const result = cashier.result();
  cashier.remove();
  await painted();
  answer(sessionWith('good'));
  await painted();
  assert.strictEqual(cashier.state, 'idle');
  assert.strictEqual(window.frames.length, 0);
  assert.strictEqual((await result).kind, 'cancelled');
});

it('an element that was closed opens again, with a session and an outcome of its own', async () => {
  const cashier = await mount(() => sessionWith('good'));
  await next(cashier, 'kassa-ready');
  const first = cashier.result();
  cashier.close();
  assert.strictEqual((await first).kind, 'cancelled');
  cashier.show();
  const second = cashier.result();
  await next(cashier, 'kassa-ready');
  order(cashier, { say: ['status', { status: 'succeeded' }] });
  assert.strictEqual((await second).kind, 'succeeded');
});

it('a second copy of the script leaves the first one in place, with one warning', async () => {
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => void warnings.push(words.join(' '));
  try {
    // @ts-expect-error -- by another address it is another module
    await import('../../src/element/define.ts?copy=2');
    assert.strictEqual(customElements.get('kassa-cashier'), KassaCashier);
    assert.strictEqual(warnings.length, 0, 'the same class again is no conflict');
  } finally {
    console.warn = warn;
  }
});
