/** Whose page asks: by what the shop says, else by what the browser says, and by a proxy only where the shop trusts it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OptionsError } from '../../../src/server/http/client-options.ts';
import { Refusal } from '../../../src/server/routes/answers.ts';
import { createOrigins, type OriginOptions } from '../../../src/server/routes/origin.ts';

const SHOP = 'https://shop.example';

const ask = (options: OriginOptions, url: string, headers: Record<string, string> = {}): string =>
  createOrigins(options, () => undefined).ofAskingPage(
    new Request(`${url}/kassa/session`, { method: 'POST', headers }),
  );

function refused(options: OriginOptions, url: string, headers: Record<string, string>): Refusal {
  try {
    return assert.fail(`${ask(options, url, headers)} was believed`);
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(`${error.status} ${error.code}`, '403 foreign-page');
    return error;
  }
}

describe('without `origin`', () => {
  // B1
  test('the browser is believed when it says that the page is of the same origin, whatever the proxy makes of Host', () => {
    const headers = { origin: SHOP, 'sec-fetch-site': 'same-origin' };
    for (const url of ['http://app:3000', 'http://localhost:3000', 'http://shop.example']) {
      assert.equal(ask({}, url, headers), SHOP);
    }
  });

  test('a browser that does not say is believed when it names the host that it asked, under its own scheme', () => {
    assert.equal(ask({}, 'http://shop.example', { origin: SHOP }), SHOP);
    assert.equal(ask({}, 'http://shop.example:443', { origin: SHOP }), SHOP);
    assert.equal(
      ask({}, 'http://localhost:4000', { origin: 'http://localhost:4000' }),
      'http://localhost:4000',
    );
    refused({}, 'http://localhost:4000', { origin: 'http://localhost:5173' });
    refused({}, 'http://shop.example:8080', { origin: SHOP });
  });

  test('an Origin is read as an origin: nothing after it decides anything', () => {
    const headers = { origin: `${SHOP}/checkout?x=1#y`, 'sec-fetch-site': 'same-origin' };
    assert.equal(ask({}, 'http://app:3000', headers), SHOP);
    assert.equal(ask({}, SHOP, { origin: 'HTTPS://Shop.Example:443' }), SHOP);
  });

  test('no Origin at all is a client that is no browser, and asks for itself', () => {
    assert.equal(ask({}, SHOP), SHOP);
    assert.equal(ask({}, SHOP, { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }), SHOP);
  });

  test('hosts of every form: IPv6, another script, a port', () => {
    const same = { 'sec-fetch-site': 'same-origin' };
    for (const [page, own] of [
      ['http://[::1]:4000', 'http://[::1]:4000'],
      ['https://[2001:db8::1]', 'http://[2001:db8::1]'],
      ['https://xn--bcher-kva.example', 'http://xn--bcher-kva.example'],
      ['https://shop.example:8443', 'http://shop.example:8443'],
    ] as const) {
      assert.equal(ask({}, own, { origin: page }), page);
      assert.equal(ask({}, 'http://app:3000', { origin: page, ...same }), page);
      refused({}, 'http://app:3000', { origin: page });
    }
  });

  test('a page of another site, of a subdomain, or of none is refused', () => {
    refused({}, SHOP, { origin: 'https://evil.example' });
    refused({}, SHOP, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    refused({}, SHOP, { origin: SHOP, 'sec-fetch-site': 'cross-site' });
    refused({}, SHOP, { origin: 'https://blog.shop.example', 'sec-fetch-site': 'same-site' });
    refused({}, SHOP, { 'sec-fetch-site': 'cross-site' });
    refused({}, SHOP, { origin: 'null', 'sec-fetch-site': 'cross-site' });
    refused({}, SHOP, { origin: 'null', 'sec-fetch-site': 'same-origin' });
    for (const origin of ['file://', 'javascript:alert(1)', 'shop.example', ''])
      refused({}, SHOP, { origin });
  });

  test('a refusal names both hosts and the line to write, and the shop is told', () => {
    const refusal = refused({}, 'http://app:3000', { origin: SHOP });
    assert.equal(
      refusal.message,
      'The page that asked is at https://shop.example; Kassa’s routes answer pages of the host app:3000.',
    );
    assert.match(refusal.hint, /createKassa\(\{ origin: 'https:\/\/shop\.example' \}\)/);
    assert.equal(refusal.forShop, refusal);
    assert.match(
      refused({}, SHOP, { origin: 'null' }).message,
      /^The page that asked is at no origin \("null": a file, or a sandboxed frame\)/,
    );
  });
});

describe('with `origin`', () => {
  test('nothing else decides: no Host, no forwarded one', () => {
    for (const url of ['http://app:3000', 'http://evil.example']) {
      assert.equal(ask({ origin: SHOP }, url), SHOP);
      assert.equal(ask({ origin: SHOP }, url, { 'x-forwarded-host': 'evil.example' }), SHOP);
      assert.equal(ask({ origin: SHOP }, url, { origin: SHOP }), SHOP);
    }
    const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' };
    refused({ origin: SHOP }, 'https://evil.example', evil);
  });

  test('one of several is the one that asked, else the one that was asked, else the first', () => {
    const origin = [SHOP, 'https://shop.example.org'];
    assert.equal(ask({ origin }, 'http://app:3000', { origin: 'https://shop.example.org' }), origin[1]);
    assert.equal(ask({ origin }, 'https://shop.example.org'), origin[1]);
    assert.equal(ask({ origin }, 'http://app:3000'), SHOP);
    const refusal = refused({ origin }, SHOP, { origin: 'https://new.example' });
    assert.match(
      refusal.message,
      /new\.example; .* https:\/\/shop\.example or https:\/\/shop\.example\.org\./,
    );
    assert.match(refusal.hint, /'https:\/\/shop\.example\.org', 'https:\/\/new\.example'\]/);
  });

  test('it is checked at the start: what was seen, and the line to write', () => {
    const wrong = [
      [
        'https://shop.example/checkout',
        /"https:\/\/shop\.example\/checkout"/,
        /origin: 'https:\/\/shop\.example' /,
      ],
      ['shop.example', /"shop\.example", which is not an origin/, /scheme and host/],
      ['http://shop.example', /not https/, /'https:\/\/shop\.example'/],
      ['', /""/, /scheme and host/],
      ['null', /"null"/, /scheme and host/],
      ['https://u:p@shop.example', /not an origin/, /scheme and host/],
      ['https://shop.example?', /not an origin/, /origin: 'https:\/\/shop\.example' /],
      ['https://shop.example\n', /example\\n", which is not an origin/, /origin: 'https:\/\/shop\.example' /],
      ['https://shop.example, https://shop.example.org', /not an origin/, /scheme and host/],
      ['https:\\\\shop.example', /not an origin/, /scheme and host/],
      ['https://*.shop.example/x', /not an origin/, /scheme and host/],
    ] as const;
    for (const [origin, message, hint] of wrong) {
      assert.throws(
        () => createOrigins({ origin }, () => undefined),
        (error) => {
          assert.ok(error instanceof OptionsError);
          assert.equal(error.code, 'invalid-option');
          assert.match(error.message, message);
          assert.match(error.hint, hint);
          return true;
        },
      );
    }
    for (const [origin, read] of [
      ['https://shop.example/', SHOP],
      ['HTTPS://SHOP.example', SHOP],
      ['https://shop.example:443', SHOP],
      ['http://localhost:4000', 'http://localhost:4000'],
      ['http://[::1]:4000', 'http://[::1]:4000'],
      ['https://[2001:db8:0::1]', 'https://[2001:db8::1]'],
      ['https://bücher.example', 'https://xn--bcher-kva.example'],
      ['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
    ] as const) {
      assert.equal(ask({ origin }, 'http://app:3000'), read);
    }
    for (const trustedHops of [-1, 1.5, Number.NaN]) {
      assert.throws(() => createOrigins({ trustedHops }, () => undefined), { code: 'invalid-option' });
    }
  });
});

describe('with `trustedHops`', () => {
  const behind = (headers: Record<string, string>, trustedHops: number): string =>
    ask({ trustedHops }, 'http://app:3000', headers);

  test('the entry that the outermost of our own proxies wrote is believed, and none before it', () => {
    const headers = { 'x-forwarded-host': 'evil.example, shop.example', 'x-forwarded-proto': 'http, https' };
    assert.equal(behind(headers, 1), SHOP);
    assert.equal(
      behind({ ...headers, 'x-forwarded-host': 'evil.example, shop.example, inner' }, 2),
      'http://shop.example',
    );
    assert.equal(behind({ 'x-forwarded-host': 'shop.example', 'x-forwarded-proto': 'https' }, 2), SHOP);
    assert.equal(behind({ 'x-forwarded-proto': 'https' }, 1), 'https://app:3000');
    assert.equal(behind({ 'x-forwarded-proto': 'ftp', 'x-forwarded-host': 'a b' }, 1), 'http://app:3000');
  });

  test('spaces, ports, IPv6, empty entries and two headers of one name are read as proxies write them', () => {
    const https = { 'x-forwarded-proto': ' HTTPS ' };
    assert.equal(behind({ 'x-forwarded-host': '  shop.example  ', ...https }, 1), SHOP);
    assert.equal(behind({ 'x-forwarded-host': 'shop.example:443', ...https }, 1), SHOP);
    assert.equal(behind({ 'x-forwarded-host': 'shop.example:8443', ...https }, 1), `${SHOP}:8443`);
    assert.equal(
      behind({ 'x-forwarded-host': '[2001:db8::1]:8443', ...https }, 1),
      'https://[2001:db8::1]:8443',
    );
    assert.equal(behind({ 'x-forwarded-host': 'evil.example ,\tshop.example', ...https }, 1), SHOP);
    assert.equal(behind({ 'x-forwarded-host': 'shop.example,', ...https }, 1), 'https://app:3000');
    assert.equal(behind({ 'x-forwarded-host': '', 'x-forwarded-proto': '' }, 1), 'http://app:3000');
    const twice = new Headers([
      ['x-forwarded-host', 'evil.example'],
      ['x-forwarded-host', 'shop.example'],
      ['x-forwarded-proto', 'https'],
    ]);
    assert.equal(behind(Object.fromEntries(twice), 1), SHOP);
    for (const host of ['shop.example/x', 'shop.example?x', 'u@shop.example', 'shop.example\\x']) {
      assert.equal(new URL(behind({ 'x-forwarded-host': host, ...https }, 1)).pathname, '/');
    }
  });

  test('a page is then held against that host', () => {
    const headers = { 'x-forwarded-host': 'shop.example', 'x-forwarded-proto': 'https' };
    assert.equal(behind({ ...headers, origin: SHOP }, 1), SHOP);
    refused({ trustedHops: 1 }, 'http://app:3000', { ...headers, origin: 'https://evil.example' });
  });
});

describe('of a page that the backend renders', () => {
  const rendered = (options: OriginOptions, headers: Record<string, string> = {}) => {
    const told: unknown[] = [];
    const origins = createOrigins(options, (error) => told.push(error));
    return { origin: origins.ofRenderedPage(new Request('http://localhost:3000/', { headers })), told };
  };

  test('a link from anywhere leads to it', () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    assert.deepEqual(rendered({}, headers), { origin: 'http://localhost:3000', told: [] });
    assert.deepEqual(rendered({ origin: SHOP }, headers), { origin: SHOP, told: [] });
  });

  test('a proxy that says another host is not believed, and the shop is told what to write', () => {
    const headers = { 'x-forwarded-host': 'shop.example', 'x-forwarded-proto': 'https' };
    assert.equal(rendered({ trustedHops: 1 }, headers).origin, SHOP);
    const { origin, told } = rendered({}, headers);
    assert.equal(origin, 'http://localhost:3000');
    assert.match(String(told[0]), /localhost:3000, but a proxy says .*shop\.example/);
    // As Next does for itself, without any proxy.
    assert.deepEqual(
      rendered({}, { 'x-forwarded-host': 'localhost:3000', 'x-forwarded-proto': 'http' }).told,
      [],
    );
  });
});
