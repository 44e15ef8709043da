/**
 * The focus between a page and a frame of another process. The browser hands it over late and in several messages, which
 * cross: one taken back before they have all arrived comes back once more, and now and then each side takes itself for the
 * one that has it (Chromium 156, seen with its processes held up at random), so that the next key goes where nobody meant
 * it. So each side is waited for on the far side, and a hand-over that went wrong is done again.
 */
import type { KassaCashier } from '../../src/element/cashier-element.ts';
import { frameOf, order, until } from './fixture.ts';

export const isFocused = (element: Element): boolean =>
  (element.getRootNode() as Document | ShadowRoot).activeElement === element;

/** Until the hosted page has the focus, by its own word too. */
export async function focusInFrame(cashier: KassaCashier): Promise<void> {
  await until(() => isFocused(frameOf(cashier)), 'the focus given to the frame');
  await until(() => frameSays(cashier, { hasFocus: true }), 'a hosted page that has the focus');
}

/** From the hosted page, once it has it, to the button that closes the panel. */
export async function focusInPage(cashier: KassaCashier): Promise<void> {
  await focusInFrame(cashier);
  const close = cashier.renderRoot.querySelector<HTMLElement>('[part=close]');
  if (close) await handOver(cashier, close);
}

/** To an element of the page, until the hosted page says that it has it no more. */
export async function handOver(cashier: KassaCashier, element: HTMLElement): Promise<void> {
  await until(async () => {
    element.focus();
    if (await frameSays(cashier, { hasFocus: false })) return true;
    frameOf(cashier).focus();
    await frameSays(cashier, { hasFocus: true });
    return false;
  }, 'a hosted page that has lost the focus');
}

/** As often as a hand-over that goes well never needs, even on a busy machine; a page that loads does not answer. */
const ASKED_TIMES = 100;

async function frameSays(cashier: KassaCashier, wanted: { readonly hasFocus: boolean }): Promise<boolean> {
  let said: boolean | undefined;
  const hear = ({ data }: MessageEvent<{ fixture?: { hasFocus?: boolean } }>): void => {
    said = data.fixture?.hasFocus ?? said;
  };
  window.addEventListener('message', hear);
  try {
    for (let asked = 0; asked < ASKED_TIMES && said !== wanted.hasFocus; asked += 1) {
      order(cashier, { tell: 'focus' });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return said === wanted.hasFocus;
  } finally {
    window.removeEventListener('message', hear);
  }
}
