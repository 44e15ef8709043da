/** What a server that renders React puts into its HTML: a tag that needs no more than its script. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { KassaCashier } from '../../src/react/index.ts';

// B7
test('every attribute is in the server’s HTML, and what no attribute can hold is not', () => {
  const html = renderToString(
    createElement(
      KassaCashier,
      {
        sessionUrl: '/kassa/session',
        flow: 'withdrawal',
        display: 'modal',
        theme: 'dark',
        lang: 'de',
        challenge: 'popup',
        anchor: 'pay',
        prewarm: true,
        open: true,
        timeoutMs: 5_000,
        session: () => assert.fail('nothing is asked for on a server'),
        words: { tryAgain: 'Nochmal' },
        onOutcome: () => undefined,
        className: 'checkout',
        id: 'cashier',
      },
      createElement('button', { slot: 'trigger' }, 'Pay'),
    ),
  );
  const names = [
    'session-url',
    'flow',
    'display',
    'theme',
    'lang',
    'challenge',
    'anchor',
    'timeout-ms',
    'class',
    'id',
  ];
  const values = [
    '/kassa/session',
    'withdrawal',
    'modal',
    'dark',
    'de',
    'popup',
    'pay',
    '5000',
    'checkout',
    'cashier',
  ];
  const attributes = new Map(
    [...html.matchAll(/ ([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  for (const [at, name] of names.entries()) assert.equal(attributes.get(name), values[at], html);
  for (const name of ['open', 'prewarm']) assert.ok(attributes.has(name), html);
  assert.equal(attributes.size - 1, names.length + 2, html);
  assert.match(html, /<button slot="trigger">Pay<\/button><\/kassa-cashier>$/);
});

test('what is off or not given is no attribute', () => {
  const html = renderToString(createElement(KassaCashier, { open: false, prewarm: false, flow: undefined }));
  assert.equal(html, '<kassa-cashier></kassa-cashier>');
});
