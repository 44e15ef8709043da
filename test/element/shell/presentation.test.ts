/** Inline, modal, popover: one panel that never moves in the document, so that the frame never loads again. */
import { assert, expect } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import type { KassaCashier } from '../../../src/element/cashier-element.ts';
import { lift } from '../../../src/element/shell/overlay.ts';
import { createPresentation } from '../../../src/element/shell/presentation.ts';
import { errorWordsOf } from '../../../src/element/words/languages.ts';
import { loadWords } from '../../../src/element/words/load.ts';
import { LANGUAGES } from '../../../src/model/languages.ts';
import { ACCESSIBLE, clear, frameOf, mount, next, order, painted, sessionWith, until } from '../fixture.ts';
import { focusInFrame, focusInPage } from '../focus.ts';

afterEach(async () => {
  clear();
  document.documentElement.removeAttribute('lang');
  await setViewport({ width: 1024, height: 768 });
});

const once = (target: EventTarget, name: string): Promise<unknown> =>
  new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));
const dialogOf = (cashier: KassaCashier): HTMLDialogElement => {
  const dialog = cashier.renderRoot.querySelector('dialog');
  if (!dialog) throw new Error('no dialog');
  return dialog;
};
const pageOverflow = (): string => getComputedStyle(document.documentElement).overflow;
const hellos = (cashier: KassaCashier): number =>
  cashier.diagnostics().filter(({ what }) => what.startsWith('hello')).length;

/** A closed cashier behind a button that opens it. */
async function behindButton(
  display: 'modal' | 'popover',
): Promise<{ cashier: KassaCashier; button: HTMLElement }> {
  const cashier = await mount(sessionWith('good'), (it) => {
    it.display = display;
    it.innerHTML = '<button slot="trigger">Pay</button>';
  });
  const button = cashier.querySelector('button');
  if (!button) throw new Error('no button');
  return { cashier, button };
}

describe('a modal', () => {
  it('holds the page still, whatever the page does to its root element meanwhile', async () => {
    const { cashier, button } = await behindButton('modal');
    button.click();
    await until(() => dialogOf(cashier).matches(':modal'), 'in the top layer');
    document.documentElement.style.overflow = 'scroll';
    assert.strictEqual(pageOverflow(), 'hidden');
    cashier.close();
    await until(() => cashier.state === 'idle', 'closed');
    await cashier.updateComplete;
    assert.strictEqual(pageOverflow(), 'scroll');
    document.documentElement.style.overflow = '';
  });

  it('opens by its trigger, above the page, and gives the focus back', async () => {
    const { cashier, button } = await behindButton('modal');
    await painted();
    assert.strictEqual(cashier.state, 'idle');
    assert.isTrue(button.checkVisibility());
    button.focus();
    button.click();
    await next(cashier, 'kassa-ready');
    await cashier.updateComplete;
    const dialog = dialogOf(cashier);
    await until(() => dialog.matches(':modal'), 'in the top layer');
    assert.isTrue(cashier.open);
    assert.strictEqual(pageOverflow(), 'hidden');
    await expect(cashier).to.be.accessible(ACCESSIBLE);

    cashier.renderRoot.querySelector<HTMLElement>('[part=close]')?.click();
    await until(() => cashier.state === 'idle', 'closed');
    await cashier.updateComplete;
    assert.isFalse(dialog.open);
    assert.isFalse(cashier.open);
    assert.strictEqual(pageOverflow(), 'visible');
    assert.isTrue(document.activeElement === button);
  });

  it('is left by Escape and by a click beside it, each a question that the page may refuse', async () => {
    const { cashier } = await behindButton('modal');
    cashier.open = true;
    await next(cashier, 'kassa-ready');
    await until(() => dialogOf(cashier).matches(':modal'), 'in the top layer');
    const refuse = (event: Event): void => event.preventDefault();
    cashier.addEventListener('kassa-close', refuse);
    // Out of the frame, which got the focus and hears its own keys.
    await focusInPage(cashier);
    for (let presses = 0; presses < 3; presses += 1) {
      const asked = next(cashier, 'kassa-close');
      await sendKeys({ press: 'Escape' });
      assert.strictEqual((await asked).by, 'shopper');
    }
    await painted();
    assert.isTrue(dialogOf(cashier).matches(':modal'));
    const asked = next(cashier, 'kassa-close');
    await sendMouse({ type: 'click', position: [5, 5] });
    await asked;
    cashier.removeEventListener('kassa-close', refuse);
    await sendKeys({ press: 'Escape' });
    assert.strictEqual((await cashier.result()).kind, 'cancelled');
  });

  it('stays open while money moves', async () => {
    const { cashier } = await behindButton('modal');
    cashier.show();
    await next(cashier, 'kassa-ready');
    order(cashier, { say: ['busy', { locked: true }] });
    await until(() => cashier.state === 'busy', 'busy');
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'Escape' });
    cashier.open = false;
    await painted();
    assert.strictEqual(cashier.state, 'busy');
    assert.isTrue(dialogOf(cashier).matches(':modal'));
  });

  it('is a sheet at the bottom of a narrow screen', async () => {
    await setViewport({ width: 390, height: 800 });
    const { cashier } = await behindButton('modal');
    cashier.show();
    await next(cashier, 'kassa-ready');
    await until(() => dialogOf(cashier).matches(':modal'), 'in the top layer');
    const { left, width, bottom } = dialogOf(cashier).getBoundingClientRect();
    assert.deepEqual([left, width, bottom], [0, 390, 800]);
  });

  // Issue 15.6
  it('that sheet is left by its handle, dragged down, and not by a slip of the finger', async () => {
    await setViewport({ width: 390, height: 800 });
    const { cashier } = await behindButton('modal');
    cashier.show();
    await next(cashier, 'kassa-ready');
    await until(() => dialogOf(cashier).matches(':modal'), 'in the top layer');
    await until(() => frameOf(cashier).style.height === '480px', 'fitted');
    const box = dialogOf(cashier).querySelector('.handle')?.getBoundingClientRect();
    if (!box) throw new Error('no handle');
    assert.isAtLeast(box.height, 44);
    const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
    const isHeld = (): boolean => dialogOf(cashier).classList.contains('dragged');
    const drag = async (down: number): Promise<void> => {
      await sendMouse({ type: 'move', position: [x, y] });
      await sendMouse({ type: 'down' });
      await until(() => isHeld(), 'held');
      await sendMouse({ type: 'move', position: [x, y + down] });
      await sendMouse({ type: 'up' });
      await until(() => !isHeld(), 'let go of');
    };
    await drag(30);
    assert.strictEqual(cashier.state, 'ready');
    assert.strictEqual(dialogOf(cashier).style.translate, '');
    await drag(150);
    await until(() => cashier.state === 'idle', 'closed');
  });

  it('scrolls inside its frame, and is never higher than the window', async () => {
    await setViewport({ width: 360, height: 400 });
    const { cashier } = await behindButton('modal');
    cashier.show();
    await next(cashier, 'kassa-ready');
    await until(() => frameOf(cashier).style.height === '480px', 'fitted');
    await until(() => dialogOf(cashier).matches(':modal'), 'in the top layer');
    const { height, bottom } = frameOf(cashier).getBoundingClientRect();
    assert.isBelow(height, 400 * 0.92);
    assert.isAtMost(bottom, 400);
    assert.isAbove(height, 250);
  });
});

describe('a popover', () => {
  it('stands beside what it belongs to, and follows it', async () => {
    const { cashier, button } = await behindButton('popover');
    cashier.style.marginLeft = '200px';
    button.click();
    await next(cashier, 'kassa-ready');
    const dialog = dialogOf(cashier);
    await until(() => dialog.matches(':popover-open'), 'in the top layer');
    const beside = (): boolean =>
      Math.abs(dialog.getBoundingClientRect().top - button.getBoundingClientRect().bottom - 8) < 2 &&
      Math.abs(dialog.getBoundingClientRect().left - button.getBoundingClientRect().left) < 2;
    await until(beside, 'beside its button');
    cashier.style.marginLeft = '300px';
    await until(beside, 'beside its button again');
    await focusInPage(cashier);
    await sendKeys({ press: 'Escape' });
    await until(() => cashier.state === 'idle', 'closed');
  });

  // Issue 15.7
  it('has a trigger that says what it opens, and a panel that is a dialog only above the page', async () => {
    const { cashier, button } = await behindButton('popover');
    await until(() => button.ariaHasPopup === 'dialog', 'said before it is opened');
    assert.strictEqual(button.ariaExpanded, 'false');
    button.click();
    await next(cashier, 'kassa-ready');
    await until(() => button.ariaExpanded === 'true', 'expanded');
    await focusInFrame(cashier);
    assert.isNull(dialogOf(cashier).role);
    assert.strictEqual(getComputedStyle(dialogOf(cashier), '::backdrop').backgroundColor, 'rgba(0, 0, 0, 0)');
    cashier.display = 'inline';
    await until(() => dialogOf(cashier).role === 'group', 'a part of the page');
    cashier.display = 'popover';
    cashier.close();
    await until(() => cashier.state === 'idle', 'closed');
    await until(() => button.ariaExpanded === 'false', 'collapsed');
  });

  it('points at what `anchor` names', async () => {
    document.body.append(Object.assign(document.createElement('p'), { id: 'cart', textContent: 'Cart' }));
    const { cashier } = await behindButton('popover');
    cashier.anchor = 'cart';
    cashier.show();
    await next(cashier, 'kassa-ready');
    const cart = document.getElementById('cart');
    await until(
      () =>
        Math.abs(
          dialogOf(cashier).getBoundingClientRect().top - (cart?.getBoundingClientRect().bottom ?? 0) - 8,
        ) < 2,
      'below the cart',
    );
  });
});

// B24
it('the display changes while the shopper types, and the frame is not loaded again', async () => {
  const cashier = await mount(sessionWith('good'));
  await next(cashier, 'kassa-ready');
  const frame = frameOf(cashier);
  for (const display of ['modal', 'popover', 'inline', 'modal', 'inline'] as const) {
    cashier.display = display;
    const dialog = dialogOf(cashier);
    const isShown = (): boolean =>
      dialog.matches(':modal') === (display === 'modal') &&
      dialog.matches(':popover-open') === (display === 'popover');
    await until(isShown, display);
  }
  assert.isTrue(frameOf(cashier) === frame);
  assert.strictEqual(hellos(cashier), 1);
  assert.strictEqual(cashier.state, 'ready');
});

it('a display that changes there and back before its code has come is shown once', async () => {
  const dialog = document.createElement('dialog');
  const tag = document.createElement('kassa-cashier');
  document.body.append(dialog, tag);
  const presentation = createPresentation({
    dialog,
    tag,
    onLeave: () => undefined,
    onHidden: () => undefined,
    adopt: () => undefined,
  });
  for (const display of ['modal', 'inline', 'modal'] as const) presentation.show(display);
  await until(() => dialog.matches(':modal'), 'lifted');
  await painted();
  presentation.show('inline');
  await painted();
  assert.isTrue(dialog.open);
  assert.isFalse(dialog.matches(':modal'));
  assert.strictEqual(pageOverflow(), 'visible');
});

it('a modal that is lowered and lifted again in one go hears nothing of having been closed', async () => {
  const cashier = await mount(undefined);
  const dialog = document.createElement('dialog');
  document.body.append(dialog);
  const heard: string[] = [];
  const lifted = {
    dialog,
    tag: cashier,
    display: 'modal',
    onLeave: () => heard.push('a wish to leave'),
    onHidden: (why: string) => heard.push(why),
    adopt: () => undefined,
  } as const;
  lift(lifted)();
  const lowerAgain = lift(lifted);
  // The browser tells of the first end in a task of its own.
  await once(dialog, 'close');
  assert.deepEqual(heard, []);
  assert.isTrue(dialog.matches(':modal'));
  lowerAgain();
  await once(dialog, 'close');
  assert.deepEqual(heard, []);
  dialog.remove();
});

it('an inline cashier takes no focus when it opens', async () => {
  const input = document.createElement('input');
  document.body.append(input);
  input.focus();
  await next(await mount(sessionWith('good')), 'kassa-ready');
  assert.isTrue(document.activeElement === input);
});

it('a redirect asks before it leaves, with the token in the address', async () => {
  const cashier = document.createElement('kassa-cashier');
  cashier.session = sessionWith('good');
  cashier.display = 'redirect';
  cashier.addEventListener('kassa-redirect', (event) => event.preventDefault());
  const asked = next(cashier, 'kassa-redirect');
  document.body.append(cashier);
  const { url, reason } = await asked;
  assert.strictEqual(reason, 'display');
  assert.strictEqual(new URL(url).searchParams.get('token'), 'token-good');
});

describe('words', () => {
  it('every language is whole', async () => {
    const english = await loadWords('en');
    const errors = await errorWordsOf('en');
    for (const language of LANGUAGES) {
      assert.sameMembers(Object.keys(await loadWords(language)), Object.keys(english));
      assert.sameMembers(Object.keys(await errorWordsOf(language)), Object.keys(errors));
    }
  });

  it('are those of the page, live; the frame’s name and the direction follow', async () => {
    document.documentElement.lang = 'de-AT';
    const cashier = await mount(sessionWith('good'));
    await next(cashier, 'kassa-ready');
    await until(() => frameOf(cashier).title === 'Sichere Zahlung', 'German');
    document.documentElement.lang = 'ar';
    await until(() => frameOf(cashier).title === 'دفع آمن', 'Arabic');
    await cashier.updateComplete;
    assert.strictEqual(dialogOf(cashier).dir, 'rtl');
    cashier.lang = 'ja';
    await until(() => frameOf(cashier).title === '安全なお支払い', 'Japanese');
  });

  it('can be the shop’s own', async () => {
    const cashier = await mount({ ...sessionWith('good'), token: '' }, (it) => {
      it.words = { errorTitle: 'Oh no' };
    });
    await next(cashier, 'kassa-error');
    await until(() => cashier.shadowRoot?.querySelector('h2')?.textContent === 'Oh no', 'the shop’s words');
    await until(
      () => cashier.shadowRoot?.querySelector('[role=alert] p')?.textContent !== '',
      'a sentence about what happened',
    );
  });
});

// Pain 19: the page below a cashier must not jump
it('the second cashier of a tab takes its room at once: nothing below it moves', async () => {
  const first = await mount(sessionWith('good'));
  await next(first, 'kassa-ready');
  // What the good page says of itself: more than the room that is kept without memory.
  await until(() => frameOf(first).style.height === '480px', 'fitted');
  first.remove();

  const moved: string[] = [];
  const note = (entries: PerformanceEntryList): void =>
    void moved.push(...entries.map((entry) => JSON.stringify(entry)));
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'layout-shift' });
  // Inside an animation frame: what waits for the next one is too late.
  await new Promise(requestAnimationFrame);
  const second = await mount(sessionWith('good'));
  document.body.append(Object.assign(document.createElement('p'), { textContent: 'Below the cashier' }));
  await next(second, 'kassa-ready');
  await until(() => frameOf(second).style.height === '480px', 'fitted');
  await painted();
  note(observer.takeRecords());
  observer.disconnect();
  assert.deepEqual(moved, []);
});
