/** Seven languages, each whole, each saying what English says. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PROVIDERS } from '../../../src/sandbox/gateway/seeds.ts';
import {
  CHALLENGE_CANCELLED,
  CHALLENGE_EXPIRED,
  CHALLENGE_FAILED,
  REJECTED_BY_SHOP,
  SHOPPER_CANCELLED,
} from '../../../src/sandbox/gateway/rules.ts';
import { loadWords } from '../../../src/sandbox/pages/words/load.ts';
import { LANGUAGES } from '../../../src/model/languages.ts';

/** Texts of `reasons` and `instructions` are looked up by English words, so English needs none. */
const BY_ENGLISH = /^(reasons|instructions)\./;

function textsOf(value: unknown, path = ''): readonly [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const say = value as (...parts: string[]) => string;
    return [[path, say('{1}', '{2}')]];
  }
  return Object.entries(value as object).flatMap(([name, inner]) =>
    textsOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

const english = new Map(textsOf(await loadWords('en')));

for (const language of LANGUAGES) {
  describe(language, () => {
    test('says everything, with every amount in its place', async () => {
      const texts = new Map(textsOf(await loadWords(language)));
      const own = [...texts.keys()].filter((path) => !BY_ENGLISH.test(path));
      assert.deepEqual(own.sort(), [...english.keys()].sort());
      for (const [path, text] of texts) {
        assert.notEqual(text.trim(), '', path);
        const holes = english.get(path)?.match(/\{\d\}/g) ?? [];
        for (const hole of holes) assert.ok(text.includes(hole), `${path}: ${hole}`);
      }
    });

    if (language !== 'en') {
      test('knows the gateway’s reasons and providers', async () => {
        const { reasons, providers } = await loadWords(language);
        for (const reason of [
          CHALLENGE_CANCELLED,
          CHALLENGE_EXPIRED,
          CHALLENGE_FAILED,
          REJECTED_BY_SHOP,
          SHOPPER_CANCELLED,
          'Card declined',
          'Insufficient funds',
          'Declined by the provider',
        ]) {
          assert.ok(reasons[reason], reason);
        }
        for (const { name } of PROVIDERS) assert.ok(providers[name], name);
      });
    }
  });
}
