/** What nobody should send, made of what is documented: fields removed or replaced, texts cut, any JSON, any text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anyText } from '../../any-text.ts';

/**
 * How often each field of a body is tried, so that a long body gets its share, and how often each text of a URL. Every run
 * tries others: `npm test` finds in a week what it missed in a day. `KASSA_PROOF=full` tries what is claimed.
 */
const [PER_FIELD, PER_TEXT] = process.env.KASSA_PROOF === 'full' ? [100, 1_000] : [8, 40];

export const runsFor = (body: object): number => PER_FIELD * pathsOf(body).length;
export const RUNS_FOR_TEXT = PER_TEXT;

/** Every path into a nested body. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))].filter(
    ({ length }) => length > 0,
  );
}

function withChange(body: object, path: readonly string[], change: (parent: object, name: string) => void) {
  const copy = structuredClone(body);
  let parent = copy as Record<string, object>;
  for (const name of path.slice(0, -1)) parent = parent[name] as Record<string, object>;
  change(parent, path.at(-1) ?? '');
  return copy;
}

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    [],
    {},
    '',
    ' ',
    '-1',
    '1e3',
    'NaN',
    '0x10',
    0,
    -1,
    1e21,
    0.1 + 0.2,
    '\u0000',
    '\u{1F600}',
    '__proto__',
    'x'.repeat(5_000),
    { __proto__: null, constructor: 1 },
    '٤٢',
    "'; drop table tokens; --",
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Bodies as text, most of them nearly right. */
export function malformed(body: object): fc.Arbitrary<string> {
  const changed = fc
    .tuple(fc.constantFrom(...pathsOf(body)), fc.constantFrom('remove', 'replace'), oddValue)
    .map(([place, what, value]) =>
      withChange(body, place, (parent, name) => {
        if (what === 'remove') Reflect.deleteProperty(parent, name);
        else Reflect.set(parent, name, value);
      }),
    );
  return fc.oneof(
    changed.map((value) => JSON.stringify(value)),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.string(),
    changed.map((value) => JSON.stringify(value).slice(0, -7)),
  );
}

/** For paths and queries. */
export const oddText = fc.oneof(anyText(), fc.webQueryParameters());

/** URLs cannot hold half a surrogate pair. */
export const wellFormed = (value: string): string => value.replace(/[\ud800-\udfff]/g, '');

/** What must hold of any answer. `refusal` is how a system says no; `standing` is what that must not have touched. */
export function createJudge({ refusal, standing }: { refusal: RegExp; standing: () => Promise<string> }) {
  let known = '';

  async function answers(send: () => Promise<Response>): Promise<number> {
    const response = await send();
    const text = await response.text();
    assert.ok(response.status < 500, `HTTP ${response.status}: ${text}`);
    if (response.status >= 400) assert.match(text, refusal);
    return response.status;
  }

  async function survives(send: () => Promise<Response>): Promise<void> {
    const status = await answers(send);
    const now = await standing();
    if (status >= 400 && known !== '') assert.equal(now, known);
    known = now;
  }

  return { answers, survives };
}
