/** What the gateway says beside its hosted page: the page of one provider, and the answer to a card charge. */
import { assert } from '@open-wc/testing';
import type { Session } from '../../src/wire/session.ts';
import { clear, mount, next, order, sessionWith } from './fixture.ts';

afterEach(clear);

const directTo = (url: string): Session => ({
  token: '',
  cashierUrl: '',
  url,
  flow: 'direct',
  trackingId: 'order-1',
});

describe('the page of one provider', () => {
  // G-09, A-13
  it('is gone to after asking, and never framed', async () => {
    const cashier = await mount(directTo('https://bank.example/pay?x=1'), (tag) => {
      tag.addEventListener('kassa-redirect', (event) => event.preventDefault());
    });
    const { url } = await next(cashier, 'kassa-redirect');
    assert.strictEqual(url, 'https://bank.example/pay?x=1');
    // What it was asked for it does in the same turn, or not at all.
    await cashier.updateComplete;
    assert.isNull(cashier.renderRoot.querySelector('iframe'));
  });

  // D4
  for (const url of ['javascript:alert(1)', 'http://bank.example/', 'pay']) {
    it(`is not gone to at ${url}`, async () => {
      let asked = 0;
      const cashier = await mount(directTo(url), (tag) => {
        tag.addEventListener('kassa-redirect', (event) => {
          asked += 1;
          event.preventDefault();
        });
      });
      assert.strictEqual((await next(cashier, 'kassa-error')).error.code, 'unsafe-url');
      assert.strictEqual(asked, 0);
    });
  }
});

// D10, G-24
it('the answer to a card charge is told in the gateway’s own word', async () => {
  for (const [word, status] of [
    ['successful', 'succeeded'],
    ['rejected', 'failed'],
    ['on_hold', 'pending'],
  ] as const) {
    const cashier = document.createElement('kassa-cashier');
    document.body.append(cashier);
    await cashier.updateComplete;
    const told = next(cashier, 'kassa-status');
    cashier.payment = { url: '', transaction_status: word, trackingId: `order-${word}` };
    const event = await told;
    assert.deepEqual([event.rawStatus, event.status, event.verified], [word, status, false]);
    cashier.remove();
  }
});

// D10, G-24
for (const [said, word] of [
  [{ status: 'pending', rawStatus: 'on_hold' }, 'on_hold'],
  [{ status: 'pending' }, 'pending'],
  [{ status: 'failed' }, 'rejected'],
  [{ status: 'succeeded', rawStatus: 'successful' }, 'successful'],
] as const) {
  it(`what a hosted page says of ${said.status} is told as "${word}"`, async () => {
    const cashier = await mount(sessionWith('good'));
    await next(cashier, 'kassa-ready');
    const told = next(cashier, 'kassa-status');
    order(cashier, { say: ['status', said] });
    const { rawStatus, status } = await told;
    assert.deepEqual([rawStatus, status], [word, said.status]);
  });
}
