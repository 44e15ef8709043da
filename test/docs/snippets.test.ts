/**
 * Every piece of code on the pages compiles against the package's own types, and the tags in its HTML are used as they
 * are. What runs is run elsewhere: the files that pages show (`<<<`) by `npm run examples`, the backend's code by
 * `test/package/readme.test.ts`, the hosted page of the specification by `protocol.test.ts`.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { type Block, blocksOf, column, pagePaths, readPage } from './pages.ts';

const paths = await pagePaths();
const blocks = (await Promise.all(paths.map(async (path) => blocksOf(path, await readPage(path))))).flat();

/** What the pages leave to the shop, and packages that are the shop's. */
const SHOP = 'test/docs/shop.d.ts';
const EXTENSIONS: Readonly<Record<string, string>> = { ts: '.ts', tsx: '.tsx', js: '.ts', jsx: '.tsx' };

/** Code that is in HTML is a module, too. */
const scriptsOf = (block: Block): readonly Block[] =>
  [...block.code.matchAll(/<script(?: type="module")?>([^]*?)<\/script>/g)].map(({ 1: code = '' }) => ({
    ...block,
    language: 'js',
    code,
  }));

function optionsOf(isTyped: boolean): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options: read } = ts.convertCompilerOptionsFromJson(config.compilerOptions, process.cwd());
  const lenient = { noUnusedLocals: false, noUnusedParameters: false, noImplicitAny: false, types: ['node'] };
  return { ...read, ...lenient, ...(!isTyped && { strict: false, exactOptionalPropertyTypes: false }) };
}

const libraries = new Map<string, ts.SourceFile | undefined>();

/** A host in which these files are, beside all that is there. */
function hostOf(files: ReadonlyMap<string, string>, compilerOptions: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(compilerOptions);
  return {
    ...host,
    fileExists: (path) => files.has(path) || host.fileExists(path),
    readFile: (path) => files.get(path) ?? host.readFile(path),
    getSourceFile: (path, languageVersion, ...more) => {
      const code = files.get(path);
      if (code !== undefined) return ts.createSourceFile(path, code, languageVersion, true);
      if (!libraries.has(path)) libraries.set(path, host.getSourceFile(path, languageVersion, ...more));
      return libraries.get(path);
    },
  };
}

/** What the compiler has to say of these pieces of code, with the page and line of each. */
function faultsOf(code: readonly Block[], isTyped: boolean): readonly string[] {
  const blockOf = new Map(
    code.map((block) => [
      join(process.cwd(), `${block.page}.${block.line}${EXTENSIONS[block.language] ?? ''}`),
      block,
    ]),
  );
  // Each is a module of its own, and may wait at its top.
  const files = new Map([...blockOf].map(([path, block]) => [path, `${block.code}\nexport {};`]));
  const compilerOptions = optionsOf(isTyped);
  const program = ts.createProgram([...files.keys(), SHOP], compilerOptions, hostOf(files, compilerOptions));
  return [...blockOf].flatMap(([path, { page, line }]) => {
    const source = program.getSourceFile(path);
    assert.ok(source, path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) =>
        `${page}:${line + source.getLineAndCharacterOfPosition(start).line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

test('every piece of code compiles', () => {
  const code = blocks.flatMap((block) => (block.language === 'html' ? scriptsOf(block) : [block]));
  const typed = code.filter(({ language }) => ['ts', 'tsx'].includes(language));
  const plain = code.filter(({ language }) => ['js', 'jsx'].includes(language));
  assert.ok(typed.length > 12 && plain.length > 5, `${typed.length} and ${plain.length} pieces`);
  assert.deepEqual([...faultsOf(typed, true), ...faultsOf(plain, false)], []);
});

test('every tag in HTML has attributes that there are', async () => {
  const known = column(await readFile('docs/tag.md', 'utf8'), 'attribute');
  const tags = blocks
    .filter(({ language }) => language === 'html')
    .flatMap(({ code }) =>
      [...code.matchAll(/<kassa-cashier([^>]*)>/g)].map(([, attributes = '']) => attributes),
    );
  assert.ok(tags.length > 3);
  for (const attributes of tags) {
    for (const [, name = ''] of attributes.matchAll(/([\w-]+)(?:="[^"]*")?/g)) {
      assert.ok([...known, 'id', 'class'].includes(name), name);
    }
  }
});

test('every event that a page names is one', async () => {
  const known = column(await readFile('docs/events.md', 'utf8'), 'event');
  const OTHERS = ['kassa-cashier', 'kassa-reconcile', 'kassa-bank'];
  for (const path of paths) {
    for (const [name] of (await readPage(path)).matchAll(/(?<![\w/.-])kassa-[a-z]+(?![\w-]*\.js)/g)) {
      assert.ok([...known, ...OTHERS].includes(name), `${path}: ${name}`);
    }
  }
});

test('a policy for the checkout is the same for every server, and lets the tag do its work', async () => {
  const page = await readFile('docs/going-live.md', 'utf8');
  const policies = [...page.matchAll(/default-src 'none';[^"\n]*/g)].map(([policy]) => policy.trim());
  assert.ok(policies.length >= 5);
  assert.equal(new Set(policies).size, 1);
  const [policy = ''] = policies;
  // Of the page with which the journeys show that a payment goes through it: all that is needed, and nothing more.
  const strict =
    /const strictHeaders[^]*?\]\.join/.exec(await readFile('demo/shop/server.ts', 'utf8'))?.[0] ?? '';
  const needed = [...strict.matchAll(/["`]([a-z]+-[a-z]+ [^"`]+)["`],/g)]
    .map(([, directive = '']) => directive.replace('${cashierOrigin}', 'https://cashier.example'))
    .filter((directive) => !directive.includes('trusted-types'));
  assert.deepEqual(policy.split('; '), needed);
  const helmet = /directives: \{([^}]*)\}/.exec(page)?.[1] ?? '';
  const said = [...helmet.matchAll(/(\w+): \[['"]+(.+?)['"]+\]/g)].map(([, name = '', value = '']) => {
    const directive = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `${directive} ${value.startsWith('https') ? value : `'${value}'`}`;
  });
  assert.deepEqual(said, needed);
});
