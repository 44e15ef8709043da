/** Issue 13.6: a gesture is not a wish to leave, and what leaving would lose is asked for first. */
import { assert, expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import type { KassaCashier } from '../../../src/element/cashier-element.ts';
import { QUESTION_WORDS } from '../../../src/element/shell/question-words.ts';
import { LANGUAGES } from '../../../src/model/languages.ts';
import {
  ACCESSIBLE,
  aWhile,
  clear,
  frameOf,
  mount,
  next,
  order,
  OTHER_SITE,
  painted,
  sessionWith,
  stopClock,
  until,
} from '../fixture.ts';
import { focusInFrame, focusInPage, handOver, isFocused } from '../focus.ts';

afterEach(() => {
  clear();
  document.documentElement.removeAttribute('lang');
});

const dialogOf = (cashier: KassaCashier): HTMLDialogElement => {
  const dialog = cashier.renderRoot.querySelector('dialog');
  if (!dialog) throw new Error('no dialog');
  return dialog;
};
const questionOf = (cashier: KassaCashier): HTMLElement | null =>
  cashier.renderRoot.querySelector('[part=question]');
const buttonOf = (cashier: KassaCashier, text: string): HTMLElement | undefined =>
  [...cashier.renderRoot.querySelectorAll('button')].find(({ textContent }) => textContent === text);
const closeButton = (cashier: KassaCashier): HTMLElement => {
  const button = cashier.renderRoot.querySelector<HTMLElement>('[part=close]');
  if (!button) throw new Error('no close button');
  return button;
};

async function opened(
  display: 'modal' | 'popover',
  behaviour: 'good' | 'foreign' = 'good',
  place: Element = document.body,
): Promise<KassaCashier> {
  const cashier = await mount(sessionWith(behaviour), (it) => {
    it.display = display;
    it.innerHTML = '<button slot="trigger">Pay</button>';
    if (behaviour === 'foreign')
      it.dialect = (data) => (data === 'never' ? { type: 'ready', data: {} } : undefined);
  });
  place.append(cashier);
  cashier.show();
  await next(cashier, 'kassa-ready');
  await until(() => dialogOf(cashier).matches(':modal, :popover-open'), 'in the top layer');
  if (behaviour === 'foreign') return cashier;
  await until(() => frameOf(cashier).style.height === '480px', 'fitted');
  // It is given the focus once it is shown; what a test gives it to before that would lose it again.
  await focusInFrame(cashier);
  return cashier;
}

const middleOf = (element: Element): [number, number] => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
};

/**
 * As a shopper does: into the frame, where the page of another site hears it. Until the browser knows where a frame is
 * that has just grown, a click beside its field is one more try.
 */
async function typeInFrame(cashier: KassaCashier, isTold = true): Promise<void> {
  // Of a page that does not tell, the element sees that somebody pressed something in it.
  const seen = isTold ? 'frame: dirty' : 'touched';
  const hasTyped = (): boolean => cashier.diagnostics().some(({ what }) => what.startsWith(seen));
  let isAgain = false;
  await until(async () => {
    // A frame that takes itself for the one that has the focus asks for none when it is clicked (`focus.ts`).
    if (isAgain) for (const element of [closeButton(cashier), frameOf(cashier)]) element.focus();
    isAgain = true;
    const { left, top } = frameOf(cashier).getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(left + 60), Math.round(top + 75)] });
    await sendKeys({ type: '4' });
    await painted();
    return hasTyped();
  }, 'typed in the frame');
}

const wishes = (cashier: KassaCashier): string[] => {
  const heard: string[] = [];
  for (const type of ['kassa-close', 'kassa-closed', 'kassa-outcome'] as const) {
    cashier.addEventListener(type, () => heard.push(type));
  }
  return heard;
};

// E5
describe('a double click on what opens it', () => {
  /** At a fixed place, to be clicked by whoever calls. */
  const closed = async (place = 'left: 10px; top: 10px'): Promise<[KassaCashier, [number, number]]> => {
    const cashier = await mount(sessionWith('good'), (it) => {
      it.display = 'modal';
      it.style.cssText = `position: fixed; ${place}`;
      it.innerHTML = '<button slot="trigger">Pay</button>';
    });
    const trigger = cashier.querySelector('button');
    if (!trigger) throw new Error('no trigger');
    return [cashier, middleOf(trigger)];
  };
  const isOpen = (cashier: KassaCashier): boolean => dialogOf(cashier).matches(':modal');

  it('leaves it open, also when it has not opened yet by the second click', async () => {
    stopClock();
    const [cashier, position] = await closed();
    const heard = wishes(cashier);
    await sendMouse({ type: 'click', position });
    await sendMouse({ type: 'click', position });
    await until(() => isOpen(cashier), 'open');
    await aWhile();
    assert.deepEqual(heard, []);
    assert.notStrictEqual(cashier.state, 'idle');
  });

  for (const pause of [0, 60, 150, 300, 499]) {
    it(`with ${pause} ms between leaves it open, and a later click there closes it`, async () => {
      const pass = stopClock();
      const [cashier, position] = await closed();
      const heard = wishes(cashier);
      await sendMouse({ type: 'click', position });
      await until(() => isOpen(cashier), 'open');
      pass(pause);
      await sendMouse({ type: 'click', position });
      await painted();
      assert.deepEqual(heard, []);
      pass(500 - pause);
      await sendMouse({ type: 'click', position });
      await until(() => cashier.state === 'idle', 'closed by a press beside it');
    });
  }

  it('whose second click lands on the close button leaves it open, and a later click there closes it', async () => {
    const pass = stopClock();
    const other = await opened('modal');
    const [x, y] = middleOf(closeButton(other));
    other.remove();
    const [cashier] = await closed(`left: ${x - 10}px; top: ${y - 10}px`);
    const heard = wishes(cashier);
    await sendMouse({ type: 'click', position: [x, y] });
    await until(() => isOpen(cashier), 'open');
    pass(300);
    await sendMouse({ type: 'click', position: [x, y] });
    await painted();
    assert.deepEqual(heard, []);
    pass(200);
    await sendMouse({ type: 'click', position: [x, y] });
    await until(() => cashier.state === 'idle', 'closed by its button');
  });
});

// E6
describe('a press', () => {
  it('that begins inside and ends beside the panel closes nothing, nor does one the other way round', async () => {
    const cashier = await opened('modal');
    const heard = wishes(cashier);
    const { left, top } = dialogOf(cashier).getBoundingClientRect();
    const inside: [number, number] = [Math.round(left + 20), Math.round(top + 20)];
    for (const [from, to] of [
      [inside, [5, 5]],
      [[5, 5], inside],
    ] as [[number, number], [number, number]][]) {
      await sendMouse({ type: 'move', position: from });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: to });
      await sendMouse({ type: 'up' });
    }
    await aWhile();
    assert.deepEqual(heard, []);
    assert.strictEqual(cashier.state, 'ready');
    await sendMouse({ type: 'click', position: [5, 5] });
    assert.strictEqual((await cashier.result()).kind, 'cancelled');
  });

  it('that selects text of the page it serves, dragged out of the panel, closes nothing', async () => {
    const cashier = await mount(new Promise(() => undefined), (it) => {
      it.display = 'modal';
      it.innerHTML = '<p slot="loading">One moment, please: we are opening the cashier</p>';
    });
    cashier.show();
    await until(() => dialogOf(cashier).matches(':modal'), 'open');
    const text = cashier.querySelector('p');
    if (!text) throw new Error('no text');
    await sendMouse({ type: 'move', position: middleOf(text) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: [3, 300] });
    await sendMouse({ type: 'up' });
    await aWhile();
    assert.strictEqual(cashier.state, 'loading');
  });
});

describe('Escape', () => {
  it('that the page has used does not close a popover, whoever listened first', async () => {
    const cashier = await opened('popover');
    await focusInPage(cashier);
    const heard = wishes(cashier);
    for (const target of [document.body, document, window]) {
      const used = new AbortController();
      target.addEventListener(
        'keydown',
        (event) => {
          if ((event as KeyboardEvent).key === 'Escape') event.preventDefault();
        },
        { signal: used.signal },
      );
      await sendKeys({ press: 'Escape' });
      used.abort();
    }
    await aWhile();
    assert.deepEqual(heard, []);
    await sendKeys({ press: 'Escape' });
    await until(() => cashier.state === 'idle', 'closed by one that nobody used');
  });

  it('that the page has used does not close a modal', async () => {
    const cashier = await opened('modal');
    await focusInPage(cashier);
    const heard = wishes(cashier);
    const use = (event: KeyboardEvent): void => event.preventDefault();
    document.addEventListener('keydown', use);
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'Escape' });
    document.removeEventListener('keydown', use);
    await aWhile();
    assert.deepEqual(heard, []);
    assert.isTrue(dialogOf(cashier).matches(':modal'));
    await sendKeys({ press: 'Escape' });
    await until(() => cashier.state === 'idle', 'closed by one that nobody used');
  });

  it('of an input method does not close a popover', async () => {
    const cashier = await opened('popover');
    const heard = wishes(cashier);
    for (const composing of [{ isComposing: true }, { keyCode: 229 }]) {
      const key = { key: 'Escape', bubbles: true, cancelable: true, ...composing };
      document.body.dispatchEvent(new KeyboardEvent('keydown', key));
    }
    assert.deepEqual(heard, []);
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
    );
    assert.include(heard, 'kassa-close');
  });

  it('belongs to a dialog of the page above it', async () => {
    const cashier = await opened('popover');
    await focusInPage(cashier);
    const above = document.createElement('dialog');
    document.body.append(above);
    above.showModal();
    await sendKeys({ press: 'Escape' });
    await until(() => !above.open, 'the page’s own dialog closed');
    assert.strictEqual(cashier.state, 'ready');
    await sendKeys({ press: 'Escape' });
    await until(() => cashier.state === 'idle', 'closed');
  });

  it('closes a popover and not the dialog of the page around it', async () => {
    const around = document.createElement('dialog');
    document.body.append(around);
    around.showModal();
    const cashier = await opened('popover', 'good', around);
    await focusInPage(cashier);
    await sendKeys({ press: 'Escape' });
    await until(() => cashier.state === 'idle', 'closed');
    assert.isTrue(around.open);
  });
});

describe('leaving with something to lose', () => {
  it('what was typed is asked for first, whichever way is taken', async () => {
    const cashier = await opened('modal');
    const heard = wishes(cashier);
    await typeInFrame(cashier);
    await sendKeys({ press: 'Escape' });
    await until(() => questionOf(cashier) !== null, 'asked');
    assert.include(questionOf(cashier)?.textContent ?? '', 'Leave the payment?');
    assert.include(questionOf(cashier)?.textContent ?? '', 'will be lost');
    await expect(cashier).to.be.accessible(ACCESSIBLE);
    const stay = buttonOf(cashier, 'Stay');
    await until(() => stay !== undefined && isFocused(stay), 'the answer that loses nothing has the focus');
    stay?.click();
    assert.isNull(questionOf(cashier));
    await focusInFrame(cashier);

    closeButton(cashier).click();
    await until(() => questionOf(cashier) !== null, 'asked by the close button');
    const answer = buttonOf(cashier, 'Stay');
    if (answer) await handOver(cashier, answer);
    await sendKeys({ press: 'Escape' });
    await until(() => questionOf(cashier) === null, 'taken back');
    await sendMouse({ type: 'click', position: [5, 5] });
    await until(() => questionOf(cashier) !== null, 'asked by a press beside it');
    assert.deepEqual(heard, []);

    buttonOf(cashier, 'Leave')?.click();
    assert.strictEqual((await cashier.result()).kind, 'cancelled');
    assert.deepEqual(heard, ['kassa-close', 'kassa-outcome', 'kassa-closed']);
    assert.isNull(questionOf(cashier));
  });

  it('a page that was only looked at is left at once, with the focus inside it', async () => {
    const cashier = await opened('modal');
    // The driver's answer is not waited for: it may never come from a frame that goes by this key.
    void sendKeys({ press: 'Escape' }).catch(() => undefined);
    await until(() => cashier.state === 'idle', 'closed');
  });

  it('a page that takes its word back is left at once', async () => {
    const cashier = await opened('modal');
    order(cashier, { say: ['dirty', {}] });
    order(cashier, { say: ['dirty', { asks: false }] });
    order(cashier, { say: ['close', {}] });
    await until(() => cashier.state === 'idle', 'closed');
  });

  it('the shop’s page is not asked, for it knows what it does', async () => {
    const cashier = await opened('modal');
    await typeInFrame(cashier);
    cashier.close();
    assert.strictEqual(cashier.state, 'idle');
  });

  it('a page that does not tell is asked about after a slip, if the shopper was in it, and not by the close button', async () => {
    const slip = await opened('modal', 'foreign');
    await typeInFrame(slip, false);
    closeButton(slip).focus();
    await sendMouse({ type: 'click', position: [790, 300] });
    await until(() => questionOf(slip) !== null || slip.state === 'idle', 'asked');
    assert.strictEqual(slip.state, 'ready');
    slip.remove();

    const wish = await opened('modal', 'foreign');
    await typeInFrame(wish, false);
    closeButton(wish).click();
    await until(() => wish.state === 'idle', 'closed');
  });

  it('a challenge halfway is asked about, and the payment is pending for who leaves', async () => {
    const cashier = await mount(undefined, (it) => {
      it.display = 'modal';
      it.payment = {
        trackingId: 'order-halfway',
        url: `${OTHER_SITE}/test/fixtures/frames/bank.html?do=hang`,
        transaction_status: 'pending',
      };
    });
    await until(() => dialogOf(cashier).matches(':modal'), 'open');
    closeButton(cashier).focus();
    await sendKeys({ press: 'Escape' });
    await until(() => questionOf(cashier) !== null, 'asked');
    assert.strictEqual(cashier.state, 'challenge');
    assert.include(questionOf(cashier)?.textContent ?? '', 'your bank is waiting');
    const over = cashier.result();
    buttonOf(cashier, 'Leave')?.click();
    assert.strictEqual((await over).kind, 'pending');
  });

  it('while money moves it says why it does not close, until the money has moved', async () => {
    document.documentElement.lang = 'de';
    const cashier = await opened('modal');
    order(cashier, { say: ['busy', { locked: true }] });
    await until(() => cashier.state === 'busy', 'busy');
    closeButton(cashier).click();
    await until(() => questionOf(cashier)?.textContent === QUESTION_WORDS.de.busy, 'the reason, in German');
    assert.strictEqual(cashier.state, 'busy');
    order(cashier, { say: ['busy', { locked: false }] });
    await until(() => questionOf(cashier) === null, 'gone with its reason');
  });

  it('is asked in every language', () => {
    for (const language of LANGUAGES) assert.notInclude(Object.values(QUESTION_WORDS[language]), '');
    assert.strictEqual(
      new Set(LANGUAGES.map((language) => QUESTION_WORDS[language].title)).size,
      LANGUAGES.length,
    );
  });
});
