/** Whoever copies the hosted page of the specification has one that keeps the protocol, and that the element works with. */
import { assert } from '@open-wc/testing';
import { CHECKS, checkHostedPage } from '../../src/protocol/kit/check.ts';
import { clear, mount, next, OTHER_SITE, sessionWith } from '../element/fixture.ts';
import { PATIENCE_MS } from '../patience.ts';

const url = `${OTHER_SITE}/test/fixtures/frames/specified.html`;

after(clear);

it('passes every check of the kit', async () => {
  const findings = await checkHostedPage({ url, token: 'a-token', timeoutMs: PATIENCE_MS });
  assert.lengthOf(findings, Object.keys(CHECKS).length);
  assert.deepEqual(
    findings.filter(({ passed }) => !passed).map(({ text }) => text),
    [],
  );
});

it('is ready in the element', async () => {
  const cashier = await mount(sessionWith('good', { cashierUrl: url }));
  await next(cashier, 'kassa-ready');
  assert.equal(cashier.state, 'ready');
});
