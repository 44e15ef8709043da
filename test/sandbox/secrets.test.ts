/** A card passes through and leaves nothing behind: not in the output, not in the answers, not in a byte on disk. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunningSandbox } from '../../src/sandbox/listen.ts';
import { until } from '../patience.ts';
import { program } from '../program.ts';
import { card, gatewayOf, order, shopperOf } from './running.ts';

const NUMBERS = ['4242424242424242', '4000000000000002', '4111111111111111', '4000000000000119'];
/** Four digits that nothing else here has by itself; random ids may have them in their middle. */
const CVC = '7391';
const SPOKEN_CVC = new RegExp(`(?<![0-9a-z-])${CVC}(?![0-9a-z-])`, 'i');

// G-10
test('no card number and no security code is kept or said anywhere', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'kassa-secrets-'));
  const child = spawn(process.execPath, program('src/command/bin.ts'), {
    env: { ...process.env, KASSA_SANDBOX_PORT: '0', KASSA_DATA_DIR: dataDir },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  await until(() => said.includes('Ctrl+C'), 'started');
  const sandbox = { url: /http:\S+/.exec(said)?.[0] } as RunningSandbox;
  const control = async (path: string): Promise<string> =>
    (await fetch(`${sandbox.url}/_sandbox${path}`)).text();

  const gateway = gatewayOf(sandbox);
  for (const number of NUMBERS) {
    const details = { ...card(number), cvc: CVC };
    await gateway
      .chargeCard({ ...order(`charge-${number.slice(-4)}`), routingId: 210, card: details })
      .catch((error: unknown) => (said += String(error)));
    const { token } = await gateway.mintCashier(order(`hosted-${number.slice(-4)}`));
    const pay = { providerId: '210', amount: '10.05', card: { ...details, expYear: '2034' } };
    said += await (await shopperOf(sandbox, token).pay(pay)).text();
    // A body with a fault is echoed by careless servers.
    said += await (await shopperOf(sandbox, token).pay({ ...pay, amount: 'x' })).text();
    said += await (await shopperOf(sandbox, token).view()).text();
  }
  const kept = (await control('/state')) + (await control('/deliveries'));
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));

  // The seeded test cards are public and stand in the state and the view; what was typed must not.
  const cards = /"(cards|testCards)":\[[^\]]*\]/g;
  const spoken = (said + kept).replace(cards, '');
  for (const number of NUMBERS) assert.ok(!spoken.includes(number), number);
  assert.doesNotMatch(spoken, SPOKEN_CVC);
  let files = 0;
  for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files += 1;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    for (const number of NUMBERS) assert.ok(!bytes.includes(number), entry.name);
  }
  assert.ok(files > 100, 'the data folder was read');
  await rm(dataDir, { recursive: true });
});
