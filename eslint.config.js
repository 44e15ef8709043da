import js from '@eslint/js';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Money and dates have one home each; everywhere else these turn decimal text into floats. */
const floatMoney = [
  {
    selector: "CallExpression[callee.name='parseFloat']",
    message: 'Money is never a float: use parseMoney.',
  },
  {
    selector: "MemberExpression[object.name='Number'][property.name='parseFloat']",
    message: 'Money is never a float: use parseMoney.',
  },
  {
    selector: "MemberExpression[property.name='toFixed']",
    message: 'Money is never a float: use formatMoney.',
  },
];

/** Prefix and substring tests on origins let look-alike hosts through (pay.example.com.evil.test). */
const originTests = [
  {
    selector:
      "CallExpression[callee.property.name=/^(startsWith|endsWith|indexOf|includes|match|search)$/][callee.object.property.name='origin']",
    message: 'Compare origins whole, with ===.',
  },
  {
    selector: "CallExpression[callee.property.name='test'] > MemberExpression[property.name='origin']",
    message: 'Compare origins whole, with ===.',
  },
];

/** Browser words that server-side floors must not use by accident. */
const domGlobals = [
  'window',
  'document',
  'navigator',
  'location',
  'localStorage',
  'sessionStorage',
  'HTMLElement',
];

/** Time and chance are passed in (`World`); reading them where rules are decided makes a test unrepeatable. */
const wallClock = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Take the clock as a parameter.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the clock as a parameter.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Take Random as a parameter.',
  },
];

export default ts.config(
  {
    ignores: [
      'dist/',
      'examples/*/',
      'src/frameworks/',
      'coverage/',
      'test-results/',
      'screenshots/',
      'node_modules/',
      'docs/{node_modules,api}/',
      'test/docs/shop.d.ts',
      'docs/.vitepress/{cache,dist}/',
    ],
  },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-restricted-syntax': ['error', ...floatMoney, ...originTests],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/sandbox/**/rules.ts', 'src/element/machine/**', 'src/sandbox/outbox/**'],
    rules: { 'no-restricted-syntax': ['error', ...floatMoney, ...originTests, ...wallClock] },
  },
  {
    files: ['src/{model,wire,server,postgres}/**', 'src/sandbox/**'],
    ignores: ['src/sandbox/pages/**'],
    rules: { 'no-restricted-globals': ['error', ...domGlobals] },
  },
  {
    files: [
      'src/command/**',
      'src/sandbox/start.ts',
      'src/postgres/command.ts',
      'demo/**',
      'scripts/**',
      'bench/**',
      'examples/**',
      'test/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['bench/**', 'test/**', 'scripts/**', 'examples/**'],
    rules: { 'no-restricted-syntax': ['error', ...originTests] },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['test', 'describe', 'it', 'suite'], package: 'node:test' },
          ],
        },
      ],
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    // Compiled, never run.
    files: ['test/package/types/**'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.config.{ts,js,mjs}', 'test/run/journeys-reporter.ts', 'docs/.vitepress/**'],
    languageOptions: { globals: globals.node },
    rules: { 'no-restricted-exports': 'off' },
  },
  { files: ['**/*.{js,mjs}'], extends: [ts.configs.disableTypeChecked] },
);
