/** E12: whether somebody has been in a page that does not tell. Real clicks are in `real-pages.test.ts`. */
import { assert, fixture, html } from '@open-wc/testing';
import { watchTouch } from '../../../src/element/frame/touch.ts';
import { until } from '../fixture.ts';

describe('a press in a frame', () => {
  // The browser takes a press back after five seconds, which a busy machine may need.
  beforeEach(() => {
    Object.defineProperty(navigator, 'userActivation', { configurable: true, value: { isActive: true } });
  });
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'userActivation');
  });

  // E12
  it('is noticed also where the browser says late which element has the focus', async () => {
    const frame = await fixture<HTMLIFrameElement>(html`<iframe srcdoc="<p>A page"></iframe>`);
    const controller = new AbortController();
    let isSaid = false;
    // What comes with the focus itself is kept from whoever listens: the window has lost it before.
    const sayOnce = (event: Event): void => {
      if (isSaid) event.stopImmediatePropagation();
      isSaid = true;
    };
    window.addEventListener('blur', sayOnce, { signal: controller.signal });
    let touches = 0;
    const stop = watchTouch(frame, () => (touches += 1));
    window.dispatchEvent(new Event('blur'));
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(touches, 0);
    frame.focus();
    await until(() => touches === 1, 'the press is noticed');
    controller.abort();
    stop();
  });
});
