/**
 * The focus between a page and a frame of another process. The browser hands it over late and in several messages: one
 * taken back before they have all arrived comes back once more, and the next key goes where nobody meant it. So each side
 * is waited for on the far side.
 */
import type { KassaCashier } from '../../src/element/cashier-element.ts';
import { frameOf, order, until } from './fixture.ts';

export const isFocused = (element: Element): boolean =>
  (element.getRootNode() as Document | ShadowRoot).activeElement === element;

/** Until the hosted page has the focus, by its own word too. */
export async function focusInFrame(cashier: KassaCashier): Promise<void> {
  await until(() => isFocused(frameOf(cashier)), 'the focus given to the frame');
  await untilFrameSays(cashier, { hasFocus: true });
}

/** From the hosted page, once it has it, to the button that closes the panel. */
export async function focusInPage(cashier: KassaCashier): Promise<void> {
  await focusInFrame(cashier);
  cashier.renderRoot.querySelector<HTMLElement>('[part=close]')?.focus();
  await untilFrameSays(cashier, { hasFocus: false });
}

async function untilFrameSays(cashier: KassaCashier, wanted: { readonly hasFocus: boolean }): Promise<void> {
  let said: boolean | undefined;
  const hear = ({ data }: MessageEvent<{ fixture?: { hasFocus?: boolean } }>): void => {
    said = data.fixture?.hasFocus ?? said;
  };
  window.addEventListener('message', hear);
  try {
    await until(
      () => {
        order(cashier, { tell: 'focus' });
        return said === wanted.hasFocus;
      },
      `a hosted page that ${wanted.hasFocus ? 'has' : 'has lost'} the focus`,
    );
  } finally {
    window.removeEventListener('message', hear);
  }
}
