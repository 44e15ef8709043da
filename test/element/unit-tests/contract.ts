/**
 * What the tests of a shop's own page need of the tag in a DOM that is no browser: it mounts, says where it is, tells
 * what happens, and never throws, at once or later. It is not expected to look like anything.
 */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { act, createElement } from 'react';
import type { KassaCashier } from '../../../src/element/cashier-element.ts';
import { DISPLAYS } from '../../../src/element/shell/presentation.ts';
import type { Session } from '../../../src/wire/session.ts';
import { until } from '../../patience.ts';

const SESSION: Session = {
  token: 'token-1',
  flow: 'deposit',
  trackingId: 'order-1',
  cashierUrl: 'https://pay.example/cashier',
  statusUrl: 'https://shop.example/status',
};

/** What would fail the shop's test run, though no line of its tests threw. */
const thrown: unknown[] = [];

/** Called once the globals of such a DOM are there. */
export async function mountsInUnitTests(environment: string): Promise<void> {
  process.on('unhandledRejection', (error) => thrown.push(error));
  window.addEventListener('error', ({ error, message }) => thrown.push(error ?? message));
  await import('../../../src/element/define.ts');
  const { KassaCashier: Component } = await import('../../../src/react/index.ts');
  const { createRoot } = await import('react-dom/client');

  async function mount(set: (cashier: KassaCashier) => void): Promise<KassaCashier> {
    const cashier = document.createElement('kassa-cashier');
    set(cashier);
    document.body.append(cashier);
    await cashier.updateComplete;
    return cashier;
  }
  const isOpen = (cashier: KassaCashier): boolean =>
    cashier.shadowRoot?.querySelector('dialog')?.hasAttribute('open') === true;
  const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

  afterEach(async () => {
    document.body.replaceChildren();
    await settled();
    assert.deepEqual(thrown.splice(0), []);
  });

  // B8
  test(`${environment}: the tag mounts, and says in which state it is`, async () => {
    const cashier = await mount((it) => {
      it.session = () => new Promise(() => undefined);
    });
    await settled();
    assert.equal(cashier.state, 'loading');
    assert.deepEqual(
      [cashier.outcome, cashier.trackingId, cashier.transactionId],
      [undefined, undefined, undefined],
    );
    assert.ok(cashier.diagnostics().length > 0);
  });

  for (const display of DISPLAYS.filter((it) => it !== 'redirect')) {
    test(`${environment}: display="${display}" opens, tells its events, closes, and opens again`, async () => {
      const told: string[] = [];
      const cashier = await mount((it) => {
        it.display = display;
        it.session = () => Promise.resolve(SESSION);
        for (const type of ['kassa-close', 'kassa-closed', 'kassa-outcome', 'kassa-error'] as const) {
          it.addEventListener(type, () => told.push(type));
        }
      });
      for (let rounds = 0; rounds < 2; rounds += 1) {
        cashier.show();
        await until(() => cashier.trackingId === 'order-1', 'a session');
        await until(() => isOpen(cashier), 'open');
        const result = cashier.result();
        cashier.close();
        assert.equal((await result).kind, 'cancelled');
        await cashier.updateComplete;
        assert.equal(cashier.state, 'idle');
        assert.equal(isOpen(cashier), false);
      }
      const round = ['kassa-close', 'kassa-outcome', 'kassa-closed'];
      assert.deepEqual(
        told.filter((type) => type !== 'kassa-error'),
        [...round, ...round],
      );
    });
  }

  test(`${environment}: the button in its trigger slot opens it`, async () => {
    const cashier = await mount((it) => {
      it.display = 'popover';
      it.session = () => new Promise(() => undefined);
      it.innerHTML = '<button slot="trigger">Pay</button>';
    });
    cashier.querySelector('button')?.click();
    await until(() => cashier.state === 'loading' && cashier.open, 'open');
    await settled();
  });

  test(`${environment}: a session that cannot be fetched is told as an event`, async () => {
    let code = '';
    const cashier = await mount((it) => {
      it.session = () => Promise.reject(new Error('no backend in a unit test'));
      it.addEventListener('kassa-error', ({ error }) => {
        code = error.code;
      });
    });
    await until(() => code !== '', 'an error');
    assert.equal(code, 'session-failed');
    assert.equal(cashier.state, 'failed');
    cashier.reload();
    await settled();
  });

  test(`${environment}: a card that the backend charged shows its challenge`, async () => {
    const cashier = await mount((it) => {
      it.payment = {
        trackingId: 'order-2',
        url: 'https://bank.example/challenge',
        transaction_status: 'pending',
        statusUrl: 'https://shop.example/status',
      };
    });
    await until(() => cashier.state === 'challenge', 'a challenge');
    await settled();
    await cashier.resume();
    cashier.remove();
    assert.equal((await cashier.result()).kind, 'pending');
  });

  test(`${environment}: prewarm, theme, language and colours do no harm`, async () => {
    const cashier = await mount((it) => {
      it.display = 'modal';
      it.prewarm = true;
      it.sessionUrl = '/kassa/session';
      it.theme = 'dark';
      it.lang = 'pt_BR';
      it.style.setProperty('--kassa-seed', '#ff6600');
    });
    await settled();
    assert.equal(cashier.state, 'idle');
  });

  test(`${environment}: React mounts it, and takes it away`, async () => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    const place = document.createElement('main');
    document.body.append(place);
    const root = createRoot(place);
    const acted = (change: () => void) => act(() => Promise.resolve().then(change));
    let closed = 0;
    const tag = createElement(Component, {
      display: 'modal',
      session: () => new Promise<Session>(() => undefined),
      onClosed: () => void (closed += 1),
    });
    await acted(() => root.render(tag));
    const cashier = place.querySelector('kassa-cashier');
    if (!cashier) throw new Error('React mounted no tag');
    assert.equal(cashier.state, 'idle');
    await acted(() => cashier.show());
    assert.equal(cashier.state, 'loading');
    await acted(() => cashier.close());
    assert.equal(closed, 1);
    await acted(() => root.unmount());
    assert.equal(place.childElementCount, 0);
  });
}
