import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { safeUrl } from '../../src/model/safe-url.ts';

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
