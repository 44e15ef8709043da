/**
 * The frame protocol as JSON Schema, for those who do not write TypeScript: `node --import tsx scripts/protocol-schema.ts`
 * writes `docs/public/frame-protocol.schema.json`.
 *
 * The tables of `src/protocol` are functions at run time, which is what keeps the element small. So they are read once
 * more here, with builders that answer JSON Schema in place of those that answer guards: nothing is said twice.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { STATUSES } from '../src/model/statuses.ts';
import { MAX_MESSAGE_LENGTH } from '../src/protocol/messages.ts';
import { THEME_TOKENS } from '../src/protocol/theme.ts';

export const SCHEMA_FILE = 'docs/public/frame-protocol.schema.json';

type Schema = Readonly<Record<string, unknown>>;
interface Field {
  readonly schema: Schema;
  readonly isOptional?: boolean;
}
type Table = Readonly<Record<string, Field>>;

/** What `shape.ts` has, by the same names. */
const builders = {
  text: (maxLength: number): Field => ({ schema: { type: 'string', maxLength } }),
  amountUpTo: (maximum: number): Field => ({ schema: { type: 'number', minimum: 0, maximum } }),
  flag: { schema: { type: 'boolean' } },
  oneOf: (words: readonly string[]): Field => ({ schema: { enum: words } }),
  listOf: ({ schema }: Field, maxItems: number): Field => ({
    schema: { type: 'array', items: schema, maxItems },
  }),
  maybe: ({ schema }: Field): Field => ({ schema, isOptional: true }),
};

const themeToken: Field = {
  schema: {
    oneOf: Object.entries(THEME_TOKENS).map(([name, { source }]) => ({
      type: 'array',
      prefixItems: [{ const: name }, { type: 'string', pattern: source }],
      items: false,
      minItems: 2,
    })),
  },
};

/** The exports of a module of tables, made with the builders above. */
async function readTables(path: string): Promise<Readonly<Record<string, unknown>>> {
  const { outputText } = ts.transpileModule(await readFile(path, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const imports: Readonly<Record<string, unknown>> = {
    './shape.ts': builders,
    './theme.ts': { themeToken },
    '../model/statuses.ts': { STATUSES },
  };
  const exports: Record<string, unknown> = {};
  // oxlint-disable-next-line typescript/no-implied-eval -- our own source, with other builders
  const run = new Function('require', 'exports', outputText) as (
    require: (name: string) => unknown,
    exports: object,
  ) => void;
  run((name) => imports[name], exports);
  return exports;
}

/** Fields that are not named are dropped by the receiver, so they are no fault. */
const objectOf = (table: Table): Schema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(table).map(([name, { schema }]) => [name, schema])),
  required: Object.entries(table)
    .filter(([, { isOptional }]) => !isOptional)
    .map(([name]) => name),
});

const envelopeOf = (type: string, table: Table): Schema => ({
  type: 'object',
  properties: {
    n: { type: 'number', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    t: { const: type },
    d: objectOf(table),
  },
  required: ['n', 't', 'd'],
});

export async function protocolSchema(): Promise<Schema> {
  const frame = await readTables('src/protocol/messages.ts');
  const page = await readTables('src/protocol/page-messages.ts');
  const messages = (tables: unknown): readonly Schema[] =>
    Object.entries(tables as Readonly<Record<string, Table>>).map(([type, table]) => envelopeOf(type, table));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Kassa frame protocol, version 1',
    description: `Messages between a shop's page and a hosted cashier page. As JSON, none is longer than ${MAX_MESSAGE_LENGTH} characters (UTF-16). A type that is not here is a newer version's, and is ignored.`,
    anyOf: ['hello', 'welcome', 'fromFrame', 'fromPage'].map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: {
      hello: { description: 'Frame to page, on the window.', ...envelopeOf('hello', frame.HELLO as Table) },
      welcome: {
        description: 'Page to frame, on the window, with a MessagePort.',
        ...envelopeOf('welcome', page.WELCOME as Table),
      },
      fromFrame: { description: 'Frame to page, over the port.', oneOf: messages(frame.FROM_FRAME) },
      fromPage: { description: 'Page to frame, over the port.', oneOf: messages(page.FROM_PAGE) },
    },
  };
}

export const schemaText = async (): Promise<string> => `${JSON.stringify(await protocolSchema(), null, 2)}\n`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await writeFile(SCHEMA_FILE, await schemaText());
