/** The published description: valid by the field's own linter, and true of what the sandbox really answers. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { RunningSandbox } from '../../src/sandbox/listen.ts';
import { payByCard, shopperOf, startTestSandbox } from './running.ts';

interface Described {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId: string;
            readonly requestBody?: { readonly content: Content };
            readonly responses: Readonly<Record<string, { readonly content: Content }>>;
          }
        >
      >
    >
  >;
}
type Content = Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;

let sandbox: RunningSandbox;
let text: string;
let document: Described;
let ajv: Ajv2020;

before(async () => {
  sandbox = await startTestSandbox();
  text = await (await fetch(`${sandbox.url}/openapi/gateway.json`)).text();
  document = JSON.parse(text) as Described;
  ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: 'api', ...(document as object) });
});
after(() => sandbox.close());

test('the linter finds nothing to mend', async () => {
  const config = await createConfig({ extends: ['recommended'], rules: { 'no-server-example.com': 'off' } });
  const problems = await lintFromString({ source: text, config });
  assert.deepEqual(
    problems
      // A sandbox on this machine is served over http, and tags would only repeat eight summaries.
      .filter(({ ruleId }) => !['operation-4xx-response', 'no-server-localhost'].includes(ruleId))
      .map(({ ruleId, message }) => `${ruleId}: ${message}`),
    [],
  );
});

test('describes the eight operations', () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  assert.deepEqual(operations.map(({ operationId }) => operationId).sort(), [
    'approve',
    'cashier',
    'direct',
    'list',
    'reject',
    's2s',
    'status',
    'withdrawal',
  ]);
});

const request = {
  mode: 'test',
  settings: {},
  user_id: '128',
  ip: '127.34.125.54',
  amount: 10.05,
  currency: 'EUR',
  customer: { first_name: 'John', last_name: 'Doe', email: 'john@example.com', country_code: 'GB' },
};
const cardDetails = {
  holder_name: 'John Doe',
  card_number: '4242424242424242',
  exp_month: '05',
  exp_year: '2025',
  cvc: '444',
};

describe('what is really answered is what is described', () => {
  function validate(content: Content | undefined, value: unknown): void {
    const reference = content?.['application/json']?.schema.$ref ?? assert.fail('not described');
    const check = ajv.getSchema(`api${reference}`) ?? assert.fail(`no ${reference}`);
    assert.ok(check(value), `${reference}: ${ajv.errorsText(check.errors)}`);
  }

  async function send(method: 'get' | 'post', path: string, body?: unknown, key = 'dev_kassa_0001') {
    const template = Object.keys(document.paths).find((known) =>
      new RegExp(`^${known.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path.split('?')[0] ?? ''),
    );
    const operation = document.paths[template ?? '']?.[method] ?? assert.fail(`${method} ${path}`);
    const response = await fetch(`${sandbox.url}/gateway${path}`, {
      method,
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (response.ok && body !== undefined) validate(operation.requestBody?.content, body);
    validate(operation.responses[String(response.status)]?.content, answer);
    return { status: response.status, answer };
  }

  for (const [name, path, body] of [
    ['cashier', '/api/v1/cashier', { request: { ...request, tracking_id: 'o-1', theme: 'dark' } }],
    ['direct', '/api/v1/direct', { request: { ...request, tracking_id: 'o-2', provider_id: 210 } }],
    [
      's2s',
      '/api/v1/s2s',
      { request: { ...request, tracking_id: 'o-3', routing_id: 210, card_details: cardDetails } },
    ],
    ['withdrawal', '/api/v1/withdrawal', { request: { ...request, tracking_id: 'o-4' } }],
  ] as const) {
    test(`${name}: good, without a key, and with a fault in each`, async () => {
      assert.equal((await send('post', path, body)).status, 200);
      assert.equal((await send('post', path, body, '')).status, 400);
      assert.equal(
        (await send('post', path, { request: { ...body.request, tracking_id: 'x', currency: 'X' } })).status,
        422,
      );
    });
  }

  test('s2s: declined, challenged and broken', async () => {
    for (const [number, status] of [
      ['4000000000000002', 200],
      ['4111111111111111', 200],
      ['4000000000000119', 500],
    ] as const) {
      const details = { ...cardDetails, card_number: number };
      const body = { request: { ...request, tracking_id: number, routing_id: 210, card_details: details } };
      assert.equal((await send('post', '/api/v1/s2s', body)).status, status);
    }
  });

  test('approve and reject', async () => {
    for (const decision of ['approve', 'reject']) {
      const { answer } = await send('post', '/api/v1/withdrawal', {
        request: { ...request, tracking_id: `o-${decision}` },
      });
      await shopperOf(sandbox, (answer as { token: string }).token).pay({
        ...payByCard('4242424242424242'),
        providerId: '310',
        card: undefined,
        account: { holderName: 'John Doe', iban: 'DE89370400440532013000' },
      });
      const path = `/api/v1/withdrawal/${decision}`;
      assert.equal((await send('post', path, { transaction_id: `o-${decision}` })).status, 200);
      assert.equal((await send('post', path, { transaction_id: `o-${decision}` })).status, 400);
    }
  });

  test('status and list', async () => {
    assert.equal((await send('get', '/api/v1/transactions/o-3/status')).status, 200);
    assert.equal((await send('get', '/api/v1/transactions/nobody/status')).status, 400);
    const { answer } = await send('get', '/api/v1/transactions');
    assert.ok((answer as unknown[]).length >= 3);
    assert.equal((await send('get', '/api/v1/transactions?from=99-99-2024')).status, 422);
  });
});
