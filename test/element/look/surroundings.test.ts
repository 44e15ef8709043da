import { assert } from '@open-wc/testing';
import { clear, frameOf, mount, next, sessionWith, until } from '../fixture.ts';

afterEach(() => {
  clear();
  document.documentElement.removeAttribute('lang');
});

// Issue 13.7
describe('the language of the page', () => {
  it('reaches through shadow roots, the nearest first', async () => {
    document.documentElement.lang = 'de';
    const outer = document.createElement('div');
    const inner = document.createElement('div');
    outer.attachShadow({ mode: 'closed' }).append(inner);
    const cashier = document.createElement('kassa-cashier');
    cashier.session = sessionWith('good');
    inner.attachShadow({ mode: 'open' }).append(cashier);
    document.body.append(outer);
    await next(cashier, 'kassa-ready');
    await until(() => frameOf(cashier).title === 'Sichere Zahlung', 'German, of the page');
    inner.lang = 'ja';
    // What is around is looked at when something changes on the page's roots, or on the tag.
    document.documentElement.lang = 'fr';
    await until(() => frameOf(cashier).title === '安全なお支払い', 'Japanese, of the nearest host');
  });

  for (const lang of ['pt_BR', 'pt-BR', 'PT', 'pt_PT.UTF-8', `pt-${'x'.repeat(5_000)}`]) {
    it(`is Portuguese when it is written ${lang.slice(0, 12)}`, async () => {
      const cashier = await mount(sessionWith('good'), (it) => {
        it.lang = lang;
      });
      await next(cashier, 'kassa-ready');
      await until(() => frameOf(cashier).title === 'Pagamento seguro', 'Portuguese');
      assert.match(new URL(frameOf(cashier).src).searchParams.get('lang') ?? '', /^pt(-(BR|PT))?$/i);
    });
  }
});
