import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readEmbedder } from '../../../src/protocol/url.ts';
import { renderCashier } from '../../../src/server/routes/render-cashier.ts';
import type { Session } from '../../../src/wire/session.ts';

const SESSION: Session = {
  token: 'FikkCvjt3WuQBJbvTMBcQWmOHnSRkIqNLYEmzsvLxUyPDKaZXe',
  flow: 'deposit',
  trackingId: 'order-1',
  cashierUrl: 'https://pay.example/cashier?shop=1&test=1',
  statusUrl: 'https://shop.example/kassa/status/order-1',
};
const srcOf = (html: string): URL =>
  new URL((/ src="([^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&'));

describe('renderCashier', () => {
  test('is the tag with its frame in it, addressed to the shop’s own origin', () => {
    const html = renderCashier(SESSION, { lang: 'de', attributes: { 'session-url': '/kassa/session' } });
    assert.match(html, /^<kassa-cashier session-url="\/kassa\/session">\n<iframe slot="frame" /);
    assert.match(html, / sandbox="allow-scripts allow-same-origin [a-z -]+"/);
    assert.match(html, / allow="payment https:\/\/pay\.example; /);
    const src = srcOf(html);
    assert.equal(src.searchParams.get('token'), SESSION.token);
    assert.equal(src.searchParams.get('lang'), 'de');
    assert.equal(src.searchParams.get('test'), '1');
    assert.equal(readEmbedder(src.hash)?.origin, 'https://shop.example');
  });

  test('two of one session have a nonce each', () => {
    const [one, other] = [renderCashier(SESSION), renderCashier(SESSION)].map((html) => srcOf(html).hash);
    assert.notEqual(one, other);
  });

  test('holds the session for the element, and nothing in it can end the script or an attribute', () => {
    const hostile: Session = {
      ...SESSION,
      trackingId: '</script><script>alert(1)</script>',
      cashierUrl: 'https://pay.example/"onload="alert(1)',
    };
    const html = renderCashier(hostile, { title: '"><script>alert(1)</script>', attributes: { theme: '"' } });
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.doesNotMatch(html, /" ?onload="/);
    const json = /<script type="application\/json">(.*)<\/script>/.exec(html)?.[1] ?? '';
    assert.deepEqual(JSON.parse(json), hostile);
  });

  test('needs to know the origin of the page', () => {
    const { statusUrl: _none, ...bare } = SESSION;
    assert.throws(() => renderCashier(bare), /say the origin of your page/);
    assert.equal(
      readEmbedder(srcOf(renderCashier(bare, { origin: 'https://a.example' })).hash)?.origin,
      'https://a.example',
    );
  });
});
