/** Issue 17.3: what says that the hosted page is loading, which costs as much as loading does. */
import { assert, expect } from '@open-wc/testing';
import type { KassaCashier } from '../../../src/element/cashier-element.ts';
import { ACCESSIBLE, clear, holdTimers, mount, next, sessionWith, until } from '../fixture.ts';

afterEach(clear);

/** After which it is shown, in milliseconds. */
const LATE = 200;

const bonesOf = ({ renderRoot }: KassaCashier): number => renderRoot.querySelectorAll('.skeleton > *').length;
const isShown = ({ renderRoot }: KassaCashier): boolean =>
  renderRoot.querySelector('.skeleton')?.checkVisibility() ?? false;
const saidBy = ({ renderRoot }: KassaCashier): string =>
  renderRoot.querySelector('[role=status]')?.textContent ?? '';

describe('waiting', () => {
  it('is neither shown nor said when the page is there at once', async () => {
    const release = holdTimers(LATE);
    const cashier = await mount(sessionWith('good'));
    assert.strictEqual(bonesOf(cashier), 0);
    assert.strictEqual(saidBy(cashier), '');
    const room = cashier.getBoundingClientRect().height;
    assert.isAbove(room, 300, 'its room is kept');
    await next(cashier, 'kassa-ready');
    await cashier.updateComplete;
    assert.strictEqual(release(LATE), 0, 'nothing is waited for any more');
    assert.strictEqual(saidBy(cashier), '');
    assert.strictEqual(bonesOf(cashier), 0);
  });

  it('begins when it is opened, and each time anew', async () => {
    const release = holdTimers(LATE);
    const cashier = await mount(new Promise<never>(() => undefined), (it) => (it.display = 'modal'));
    assert.strictEqual(release(LATE), 0, 'nobody waits for what is closed');
    for (let time = 1; time <= 2; time += 1) {
      cashier.show();
      await until(() => cashier.renderRoot.querySelector('dialog')?.open === true, 'open');
      assert.strictEqual(bonesOf(cashier), 0, 'nothing flashes');
      assert.strictEqual(saidBy(cashier), '');
      assert.strictEqual(release(LATE), 1);
      assert.isTrue(isShown(cashier));
      assert.strictEqual(bonesOf(cashier), 10);
      assert.strictEqual(saidBy(cashier), 'Opening the secure payment page…');
      cashier.close();
      await until(() => cashier.state === 'idle', 'closed');
      await cashier.updateComplete;
      assert.strictEqual(saidBy(cashier), '');
    }
  });

  it('is shown and said to who waits for longer, in the words of the page', async () => {
    const release = holdTimers(LATE);
    const cashier = await mount(new Promise<never>(() => undefined));
    release(LATE);
    assert.strictEqual(bonesOf(cashier), 10);
    assert.strictEqual(saidBy(cashier), 'Opening the secure payment page…');
    await expect(cashier).to.be.accessible(ACCESSIBLE);
    cashier.lang = 'de';
    await until(() => saidBy(cashier).startsWith('Die sichere Zahlungsseite'), 'said in German');
  });

  it('is over with an error', async () => {
    const release = holdTimers(LATE);
    const cashier = await mount(() => Promise.reject(new Error('no route')));
    release(LATE);
    await until(() => cashier.state === 'failed', 'failed');
    await cashier.updateComplete;
    assert.strictEqual(saidBy(cashier), '');
    assert.isFalse(isShown(cashier));
  });
});
