/** The rule that money is never a float is one that the build holds, in every file of the source. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESLint, Linter } from 'eslint';

// C-04
for (const file of [
  'src/model/money.ts',
  'src/server/gateway/orders.ts',
  'src/sandbox/gateway/rules.ts',
  'src/element/events.ts',
]) {
  test(`no float is made of money in ${file}`, async () => {
    const { rules } = (await new ESLint().calculateConfigForFile(file)) as { rules: Linter.RulesRecord };
    const rule = rules['no-restricted-syntax'];
    assert.ok(rule);
    const faultsOf = (code: string): number =>
      new Linter().verify(code, [{ rules: { 'no-restricted-syntax': rule } }]).length;
    for (const code of ['parseFloat(text)', 'Number.parseFloat(text)', 'amount.toFixed(2)']) {
      assert.equal(faultsOf(code), 1, code);
    }
    assert.equal(faultsOf('parseMoney(text, "EUR")'), 0);
  });
}
