/** What `kassa doctor` says of a page, for each thing that may be wrong with it: the very header or line to write. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { examine } from '../../../src/command/doctor/checks.ts';
import type { Facts } from '../../../src/command/doctor/facts.ts';
import { allows } from '../../../src/command/doctor/policy.ts';

const SHOP = 'https://shop.example';
const PAY = 'https://pay.example';
const CSP = `default-src 'self'; frame-src ${PAY}`;
const SESSION = {
  url: `${SHOP}/kassa/session`,
  status: 200,
  cashierUrl: `${PAY}/cashier`,
  statusUrl: `${SHOP}/kassa/status/1`,
};

/** A page with which nothing is wrong. */
const GOOD: Facts = {
  url: `${SHOP}/checkout`,
  by: 'browser',
  headers: { 'content-security-policy': CSP },
  metaPolicies: [],
  scripts: [{ src: `${SHOP}/kassa.js`, hasIntegrity: false }],
  tags: [{ sessionUrl: SESSION.url, flow: 'deposit', state: 'ready' }],
  sessions: [SESSION],
  hosted: { [SESSION.cashierUrl]: {} },
  blocked: [],
  errors: [],
};

const policy = (text: string): Partial<Facts> => ({ headers: { 'content-security-policy': text } });
const withHeader = (name: string, value: string): Partial<Facts> => ({
  headers: { ...GOOD.headers, [name]: value },
});
const answered = (answer: Partial<Facts['sessions'][number]>): Partial<Facts> => ({
  sessions: [{ ...SESSION, ...answer }],
});

test('a page with which nothing is wrong', () => {
  assert.deepEqual(examine(GOOD), []);
  assert.deepEqual(examine({ ...GOOD, url: 'http://localhost:4000/', sessions: [], scripts: [] }), []);
});

const ONE_FAULT: readonly (readonly [string, Partial<Facts>, string, string])[] = [
  ['http', { url: 'http://shop.example/', sessions: [], scripts: [] }, 'error https', 'https://shop.example'],
  ['no tag', { tags: [], sessions: [] }, 'error tag', '<kassa-cashier session-url="/kassa/session">'],
  [
    'a tag that nothing registers',
    { tags: [{ sessionUrl: SESSION.url, flow: 'deposit', state: 'undefined' }], scripts: [] },
    'error script',
    '<script type="module" src="/kassa.js"></script>',
  ],
  [
    'a backend that is away',
    { sessions: [{ url: SESSION.url, status: 0 }] },
    'error session',
    'Start the shop’s backend',
  ],
  [
    'a refused page',
    {
      sessions: [
        {
          url: SESSION.url,
          status: 403,
          error: { code: 'foreign-page', message: 'The page that asked is at …', hint: '' },
        },
      ],
    },
    'error origin',
    `createKassa({ origin: '${SHOP}' })`,
  ],
  [
    'a missing origin option',
    answered({ statusUrl: 'http://localhost:3000/kassa/status/1' }),
    'error origin',
    `createKassa({ origin: '${SHOP}' })`,
  ],
  [
    'an error of the route',
    {
      sessions: [
        {
          url: SESSION.url,
          status: 502,
          error: { code: 'auth', message: 'The key has expired.', hint: 'Renew it.' },
        },
      ],
    },
    'error session',
    'Renew it.',
  ],
  [
    'no policy',
    { headers: {} },
    'warning csp',
    `Content-Security-Policy: default-src 'self'; script-src 'self'; connect-src 'self'; frame-src ${PAY}; object-src 'none'; base-uri 'none'`,
  ],
  [
    'frames by default-src',
    policy("default-src 'self'"),
    'error csp frame-src',
    `Content-Security-Policy: default-src 'self'; frame-src 'self' ${PAY}`,
  ],
  [
    'no frames',
    policy("default-src 'self'; frame-src 'none'"),
    'error csp frame-src',
    `Content-Security-Policy: default-src 'self'; frame-src ${PAY}`,
  ],
  [
    'no connections',
    policy(`${CSP}; connect-src 'none'`),
    'error csp connect-src',
    `Content-Security-Policy: ${CSP}; connect-src 'self'`,
  ],
  [
    'no scripts',
    policy(`${CSP}; script-src https://cdn.example`),
    'error csp script-src',
    `Content-Security-Policy: ${CSP}; script-src https://cdn.example 'self'`,
  ],
  [
    'a policy in the HTML',
    { metaPolicies: ["frame-src 'none'"] },
    'error csp frame-src',
    `Content-Security-Policy: frame-src ${PAY}`,
  ],
  [
    'two policies',
    policy(`${CSP}, frame-src 'self'`),
    'error csp frame-src',
    `Content-Security-Policy: frame-src 'self' ${PAY}`,
  ],
  [
    'COOP',
    withHeader('cross-origin-opener-policy', 'same-origin'),
    'warning coop',
    'Cross-Origin-Opener-Policy: same-origin-allow-popups',
  ],
  [
    'COEP',
    withHeader('cross-origin-embedder-policy', 'require-corp'),
    'error coep',
    'Cross-Origin-Embedder-Policy: unsafe-none',
  ],
  [
    'a feature that is nobody’s',
    withHeader('permissions-policy', 'camera=(), payment=()'),
    'warning permissions-policy payment',
    `Permissions-Policy: camera=(), payment=(self "${PAY}")`,
  ],
  [
    'mixed content',
    answered({ cashierUrl: 'http://pay.example/cashier' }),
    'error mixed-content',
    'https://pay.example/cashier',
  ],
  [
    'a hosted page that forbids frames',
    { hosted: { [SESSION.cashierUrl]: { 'x-frame-options': 'DENY' } } },
    'error frame',
    'settings.allowed_origins',
  ],
  [
    'a script of others without integrity',
    { scripts: [{ src: 'https://tags.example/t.js', hasIntegrity: false }] },
    'warning integrity',
    '<script src="https://tags.example/t.js" integrity="sha384-…" crossorigin="anonymous"></script>',
  ],
  [
    'what the tag says',
    { errors: [{ code: 'frame-timeout', message: 'It does not answer.', hint: 'Look at it.' }] },
    'error frame-timeout',
    'Look at it.',
  ],
  [
    'what the browser refused',
    { blocked: [{ directive: 'img-src', url: 'https://x.example/1.png' }] },
    'warning blocked',
    'Add it to img-src',
  ],
];

describe('a page with one fault', () => {
  for (const [what, change, found, fix] of ONE_FAULT) {
    test(what, () => {
      const findings = examine({ ...GOOD, ...change }).filter(
        ({ check }) => check !== 'frame' || found === 'error frame',
      );
      const mine = findings.find(({ level, check }) => `${level} ${check}` === found);
      assert.ok(mine, JSON.stringify(findings, null, 2));
      assert.ok(mine.fix.includes(fix), mine.fix);
      assert.ok(mine.message.length > 10);
    });
  }

  test('is not one of others: no token of a session is in what is said', () => {
    for (const [, change] of ONE_FAULT)
      assert.doesNotMatch(JSON.stringify(examine({ ...GOOD, ...change })), /token/);
  });
});

test('what isolation and features leave as it is', () => {
  const isolated = {
    ...GOOD,
    hosted: { [SESSION.cashierUrl]: { 'cross-origin-embedder-policy': 'require-corp' } },
  };
  assert.deepEqual(
    examine({ ...isolated, ...withHeader('cross-origin-embedder-policy', 'require-corp') }),
    [],
  );
  for (const list of [`payment=(self "${PAY}")`, 'payment=*', 'camera=()', 'payment=(*)']) {
    assert.deepEqual(examine({ ...GOOD, ...withHeader('permissions-policy', list) }), [], list);
  }
  assert.deepEqual(examine({ ...GOOD, ...answered({ status: 409 }) }), []);
});

describe('a source of a policy', () => {
  for (const [source, url, isAllowed] of [
    ["'self'", `${SHOP}/a`, true],
    ["'self'", `${PAY}/a`, false],
    ['*', `${PAY}/a`, true],
    ['https:', `${PAY}/a`, true],
    ['http:', `${PAY}/a`, true],
    ['http:', 'blob:https://pay.example/1', false],
    ['pay.example', `${PAY}/a`, true],
    ['PAY.example', `${PAY}/a`, true],
    ['http://pay.example', `${PAY}/a`, true],
    ['https://pay.example', 'http://pay.example/a', false],
    ['*.example', `${PAY}/a`, true],
    ['*.pay.example', `${PAY}/a`, false],
    ['https://pay.example:8443', `${PAY}/a`, false],
    ['https://pay.example:8443', `${PAY}:8443/a`, true],
    ['https://pay.example:443', `${PAY}/a`, true],
    ['https://pay.example:*', `${PAY}:9000/a`, true],
    ['https://pay.example/cashier', `${PAY}/cashier`, true],
    ['https://pay.example/cashier', `${PAY}/other`, false],
    ['https://pay.example/hosted/', `${PAY}/hosted/cashier`, true],
    ["'none'", `${PAY}/a`, false],
    ["'unsafe-inline'", `${PAY}/a`, false],
    ['http://[::1]:4010', 'http://[::1]:4010/a', true],
  ] as const) {
    test(`${source} ${isAllowed ? 'lets in' : 'keeps out'} ${url}`, () => {
      assert.equal(allows([source], url, SHOP), isAllowed);
    });
  }
});
