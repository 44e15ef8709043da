/** What this house refuses beyond what linters know: for each rule the selectors (esquery's), and what to write instead. */

/** @param {Readonly<Record<string, string>>} refused */
const rule = (refused) => ({
  create: (context) =>
    Object.fromEntries(
      Object.entries(refused).map(([selector, message]) => [
        selector,
        (node) => {
          context.report({ node, message });
        },
      ]),
    ),
});

export default {
  meta: { name: 'house' },
  rules: {
    // Money and dates have one home each; everywhere else these turn decimal text into floats.
    'no-float-money': rule({
      "CallExpression[callee.name='parseFloat']": 'Money is never a float: use parseMoney.',
      "MemberExpression[object.name='Number'][property.name='parseFloat']":
        'Money is never a float: use parseMoney.',
      "MemberExpression[property.name='toFixed']": 'Money is never a float: use formatMoney.',
    }),
    // Prefix and substring tests on origins let look-alike hosts through (pay.example.com.evil.test).
    'no-part-of-origin': rule({
      "CallExpression[callee.property.name=/^(startsWith|endsWith|indexOf|includes|match|search)$/][callee.object.property.name='origin']":
        'Compare origins whole, with ===.',
      "CallExpression[callee.property.name='test'] > MemberExpression[property.name='origin']":
        'Compare origins whole, with ===.',
    }),
    // Time and chance are passed in (`World`); reading them where rules are decided makes a test unrepeatable.
    'no-wall-clock': rule({
      "MemberExpression[object.name='Date'][property.name='now']": 'Take the clock as a parameter.',
      "NewExpression[callee.name='Date'][arguments.length=0]": 'Take the clock as a parameter.',
      "MemberExpression[object.name='Math'][property.name='random']": 'Take Random as a parameter.',
    }),
  },
};
