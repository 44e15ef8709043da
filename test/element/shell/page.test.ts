/** Issue 13.7: the page around the cashier hides it, wraps it in forms and links, or has it twice. */
import { assert } from '@open-wc/testing';
import type { KassaCashier } from '../../../src/element/cashier-element.ts';
import { PATIENCE_MS } from '../../patience.ts';
import { aWhile, clear, hurry, mount, next, sessionWith, statusUrl, until } from '../fixture.ts';

afterEach(clear);

const isOpen = (cashier: KassaCashier): boolean =>
  cashier.renderRoot.querySelector('dialog')?.matches(':modal, :popover-open') === true;

function place(html: string): { readonly root: HTMLElement; readonly inner: HTMLElement } {
  const root = document.createElement('main');
  root.innerHTML = html;
  document.body.append(root);
  const inner = root.querySelector<HTMLElement>('.inner');
  if (!inner) throw new Error('no place');
  return { root, inner };
}

function cashierIn(inner: Element, display: 'modal' | 'popover' = 'modal'): KassaCashier {
  const cashier = document.createElement('kassa-cashier');
  cashier.session = sessionWith('good');
  cashier.timeoutMs = PATIENCE_MS;
  cashier.display = display;
  inner.append(cashier);
  return cashier;
}

// E9
describe('a modal that cannot be seen', () => {
  const HIDING: readonly (readonly [html: string, why: string, show: (outer: HTMLElement) => void])[] = [
    [
      '<div id="x" class="y" style="display: none"><p class="inner"></p></div>',
      '<div id="x" class="y"> has display: none',
      (outer) => outer.style.removeProperty('display'),
    ],
    [
      '<section hidden><p class="inner"></p></section>',
      '<section> has display: none',
      (outer) => outer.removeAttribute('hidden'),
    ],
    [
      '<div id="v" style="visibility: hidden"><div><p class="inner"></p></div></div>',
      '<div id="v"> has visibility: hidden',
      (outer) => outer.style.removeProperty('visibility'),
    ],
    [
      '<div id="c" style="content-visibility: hidden"><p class="inner"></p></div>',
      '<div id="c"> has content-visibility: hidden',
      (outer) => outer.style.removeProperty('content-visibility'),
    ],
    [
      '<div id="i" inert><p class="inner"></p></div>',
      '<div id="i"> is inert',
      (outer) => outer.removeAttribute('inert'),
    ],
    [
      '<details id="d"><summary>More</summary><p class="inner"></p></details>',
      '<details id="d"> is closed',
      (outer) => outer.setAttribute('open', ''),
    ],
  ];
  for (const [html, why, show] of HIDING) {
    it(`is not opened, says that ${why}, and opens once it can be seen`, async () => {
      const { root, inner } = place(html);
      const cashier = cashierIn(inner);
      const told = next(cashier, 'kassa-error');
      cashier.show();
      const { error } = await told;
      assert.deepEqual([error.code, error.message], ['panel-hidden', why]);
      assert.isNotEmpty(error.hint);
      assert.isFalse(isOpen(cashier));
      assert.strictEqual(getComputedStyle(document.documentElement).overflow, 'visible');
      show(root.firstElementChild as HTMLElement);
      await until(() => isOpen(cashier), 'open once it can be seen');
    });
  }

  it('lets go of the page when it is hidden while it is open', async () => {
    const { root, inner } = place('<div id="view"><p class="inner"></p></div>');
    const cashier = cashierIn(inner);
    cashier.show();
    await until(() => isOpen(cashier), 'open');
    const told = next(cashier, 'kassa-error');
    (root.firstElementChild as HTMLElement).hidden = true;
    assert.strictEqual((await told).error.message, '<div id="view"> has display: none');
    assert.isFalse(isOpen(cashier));
    (root.firstElementChild as HTMLElement).hidden = false;
    await until(() => isOpen(cashier), 'open again');
    cashier.close();
    await until(() => cashier.state === 'idle', 'closed');
    await cashier.updateComplete;
    assert.isFalse(isOpen(cashier));
  });

  it('is named across slots and shadow roots', async () => {
    const host = document.createElement('div');
    host.attachShadow({ mode: 'open' }).innerHTML = '<div class="tab" hidden><slot></slot></div>';
    document.body.append(host);
    const cashier = cashierIn(host, 'popover');
    const told = next(cashier, 'kassa-error');
    cashier.show();
    assert.strictEqual((await told).error.message, '<div class="tab"> has display: none');
  });
});

describe('what opens it', () => {
  for (const [what, html] of [
    ['a button submits no form', '<form><input name="a" /><p class="inner"></p></form>'],
    ['an image button submits no form', '<form><p class="inner"></p></form>'],
  ] as const) {
    it(what, async () => {
      const { root, inner } = place(html);
      let submits = 0;
      root.addEventListener('submit', (event) => {
        submits += 1;
        event.preventDefault();
      });
      const cashier = cashierIn(inner);
      cashier.innerHTML = what.startsWith('an')
        ? '<input slot="trigger" type="image" alt="Pay" />'
        : '<button slot="trigger"><b>Pay</b></button>';
      cashier.querySelector<HTMLElement>('b, input')?.click();
      await next(cashier, 'kassa-ready');
      assert.strictEqual(submits, 0);
    });
  }

  it('a link leads nowhere', async () => {
    const before = location.href;
    const { inner } = place('<p class="inner"></p>');
    const cashier = cashierIn(inner);
    cashier.innerHTML = '<a slot="trigger" href="#top"><span>Pay</span></a>';
    cashier.querySelector('span')?.click();
    await next(cashier, 'kassa-ready');
    assert.strictEqual(location.href, before);
  });
});

describe('what is ticked to open it', () => {
  for (const [what, html] of [
    ['a checkbox', '<input slot="trigger" type="checkbox" />'],
    ['a radio button', '<input slot="trigger" type="radio" />'],
    ['a label with a checkbox', '<label slot="trigger"><input type="checkbox" /> <b>By card</b></label>'],
    ['a label with a radio button', '<label slot="trigger"><input type="radio" /> <b>By card</b></label>'],
  ] as const) {
    it(`${what} is ticked by the press that opens it`, async () => {
      const { inner } = place('<form><p class="inner"></p></form>');
      const cashier = cashierIn(inner);
      cashier.innerHTML = html;
      cashier.querySelector<HTMLElement>('b, input')?.click();
      assert.isTrue([...cashier.querySelectorAll('input')].some(({ checked }) => checked));
      await next(cashier, 'kassa-ready');
    });
  }

  it('a button submits no form, also in a label around the cashier', async () => {
    const { root, inner } = place('<form><label class="inner"></label></form>');
    let submits = 0;
    root.addEventListener('submit', (event) => {
      submits += 1;
      event.preventDefault();
    });
    const cashier = cashierIn(inner);
    cashier.innerHTML = '<button slot="trigger">Pay</button>';
    cashier.querySelector('button')?.click();
    await next(cashier, 'kassa-ready');
    assert.strictEqual(submits, 0);
  });
});

describe('two cashiers of one order on a page', () => {
  beforeEach(() => hurry(10));

  /** Each looks for itself whether it is seen, by the clock of the browser, and may then have to load its page anew. */
  async function hasTheOrder(cashier: KassaCashier, ms: number): Promise<void> {
    await aWhile(ms);
    await until(() => cashier.state === 'ready', 'it has the order');
  }

  const open = (trackingId: string, isHidden: boolean): Promise<KassaCashier> =>
    mount(
      () => sessionWith('good', { trackingId, statusUrl: statusUrl('silent', trackingId) }),
      (it) => {
        it.hidden = isHidden;
      },
    );

  for (const [first, second] of [
    ['hidden', 'visible'],
    ['visible', 'hidden'],
  ] as const) {
    it(`the ${first} one first: the visible one has the order`, async () => {
      const one = await open(`twice-${first}`, first === 'hidden');
      await next(one, 'kassa-ready');
      const other = await open(`twice-${first}`, second === 'hidden');
      await next(other, 'kassa-ready');
      await hasTheOrder(first === 'hidden' ? other : one, 200);
    });
  }

  it('the one that is shown later has it once the other is hidden', async () => {
    const desktop = await open('responsive', false);
    await next(desktop, 'kassa-ready');
    const phone = await open('responsive', true);
    await next(phone, 'kassa-ready');
    desktop.hidden = true;
    phone.hidden = false;
    await hasTheOrder(phone, 600);
  });

  it('the one that is shown too soon says so, and has it by itself once the other is hidden', async () => {
    const desktop = await open('too-soon', false);
    await next(desktop, 'kassa-ready');
    const phone = await open('too-soon', true);
    await next(phone, 'kassa-ready');
    const told = next(phone, 'kassa-error');
    phone.hidden = false;
    assert.match((await told).error.message, /in another element of this page/);
    desktop.hidden = true;
    await until(() => phone.state === 'ready', 'it has the order');
  });
});
