/** The fake tag in jsdom and happy-dom, as an app's unit tests have it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** In a process of its own: the globals of one document must not be those of another. */
const inDocument = (setUp: string): Promise<{ readonly stdout: string }> =>
  run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', `${setUp}\n${SCRIPT}`], {
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });

const DOCUMENTS = {
  jsdom: `
    import { JSDOM } from 'jsdom';
    const { window } = new JSDOM('<!doctype html><body></body>');`,
  'happy-dom': `
    import { Window } from 'happy-dom';
    const window = new Window();`,
};

const SCRIPT = `
  for (const name of ['document', 'customElements', 'HTMLElement', 'Event']) globalThis[name] = window[name];
  const { defineFakeCashier, fakeCashier } = await import('kassa/testing');
  const said = [];
  const expectError = (act) => { try { act(); said.push('nothing'); } catch ({ message }) { said.push(message); } };
  expectError(() => fakeCashier());
  defineFakeCashier();
  document.body.innerHTML = '<kassa-cashier session-url="/kassa/session"></kassa-cashier>';
  const tag = fakeCashier();
  for (const type of ['kassa-ready', 'kassa-status', 'kassa-outcome', 'kassa-error', 'kassa-closed']) {
    document.addEventListener(type, (event) =>
      said.push([type, event.status ?? event.outcome?.kind ?? event.error?.code ?? ''].join(' ')));
  }
  tag.show();
  tag.ready();
  tag.fail('session-failed');
  const result = tag.result();
  tag.end('succeeded', { trackingId: 'order-1' });
  tag.close();
  said.push(tag.calls.join(), tag.sessionUrl, JSON.stringify(await result));
  expectError(() => defineFakeCashier());
  process.stdout.write(said.join('\\n'));
`;

for (const [name, setUp] of Object.entries(DOCUMENTS)) {
  test(`${name}: it says what the test wants to hear, and records what it was told`, async () => {
    const { stdout } = await inDocument(setUp);
    assert.deepEqual(stdout.split('\n'), [
      'There is no <kassa-cashier> here.',
      'kassa-ready ',
      'kassa-error session-failed',
      'kassa-status succeeded',
      'kassa-outcome succeeded',
      'kassa-closed succeeded',
      'show,close',
      '/kassa/session',
      '{"kind":"succeeded","verified":true,"trackingId":"order-1"}',
      '<kassa-cashier> is defined already: call defineFakeCashier() before kassa/define or kassa/react is imported.',
    ]);
  });
}
