/**
 * The requirements of the contract with the three systems, by id, and the tests that cite them: a comment such as
 * `// G-20, N-12` above a test, or above a group of them. `npm run rows` prints the table; a row without a test fails.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const TITLES: Readonly<Record<string, readonly string[]>> = {
  // The gateway
  G: [
    'API key header',
    'HTTPS only',
    'base URL and paths',
    'cashier mint',
    'amount restricted',
    'theme',
    'settings passed through',
    'customer',
    'direct mint',
    'server to server',
    '3-D Secure round trip',
    'withdrawal mint',
    'reject',
    'approve',
    'status',
    'list and dates',
    'the twelve codes',
    '4xx and 5xx',
    'webhook on each change',
    'webhook signature',
    'webhook retry',
    'webhook parsing',
    'test mode',
    'statuses',
    'providers and credentials',
    'blocked address',
    'webhook URL down',
    'life of a token',
    'messages of the frame',
    'no card in the browser',
    'ways to embed',
    'theming',
  ],
  // Nixo
  N: [
    'bearer key',
    'version',
    'idempotency key',
    'create payout',
    'list payouts',
    'get payout',
    'cancel payout',
    'create account',
    'account and KYC',
    'balances',
    'operating account',
    'events',
    'error envelope',
    'rate limit',
    'retries',
    'outcome by reference',
  ],
  // Nxos
  X: [
    'bearer key and prefixes',
    'amounts',
    'assets',
    'pages',
    'timestamps',
    'object field',
    'ids',
    'accounts',
    'account status',
    'balances',
    'funding methods',
    'ownership',
    'nxosnet transfer',
    'limits of a transfer',
    'idempotency',
    'nxosnet beneficiaries and handle',
    'transactions',
    'quotes and trades',
    'payouts and fees',
    'errors',
    'webhooks',
    'acting for others',
  ],
  // Across the three
  C: [
    'one sandbox, no internet',
    'storage',
    'clock',
    'one money type',
    'redaction',
    'samples replayed',
    'assumptions labelled',
    'another profile',
  ],
};

export interface Row {
  readonly id: string;
  readonly title: string;
  /** `file: title of the test`. */
  readonly tests: readonly string[];
}

const CITED = /\b([GNXC]-[0-9]{2})\b/g;
const BEGINS = /^\s*(?:await )?(?:test|it|describe)(?:\.\w+)?\(\s*(['"`])(.*?)\1/;
/** A citation stands at most so many lines above its test: the values of a table of cases may lie between. */
const REACH = 60;

function citationsIn(file: string, source: string): readonly (readonly [id: string, test: string])[] {
  const lines = source.split('\n');
  return lines.flatMap((line, at) => {
    const comment = /^\s*(?:\/\/|\*|\/\*\*)(.*)$/.exec(line)?.[1];
    const ids = [...(comment ?? '').matchAll(CITED)].map(([id]) => id);
    if (ids.length === 0) return [];
    // A test whose title is on the line below its opening is joined to it.
    const after = lines
      .slice(at + 1, at + REACH)
      .map((next, index, all) => `${next}${next.endsWith('(') ? (all[index + 1] ?? '').trim() : ''}`);
    const title = after.map((next) => BEGINS.exec(next)?.[2]).find((found) => found !== undefined);
    return ids.map((id) => [id, `${file}: ${title ?? 'the whole file'}`] as const);
  });
}

/** Every row, with the tests that cite it. */
export async function readRows(): Promise<readonly Row[]> {
  const files = (await readdir('test', { recursive: true })).filter(
    (file) => file.endsWith('.ts') && file !== 'rows.ts' && !file.startsWith('fixtures'),
  );
  const cited = new Map<string, string[]>();
  for (const file of files.sort()) {
    for (const [id, test] of citationsIn(file, await readFile(join('test', file), 'utf8'))) {
      cited.set(id, [...(cited.get(id) ?? []), test]);
    }
  }
  return Object.entries(TITLES).flatMap(([letter, titles]) =>
    titles.map((title, at) => {
      const id = `${letter}-${String(at + 1).padStart(2, '0')}`;
      return { id, title, tests: [...new Set(cited.get(id))] };
    }),
  );
}
