/** The page to which a shopper comes back whose tab knows of nothing. Issue 15.10. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/listen.ts';
import { createMemoryBook } from '../../../src/server/orders/memory.ts';
import { NOON, order } from '../../sandbox/running.ts';
import { SHOP, shopOf, type ShopOptions } from './shop.ts';

describe('the return page', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await startSandbox({
      port: 0,
      webhookUrl: 'http://127.0.0.1:9/nobody',
    });
  });
  after(() => sandbox.close());

  const visit = async (trackingId: string, options: ShopOptions, lang = 'en'): Promise<string> => {
    const shop = shopOf(sandbox, trackingId, options);
    const { returnUrl = '' } = await shop.session();
    const response = await shop.kassa.fetch(new Request(returnUrl, { headers: { 'accept-language': lang } }));
    assert.equal(response.status, 200);
    return response.text();
  };
  const textOf = (html: string): string =>
    (/<main>(.*)<\/main>/s.exec(html)?.[1] ?? '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();

  test('has the shop, the amount, the order and one way on', async () => {
    const html = await visit('return-1', { shopName: 'Fika', shopUrl: () => '/orders' });
    assert.equal(textOf(html), 'Fika Your payment €10.05 Order return-1 Back to the shop');
    assert.match(html, /<title>Your payment · Fika<\/title>/);
    assert.equal(html.match(/<a /g)?.length, 1);
  });

  test('writes the amount as people of its language do', async () => {
    assert.match(textOf(await visit('return-2', {}, 'de-DE')), /^Ihre Zahlung 10,05\s€ Bestellung return-2/);
  });

  test('says no amount that the shopper chose, and none that the book does not know', async () => {
    const open = { ...order('return-3'), openAmount: { min: '5.00', max: '20.00' } };
    assert.doesNotMatch(textOf(await visit('return-3', { order: () => open })), /€/);
    const { kassa } = shopOf(sandbox, 'return-4');
    const { returnUrl } = await kassa.addresses('elsewhere', SHOP);
    assert.doesNotMatch(textOf(await (await kassa.fetch(new Request(returnUrl))).text()), /€/);
  });

  test('is there without its amount when the book does not answer', async () => {
    const book = createMemoryBook({ now: () => NOON });
    const broken = { ...book, find: () => Promise.reject(new Error('no database')) };
    const { returnUrl } = await shopOf(sandbox, 'return-5', { book }).kassa.addresses('return-5', SHOP);
    const { kassa, errors } = shopOf(sandbox, 'return-5', { book: broken });
    const page = await kassa.fetch(new Request(returnUrl));
    assert.equal(page.status, 200);
    assert.equal(errors.length, 1);
  });

  test('lets a name say nothing but itself', async () => {
    const html = await visit('return-6', { shopName: '<img src=x onerror=alert(1)>"' });
    assert.doesNotMatch(html, /<img/);
    assert.match(html, /<header>&lt;img src=x onerror=alert\(1\)&gt;&quot;<\/header>/);
  });
});
