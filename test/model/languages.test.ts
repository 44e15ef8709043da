import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directionOf, languageFor, languageTag } from '../../src/model/languages.ts';

test('a tag finds its language, an unknown one English', () => {
  assert.equal(languageFor('pt-BR'), 'pt');
  assert.equal(languageFor('AR'), 'ar');
  assert.equal(languageFor('tlh'), 'en');
  assert.equal(languageFor(''), 'en');
});

// Issue 13.7
test('a tag is read as it is written in the field, and what is no language is none', () => {
  const said = {
    pt_BR: 'pt-BR',
    'pt_BR.UTF-8': 'pt-BR',
    ' de-AT ': 'de-AT',
    'zh-Hant-TW': 'zh-Hant-TW',
    'de-DE-1996-x-a-very-long-private-extension': 'de-DE-1996',
    [`fr-${'a'.repeat(10_000)}`]: 'fr',
    'en-US;q=0.9': 'en-US',
    english: undefined,
    '{{ page.lang }}': undefined,
    '': undefined,
  };
  for (const [text, tag] of Object.entries(said)) assert.equal(languageTag(text), tag, text);
  for (const odd of [undefined, null, 7, {}, ['de']]) assert.equal(languageTag(odd), undefined);
  assert.equal(languageFor('pt_BR'), 'pt');
});

test('Arabic runs from right to left', () => {
  assert.equal(directionOf('ar'), 'rtl');
  assert.equal(directionOf('ja'), 'ltr');
});
