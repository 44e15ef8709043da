/**
 * A bank's page often has the one that asks in a frame of its own, which wants to lead the frame around it on, and must
 * never lead the shop. Issue 13.9: what each engine lets it do, as `docs/3-d-secure.md` has it.
 */
import { assert } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { aWhile, clear, OTHER_SITE, painted, statusUrl, until } from '../fixture.ts';

const IS_FIREFOX = navigator.userAgent.includes('Firefox');
/** Of a third site; Linux has all of 127/8. */
const THIRD_SITE = `http://127.0.0.2:${location.port}`;
const PAGE = '/test/fixtures/frames/acs.html';

/** By itself, and in a press of the shopper, which Firefox's driver does not get into a frame in a frame. */
const PRESSES = IS_FIREFOX ? [false] : [false, true];

afterEach(clear);

interface Try {
  readonly way: 'script' | 'link' | 'form';
  readonly target: '_self' | '_parent' | '_top';
  /** Where the page that asks is, inside of the bank's; none when the bank's page asks itself. */
  readonly inside?: string;
  readonly isPressed?: boolean;
}

let orders = 0;

/** What was not led on by the time that a page which may do so has led itself on, was not let. */
async function anotherIsLed(to: string): Promise<void> {
  const frame = document.createElement('iframe');
  frame.src = `${OTHER_SITE}${PAGE}?${new URLSearchParams({ way: 'script', to, target: '_self' })}`;
  document.body.append(frame);
  // Of another site there is no document to be seen.
  await until(() => frame.contentDocument?.URL === to, 'another page is led on');
  await painted();
  frame.remove();
}

/** Whether the challenge came to its end: the bank's page was led to the return page. What is expected is waited for. */
async function isLed({ way, target, inside, isPressed = false }: Try, expected: boolean): Promise<boolean> {
  orders += 1;
  const trackingId = `nested-${orders}`;
  const to = `${location.origin}/test/fixtures/frames/return.html?tracking_id=${trackingId}`;
  const query = new URLSearchParams({ way, to, target, ...(isPressed && { pressed: '' }) });
  const asks = `${inside ?? OTHER_SITE}${PAGE}?${query}`;
  const cashier = document.createElement('kassa-cashier');
  cashier.payment = {
    trackingId,
    transaction_status: 'pending',
    url: inside === undefined ? asks : `${OTHER_SITE}${PAGE}?${new URLSearchParams({ inside: asks })}`,
    statusUrl: statusUrl('silent', trackingId),
  };
  let isTried = false;
  const hear = ({ data }: MessageEvent<{ fixture?: unknown }>): void => {
    isTried ||= data.fixture === `tried ${way}`;
  };
  window.addEventListener('message', hear);
  document.body.append(cashier);
  const isOver = (): boolean => cashier.state === 'busy';
  await until(async () => {
    const frame = cashier.renderRoot.querySelector('iframe');
    if (isPressed && frame) {
      const { left, top } = frame.getBoundingClientRect();
      await sendMouse({ type: 'click', position: [Math.round(left + 60), Math.round(top + 75)] });
      await painted();
    }
    return isTried || isOver();
  }, `${way} to ${target} was tried`);
  window.removeEventListener('message', hear);
  if (expected) await until(isOver, `${way} to ${target} led the bank’s page`);
  // A shop that is led away takes this test with it, whenever that is.
  else if (target === '_top') await aWhile();
  else await anotherIsLed(to.replace(trackingId, `another-${orders}`));
  const isEnded = isOver();
  cashier.remove();
  return isEnded;
}

describe('a bank’s page', () => {
  for (const way of ['script', 'link', 'form'] as const) {
    it(`leads itself on, by ${way}`, async () => {
      assert.isTrue(await isLed({ way, target: '_self' }, true));
    });
  }
});

for (const [whose, inside] of [
  ['the bank’s own', OTHER_SITE],
  ['another site’s', THIRD_SITE],
] as const) {
  describe(`${whose} page inside of the bank’s`, () => {
    for (const way of ['script', 'link', 'form'] as const) {
      it(`leads the shop nowhere, by ${way}`, async () => {
        const { href } = location;
        for (const isPressed of PRESSES)
          assert.isFalse(await isLed({ way, target: '_top', inside, isPressed }, false));
        assert.strictEqual(location.href, href);
      });

      const leads = IS_FIREFOX && inside === THIRD_SITE && way !== 'script';
      it(`${leads ? 'leads' : 'cannot lead'} the bank’s page on, by ${way}`, async () => {
        for (const isPressed of PRESSES)
          assert.strictEqual(await isLed({ way, target: '_parent', inside, isPressed }, leads), leads);
      });
    }
  });
}
