/** A code that Kassa can say has a line on the page, with its cause and its cure; and no line is of a code that is gone. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { GATEWAY_CODES } from '../../src/model/gateway/codes.ts';
import { column, readPage } from './pages.ts';

const page = await readPage('docs/errors.md');
const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();

async function parse(path: string): Promise<ts.SourceFile> {
  return ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

const serverFiles = (await readdir('src/server', { recursive: true }))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => join('src/server', path));
const server = await Promise.all(serverFiles.map(parse));

function* within(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* within(child);
}

const textsIn = (node: ts.Node): readonly string[] =>
  [...within(node)].filter((it) => ts.isStringLiteral(it)).map(({ text }) => text);

/** The words of a type that is a union of them, and of the tables that it names. */
async function wordsOf(path: string, name: string): Promise<readonly string[]> {
  const source = await parse(path);
  const type = [...within(source)].find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === name);
  assert.ok(type, `${path} has no type ${name}`);
  const tables = [...within(type)]
    .filter((node) => ts.isTypeQueryNode(node))
    .map(({ exprName }) => exprName.getText());
  const values = [...within(source)].filter(
    (node) => ts.isVariableDeclaration(node) && tables.includes(node.name.getText()),
  );
  return [type, ...values].flatMap(textsIn);
}

const cells = (head: string): readonly string[] => column(page, head);

test('in the page: every CashierErrorCode', async () => {
  const codes = await wordsOf('src/element/errors.ts', 'CashierErrorCode');
  assert.ok(codes.length > 10);
  assert.deepEqual(sorted(cells('`error.code`')), sorted(codes));
});

test('by the routes: every refusal, with its status', () => {
  const refusals = server.flatMap((file) =>
    [...within(file)]
      .filter(ts.isNewExpression)
      .filter(({ expression }) => expression.getText() === 'Refusal'),
  );
  const codes = refusals.flatMap(({ arguments: [, code] = [] }) => (code ? textsIn(code) : []));
  assert.ok(codes.length > 15);
  assert.deepEqual(sorted(column(page, 'status', 1)), sorted(codes));
  for (const { arguments: [status, code] = [] } of refusals) {
    if (!status || !code || !ts.isStringLiteral(code) || !ts.isNumericLiteral(status)) continue;
    const row = new RegExp(`^\\| ${status.text} +\\| \`${code.text}\``, 'm');
    assert.match(page, row);
  }
});

test('to onError: every code of an error that is made in the backend', () => {
  const made = server.flatMap((file) =>
    [...within(file)].flatMap((node) => {
      if (ts.isExpressionWithTypeArguments(node) && node.expression.getText() === 'KassaError')
        return (node.typeArguments ?? []).flatMap(textsIn);
      if (!ts.isNewExpression(node) || node.expression.getText() !== 'KassaError') return [];
      return [...within(node)]
        .filter((it) => ts.isPropertyAssignment(it) && it.name.getText() === 'code')
        .flatMap((it) => textsIn(it));
    }),
  );
  const elsewhere = ['invalid-input'];
  assert.ok(made.length > 5);
  assert.deepEqual(sorted(cells('code')), sorted(made.filter((code) => !elsewhere.includes(code))));
});

test('of options, webhooks, systems and the database: every code and kind', async () => {
  const tables = [
    ['`OptionsError.code`', 'src/server/http/client-options.ts', 'OptionsErrorCode'],
    ['`WebhookError.code`', 'src/server/errors.ts', 'WebhookErrorCode'],
    ['`ApiError.kind`', 'src/server/errors.ts', 'ApiErrorKind'],
    ['`DatabaseError.code`', 'src/postgres/errors.ts', 'DatabaseErrorCode'],
  ] as const;
  for (const [head, path, type] of tables) {
    assert.deepEqual(sorted(cells(head)), sorted(await wordsOf(path, type)), head);
  }
});

test('of the gateway: the twelve codes, with its words and their kind', () => {
  const at = page.indexOf('### Codes of the gateway');
  const table = page.slice(at);
  assert.deepEqual(column(table, 'code'), Object.keys(GATEWAY_CODES));
  assert.deepEqual(
    column(table, 'code', 1),
    Object.values(GATEWAY_CODES).map(({ text }) => text),
  );
  assert.deepEqual(
    column(table, 'code', 2),
    Object.values(GATEWAY_CODES).map(({ kind }) => kind),
  );
});
