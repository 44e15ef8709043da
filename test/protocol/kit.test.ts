/** The conformance kit, tried on pages that keep the protocol and on pages that do not. */
import { assert } from '@open-wc/testing';
import { CHECKS, checkHostedPage, type Finding } from '../../src/protocol/kit/check.ts';
import type { Behaviour } from '../../src/protocol/kit/frames.ts';
import { clear, sessionWith } from '../element/fixture.ts';
import { PATIENCE_MS } from '../patience.ts';

/** What each page must be found wanting in. */
const PAGES = {
  good: [],
  silent: ['hello', 'nonce', 'version', 'one-hello', 'ready', 'height', 'order', 'strangers', 'reload'],
  'wrong-nonce': ['nonce', 'one-hello', 'ready', 'height', 'order'],
  future: ['version', 'one-hello', 'ready', 'height', 'order', 'strangers'],
  mute: ['one-hello', 'ready', 'height', 'order'],
  hostile: ['nonce', 'height'],
} as const satisfies Partial<Record<Behaviour, readonly string[]>>;

const pages = Object.keys(PAGES) as (keyof typeof PAGES)[];
const found = new Map<string, readonly Finding[]>();

before(async () => {
  await Promise.all(
    pages.map(async (page) => {
      const { cashierUrl, token } = sessionWith(page);
      // A good page may take its time; what the others leave out never comes.
      const timeoutMs = page === 'good' ? PATIENCE_MS : 1_000;
      found.set(page, await checkHostedPage({ url: cashierUrl, token, timeoutMs }));
    }),
  );
});
after(clear);

for (const page of pages) {
  it(`a page that is ${page} is found wanting in: ${PAGES[page].join(', ') || 'nothing'}`, () => {
    const findings = found.get(page) ?? [];
    assert.sameMembers(
      findings.map(({ check }) => check),
      Object.keys(CHECKS),
    );
    const failures = findings.filter(({ passed }) => !passed).map(({ check }) => check);
    if (page === 'good') assert.deepEqual(failures, []);
    assert.includeMembers([...failures], [...PAGES[page]]);
  });
}

it('what failed says what should have happened, and what was seen', () => {
  assert.include(
    found.get('mute')?.map(({ text }) => text) ?? [],
    'It says that it is ready, over the port. Seen instead: messages: none.',
  );
});
