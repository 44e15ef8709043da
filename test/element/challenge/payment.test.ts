/** Cards that the shop's backend charged, 3-D Secure, and everything that can go wrong on the way back. */
import { assert, expect } from '@open-wc/testing';
import type { KassaCashier } from '../../../src/element/cashier-element.ts';
import { CashierError } from '../../../src/element/errors.ts';
import { KassaChallengeEvent } from '../../../src/element/events.ts';
import { INITIAL, type Input } from '../../../src/element/machine/machine.ts';
import type { Payment } from '../../../src/element/challenge/host.ts';
import { type Patience, showChallenge } from '../../../src/element/challenge/show.ts';
import { safeUrl } from '../../../src/model/safe-url.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { PATIENCE_MS } from '../../patience.ts';
import { ACCESSIBLE, askQuickly, aWhile, clear, next, OTHER_SITE, statusUrl, until } from '../fixture.ts';

let orders = 0;

beforeEach(askQuickly);
afterEach(() => {
  clear();
  sessionStorage.clear();
});

type Bank = 'confirm' | 'wait' | 'hang' | 'lie';

const backUrl = (trackingId: string): string =>
  `${location.origin}/test/fixtures/frames/return.html?tracking_id=${trackingId}`;
const bankUrl = (bank: Bank, trackingId: string): string =>
  `${OTHER_SITE}/test/fixtures/frames/bank.html?do=${bank}&back=${encodeURIComponent(backUrl(trackingId))}`;

/** What the gateway answered, and a status route that behaves so. */
function charged(
  status: 'stream' | 'cut' | 'json' | 'sleeps' | 'rejects' | 'silent' | 'recovers' | 'down' | undefined,
  reply: Partial<Payment> & { readonly bank?: Bank } = {},
): Payment {
  orders += 1;
  const trackingId = `charged-${orders}`;
  const { bank, ...rest } = reply;
  return {
    trackingId,
    transaction_status: 'pending',
    ...(bank && { url: bankUrl(bank, trackingId) }),
    ...(status && { statusUrl: statusUrl(status, trackingId) }),
    ...rest,
  };
}

async function pay(
  payment: Payment,
  set: (it: KassaCashier) => void = () => undefined,
): Promise<KassaCashier> {
  const cashier = document.createElement('kassa-cashier');
  set(cashier);
  cashier.payment = payment;
  document.body.append(cashier);
  await cashier.updateComplete;
  return cashier;
}

/** From now on the backend knows that it was paid. */
const wake = ({ trackingId }: Payment): Promise<Response> => fetch(statusUrl('wake', trackingId));

const outcomeOf = async (payment: Payment, set?: (it: KassaCashier) => void): Promise<Outcome> =>
  (await pay(payment, set)).result();

describe('a gateway that answers at once', () => {
  // G-10, A-37, F40
  for (const [name, reply, kind] of [
    ['successful', { transaction_status: 'successful', url: '' }, 'succeeded'],
    [
      'successful, with the template unfilled',
      { transaction_status: 'successful', url: '{{url}}' },
      'succeeded',
    ],
    ['rejected with a text', { transaction_status: 'rejected', url: null, error: 'Card declined' }, 'failed'],
    [
      'rejected with an object',
      { transaction_status: 'rejected', error: { message: 'Card declined' } },
      'failed',
    ],
  ] as const) {
    it(`${name}: ${kind}, unverified as long as no backend says so`, async () => {
      const outcome = await outcomeOf(charged(undefined, reply));
      assert.deepInclude(outcome, { kind, verified: false });
      if (kind === 'failed') assert.strictEqual(outcome.reason, 'Card declined');
    });
  }

  it('the backend overrules it', async () => {
    const outcome = await outcomeOf(charged('json', { transaction_status: 'rejected', error: 'no' }));
    assert.deepInclude(outcome, { kind: 'succeeded', verified: true });
  });

  it('a word that nobody knows decides nothing', async () => {
    const outcome = await outcomeOf(charged('rejects', { transaction_status: 'processing-maybe' }));
    assert.deepInclude(outcome, { kind: 'failed', verified: true });
  });

  it('pending waits for the backend, and says so', async () => {
    const cashier = await pay(charged('silent'));
    await until(() => cashier.renderRoot.textContent.includes('Checking the payment'), 'words');
    assert.strictEqual(cashier.state, 'busy');
    await expect(cashier).to.be.accessible(ACCESSIBLE);
  });
});

describe('a challenge', () => {
  const frameOf = (cashier: KassaCashier) => cashier.renderRoot.querySelector('iframe');

  it('is asked for, shown in a frame of an EMV size, and ends as the backend says', async () => {
    const payment = charged('sleeps', { bank: 'wait' });
    let asked: KassaChallengeEvent | undefined;
    const cashier = await pay(payment, (it) => {
      it.style.width = '420px';
      it.addEventListener('kassa-challenge', (event) => (asked = event));
    });
    await until(() => frameOf(cashier)?.style.width === '390px', 'a size');
    await until(() => {
      frameOf(cashier)?.contentWindow?.postMessage('go', OTHER_SITE);
      return cashier.state === 'busy';
    }, 'back from the bank');
    await wake(payment);
    assert.deepInclude(await cashier.result(), { kind: 'succeeded', verified: true });
    assert.strictEqual(asked?.url, payment.url);
    assert.strictEqual(asked?.display, 'auto');
    await cashier.updateComplete;
    assert.isNull(frameOf(cashier));
    assert.isFalse(cashier.renderRoot.querySelector('dialog')?.checkVisibility());
  });

  // E7
  it('in a window that the shopper closed opens again, and one that is open comes to the front', async () => {
    const opened: Window[] = [];
    const open = window.open.bind(window);
    window.open = (...order) => {
      const it = open(...order);
      if (it) opened.push(it);
      return it;
    };
    try {
      const cashier = await pay(charged('sleeps', { bank: 'wait' }), (it) => (it.challenge = 'popup'));
      const way = (): HTMLElement | undefined =>
        [...cashier.renderRoot.querySelectorAll('button')].find(
          ({ textContent }) => textContent === 'Continue to your bank',
        );
      const again = (): void => way()?.click();
      await until(() => opened.length === 1 && way() !== undefined, 'a window, and the way there');
      again();
      assert.lengthOf(opened, 1);
      opened[0]?.close();
      await until(() => opened[0]?.closed === true, 'closed by the shopper');
      again();
      assert.lengthOf(opened, 2);
      assert.isFalse(opened[1]?.closed);
      assert.strictEqual(cashier.state, 'challenge');
      cashier.remove();
      await until(() => opened[1]?.closed === true, 'closed with the cashier');
    } finally {
      window.open = open;
    }
  });

  for (const challenge of ['frame', 'popup'] as const) {
    it(`is handed over by POST in a ${challenge} when the gateway wants its fields posted`, async () => {
      const payment = charged('sleeps');
      const fields = { creq: `eyJ0eXAiOiJDUmVxIn0-${challenge}`, back: backUrl(payment.trackingId) };
      const cashier = await pay({ ...payment, url: `${OTHER_SITE}/bank?payments`, fields }, (it) => {
        it.challenge = challenge;
      });
      await until(() => cashier.state === 'busy', 'back from the bank');
      await wake(payment);
      assert.deepInclude(await cashier.result(), { kind: 'succeeded', verified: true });
      assert.deepEqual(await (await fetch('/bank?payments')).json(), fields);
    });
  }

  // E8: fields whose names hide what a form can do
  it('posts every field there is, whatever its name', async () => {
    const payment = charged('sleeps');
    const names = [
      'submit',
      'action',
      'method',
      'target',
      'elements',
      'remove',
      'append',
      'constructor',
      'creq',
    ];
    const fields = {
      ...Object.fromEntries(names.map((name) => [name, `of the bank: ${name} ü`])),
      back: backUrl(payment.trackingId),
    };
    const cashier = await pay({ ...payment, url: `${OTHER_SITE}/bank?payments`, fields });
    await until(() => cashier.state === 'busy', 'back from the bank');
    await wake(payment);
    assert.deepInclude(await cashier.result(), { kind: 'succeeded', verified: true });
    assert.deepEqual(await (await fetch('/bank?payments')).json(), fields);
  });

  it('can be shown by the page itself', async () => {
    const cashier = await pay(charged('silent', { bank: 'hang' }), (it) => {
      it.addEventListener('kassa-challenge', (event) => event.preventDefault());
    });
    await next(cashier, 'kassa-challenge');
    await aWhile();
    assert.isNull(frameOf(cashier));
    assert.strictEqual(cashier.state, 'challenge');
  });
});

/** Each life of a payment, and how it must end. */
describe('fault scripts', () => {
  it('the webhook comes before the shopper: succeeded, once', async () => {
    const cashier = await pay(charged('json', { bank: 'hang' }));
    assert.deepInclude(await cashier.result(), { kind: 'succeeded', verified: true });
  });

  it('the shopper comes before the webhook: waits, then succeeded', async () => {
    const cashier = await pay(charged('stream', { bank: 'confirm' }));
    const told: string[] = [];
    cashier.addEventListener('kassa-outcome', ({ outcome }) => told.push(outcome.kind));
    assert.deepInclude(await cashier.result(), { kind: 'succeeded', verified: true });
    await aWhile();
    assert.deepEqual(told, ['succeeded']);
  });

  it('the shopper comes back and the backend never knows: nothing is said to have failed', async () => {
    const cashier = await pay(charged('silent', { bank: 'confirm' }));
    await until(() => cashier.state === 'busy', 'back');
    await aWhile();
    assert.strictEqual(cashier.outcome, undefined);
    assert.include(cashier.renderRoot.textContent, 'Checking the payment');
  });

  it('the shopper comes back twice, from two tabs: one outcome', async () => {
    const payment = charged('json', { bank: 'hang' });
    const cashier = await pay(payment);
    let outcomes = 0;
    cashier.addEventListener('kassa-outcome', () => (outcomes += 1));
    for (let tab = 0; tab < 2; tab += 1) {
      const channel = new BroadcastChannel(`kassa:${payment.trackingId}`);
      channel.postMessage({ kassa: 'returned', trackingId: payment.trackingId });
      channel.close();
    }
    await cashier.result();
    await aWhile();
    assert.strictEqual(outcomes, 1);
  });

  it('the bank itself claims that the shopper is back and has paid: it is not heard', async () => {
    const lie = new Promise<void>((resolve) => {
      window.addEventListener('message', ({ origin }) => origin === OTHER_SITE && resolve(), { once: true });
    });
    const cashier = await pay(charged('silent', { bank: 'lie' }));
    await lie;
    await aWhile();
    assert.strictEqual(cashier.state, 'challenge');
    assert.strictEqual(cashier.outcome, undefined);
  });

  it('the status route is down for a while: told, and true in the end', async () => {
    const cashier = await pay(charged('recovers', { bank: 'confirm' }));
    assert.deepInclude(await cashier.result(), { kind: 'succeeded', verified: true });
  });

  it('the stream is cut in the middle: asked on', async () => {
    assert.deepInclude(await outcomeOf(charged('cut', { bank: 'confirm' })), { kind: 'succeeded' });
  });

  it('the bank is nowhere to be reached: the backend still decides', async () => {
    const payment = { ...charged('rejects'), url: 'http://127.0.0.1:9/3ds' };
    assert.deepInclude(await outcomeOf(payment), { kind: 'failed', verified: true });
  });

  it('an address that is not safe is never opened', async () => {
    const cashier = await pay({ ...charged('silent'), url: 'javascript:alert(1)' });
    const { error } = await next(cashier, 'kassa-error');
    assert.strictEqual(error.code, 'unsafe-url');
    assert.isNull(cashier.renderRoot.querySelector('iframe'));
    assert.strictEqual(cashier.outcome, undefined);
  });

  it('the element is taken away during the challenge: pending, never failed', async () => {
    const cashier = await pay(charged('silent', { bank: 'hang' }));
    await until(() => frameLoaded(cashier), 'the bank');
    cashier.remove();
    assert.strictEqual((await cashier.result()).kind, 'pending');
  });

  it('the popup is blocked: said, with a link that cannot be', async () => {
    const open = window.open.bind(window);
    window.open = () => null;
    try {
      const cashier = await pay(charged('silent', { bank: 'hang' }), (it) => (it.challenge = 'popup'));
      assert.strictEqual((await next(cashier, 'kassa-error')).error.code, 'popup-blocked');
      const link = cashier.renderRoot.querySelector<HTMLAnchorElement>('a[target=_blank]');
      assert.include(link?.href, '/bank.html');
    } finally {
      window.open = open;
    }
  });

  it('the tab left for the bank and came back: it goes on to the outcome', async () => {
    const payment = charged('json');
    sessionStorage.setItem('kassa-attempt', JSON.stringify(payment));
    const cashier = document.createElement('kassa-cashier');
    cashier.display = 'modal';
    document.body.append(cashier);
    await cashier.resume();
    const outcome = await cashier.result();
    assert.deepInclude(outcome, { kind: 'succeeded', verified: true, trackingId: payment.trackingId });
    assert.isNull(sessionStorage.getItem('kassa-attempt'));
  });

  it('a tab that was about nothing has nothing to go on with', async () => {
    const cashier = document.createElement('kassa-cashier');
    cashier.display = 'modal';
    document.body.append(cashier);
    await cashier.resume();
    assert.strictEqual(cashier.state, 'idle');
  });
});

describe('a challenge that hangs', () => {
  const hang = (patience: Patience) => {
    const holder = document.createElement('div');
    document.body.append(holder);
    const sent: Input[] = [];
    const url = new URL(bankUrl('hang', 'hangs'));
    const session = { token: '', flow: 'deposit', trackingId: 'hangs', cashierUrl: '' } as const;
    const host = {
      tag: document.createElement('kassa-cashier'),
      holder,
      language: 'en',
      safeUrl,
      begin: () => () => true,
      state: () => INITIAL,
      send: (input: Input) => void sent.push(input),
      CashierError,
      KassaChallengeEvent,
    } as const;
    return {
      holder,
      sent,
      follow: showChallenge({ url, fields: undefined }, session, host, 'auto', patience),
    };
  };

  it('offers a window', async () => {
    const { holder, follow } = hang({ stuckAfterMs: 50, longestMs: PATIENCE_MS });
    await until(() => holder.querySelector('button') !== null, 'a way out');
    assert.include(holder.textContent, 'Nothing happening?');
    follow(INITIAL);
    assert.strictEqual(holder.childElementCount, 0);
  });

  it('at its end leaves the outcome to the backend', async () => {
    const { sent, follow } = hang({ stuckAfterMs: PATIENCE_MS, longestMs: 50 });
    await until(() => sent.some(({ type }) => type === 'returned'), 'the end of patience');
    const codes = sent.flatMap((input) => (input.type === 'feed-error' ? [input.error.code] : []));
    assert.deepEqual(codes, ['challenge-timeout']);
    follow(INITIAL);
  });
});

const frameLoaded = (cashier: KassaCashier): boolean =>
  (cashier.renderRoot.querySelector('iframe')?.contentWindow?.length ?? -1) >= 0;
