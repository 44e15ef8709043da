/** `kassa sandbox` as a person starts it: what it says, and what it says when it cannot start. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { PACKAGES, readManifest } from '../../src/sandbox/install.ts';
import { INSTALL_LINE } from '../../src/sandbox/store/errors.ts';
import { start } from '../command/kassa.ts';
import { until } from '../patience.ts';

const SANDBOX = 'src/command/bin.ts';
const DEMO = 'demo/start.ts';

const fails = async (
  args: Parameters<typeof start>[0],
  env: Readonly<Record<string, string>>,
): Promise<string> => {
  const { code, output } = await start(args, { env }).ended;
  assert.equal(code, 1, output);
  // A sentence for people, no stack for programmers.
  assert.doesNotMatch(output, /\n\s+at /);
  return output;
};

// B6: one that is named here and is no peer would be fetched again at every start
test('what the first run fetches are peers, and what the line to install names, in their version', async () => {
  const { peerDependencies } = await readManifest();
  for (const name of PACKAGES.library) {
    const version = peerDependencies[name] ?? assert.fail(name);
    // Of a range npm finds one by itself; of one version it would take the newest, and refuse it.
    const wanted = /^[0-9]/.test(version) ? `${name}@${version}` : name;
    assert.ok(INSTALL_LINE.split(' ').includes(wanted), wanted);
  }
});

describe('what starts', () => {
  test('says where it is and which cards do what, answers, and stops when asked', async () => {
    const { child, ended, said } = start([SANDBOX], { env: { KASSA_SANDBOX_PORT: '0' } });
    await until(() => said().includes('Ctrl+C'), 'started');
    const [url] = /http:\/\/127\.0\.0\.1:[1-9]\d+/.exec(said()) ?? assert.fail(said());
    assert.match(said(), /4242 4242 4242 4242 {2}pays/);
    assert.equal((await fetch(`${url}/_sandbox/state`)).status, 200);
    child.kill('SIGTERM');
    assert.equal((await ended).code, 0);
  });

  test('--help tells the flags', async () => {
    const { code, output } = await start([SANDBOX, 'sandbox', '--help']).ended;
    assert.equal(code, 0);
    assert.match(output, /--data-dir/);
  });
});

describe('what cannot start', () => {
  test('a busy port names another, for the sandbox and for the shop', async () => {
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    const sandbox = await fails([SANDBOX], { KASSA_SANDBOX_PORT: String(port) });
    assert.match(sandbox, new RegExp(`Port ${port} is in use[\\s\\S]*KASSA_SANDBOX_PORT=${port + 1}`));
    busy.close();
    await new Promise<void>((resolve) => busy.once('close', () => resolve()));

    const shopBusy = createServer();
    await new Promise<void>((resolve) => shopBusy.listen(port, 'localhost', resolve));
    const shop = await fails([DEMO], { KASSA_SANDBOX_PORT: '0', KASSA_SHOP_PORT: String(port) });
    assert.match(shop, new RegExp(`Port ${port} is in use[\\s\\S]*KASSA_SHOP_PORT=${port + 1}`));
    shopBusy.close();
  });

  test('a port that is none, a flag and a command that do not exist', async () => {
    assert.match(await fails([SANDBOX], { KASSA_SANDBOX_PORT: 'http' }), /"http" is not a port/);
    assert.match(await fails([DEMO], { KASSA_SHOP_PORT: '99999' }), /KASSA_SHOP_PORT is "99999"/);
    assert.match(await fails([SANDBOX, '--colour'], {}), /--colour[\s\S]*--port/);
    assert.match(await fails([SANDBOX, 'fly'], {}), /unknown command 'fly'/);
  });

  test('a wrong DATABASE_URL says what is wrong with it, without its password', async () => {
    const env = { KASSA_SANDBOX_PORT: '0' };
    assert.match(
      await fails([SANDBOX], { ...env, DATABASE_URL: 'mysql://x' }),
      /not the URL of a PostgreSQL/,
    );
    const output = await fails([SANDBOX], { ...env, DATABASE_URL: 'postgres://u:hush@127.0.0.1:9/kassa' });
    assert.match(output, /127\.0\.0\.1:9\/kassa cannot be used/);
    assert.doesNotMatch(output, /hush/);
  });
});
