import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { embedderFragment, frameUrl, readEmbedder, safeUrl } from '../../src/protocol/url.ts';

const NONCE = '0123456789abcdef0123456789abcdef';

describe('safeUrl', () => {
  for (const good of [
    'https://pay.example/cashier',
    'http://localhost:4010/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://[::1]:8080/',
    'http://shop.localhost/',
  ]) {
    test(`takes ${good}`, () => assert.ok(safeUrl(good)));
  }

  // T21
  for (const bad of [
    'http://pay.example/',
    'http://127.0.0.1.evil.test/',
    'http://localhost.evil.test/',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'blob:https://shop.example/1',
    'file:///etc/passwd',
    'https://user:secret@pay.example/',
    '//pay.example/',
    '/cashier',
    '',
  ]) {
    test(`refuses ${JSON.stringify(bad)}`, () => assert.equal(safeUrl(bad), undefined));
  }
});

describe('the frame’s address', () => {
  const embedder = { nonce: NONCE, origin: 'http://localhost:4000' };

  test('carries token and language as query, nonce and embedder in the fragment', () => {
    const cashierUrl = new URL('http://127.0.0.1:4010/gateway/cashier');
    const url = new URL(frameUrl({ ...embedder, cashierUrl, token: 'tok', lang: 'de' }));
    assert.equal(url.search, '?token=tok&lang=de');
    assert.deepEqual(readEmbedder(url.hash), embedder);
  });

  test('is read back only when both parts are right', () => {
    assert.deepEqual(readEmbedder(embedderFragment(embedder)), embedder);
    for (const wrong of [
      { ...embedder, nonce: 'short' },
      { ...embedder, origin: 'http://localhost:4000/' },
      { ...embedder, origin: 'http://shop.example' },
      { ...embedder, origin: 'null' },
      { ...embedder, origin: '*' },
    ]) {
      assert.equal(readEmbedder(embedderFragment(wrong)), undefined);
    }
    assert.equal(readEmbedder(''), undefined);
  });
});
