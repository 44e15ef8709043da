import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directionOf, languageFor } from '../../src/model/languages.ts';

test('a tag finds its language, an unknown one English', () => {
  assert.equal(languageFor('pt-BR'), 'pt');
  assert.equal(languageFor('AR'), 'ar');
  assert.equal(languageFor('tlh'), 'en');
  assert.equal(languageFor(''), 'en');
});

test('Arabic runs from right to left', () => {
  assert.equal(directionOf('ar'), 'rtl');
  assert.equal(directionOf('ja'), 'ltr');
});
