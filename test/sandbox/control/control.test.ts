/** The sandbox's own routes, and the faults it can act out. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { isApiError } from '../../../src/server/errors.ts';
import type { SandboxState } from '../../../src/sandbox/parts.ts';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { PATIENCE_MS } from '../../patience.ts';
import { gatewayOf, NOON, order, shopperOf, startTestSandbox } from '../running.ts';

let sandbox: RunningSandbox;
before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.close());
beforeEach(() => sandbox.reset());

const control = (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${sandbox.url}/_sandbox${path}`, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    headers,
  });

describe('the control routes', () => {
  test('state: keys, cards, providers, what happened, and no secret beyond the test keys', async () => {
    await gatewayOf(sandbox).mintCashier(order('s-1'));
    const state = (await (await control('/state')).json()) as SandboxState;
    assert.equal(state.now, new Date(NOON).toISOString());
    assert.equal(state.tokens, 1);
    assert.ok(state.keys.some(({ key }) => key === 'dev_kassa_0001'));
    assert.equal(state.cards.length, 9);
  });

  test('clock: only forward', async () => {
    assert.equal((await control('/clock', { advanceMs: 60_000 })).status, 200);
    for (const advanceMs of [-1, 1.5, '1', null]) {
      assert.equal((await control('/clock', { advanceMs })).status, 422);
    }
  });

  test('config: known settings only, and reset takes them back', async () => {
    assert.equal((await control('/config', { blockedIps: ['10.0.0.0/8'] })).status, 200);
    assert.equal((await control('/config', { blockedIps: ['everybody'] })).status, 422);
    assert.equal((await control('/config', { webhookUrl: 'javascript:alert(1)' })).status, 422);
    assert.equal((await control('/config', { unknown: true })).status, 422);
    assert.deepEqual((await sandbox.state()).config.blockedIps, ['10.0.0.0/8']);
    await control('/reset', {});
    assert.deepEqual((await sandbox.state()).config.blockedIps, []);
  });

  // G-25
  test('keys are made and ended, providers switched off, as in the gateway’s portal', async () => {
    const mint = (apiKey: string) => gatewayOf(sandbox, { apiKey }).mintCashier(order('k-1'));
    const codeOf = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'ok',
        (error: unknown) => (isApiError(error) ? error.code : String(error)),
      );
    assert.equal(await codeOf(mint('dev_made_by_hand')), '1027');
    const made = { key: 'dev_made_by_hand', expired: false };
    await control('/config', { apiKeys: [made] });
    assert.equal(await codeOf(mint('dev_made_by_hand')), 'ok');
    await control('/config', {
      apiKeys: [
        { ...made, expired: true },
        { key: 'dev_kassa_0001', expired: true },
      ],
    });
    assert.equal(await codeOf(mint('dev_made_by_hand')), '1028');
    assert.equal(await codeOf(mint('dev_kassa_0001')), '1028');
    await control('/config', { apiKeys: [], disabledProviders: ['210', '220'] });
    const { token } = await gatewayOf(sandbox).mintCashier(order('k-2'));
    const view = (await (await shopperOf(sandbox, token).view()).json()) as { providers: { id: string }[] };
    assert.deepEqual(
      view.providers.map(({ id }) => id),
      ['230', '240', '250', '260', '270'],
    );
    const direct = gatewayOf(sandbox).mintDirect({ ...order('k-3'), providerId: 210 });
    assert.equal(await codeOf(direct), '1016');
  });

  // T60: pages of other sites, and names that were rebound to this machine
  test('answer only to this machine and to their own page', async () => {
    const foreign = await control('/reset', {}, { 'sec-fetch-site': 'cross-site' });
    assert.equal(foreign.status, 403);
    const response = await sandbox.fetch(
      new Request('http://rebound.evil.test/_sandbox/state', { headers: { host: 'rebound.evil.test' } }),
    );
    assert.equal(response.status, 403);
  });

  test('an unknown place says what there is', async () => {
    const response = await fetch(`${sandbox.url}/nowhere`);
    assert.equal(response.status, 404);
    assert.match(await response.text(), /_sandbox/);
  });
});

describe('faults', () => {
  const kindOf = async (timeoutMs = PATIENCE_MS): Promise<string> => {
    try {
      await gatewayOf(sandbox, { timeoutMs }).mintCashier(order('f-1'));
      return 'none';
    } catch (error) {
      assert.ok(isApiError(error));
      return error.kind;
    }
  };

  for (const [fault, kind] of [
    ['500', 'transient'],
    ['502', 'transient'],
    ['timeout', 'timeout'],
    ['reset', 'network'],
    ['half', 'invalid-response'],
    ['1025', 'transient'],
    ['1295', 'blocked'],
  ] as const) {
    test(`${fault}, armed for one request`, async () => {
      assert.equal((await control('/faults', { match: '/api/v1/cashier', fault })).status, 200);
      // Long enough for the request to get there, where it is never answered.
      assert.equal(await kindOf(fault === 'timeout' ? 2_000 : undefined), kind);
      assert.equal(await kindOf(), 'none');
    });
  }

  test('an unknown one is refused with the list', async () => {
    const response = await control('/faults', { match: '/', fault: 'explode' });
    assert.equal(response.status, 422);
    assert.match(await response.text(), /timeout, reset, half/);
  });
});

describe('the hosted page', () => {
  const page = (path: string): Promise<Response> => fetch(`${sandbox.url}/gateway${path}`);

  // G-29
  test('may be framed by the shop that minted, runs only its own files, and leaks no address', async () => {
    const { token } = await gatewayOf(sandbox).mintCashier({
      ...order('p-1'),
      settings: { allowed_origins: ['https://shop.example', 'x; script-src *'] },
    });
    const response = await page(`/cashier?token=${token}`);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /frame-ancestors https:\/\/shop\.example$/);
    assert.match(policy, /script-src 'self';/);
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const html = await response.text();
    assert.doesNotMatch(html, /<script(?![^>]*(src|application\/json))/);
  });

  test('what a shop put into its order cannot leave the data it is in', async () => {
    const { token } = await gatewayOf(sandbox).mintCashier({
      ...order('p-2'),
      settings: { return_url: 'https://shop.example/</script><script>alert(1)</script>' },
    });
    const html = await (await page(`/cashier?token=${token}&lang=</html>`)).text();
    assert.equal(html.match(/<script/g)?.length, 2);
    assert.doesNotMatch(html, /alert\(1\)<\/script>/);
  });

  test('its scripts and styles are served, a stranger’s file is not', async () => {
    await sandbox.ready();
    for (const name of ['cashier.js', 'cashier.css', 'challenge.js', 'control.js']) {
      assert.equal((await page(`/assets/${name}`)).status, 200, name);
    }
    for (const name of ['..%2f..%2fpackage.json', 'nothing.js']) {
      assert.equal((await page(`/assets/${name}`)).status, 404, name);
    }
  });
});
