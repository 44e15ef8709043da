/**
 * Every piece of code on the pages compiles against the package's own types, and the tags in its HTML are used as they
 * are. What runs is run elsewhere: the files that pages show (`<<<`) by `npm run examples`, the backend's code by
 * `test/package/readme.test.ts`, the hosted page of the specification by `protocol.test.ts`.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { compile } from '../../scripts/native-compiler.ts';
import { inFolder } from './import-code.ts';
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

const LENIENT = { noUnusedLocals: false, noUnusedParameters: false, noImplicitAny: false, types: ['node'] };
const UNTYPED = { ...LENIENT, strict: false, exactOptionalPropertyTypes: false };

/** What the compiler has to say of these pieces of code, with the page and line of each. */
const faultsOf = (code: readonly Block[], compilerOptions: object): Promise<readonly string[]> =>
  inFolder(async (folder) => {
    for (const [at, { code: text, language }] of code.entries()) {
      // Each is a module of its own, and may wait at its top.
      await writeFile(join(folder, `${at}${EXTENSIONS[language] ?? ''}`), `${text}\nexport {};`);
    }
    const project = {
      extends: '../tsconfig.json',
      compilerOptions,
      include: ['*', `../${SHOP}`],
      exclude: [],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
    const said = await compile('--project', folder, '--pretty', 'false').then(({ stdout }) => stdout, saidBy);
    return said
      .split(/\n(?!\s)/)
      .filter((fault) => fault !== '' && !isOfSource(fault))
      .map((fault) => inPage(fault, code));
  });

/** What it found, or why it could not look. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'stdout' in error && error.stdout !== '' ? String(error.stdout) : error.message;
}

/** Read less strictly than it is written; the linter checks it as it is. */
const isOfSource = (fault: string): boolean => fault.startsWith('src/');

/** `.snippet-x/3.ts(7,1): error …` is about line 7 of the third piece. */
function inPage(fault: string, code: readonly Block[]): string {
  const [, at = '', line = '', what = ''] = /^[^(]*?(\d+)\.tsx?\((\d+),\d+\): ([^]*)$/.exec(fault) ?? [];
  const block = code[Number(at || -1)];
  return block ? `${block.page}:${block.line + Number(line) - 1}: ${what}` : fault;
}

test('every piece of code compiles', async () => {
  const code = blocks.flatMap((block) => (block.language === 'html' ? scriptsOf(block) : [block]));
  const typed = code.filter(({ language }) => ['ts', 'tsx'].includes(language));
  const plain = code.filter(({ language }) => ['js', 'jsx'].includes(language));
  assert.ok(typed.length > 12 && plain.length > 5, `${typed.length} and ${plain.length} pieces`);
  assert.deepEqual([...(await faultsOf(typed, LENIENT)), ...(await faultsOf(plain, UNTYPED))], []);
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
