/** Holds every import of src against the table of floors: who may import whom. Type imports count too. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

interface Floor {
  /** Folders of src, besides itself. */
  readonly folders: readonly string[];
  /** Packages by name. */
  readonly packages: readonly string[];
  /** Folders of which only types may be imported. */
  readonly typesOf?: readonly string[];
  /** `types`: nothing that is there at run time, because Workers import the file too. */
  readonly node?: true | 'types';
}

const STORAGE = ['drizzle-orm', '@electric-sql/pglite', 'postgres'];

/** The longest matching path decides. */
const FLOORS: Readonly<Record<string, Floor>> = {
  'index.ts': { folders: ['element', 'model'], packages: [], typesOf: ['wire', 'protocol'] },
  model: { folders: [], packages: [] },
  wire: { folders: ['model'], packages: ['zod'] },
  protocol: { folders: ['model'], packages: [] },
  element: { folders: ['protocol', 'model'], packages: ['lit'], typesOf: ['wire'] },
  react: { folders: ['element', 'model'], packages: ['react'] },
  /** Declarations only. */
  frameworks: { folders: ['element'], packages: ['vue', 'svelte', 'solid-js', 'preact'] },
  server: { folders: ['wire', 'model'], packages: [] },
  'server/http/node-exchange.ts': { folders: ['wire', 'model'], packages: [], node: 'types' },
  'server/routes/node.ts': { folders: ['wire', 'model'], packages: [], node: 'types' },
  'server/routes/node-body.ts': { folders: ['wire', 'model'], packages: [], node: 'types' },
  postgres: { folders: ['server', 'wire', 'model'], packages: ['drizzle-orm'] },
  'postgres/command.ts': {
    folders: ['server', 'wire', 'model'],
    packages: ['@electric-sql/pglite', 'pg', 'postgres'],
    node: true,
  },
  sandbox: {
    folders: ['wire', 'model'],
    packages: ['hono', '@hono/node-server', 'zod', ...STORAGE],
    node: true,
  },
  testing: { folders: ['sandbox', 'element', 'wire', 'model'], packages: [] },
  /** The one command has tools for all. */
  command: {
    folders: ['sandbox', 'server', 'postgres', 'model'],
    packages: ['commander', '@commander-js/extra-typings'],
    node: true,
  },
  'sandbox/pages': {
    folders: ['protocol', 'model', 'wire', 'sandbox'],
    packages: ['lit', 'vite', 'credit-card-type', 'uqr'],
    node: true,
  },
};

/** Allowed in one file only. */
const SINGLE_FILE_PACKAGES: Readonly<Record<string, string>> = {
  '@floating-ui/dom': 'element/shell/popover.ts',
};

/** Every room that no other storey names; these may import each other. */
const REST = '*';
/** The three systems know nothing of each other, wherever they are. */
const SYSTEMS = ['gateway', 'nixo', 'nxos'] as const;

/**
 * The rooms of a floor, from the roof down. A room imports itself and what is below it, nothing above and nothing
 * beside it.
 */
const STOREYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  model: [SYSTEMS, [REST]],
  wire: [
    ['index.ts'],
    SYSTEMS,
    ['session.ts', 'signing.ts', 'json.ts', 'parameters.ts', 'plain.ts', 'reading.ts', 'unknown-fields.ts'],
    ['schema.ts'],
  ],
  element: [
    ['attributes.ts', 'define.ts', 'script-tag'],
    ['cashier-element.ts'],
    ['cashier-controller.ts', 'enumerated.ts'],
    ['early.ts'],
    ['challenge', 'frame', 'look', 'shell', 'status', 'trouble'],
    ['diagnostics.ts', 'events.ts', 'marks.ts', 'patiently.ts', 'register.ts', 'timers.ts', 'words'],
    ['machine'],
    ['errors.ts'],
  ],
  server: [
    ['index.ts'],
    ['routes'],
    ['telemetry'],
    ['orders'],
    SYSTEMS,
    ['http'],
    ['input.ts'],
    ['errors.ts'],
  ],
  postgres: [
    ['command.ts'],
    ['index.ts'],
    ['book.ts', 'migrate.ts'],
    ['feed.ts', 'tasks.ts'],
    ['line.ts'],
    ['statements.ts'],
    ['clients'],
    [REST],
  ],
  sandbox: [
    ['start.ts'],
    ['index.ts'],
    ['listen.ts', 'banner.ts'],
    ['app.ts'],
    ['control', 'openapi'],
    SYSTEMS,
    [REST],
  ],
};

interface Import {
  readonly from: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

function importsOf(file: string): readonly Import[] {
  const source = ts.createSourceFile(file, readFileSync(join('src', file), 'utf8'), ts.ScriptTarget.ES2022);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
    if (specifier && ts.isStringLiteral(specifier)) {
      found.push({ from: file, target: specifier.text, typeOnly: isTypeOnly(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

/** A path inside src for a relative import, `undefined` for a package. */
const inside = ({ from, target }: Import): string | undefined =>
  target.startsWith('.') ? normalize(join(dirname(from), target)) : undefined;

function floorOf(file: string): [string, Floor] {
  const name = Object.keys(FLOORS)
    .filter((key) => file === key || file.startsWith(`${key}/`))
    .sort((a, b) => b.length - a.length)[0];
  const floor = name === undefined ? undefined : FLOORS[name];
  if (name === undefined || !floor) throw new Error(`src/${file} is on no floor`);
  return [name, floor];
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function fault(entry: Import): string | undefined {
  const [name, floor] = floorOf(entry.from);
  const target = inside(entry);
  if (target !== undefined) {
    const folder = target.split('/')[0] ?? '';
    const own = name.split('/')[0] ?? '';
    if (folder === own || floor.folders.includes(folder)) return undefined;
    if (entry.typeOnly && floor.typesOf?.includes(folder)) return undefined;
    return `src/${entry.from} may not import ${target}`;
  }
  const wanted = packageName(entry.target);
  if (entry.target.startsWith('node:') || builtinModules.includes(wanted)) {
    const isAllowed = floor.node === true || (floor.node === 'types' && entry.typeOnly);
    return isAllowed ? undefined : `src/${entry.from} may not import Node's ${entry.target}`;
  }
  if (SINGLE_FILE_PACKAGES[wanted] === entry.from || floor.packages.includes(wanted)) return undefined;
  return `src/${entry.from} may not import the package ${entry.target}`;
}

/** How far down a file is, and in which room; `undefined` on a floor of one room. */
function placeOf(file: string): { readonly room: string; readonly depth: number } | undefined {
  const [floor = '', room = ''] = file.split('/');
  const storeys = STOREYS[floor];
  if (!storeys) return undefined;
  const named = storeys.findIndex((rooms) => rooms.includes(room));
  if (named >= 0) return { room, depth: named };
  const rest = storeys.findIndex((rooms) => rooms.includes(REST));
  if (rest < 0) throw new Error(`src/${file} is in no room of ${floor}`);
  return { room: REST, depth: rest };
}

function climbs(entry: Import): boolean {
  const target = inside(entry);
  if (target?.split('/')[0] !== entry.from.split('/')[0]) return false;
  const [here, there] = [placeOf(entry.from), placeOf(target ?? '')];
  return here !== undefined && there !== undefined && here.room !== there.room && there.depth <= here.depth;
}

const imports = sources.flatMap(importsOf);

test('every file of src imports only from the floors below it', () => {
  assert.ok(imports.length > 20, 'the imports of src were found');
  assert.deepEqual(imports.map(fault).filter(Boolean), []);
});

test('every room imports only from the rooms below it', () => {
  for (const file of sources) placeOf(file);
  const climbing = imports.filter(climbs).map(({ from, target }) => `src/${from} may not import ${target}`);
  assert.deepEqual(climbing, []);
});

test('a room that reaches up or sideways is found', () => {
  const found = (from: string, target: string): boolean => climbs({ from, target, typeOnly: true });
  assert.ok(found('server/nixo/client.ts', '../nxos/errors.ts'));
  assert.ok(found('wire/nxos/signature.ts', '../gateway/signature.ts'));
  assert.ok(found('sandbox/nixo/rules.ts', '../nxos/rules.ts'));
  assert.ok(found('server/http/keyed.ts', '../routes/kassa.ts'));
  assert.ok(found('element/machine/session.ts', '../events.ts'));
  assert.ok(!found('server/routes/webhook.ts', '../gateway/webhooks.ts'));
});

test('server and sandbox meet only in wire and model', () => {
  const crossing = imports.filter(({ from, ...rest }) => {
    const target = inside({ from, ...rest }) ?? '';
    return (
      (from.startsWith('server/') && target.startsWith('sandbox/')) ||
      (from.startsWith('sandbox/') && target.startsWith('server/'))
    );
  });
  assert.deepEqual(crossing, []);
});

test('no import goes in a circle, type imports included', () => {
  const edges = new Map<string, string[]>();
  for (const entry of imports) {
    const target = inside(entry);
    if (target !== undefined) edges.set(entry.from, [...(edges.get(entry.from) ?? []), target]);
  }
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    assert.ok(!path.includes(file), `circle: ${[...path, file].join(' -> ')}`);
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of sources) walk(file, []);
});

test('the demo uses the package by its public names', () => {
  const files = readdirSync('demo', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  for (const file of files) {
    const text = readFileSync(join('demo', file), 'utf8');
    assert.doesNotMatch(text, /from '[^']*\/src\//, `demo/${relative('demo', join('demo', file))}`);
  }
});
