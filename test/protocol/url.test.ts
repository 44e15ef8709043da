import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { embedderFragment, frameUrl } from '../../src/model/cashier-frame.ts';
import { readEmbedder } from '../../src/protocol/url.ts';

const NONCE = '0123456789abcdef0123456789abcdef';

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
