/** The published JSON Schema and the guards that run in the page accept the same messages, and the page names them all. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { SCHEMA_FILE, schemaText } from '../../scripts/protocol-schema.ts';
import { STATUSES } from '../../src/model/statuses.ts';
import { CHECKS } from '../../src/protocol/kit/check.ts';
import { FROM_FRAME, HELLO } from '../../src/protocol/messages.ts';
import { FROM_PAGE, WELCOME } from '../../src/protocol/page-messages.ts';
import { read, type Shape } from '../../src/protocol/shape.ts';
import { THEME_TOKENS } from '../../src/protocol/theme.ts';
import { column } from '../docs/pages.ts';

const TABLES: Readonly<Record<string, Shape>> = {
  hello: HELLO,
  welcome: WELCOME,
  ...FROM_FRAME,
  ...FROM_PAGE,
};

test('the schema is the one that the tables make', async () => {
  const remedy = 'run node --import tsx scripts/protocol-schema.ts';
  assert.equal(await readFile(SCHEMA_FILE, 'utf8'), await schemaText(), remedy);
});

/** ASCII, where JSON Schema and JavaScript count characters alike. */
const ascii = (maxLength: number) => fc.string({ unit: 'binary-ascii', maxLength });
const anyToken = fc.tuple(
  fc.constantFrom(...Object.keys(THEME_TOKENS), 'toString', 'url'),
  fc.constantFrom('#aabbcc #001122', '#aabbcc', '12px', '1234px', 'Georgia, serif', 'url(x)', ''),
);
/** Values near every limit that a field has. */
const anyValue = fc.oneof(
  fc.constantFrom<unknown>(...STATUSES, true, false, null, 0, -1, 1_000, 1_000.5, 100_000, 100_001, 'a'),
  fc.integer({ min: -2, max: 100_002 }),
  ascii(8),
  fc
    .constantFrom(32, 33, 35, 36, 64, 65, 128, 129, 300, 301, 512, 513, 2_048, 2_049)
    .map((length) => 'x'.repeat(length)),
  fc.array(fc.oneof(fc.nat(1_001), ascii(33)), { maxLength: 34 }),
  fc.array(anyToken, { maxLength: 66 }),
);

test('what a guard takes, the schema takes, and nothing else', async () => {
  const validate = new Ajv2020({ strict: true, strictTuples: false }).compile(
    JSON.parse(await readFile(SCHEMA_FILE, 'utf8')) as object,
  );
  const taken = new Set<string>();
  const message = fc.constantFrom(...Object.keys(TABLES)).chain((type) =>
    fc
      .record(
        Object.fromEntries([...Object.keys(TABLES[type] ?? {}), 'more'].map((name) => [name, anyValue])),
        {
          requiredKeys: [],
        },
      )
      .map((data) => ({ type, data })),
  );
  fc.assert(
    fc.property(message, ({ type, data }) => {
      const isRead = read(TABLES[type] ?? {}, data) !== undefined;
      if (isRead) taken.add(type);
      assert.equal(validate({ n: 1, t: type, d: data }), isRead, JSON.stringify({ type, data }));
    }),
    // By chance alone, some run of all takes none.
    { numRuns: 20_000, examples: [[{ type: 'status', data: { status: 'pending' } }]] },
  );
  // A rare one by hand: of all others, some were taken.
  const hello = { v: [1], id: 'a', caps: [] };
  assert.ok(read(HELLO, hello) && validate({ n: 0, t: 'hello', d: hello }));
  assert.deepEqual(
    [...taken, 'hello'].filter((type, at, all) => all.indexOf(type) === at).sort(),
    Object.keys(TABLES).sort(),
  );
});

test('the specification has every message with its fields, every token, and every check', async () => {
  const page = await readFile('docs/protocol.md', 'utf8');
  const from = (heading: string): string => page.slice(page.indexOf(heading));
  const sections = [
    ['## 2. The handshake', { hello: HELLO, welcome: WELCOME }, 2],
    ['### Frame to page', FROM_FRAME, 1],
    ['### Page to frame', FROM_PAGE, 1],
  ] as const;
  for (const [heading, table] of sections) {
    assert.deepEqual(column(from(heading), 'message'), Object.keys(table), heading);
    for (const [type, shape] of Object.entries<Shape>(table)) {
      const row = new RegExp(`^\\| \`${type}\`.*$`, 'm').exec(from(heading))?.[0] ?? '';
      for (const field of Object.keys(shape)) assert.ok(row.includes(`\`${field}\``), `${type}: ${field}`);
    }
  }
  for (const token of Object.keys(THEME_TOKENS)) assert.ok(from('### Theme').includes(`\`${token}\``), token);
  const checks = Object.entries(CHECKS).map(
    ([name, text]) => new RegExp(`^\\| \`${name}\` +\\| ${text} +\\|$`, 'm'),
  );
  for (const check of checks) assert.match(page, check);
});
