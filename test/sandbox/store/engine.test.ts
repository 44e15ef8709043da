/** What a start of the embedded database takes, by counts: its code compiled once, its files unpacked as they are. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from '../../../src/sandbox/app.ts';
import { EmbeddedDatabase } from '../../../src/sandbox/store/embedded.ts';
import { engineFiles } from '../../../src/sandbox/store/engine.ts';
import { readSnapshot } from '../../../src/sandbox/store/snapshot.ts';
import { openStore, type Store } from '../../../src/sandbox/store/store.ts';
import { readTar, type TarEntry } from '../../../src/sandbox/store/tar.ts';

test('the databases of a process are compiled once, and each has files of its own', async (t) => {
  const { mock } = t.mock.method(WebAssembly, 'compile');
  const stores: readonly Store[] = await Promise.all([openStore(), openStore(), openStore()]);
  t.after(() => Promise.all(stores.map((store) => store.close())));
  assert.equal(mock.callCount(), 1);
  const [one, other] = [await engineFiles(), await engineFiles()];
  assert(one && other);
  assert.notEqual(one.buffer, other.buffer);
});

// The rows of Nixo, those of Nxos and the settings: each prepared, then asked.
test('a sandbox asks its database six times before it answers', async (t) => {
  const { mock } = t.mock.method(EmbeddedDatabase.prototype, 'execProtocolRawSync');
  const sandbox = await createSandbox({ clock: Date.UTC(2031, 4, 6) });
  t.after(() => sandbox.close());
  assert.equal(mock.callCount(), 6);
});

describe('the files of a database', () => {
  let entries: readonly TarEntry[];
  before(async () => {
    const tar = await readSnapshot();
    assert(tar);
    entries = readTar(tar);
  });
  after(() => {
    entries = [];
  });

  test('are those that PGlite packed, each in a folder that came before it', () => {
    const folders = new Set(['']);
    for (const { path, bytes } of entries) {
      assert(folders.has(path.slice(0, path.lastIndexOf('/'))), path);
      if (!bytes) folders.add(path);
    }
    const paths = entries.map(({ path }) => path);
    assert.equal(new Set(paths).size, paths.length);
    const version = entries.find(({ path }) => path === '/PG_VERSION')?.bytes;
    assert.match(new TextDecoder().decode(version), /^\d+\n$/);
  });

  test('are whole: tables are made of pages', () => {
    const tables = entries.filter(({ path, bytes }) => /^\/base\/\d+\/\d+$/.test(path) && bytes);
    assert(tables.length > 200);
    for (const { path, bytes } of tables) assert.equal((bytes?.length ?? 1) % 8_192, 0, path);
  });
});
