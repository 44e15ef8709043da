/** What is known before anything is imported: whether a sandbox is to start, and where its data will be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOfSandbox, placeOfData } from '../../src/command/of-sandbox.ts';

test('what is no other command is the sandbox’s', () => {
  for (const args of [[], ['sandbox'], ['sandbox', '--quiet'], ['--port', '4020'], ['--quiet']]) {
    assert(isOfSandbox(args), args.join(' '));
  }
  for (const args of [['help'], ['--help'], ['-h'], ['--version'], ['-v'], ['doctor', '--port'], ['tag']]) {
    assert(!isOfSandbox(args), args.join(' '));
  }
});

test('its data is where an option or a variable says', () => {
  const cases = [
    [[], {}, 'memory'],
    [[], { DATABASE_URL: '', KASSA_DATA_DIR: '' }, 'memory'],
    [[], { KASSA_DATA_DIR: 'data' }, 'folder'],
    [['sandbox', '--data-dir', 'data'], {}, 'folder'],
    [['sandbox', '--data-dir=data'], {}, 'folder'],
    [[], { DATABASE_URL: 'postgres://localhost', KASSA_DATA_DIR: 'data' }, 'postgres'],
    [['--database-url=postgres://localhost'], {}, 'postgres'],
    [['sandbox', '--database-url', 'postgres://localhost', '--data-dir', 'data'], {}, 'postgres'],
  ] as const;
  for (const [args, env, place] of cases) assert.equal(placeOfData(args, env), place, args.join(' '));
});
